"""Letters of a case: choosing, drafting, editing with a preview, reading, taking along; the register of all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongkai.audit.acts import record
from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms.filters import LetterFilter
from gongkai.console.forms.letters import LetterForm, LetterTextForm
from gongkai.console.letter_choices import choices
from gongkai.console.letter_offers import letter_offers
from gongkai.console.letter_sheet import preview
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, exporting, listing, page_view, record_table, show_form
from gongkai.console.records import Column, RecordList, docket, told
from gongkai.console.timeline import Happened
from gongkai.foi import acts
from gongkai.foi.acts.answering import is_answer
from gongkai.foi.acts.letters import new_letter
from gongkai.foi.acts.serving import counted_on
from gongkai.foi.acts.signing import missing_stages
from gongkai.foi.letter_facts import storable_facts
from gongkai.foi.letter_text import digest_of, is_intact, letter_docx, letter_pdf
from gongkai.foi.letters.kinds import KINDS, Recipient, kind_of
from gongkai.foi.letters.placeholders import available
from gongkai.foi.models import Letter, Request
from gongkai.foi.models.letters import LetterState
from gongkai.foi.queries import requests_in_month
from gongkai.foi.withholding import withheld_of
from gongkai.law.templates import TemplateError
from gongkai.organisations.rules import Permission, may
from gongkai.typesetting.fonts import CharacterMissing, FontMissing

if TYPE_CHECKING:
    import datetime as dt

    from django.http import HttpRequest

    from gongkai.console.letter_sheet import Preview
    from gongkai.foi.models import Dispatch

FILES = {
    "pdf": (letter_pdf, "application/pdf"),
    "docx": (letter_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


def letter_address(letter: Letter) -> str:
    """The page of a letter."""
    return reverse("console:letter", args=[letter.pk])


def case_way(row: Request) -> list[tuple[str, str]]:
    """From the list to the case."""
    return [
        ("公开申请", reverse("console:requests")),
        (row.number, reverse("console:request", args=[row.pk])),
    ]


def letter_way(letter: Letter) -> list[tuple[str, str]]:
    """From the list over the case to the letter."""
    return [*case_way(letter.request), (letter.title, letter_address(letter))]


# Drafting -------------------------------------------------------------------------------------------------


@login_required
@require_safe
def letter_choose(request: HttpRequest, pk: int) -> HttpResponse:
    """The kinds of letters a case can have now, and why not the others."""
    row = reach_one(request, Request, pk, "applicant")
    require(request, Permission.HANDLE, row.body)
    groups = choices(row, officer_of(request), timezone.now())
    context = {
        "title": "拟写文书",
        "case": row,
        "groups": [(name, [one for one in offers if not one.obstacles]) for name, offers in groups],
        "impossible": [one for _, offers in groups for one in offers if one.obstacles],
        "back": reverse("console:request", args=[row.pk]),
        "crumbs": crumbs(*case_way(row), ("拟写文书", "")),
    }
    return render(request, "console/letters/choose.html", context)


@page_view
def letter_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Draft a letter of a kind from what the officer says and the case knows."""
    row = reach_one(request, Request, pk, "applicant")
    require(request, Permission.HANDLE, row.body)
    if kind not in KINDS:
        raise Http404
    officer, now = officer_of(request), timezone.now()
    letter = new_letter(row, kind=kind, actor=officer, at=now)
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        body=row.body,
        letter=letter,
        on=timezone.localdate(now),
        initial={**_counted(letter), **_left_out(letter)},
    )

    def act() -> str:
        made = acts.draft_letter(request=row, kind=kind, actor=officer, at=now, **form.arguments())
        return letter_address(made)

    if form.is_valid() and (answer := submit_once(request, form, act, "文书已按模板生成，请核对正文")):
        return answer
    return show_form(
        request,
        form,
        title=f"拟写{kind_of(kind).title}",
        back=reverse("console:letter_choose", args=[row.pk]),
        way=[*case_way(row), ("拟写文书", reverse("console:letter_choose", args=[row.pk]))],
        button="生成文书",
        about=_about(letter),
    )


def _about(letter: Letter) -> list[str]:
    kind = letter.request
    lines = [f"{kind.number}　{kind.subject}"]
    article = kind_of(letter.kind).article
    if article:
        lines.append(f"依据：{article}")
    return [*lines, "案卷中已有的内容由系统填入，这里只填写案卷中没有的。"]


def _counted(letter: Letter) -> dict[str, Any]:
    """For a fee notice: how many the applicant asked for before this one in the month."""
    if kind_of(letter.kind).fact != "fee_notified" or letter.request.received_on is None:
        return {}
    same = requests_in_month(letter.request.applicant, letter.request.received_on)
    return {"already": same.filter(pk__lt=letter.request.pk).count()}


def _left_out(letter: Letter) -> dict[str, Any]:
    """For a partial disclosure: what the released files leave out."""
    if letter.kind != "partial":
        return {}
    found = withheld_of(letter.request)
    return {"withheld": storable_facts({"withheld": found}).get("withheld")} if found else {}


@page_view
def letter_facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what was said for a letter; its text is made anew."""
    letter = _handled(request, pk)
    officer, now = officer_of(request), timezone.now()
    form = LetterForm(
        request.POST if request.method == "POST" else None,
        body=letter.request.body,
        letter=letter,
        on=timezone.localdate(now),
        new=False,
        initial={"seen": digest_of(letter)},
    )

    def act() -> str:
        acts.edit_letter(letter=letter, actor=officer, at=now, refill=True, **form.arguments())
        return letter_address(letter)

    if form.is_valid() and (answer := submit_once(request, form, act, "正文已重新生成，请核对")):
        return answer
    return show_form(
        request,
        form,
        title=f"修改要素：{letter.title}",
        back=letter_address(letter),
        way=letter_way(letter),
        button="重新生成正文",
        about=["正文按模板重新生成，手工改过的文字不保留；已有的审核意见须重新签署。"],
    )


def _handled(request: HttpRequest, pk: int) -> Letter:
    """A letter that is still written. 404 outside, 403 for who only reads, 404 once it is signed."""
    letter = reach_one(request, Letter, pk, "request__applicant", "replaces__decision")
    require(request, Permission.HANDLE, letter.request.body)
    if letter.state not in {LetterState.DRAFT, LetterState.IN_REVIEW}:
        raise Http404
    return letter


@page_view
def letter_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The text in a field; what is sent with ``preview`` is shown as it would look and not kept."""
    letter = _handled(request, pk)
    officer, now = officer_of(request), timezone.now()
    initial = {"title": letter.title, "text": letter.text, "seen": digest_of(letter)}
    form = LetterTextForm(
        request.POST if request.method == "POST" else None, body=letter.request.body, initial=initial
    )

    def act() -> str:
        acts.edit_letter(letter=letter, actor=officer, at=now, **form.arguments())
        return letter_address(letter)

    looking = "preview" in request.POST
    if form.is_valid() and not looking and (answer := submit_once(request, form, act, "文书已保存")):
        return answer
    context = {
        "form": form,
        "title": f"修改正文：{letter.title}",
        "about": [f"{letter.request.number}　{letter.request.subject}"],
        "back": letter_address(letter),
        "preview": _as_typed(letter, form, now),
        "names": available(kind_of(letter.kind)),
        "crumbs": crumbs(*letter_way(letter), ("修改正文", "")),
    }
    status = 422 if form.errors else 200
    return render(request, "console/letters/edit.html", context, status=status)


def _as_typed(letter: Letter, form: LetterTextForm, now: dt.datetime) -> Preview:
    """How the letter looks with the text that stands in the field."""
    again = Letter.objects.select_related("request__body", "request__applicant").get(pk=letter.pk)
    if form.is_bound:
        again.title = str(form.data.get("title", "")) or again.title
        again.text = str(form.data.get("text", ""))
    return preview(again, at=now)


# Reading --------------------------------------------------------------------------------------------------


@login_required
@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """A letter: where it stands, what can be done with it now, its text, its opinions, its service."""
    row = reach_one(
        request, Letter, pk, "request__applicant", "made_by", "edited_by", "signed_by", "decision"
    )
    officer, now = officer_of(request), timezone.now()
    may_handle = may(officer, Permission.HANDLE, row.request.body, timezone.localdate(now))
    offers = letter_offers(row, officer, now)
    context = {
        "row": row,
        "title": f"{row.title}　{row.number}".strip(),
        "status": row.get_state_display(),
        "notes": _notes(row),
        "docket": docket(*_docket(row)),
        "acts": [one for one in offers if not one.obstacles],
        "impossible": [one for one in offers if one.obstacles],
        "may_handle": may_handle,
        "preview": preview(row, at=now) if may_handle else None,
        "tables": _tables(row, may_handle=may_handle),
        "timeline": _timeline(row),
        "crumbs": crumbs(*case_way(row.request), (row.title, "")),
    }
    return render(request, "console/letters/letter.html", context)


def _notes(row: Letter) -> list[str]:
    """What an officer must not overlook."""
    notes = []
    if row.state == LetterState.VOID:
        notes.append(f"本文书已作废：{row.void_reason}")
    if row.number and row.state != LetterState.VOID and not is_intact(row):
        notes.append("文书与签发时不一致，请作废后重新拟稿、签发")
    if row.state == LetterState.IN_REVIEW and (missing := missing_stages(row)):
        notes.append(f"还需要：{'、'.join(stage.label for stage in missing)}、签发")
    last = row.dispatches.last()
    if last is not None and last.failed_on is not None:
        notes.append(f"{last.failed_on}退回（{last.failure}），请重新送达")
    return notes


def addressee(row: Letter) -> str:
    """To whom, an applicant masked."""
    kind = kind_of(row.kind)
    if kind.recipient in {Recipient.APPLICANT, Recipient.ON_FILE}:
        return row.request.applicant.masked_name if kind.recipient is Recipient.APPLICANT else "存卷"
    return row.recipient


def _docket(row: Letter) -> list[tuple[str, object]]:
    return [
        ("申请", f"{row.request.number}　{row.request.subject}"),
        ("文号", row.number),
        ("主送", addressee(row)),
        ("拟稿", f"{row.made_by or '系统'}　{told(row.made_at)}"),
        ("最后修改", row.edited_by),
        ("签发", f"{row.signed_by}　{told(row.signed_at)}" if row.signed_at else ""),
        ("发出", row.issued_at),
        ("更正的文书", row.replaces),
    ]


def _timeline(row: Letter) -> list[Happened]:
    entries = [
        Happened(
            timezone.localtime(one.given_at),
            f"{one.get_stage_display()}：{'同意' if one.agrees else '不同意'}",
            str(one.given_by or "系统"),
        )
        for one in row.opinions.select_related("given_by")
    ]
    entries += [
        Happened(timezone.localtime(one.recorded_at), f"送达：{one}", str(one.recorded_by or "系统"))
        for one in row.dispatches.select_related("recorded_by")
    ]
    entries.append(Happened(timezone.localtime(row.made_at), "拟稿", str(row.made_by or "系统")))
    return sorted(entries, key=lambda one: one.at, reverse=True)


def _tables(row: Letter, *, may_handle: bool) -> list[dict[str, Any]]:
    tables = []
    opinions = list(row.opinions.select_related("given_by", "letter"))
    if opinions:
        tables.append(record_table("opinions", "审核意见", opinions, OPINION_COLUMNS, empty=""))
    sent = list(row.dispatches.select_related("proof", "letter__request"))
    if sent:
        columns = (*DISPATCH_COLUMNS, PROOF_COLUMN) if may_handle else DISPATCH_COLUMNS
        tables.append(record_table("dispatches", "送达", sent, columns, empty=""))
    return tables


def _still_holds(one: Any) -> str:
    """An opinion is about the text that was read."""
    if one.letter.number:
        return ""
    return "" if one.digest == digest_of(one.letter) else "（文本已改动，须重新审核）"


OPINION_COLUMNS = (
    Column("环节", lambda one: one.get_stage_display()),
    Column("结论", lambda one: f"{'同意' if one.agrees else '不同意'}{_still_holds(one)}"),
    Column("意见", lambda one: one.opinion),
    Column("依据", lambda one: one.basis),
    Column("审核人", lambda one: one.given_by or ""),
    Column("时间", lambda one: one.given_at),
)


def result_of(one: Dispatch) -> str:
    """What came of an attempt."""
    if one.failed_on is not None:
        return f"{one.failed_on}退回：{one.failure}"
    return f"{one.received_on}签收" if one.received_on else "尚无结果"


DISPATCH_COLUMNS = (
    Column("方式", lambda one: one.get_method_display()),
    Column("发出日期", lambda one: one.sent_on, mark=lambda _: "due"),
    Column("邮政企业或受托机关", lambda one: one.carrier),
    Column("邮件号", lambda one: one.tracking_number),
    Column("结果", result_of),
    Column("送达日期", counted_on, mark=lambda _: "due"),
)
PROOF_COLUMN = Column(
    "凭证",
    lambda one: one.proof.name if one.proof else "上传凭证",
    link=lambda one: reverse("console:dispatch_proof", args=[one.pk]),
)


@never_cache
@login_required
@require_safe
def letter_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The letter as DOCX or PDF. It names the applicant, so taking it along is recorded."""
    row = reach_one(request, Letter, pk, "request__applicant")
    require(request, Permission.HANDLE, row.request.body)
    if kind not in FILES:
        raise Http404
    make, media_type = FILES[kind]
    try:
        content = make(row, at=timezone.now())
    except (TemplateError, FontMissing, CharacterMissing) as error:
        messages.error(request, str(error))
        return redirect(letter_address(row))
    with transaction.atomic():
        record(
            verb="foi.download_letter",
            actor=officer_of(request),
            target=row.request,
            body=row.request.body,
            detail={"letter": row.pk, "kind": kind},
        )
    name = f"{row.request.number}{row.title}{row.number or '（稿）'}.{kind}"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response


# On the case and in the register ----------------------------------------------------------------------------


def letters_table(row: Request, *, may_handle: bool) -> dict[str, Any]:
    """The letters of a case, for its page."""
    rows = row.letters.select_related("made_by").prefetch_related("dispatches")
    more = ("拟写文书", reverse("console:letter_choose", args=[row.pk])) if may_handle else None
    return record_table("letters", "文书", rows, CASE_COLUMNS, empty="还没有文书。", more=more)


def stage_of(row: Letter) -> str:
    """Where a letter stands, in a word more than its state."""
    if row.state == LetterState.IN_REVIEW:
        missing = missing_stages(row)
        return f"待{missing[0].label}" if missing else "待签发"
    if row.state == LetterState.SIGNED:
        return "待送达" if is_answer(row) else "待发出"
    last = list(row.dispatches.all())
    return result_of(last[-1]) if row.state == LetterState.ISSUED and last else ""


CASE_COLUMNS = (
    Column("文书", lambda row: row.title, link=letter_address),
    Column("文号", lambda row: row.number),
    Column("状态", lambda row: row.get_state_display()),
    Column("环节", stage_of),
    Column("拟稿", lambda row: row.made_by or "系统"),
    Column("发出", lambda row: timezone.localdate(row.issued_at) if row.issued_at else None),
)
REGISTER = RecordList(
    name="letters",
    title="文书登记簿",
    model=Letter,
    columns=(
        Column("文号", lambda row: row.number or "未编号", link=letter_address, width=26),
        Column("文书", lambda row: row.title, width=34),
        Column("申请", lambda row: row.request.number),
        Column("主送", addressee, on_page=False),
        Column("状态", lambda row: row.get_state_display()),
        Column("环节", stage_of),
        Column("拟稿人", lambda row: row.made_by or "系统"),
        Column("签发人", lambda row: row.signed_by or ""),
        Column("签发日期", lambda row: timezone.localdate(row.signed_at) if row.signed_at else None),
        Column("发出日期", lambda row: timezone.localdate(row.issued_at) if row.issued_at else None),
        Column("作废理由", lambda row: row.void_reason, on_page=False),
    ),
    filters=LetterFilter,
    order=("-made_at", "-pk"),
    related=("request__body", "request__applicant", "made_by", "signed_by"),
    prefetch=("dispatches",),
    tabs=(
        ("requests", "公开申请"),
        ("letters", "文书登记簿"),
        ("asked", "更正与建议"),
        ("statistics", "统计"),
    ),
    note="作废的文号不再使用，登记簿中保留。",
)
letters, letters_export = listing(REGISTER), exporting(REGISTER)
