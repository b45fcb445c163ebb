"""The texts letters start from, kept by administrators: the list of kinds, one text, its preview, its history."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongkai.console.access import bodies_overseen, officer_of, overseen_one
from gongkai.console.forms.templates import RestoreForm, TemplateForm
from gongkai.console.letter_choices import GROUPS, group_of
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, page_view, record_table, show_form
from gongkai.console.records import Column
from gongkai.console.template_sheet import made_of_samples, template_docx, template_pdf, template_preview
from gongkai.foi import acts
from gongkai.foi.acts.templates import own_template, seen_of
from gongkai.foi.letter_text import inherited_text, template_of
from gongkai.foi.letters.kinds import KINDS, LetterKind, Recipient
from gongkai.foi.letters.placeholders import available
from gongkai.foi.models import LetterTemplate, LetterTemplateEdit
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.templates import TemplateError
from gongkai.typesetting.fonts import CharacterMissing, FontMissing

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.organisations.models import Body

TITLE = "文书模板"
ALL_BODIES = 0  # in an address: the texts for all bodies
HISTORY = 50
FILES = {
    "pdf": (template_pdf, "application/pdf"),
    "docx": (template_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class Wording(NamedTuple):
    """One kind with the text that stands for it, and whose it is."""

    kind: LetterKind
    body_pk: int
    own: LetterTemplate | None
    general: LetterTemplate | None

    @property
    def standing(self) -> str:
        """Whose text letters start from."""
        if self.own is not None:
            return "自行修改" if self.body_pk else "已修改"
        return "适用全部机关的模板" if self.body_pk and self.general is not None else "系统自带"


def _body(request: HttpRequest, pk: int) -> Body | None:
    """The body the address names, None for all of them. 404 outside, 403 for who may not keep its texts."""
    body = overseen_one(request, pk) if pk != ALL_BODIES else None
    if acts.why_not_keep_templates(body, actor=officer_of(request), at=timezone.now()):
        raise PermissionDenied
    return body


def _name(body: Body | None) -> str:
    return body.name if body is not None else "全部机关"


def _key(body: Body | None) -> int:
    return body.pk if body is not None else ALL_BODIES


def _kind(key: str) -> LetterKind:
    if key not in KINDS:
        raise Http404
    return KINDS[key]


def _address(name: str, body: Body | None, *more: str) -> str:
    return reverse(f"console:{name}", args=[_key(body), *more])


# Lists ----------------------------------------------------------------------------------------------------


@login_required
@require_safe
def template_bodies(request: HttpRequest) -> HttpResponse:
    """Whose texts this officer may keep; with a single body at once to its texts."""
    officer, now = officer_of(request), timezone.now()
    overseen = bodies_overseen(request)
    mine = [one for one in overseen if not acts.why_not_keep_templates(one, actor=officer, at=now)]
    general = not acts.why_not_keep_templates(None, actor=officer, at=now)
    if len(mine) == 1 and not general:
        return redirect(_address("templates", mine[0]))
    if not mine and not general:
        raise PermissionDenied
    rows = [*([None] if general else []), *mine]
    counts = _edited_counts(mine)
    columns = (
        Column("机关", _name, link=lambda one: _address("templates", one)),
        Column("修改过的模板", lambda one: counts.get(one.pk if one else None, 0), is_number=True),
    )
    context = {
        "title": TITLE,
        "tables": [record_table("bodies", "选择机关", rows, columns, empty="")],
        "note": "机关没有自行修改的，使用“全部机关”的模板；也没有的，使用系统自带的文字。",
        "crumbs": crumbs((TITLE, "")),
    }
    return render(request, "console/templates/list.html", context)


def _edited_counts(bodies: list[Body]) -> dict[int | None, int]:
    counts: dict[int | None, int] = {}
    keys: set[int | None] = {None, *(one.pk for one in bodies)}
    for pk in LetterTemplate.objects.values_list("body_id", flat=True):
        if pk in keys:
            counts[pk] = counts.get(pk, 0) + 1
    return counts


@login_required
@require_safe
def templates(request: HttpRequest, body: int) -> HttpResponse:
    """Every kind of letter with the text that stands for it."""
    row = _body(request, body)
    own = {one.kind: one for one in LetterTemplate.objects.filter(body=row).select_related("edited_by")}
    general = {one.kind: one for one in LetterTemplate.objects.filter(body=None)} if row else {}
    wordings = [Wording(kind, _key(row), own.get(key), general.get(key)) for key, kind in KINDS.items()]
    columns = (
        Column("文书", lambda one: one.kind.title, link=lambda one: _address("template", row, one.kind.key)),
        Column("用于", lambda one: _use(one.kind)),
        Column("依据", lambda one: one.kind.article),
        Column("现用文字", lambda one: one.standing),
        Column("修改时间", lambda one: one.own.edited_at if one.own else ""),
        Column("修改人", lambda one: (one.own.edited_by or "系统") if one.own else ""),
    )
    tables = [
        record_table(
            f"group-{at}", group, [one for one in wordings if group_of(one.kind) == group], columns, empty=""
        )
        for at, group in enumerate(GROUPS)
    ]
    context = {
        "title": f"{TITLE}：{_name(row)}",
        "tables": tables,
        "note": "修改后只影响此后拟写的文书；已经拟写、签发的文书不变。",
        "crumbs": crumbs(*_way(), (_name(row), "")),
    }
    return render(request, "console/templates/list.html", context)


def _use(kind: LetterKind) -> str:
    """To whom, so that letters of one title are told apart by what they tell."""
    if kind.recipient is Recipient.ON_FILE:
        return kind.recipient.label
    ending = f"：{OUTCOMES[kind.outcome].name}" if kind.outcome else ""
    return f"致{kind.recipient.label}{ending}"


def _way(body: Body | None = None, *, inside: bool = False) -> list[tuple[str, str]]:
    way = [(TITLE, reverse("console:template_bodies"))]
    return [*way, (_name(body), _address("templates", body))] if inside else way


# One text -------------------------------------------------------------------------------------------------


@page_view
def template(request: HttpRequest, body: int, kind: str) -> HttpResponse:
    """A kind's text in a field; what is sent with ``preview`` is shown as it would look and not kept."""
    row, form_of = _body(request, body), _kind(kind)
    officer, now = officer_of(request), timezone.now()
    initial = {"text": template_of(form_of, row), "seen": seen_of(form_of, row)}
    form = TemplateForm(request.POST if request.method == "POST" else None, initial=initial)
    here = _address("template", row, kind)

    def act() -> str:
        acts.edit_template(kind=form_of, body=row, actor=officer, at=now, **form.arguments())
        return here

    looking = "preview" in request.POST
    if form.is_valid() and not looking and (answer := submit_once(request, form, act, "模板已保存")):
        return answer
    return show_form(
        request,
        form,
        title=f"{form_of.title}（{_use(form_of)}）",
        back=_address("templates", row),
        way=_way(row, inside=True),
        about=_about(row, form_of),
        template="console/templates/edit.html",
        preview=template_preview(form_of, _typed(form, initial["text"]), row),
        names=available(form_of),
        required=form_of.required,
        files=[(name.upper(), _address("template_file", row, kind, name)) for name in FILES],
        restore=_address("template_restore", row, kind) if own_template(form_of, row) else "",
        tables=[_history(form_of, row)],
        looking=looking,
    )


def _typed(form: TemplateForm, before: str) -> str:
    return str(form.data.get("text", "")) if form.is_bound else before


def _about(body: Body | None, kind: LetterKind) -> list[str]:
    own = own_template(kind, body)
    whose = (
        "系统自带的文字" if own is None else f"{own.edited_by or '系统'}于{told_day(own.edited_at)}修改的文字"
    )
    if own is None and body is not None and own_template(kind, None) is not None:
        whose = "适用全部机关的模板"
    lines = [f"适用：{_name(body)}。现用：{whose}。"]
    if kind.article:
        lines.append(f"依据：{kind.article}")
    return lines


def told_day(moment: Any) -> str:
    """The local day of a moment."""
    return f"{timezone.localdate(moment):%Y-%m-%d}"


HISTORY_COLUMNS = (
    Column("时间", lambda one: one.made_at),
    Column("修改人", lambda one: one.made_by or "系统"),
    Column("改动", lambda one: "修改文字" if one.text else "恢复原来的文字"),
    Column("说明", lambda one: one.reason),
)


def _history(kind: LetterKind, body: Body | None) -> dict[str, Any]:
    edits = LetterTemplateEdit.objects.filter(kind=kind.key, body=body).select_related("made_by")[:HISTORY]
    seeing = Column(
        "文字",
        lambda one: "查看" if one.text else "",
        link=lambda one: _address("template_edition", body, kind.key, str(one.pk)) if one.text else "",
    )
    return record_table("history", "修改记录", edits, (*HISTORY_COLUMNS, seeing), empty="没有修改过。")


@login_required
@require_safe
def template_edition(request: HttpRequest, body: int, kind: str, pk: int) -> HttpResponse:
    """A text as it once stood, to be read or copied."""
    row, form_of = _body(request, body), _kind(kind)
    found = LetterTemplateEdit.objects.filter(pk=pk, kind=kind, body=row).exclude(text="")
    edit = found.select_related("made_by").first()
    if edit is None:
        raise Http404
    context = {
        "title": f"{form_of.title}：{told_day(edit.made_at)}的文字",
        "edit": edit,
        "preview": template_preview(form_of, edit.text, row),
        "back": _address("template", row, kind),
        "crumbs": crumbs(
            *_way(row, inside=True), (form_of.title, _address("template", row, kind)), ("修改记录", "")
        ),
    }
    return render(request, "console/templates/edition.html", context)


@page_view
def template_restore(request: HttpRequest, body: int, kind: str) -> HttpResponse:
    """Give the own text up for the one beneath it, which is shown."""
    row, form_of = _body(request, body), _kind(kind)
    officer, now = officer_of(request), timezone.now()
    form = RestoreForm(
        request.POST if request.method == "POST" else None, initial={"seen": seen_of(form_of, row)}
    )
    back = _address("template", row, kind)

    def act() -> str:
        acts.restore_template(kind=form_of, body=row, actor=officer, at=now, **form.arguments())
        return back

    if form.is_valid() and (answer := submit_once(request, form, act, "已恢复原来的文字")):
        return answer
    return show_form(
        request,
        form,
        title=f"恢复原来的文字：{form_of.title}",
        back=back,
        way=[*_way(row, inside=True), (form_of.title, back)],
        button="恢复",
        about=["自行修改的文字不再使用，在修改记录中保留；此后拟写的文书使用下面的文字。"],
        template="console/templates/restore.html",
        preview=template_preview(form_of, inherited_text(form_of, row), row),
    )


@login_required
@require_safe
def template_file(request: HttpRequest, body: int, kind: str, ending: str) -> HttpResponse:
    """The text that stands, as DOCX or PDF, filled with made-up facts."""
    row, form_of = _body(request, body), _kind(kind)
    if ending not in FILES:
        raise Http404
    make, media_type = FILES[ending]
    text = template_of(form_of, row)
    try:
        content = make(made_of_samples(form_of, text, row), at=timezone.now())
    except (TemplateError, FontMissing, CharacterMissing) as error:
        messages.error(request, str(error))
        return redirect(_address("template", row, kind))
    response = HttpResponse(content, content_type=media_type)
    name = f"{form_of.title}（示例）.{ending}"
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
    return response
