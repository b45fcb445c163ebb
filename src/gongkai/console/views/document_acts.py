"""Acts on a document: its metadata, its attribute, its plan of interpretation, leaving and coming back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms import documents as document_forms
from gongkai.console.forms import publishing as forms
from gongkai.console.once import submit_once
from gongkai.console.pages import Acting, acting, page_view, show_form
from gongkai.console.views.editions import document_way
from gongkai.disclosure import acts
from gongkai.disclosure.metadata import EDITABLE
from gongkai.disclosure.models import Departure, Document
from gongkai.disclosure.procedure import plan_of
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


def document_address(row: Document) -> str:
    """Its page."""
    return reverse("console:document", args=[row.pk])


def _acting(**given: Any) -> Any:
    act = given.pop("act")
    return acting(
        Acting(
            model=Document,
            back=document_address,
            way=document_way,
            act=lambda request, row, data: act(
                document=row, actor=officer_of(request), at=timezone.now(), **data
            ),
            **given,
        )
    )


@page_view
def document_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct the metadata of the directory guide."""
    row = reach_one(request, Document, pk, "interprets", "unit", "item", "key_area")
    require(request, Permission.HANDLE, row.body)
    initial = {name: getattr(row, name) for name in EDITABLE}
    initial["interprets"] = row.interprets.index_number if row.interprets else ""
    form = document_forms.MetadataForm(
        request.POST if request.method == "POST" else None, body=row.body, initial=initial
    )

    def act() -> str:
        acts.edit_document(document=row, actor=officer_of(request), at=timezone.now(), **form.arguments())
        return document_address(row)

    if form.is_valid() and (answer := submit_once(request, form, act, "目录信息已保存")):
        return answer
    return show_form(
        request,
        form,
        title="修改目录信息",
        back=document_address(row),
        way=document_way(row),
        template="console/documents/form.html",
        about=(row.title, f"索引号 {row.index_number}。索引号和公开时间由系统记录，不能修改。"),
    )


document_attribute = _acting(
    title="变更公开属性",
    form=forms.AttributeForm,
    act=acts.decide_attribute,
    done="公开属性已登记",
    initial=lambda row: {"attribute": row.attribute, "reason": row.attribute_reason},
    about=lambda row: (row.title, "不予公开的信息将定期评估（条例第十八条）。"),
)
document_reassess = _acting(
    title="评估公开属性",
    form=forms.AttributeForm,
    act=acts.reassess_document,
    done="评估结果已登记",
    permission=Permission.APPROVE,
    initial=lambda row: {"attribute": row.attribute},
    about=lambda row: (row.title, f"原理由：{row.attribute_reason or '未写明'}"),
)
document_leave = _acting(
    title="撤下或归档",
    form=forms.LeaveForm,
    act=acts.leave_document,
    done="已办理，公开页面将予以说明",
    permission=Permission.APPROVE,
    button="办理",
    about=lambda row: (row.title, f"公开网址 {row.public_path}"),
)


def _plan_of(row: Document) -> dict[str, Any]:
    plan = plan_of(row)
    if plan is None:
        return {"is_needed": "yes"}
    return {
        "is_needed": "yes" if plan.is_needed else "no",
        "reason": plan.reason,
        "ways": plan.forms,
        "responsible": plan.responsible,
        "planned_on": plan.planned_on,
    }


document_plan = _acting(
    title="解读方案",
    form=forms.PlanForm,
    act=acts.plan_interpretation,
    done="解读方案已登记",
    initial=_plan_of,
    about=lambda row: (row.title, "谁起草谁解读；解读与文件同步公开，最迟不超过3个工作日。"),
)
document_return = acting(
    Acting(
        title="恢复",
        model=Departure,
        form=forms.ReturnForm,
        act=lambda request, row, data: acts.return_document(
            departure=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已恢复",
        back=lambda row: document_address(row.document),
        way=lambda row: document_way(row.document),
        permission=Permission.APPROVE,
        button="恢复",
        about=lambda row: (f"{row.document.title}　{row.get_way_display()}：{row.reason}",),
    )
)
