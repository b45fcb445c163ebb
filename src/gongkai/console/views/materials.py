"""Files of a case: added, listed, taken along, given to the applicant; the proof of a service."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.audit.acts import record
from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms.letters import SubmitForm
from gongkai.console.forms.materials import MaterialForm, ProofForm
from gongkai.console.once import submit_once
from gongkai.console.pages import Acting, acting, page_view, record_table, show_form
from gongkai.console.records import Column
from gongkai.console.views.letters import case_way, letter_address, letter_way
from gongkai.core.errors import Obstacle, RefusedError
from gongkai.foi import acts
from gongkai.foi.acts.materials import PROVIDABLE, read
from gongkai.foi.models import Dispatch, Material, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.console.forms.base import RecordForm

KIB = 1024


def _case(row: Any) -> str:
    return reverse("console:request", args=[row.pk if isinstance(row, Request) else row.request_id])


material_add = acting(
    Acting(
        title="上传材料",
        model=Request,
        form=MaterialForm,
        act=lambda request, row, data: acts.add_material(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="材料已加入案卷",
        back=_case,
        way=case_way,
        button="上传",
        about=lambda row: (f"{row.number}　{row.subject}",),
    )
)


@never_cache
@login_required
@require_safe
def material_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, always as a download. Case files name persons: every look is recorded."""
    row = reach_one(request, Material, pk)
    require(request, Permission.HANDLE, row.request.body)
    try:
        content = read(row)
    except (ValueError, OSError):
        messages.error(request, f"“{row.name}”与加入时不一致或者已经丢失，请联系系统管理员从备份恢复")
        return redirect(_case(row))
    with transaction.atomic():
        record(
            verb="foi.download_material",
            actor=officer_of(request),
            target=row.request,
            body=row.request.body,
            detail={"material": row.pk, "kind": row.kind},
        )
    response = HttpResponse(content, content_type=row.media_type)
    response["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _marking(title: str, done: str, *, for_applicant: bool) -> Any:
    return acting(
        Acting(
            title=title,
            model=Material,
            form=SubmitForm,
            act=lambda request, row, _data: acts.mark_for_applicant(
                material=row, for_applicant=for_applicant, actor=officer_of(request), at=timezone.now()
            ),
            done=done,
            back=_case,
            way=lambda row: case_way(row.request),
            about=lambda row: (f"{row.name}（{row.get_kind_display()}）",),
            button=title,
        )
    )


material_provide = _marking("提供给申请人", "已选定，随答复提供给申请人", for_applicant=True)
material_keep = _marking("不提供给申请人", "已改为不提供给申请人", for_applicant=False)


@page_view
def dispatch_proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Attach what proves a service: a file of the case, or a new one."""
    row = reach_one(request, Dispatch, pk, "letter__request__applicant")
    require(request, Permission.HANDLE, row.letter.request.body)
    sent = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = ProofForm(*sent, body=row.letter.request.body, dispatch=row)

    def act() -> str:
        by: dict[str, Any] = {"actor": officer_of(request), "at": timezone.now()}
        acts.attach_proof(dispatch=row, proof=_proof(form, row, by), **by)
        return letter_address(row.letter)

    if form.is_valid() and (answer := submit_once(request, form, act, "送达凭证已关联")):
        return answer
    return show_form(
        request,
        form,
        title="送达凭证",
        back=letter_address(row.letter),
        way=letter_way(row.letter),
        about=[f"{row.letter.title}　{row.letter.number}", str(row)],
    )


def _proof(form: RecordForm, row: Dispatch, by: dict[str, Any]) -> Material:
    """Raises RefusedError."""
    data = form.cleaned_data
    if data.get("proof"):
        found = row.letter.request.materials.filter(pk=data["proof"], kind=MaterialKind.PROOF).first()
        if found is None:
            raise RefusedError([Obstacle("gone", "所选凭证不存在", "请重新选择", "proof")])
        return found
    file = data["file"]
    return acts.add_material(
        request=row.letter.request, kind=MaterialKind.PROOF, name=file.name, content=file.read(), **by
    )


# On the case ------------------------------------------------------------------------------------------------


def materials_table(row: Request, *, may_handle: bool) -> dict[str, Any]:
    """The files of a case, for its page."""
    rows = row.materials.select_related("added_by").prefetch_related("redactions")
    more = ("上传材料", reverse("console:material_add", args=[row.pk])) if may_handle else None
    columns = _columns(open_case=row.closed_on is None) if may_handle else READ_COLUMNS
    return record_table("materials", "案卷材料", rows, columns, empty="还没有材料。", more=more)


def size_of(row: Material) -> str:
    """Roughly, as officers say it."""
    return f"{row.size / KIB / KIB:.1f}MB" if row.size >= KIB * KIB else f"{max(1, row.size // KIB)}KB"


def _given(row: Material) -> str:
    if row.for_applicant:
        return "提供"
    return "不提供" if row.kind in PROVIDABLE else ""


def _give_address(row: Material) -> str:
    if row.kind not in PROVIDABLE:
        return ""
    return reverse(f"console:material_{'keep' if row.for_applicant else 'provide'}", args=[row.pk])


def _redaction(row: Material) -> str:
    if row.kind != MaterialKind.SOURCE:
        return ""
    return "查看遮盖" if row.redactions.all() else "遮盖"


def _redaction_address(row: Material) -> str:
    if row.kind != MaterialKind.SOURCE:
        return ""
    begun = list(row.redactions.all())
    if begun:
        return reverse("console:redaction", args=[begun[-1].pk])
    return reverse("console:redaction_begin", args=[row.pk])


READ_COLUMNS = (
    Column("类别", lambda row: row.get_kind_display()),
    Column("大小", size_of, mark=lambda _: "due"),
    Column("加入", lambda row: row.added_at, mark=lambda _: "due"),
    Column("加入人", lambda row: "申请人" if row.by_applicant else row.added_by or "系统"),
    Column("提供给申请人", _given),
)


def _columns(*, open_case: bool) -> tuple[Column, ...]:
    """For who handles the case: with the file itself and what can be done with it."""
    name = Column(
        "文件", lambda row: row.name, link=lambda row: reverse("console:material_file", args=[row.pk])
    )
    given = Column("提供给申请人", _given, link=_give_address)
    redacting = Column("遮盖", _redaction, link=_redaction_address)
    shown = (name, *READ_COLUMNS[:-1], given)
    return (*shown, redacting) if open_case else shown
