"""Documents: the list, entering one, its own page, publishing, ending, and where it appeared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.channels.queueing import chosen_channels
from gongkai.console.access import bodies_to, officer_of, reach, reach_one
from gongkai.console.document_offers import document_offers
from gongkai.console.document_tabs import TABS
from gongkai.console.forms import documents as forms
from gongkai.console.forms.filters import DocumentFilter
from gongkai.console.pages import (
    Acting,
    Adding,
    acting,
    adding,
    crumbs,
    exporting,
    listing,
    page_view,
    record_table,
)
from gongkai.console.records import Addition, Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.console.views.deliveries import delivery_panel
from gongkai.console.views.editions import document_way
from gongkai.disclosure import acts
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.intake import pasted
from gongkai.disclosure.models import Document
from gongkai.disclosure.procedure import plan_of
from gongkai.disclosure.queries import interpretation_due
from gongkai.organisations.rules import Permission, may

if TYPE_CHECKING:
    from django.http import HttpRequest


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


def document_state(row: Document) -> str:
    """Whether it is public, and whether it is still in force."""
    if row.first_published_at is None:
        return "尚未公开"
    if row.withdrawn_at is not None:
        return "已撤下"
    return f"在线（已{row.get_ended_how_display()}）" if row.ended_on else "在线"


def _day(moment: Any) -> object:
    return timezone.localdate(moment) if moment else ""


DOCUMENTS = RecordList(
    name="documents",
    title="文件",
    model=Document,
    columns=(
        Column("名称", lambda row: row.title, link=_to("document"), width=50),
        Column("类别", lambda row: row.get_kind_display(), mark=lambda _: "due"),
        Column("文号", lambda row: row.document_number, width=24),
        Column("索引号", lambda row: row.index_number, width=30, mark=lambda _: "due"),
        Column("成文日期", lambda row: row.made_on, mark=lambda _: "due"),
        Column("首次公开", lambda row: _day(row.first_published_at), mark=lambda _: "due"),
        Column("状态", document_state),
    ),
    filters=DocumentFilter,
    order=("-made_on", "-pk"),
    related=("body",),
    additions=(Addition("登记文件", "document_add"), Addition("从Word或PDF起草", "drop_add")),
    tabs=TABS,
)
LISTS = (DOCUMENTS,)
documents, documents_export = listing(DOCUMENTS), exporting(DOCUMENTS)


def _enter(request: HttpRequest, data: dict[str, Any]) -> Document:
    """The document, its first text and, when asked for, its publication: all of it or nothing."""
    actor, now = officer_of(request), timezone.now()
    text, publish = data.pop("text"), data.pop("publish", False)
    override = data.pop("override", "")
    amendment = data.get("amendment", "")
    document = acts.register_document(actor=actor, at=now, **data)
    if text.strip():
        edition = acts.add_edition(document=document, text=text, actor=actor, at=now)
        if publish:
            acts.publish_edition(edition=edition, actor=actor, at=now, amendment=amendment, override=override)
    return document


@page_view
def document_add(request: HttpRequest) -> HttpResponse:
    """Enter a document. 403 for who may enter one nowhere."""
    bodies = bodies_to(request, Permission.HANDLE)
    require_any = adding(
        Adding(
            "登记文件",
            _document_form(may_publish=bodies_to(request, Permission.APPROVE).exists()),
            _enter,
            "文件已登记",
            "文件",
            "documents",
            then=_to("document"),
            initial=lambda _: _initial(request, bodies),
            template="console/documents/form.html",
        )
    )
    return require_any(request)


def _document_form(*, may_publish: bool) -> Any:
    return lambda *args, **kwargs: forms.DocumentForm(*args, may_publish=may_publish, **kwargs)


def _initial(request: HttpRequest, bodies: Any) -> dict[str, Any]:
    """An interpretation is entered from the page of what it interprets."""
    wanted = request.GET.get("interprets", "")
    found = (
        reach(request, Document).filter(pk=wanted, body__in=bodies).first() if wanted.isdecimal() else None
    )
    if found is None:
        return {}
    return {
        "body": found.body_id,
        "kind": "interpretation",
        "interprets": found.index_number,
        "title": f"《{found.title}》政策解读"[:300],
        "unit": found.unit_id,
    }


EDITION_COLUMNS = (
    Column("版次", lambda row: f"第{row.number}版", link=_to("edition"), mark=lambda _: "due"),
    Column("标题", lambda row: row.title),
    Column("状态", lambda row: row.get_state_display(), mark=lambda _: "due"),
    Column("公开时间", lambda row: row.published_at, mark=lambda _: "due"),
    Column("变更或撤下理由", lambda row: row.reason),
)
INTERPRETATION_COLUMNS = (
    Column("名称", lambda row: row.title, link=_to("document")),
    Column("首次公开", lambda row: _day(row.first_published_at), mark=lambda _: "due"),
    Column("状态", document_state),
)


DEPARTURE_COLUMNS = (
    Column("方式", lambda row: row.get_way_display()),
    Column("时间", lambda row: row.at, mark=lambda _: "due"),
    Column("理由", lambda row: row.reason),
    Column("依据", lambda row: row.basis),
    Column("批准人", lambda row: row.approved_by or "系统"),
    Column("并入", lambda row: row.into or ""),
    Column("恢复时间", lambda row: row.returned_at, mark=lambda _: "due"),
)


@login_required
@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """One document: what it is, its texts, where they appeared, what interprets it."""
    row = reach_one(request, Document, pk, "unit", "item", "key_area", "interprets")
    editions = list(row.editions.order_by("-number"))
    departures = list(row.departures.select_related("approved_by", "into"))
    context = {
        "title": row.title,
        "status": document_state(row),
        "docket": docket(*_docket(row)),
        "acts": document_offers(row, editions, departures, officer=officer_of(request)),
        "notes": _notes(row),
        "tables": [
            record_table("editions", "版本", editions, EDITION_COLUMNS, empty="还没有正文。"),
            delivery_panel(row),
            record_table(
                "interpretations",
                "政策解读",
                row.interpretations.all()[:50],
                INTERPRETATION_COLUMNS,
                empty="还没有解读。",
                more=_more(request, row),
            ),
            record_table("departures", "下线和恢复", departures, DEPARTURE_COLUMNS, empty="没有下线记录。"),
        ],
        "timeline": timeline_of(row, *editions),
        "crumbs": crumbs(("文件", reverse("console:documents")), (row.title, "")),
    }
    return render(request, "console/records/case.html", context)


def _more(request: HttpRequest, row: Document) -> tuple[str, str] | None:
    if not may(officer_of(request), Permission.HANDLE, row.body, timezone.localdate()):
        return None
    return ("登记对本文件的解读", f"{reverse('console:document_add')}?interprets={row.pk}")


def _docket(row: Document) -> list[tuple[str, object]]:
    ended = f"{row.ended_on}{row.get_ended_how_display()}　{row.ended_basis}" if row.ended_on else ""
    validity = row.validity(timezone.localdate())
    return [
        ("索引号", row.index_number),
        ("发布机构", row.body.name),
        ("联合发文机关", "、".join(row.joint_issuers)),
        ("文号", row.document_number),
        ("类别", row.get_kind_display()),
        ("体裁分类", row.get_genre_display()),
        ("主题分类", row.get_subject_display()),
        ("关键词", "、".join(row.keywords)),
        ("成文日期", row.made_on),
        ("施行日期", row.effective_on),
        ("有效期至", row.valid_until),
        ("效力", validity.label if validity else ""),
        ("首次公开", told(row.first_published_at)),
        ("公开属性", "　".join(filter(None, (row.get_attribute_display(), row.attribute_reason)))),
        ("下次评估", row.reassess_on),
        ("起草机构", row.unit),
        ("目录事项", row.item),
        ("重点领域", row.key_area),
        ("解读的文件", row.interprets),
        ("解读形式", row.get_interpretation_form_display()),
        ("发布时发往", _goes_to(row)),
        ("修改", f"{row.amended_on}　{row.amended_basis}" if row.amended_on else ""),
        ("终止", ended),
        ("内容概述", row.summary),
    ]


def _goes_to(row: Document) -> str:
    """The channels its publication will go to; afterwards the table of deliveries says where it went."""
    if row.first_published_at is not None or row.attribute != Attribute.PROACTIVE:
        return ""
    return "、".join(one.name for one in chosen_channels(row)) or "只在本站公开"


def _notes(row: Document) -> list[str]:
    """What somebody should look at: faults of the night, an interpretation that is due."""
    found = [f"{one.message}（{one.remedy}）" for one in row.faults.filter(gone_at=None)[:10]]
    plan = plan_of(row)
    if (
        plan is None
        or not plan.is_needed
        or row.interpretations.filter(withdrawn_at=None).exclude(first_published_at=None).exists()
    ):
        return found
    due = interpretation_due(row, current_calendar())
    words = f"最迟应于{due.day}发布" if due else "应与文件同步发布"
    return [*found, f"解读尚未发布，{words}"]


def _latest(row: Document) -> dict[str, Any]:
    """A new edition starts from the text before it."""
    before = row.editions.order_by("-number").first()
    return {"title": row.title, "text": before.text if before else ""}


edition_add = acting(
    Acting(
        title="起草新版本",
        model=Document,
        form=forms.EditionForm,
        act=lambda request, row, data: acts.add_edition(
            document=row,
            actor=officer_of(request),
            at=timezone.now(),
            **(data | {"text": pasted(data["text"])}),
        ),
        done="新版本已保存为草稿，原版本继续在线",
        back=_to("document"),
        way=document_way,
        button="保存草稿",
        initial=_latest,
        about=lambda _: ("上一版的附件自动带入，网址不变；现在公开的版本在新版本发布前保持不变。",),
    )
)
document_end = acting(
    Acting(
        title="废止或失效",
        model=Document,
        form=forms.EndForm,
        act=lambda request, row, data: acts.end_document(document=row, actor=officer_of(request), **data),
        done="已登记，公开页面将注明",
        back=_to("document"),
        way=document_way,
        permission=Permission.APPROVE,
    )
)
