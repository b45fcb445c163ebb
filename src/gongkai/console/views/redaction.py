"""Redacting a file: its pages with what can be marked on them, the new file, its verification, its release."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from gongkai.console.access import officer_of, reach_one, require
from gongkai.console.forms.letters import SubmitForm
from gongkai.console.forms.materials import POINTS_PER_MM, PageMarksForm
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import Acting, acting, crumbs, page_view, record_table, show_form
from gongkai.console.records import Column, docket, told
from gongkai.console.views.letters import case_way
from gongkai.foi import acts
from gongkai.foi.acts.materials import read
from gongkai.foi.acts.redaction import marks_of, why_not_produce, why_not_release
from gongkai.foi.models import Material, Redaction
from gongkai.organisations.rules import Permission
from gongkai.redaction import RedactionError, open_source, picture, read_page, suggest_page
from gongkai.redaction.bases import BASES
from gongkai.redaction.paging import PREVIEW_DPI

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.redaction.model import Box, Mark, Page, Source

KEPT = 3  # opened files kept in memory, so that the pages of one are not opened again and again
SCALE = PREVIEW_DPI / 72
FRAME = (161, 40, 27)
"""The red pen, as in ``tokens.css``."""


@lru_cache(maxsize=KEPT)
def _opened(pk: int, digest: str) -> Source:  # noqa: ARG001 - the digest is part of the key
    material = Material.objects.get(pk=pk)
    return open_source(read(material), material.name)


def opened(material: Material) -> Source:
    """The pages of a file. Raises ``RedactionError`` for one the engine cannot open."""
    return _opened(material.pk, material.sha256)


def _reached(request: HttpRequest, pk: int) -> Redaction:
    row = reach_one(request, Redaction, pk, "source", "result", "made_by", "released_by")
    require(request, Permission.HANDLE, row.request.body)
    return row


def _here(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def _way(row: Redaction) -> list[tuple[str, str]]:
    return [*case_way(row.request), (f"遮盖{row.source.name}", _here("redaction", row.pk))]


@page_view
def redaction_begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin with a file; the page says what becomes of it."""
    source = reach_one(request, Material, pk, "request__applicant")
    require(request, Permission.HANDLE, source.request.body)
    form = SubmitForm(request.POST if request.method == "POST" else None, body=source.request.body)

    def act() -> str:
        begun = acts.begin_redaction(source=source, actor=officer_of(request), at=timezone.now())
        return _here("redaction_page", begun.pk, 1)

    if form.is_valid() and (answer := submit_once(request, form, act, "请逐页标注不予公开的内容")):
        return answer
    return show_form(
        request,
        form,
        title=f"遮盖{source.name}",
        back=_here("request", source.request_id),
        way=case_way(source.request),
        button="开始遮盖",
        about=[
            "原文件保留在案卷中，不提供给申请人。",
            "生成的是新文件：遮盖处的文字从文件中去除，不是盖住；核验通过、由其他人员放行后才能提供。",
        ],
    )


# The redaction as a whole ---------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def redaction(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands: pages and marks, the new file and what its verification found, the release."""
    row = _reached(request, pk)
    try:
        source: Source | None = opened(row.source)
    except (RedactionError, ValueError, OSError) as error:
        messages.error(request, str(error))
        source = None
    marks = marks_of(row)
    offers = _offers(row, request)
    context = {
        "row": row,
        "title": f"遮盖{row.source.name}",
        "status": status_of(row),
        "docket": docket(*_docket(row, marks)),
        "acts": [one for one in offers if not one.obstacles],
        "impossible": [one for one in offers if one.obstacles],
        "pages": _pages(row, source, marks),
        "left_behind": source.findings if source else (),
        "results": _results(row),
        "marks": record_table(
            "marks", "遮盖处", list(enumerate(marks, 1)), MARK_COLUMNS, empty="还没有标注。"
        ),
        "timeline": [],
        "crumbs": crumbs(*_way(row)[:-1], (f"遮盖{row.source.name}", "")),
    }
    return render(request, "console/redaction/redaction.html", context)


def status_of(row: Redaction) -> str:
    """In a word."""
    if row.released_at is not None:
        return "已放行"
    if row.result_id is None:
        return "标注中"
    return "核验通过，待放行" if row.verified_at else "核验未通过"


def _docket(row: Redaction, marks: tuple[Mark, ...]) -> list[tuple[str, object]]:
    return [
        ("申请", f"{row.request.number}　{row.request.subject}"),
        ("遮盖人", row.made_by or "系统"),
        ("遮盖处", f"{len(marks)}处"),
        ("依据", "、".join(BASES[key].label for key in row.bases)),
        ("核验通过", row.verified_at),
        ("放行", f"{row.released_by}　{told(row.released_at)}" if row.released_at else ""),
    ]


def _offers(row: Redaction, request: HttpRequest) -> list[Offer]:
    if row.released_at is not None:
        return []
    by: dict[str, Any] = {"actor": officer_of(request), "at": timezone.now()}
    offers = []
    if row.result_id is None:
        offers.append(
            Offer(
                "生成并核验",
                _here("redaction_produce", row.pk),
                why_not_produce(row, **by),
                "需要几秒到几十秒。",
                primary=True,
            )
        )
    else:
        note = "放行后随答复提供给申请人。"
        obstacles = why_not_release(row, **by)
        offers.append(Offer("放行", _here("redaction_release", row.pk), obstacles, note, primary=True))
    return offers


def _pages(row: Redaction, source: Source | None, marks: tuple[Mark, ...]) -> list[tuple[int, int, str]]:
    if source is None or row.released_at is not None:
        return []
    return [
        (number, sum(one.page == number for one in marks), _here("redaction_page", row.pk, number))
        for number in range(1, source.page_count + 1)
    ]


def _results(row: Redaction) -> list[tuple[int, str]]:
    if row.result is None:
        return []
    number = opened(row.result).page_count
    return [(at, _here("redaction_result", row.pk, at)) for at in range(1, number + 1)]


def _millimetres(value: float) -> str:
    return f"{value / POINTS_PER_MM:.0f}"


MARK_COLUMNS = (
    Column("序号", lambda one: one[0], is_number=True),
    Column("页", lambda one: one[1].page, is_number=True),
    Column("依据", lambda one: BASES[one[1].basis].label),
    Column(
        "位置（毫米）",
        lambda one: f"距左{_millimetres(one[1].x)}、距上{_millimetres(one[1].y)}",
    ),
    Column("大小（毫米）", lambda one: f"{_millimetres(one[1].width)}×{_millimetres(one[1].height)}"),
)


def _doing(title: str, act: Any, done: str, about: str) -> Any:
    return acting(
        Acting(
            title=title,
            model=Redaction,
            form=SubmitForm,
            act=lambda request, row, _data: act(redaction=row, actor=officer_of(request), at=timezone.now()),
            done=done,
            back=lambda row: _here("redaction", row.pk),
            way=_way,
            about=lambda row: (row.source.name, about),
            related=("source", "result"),
            button=title,
        )
    )


redaction_produce = _doing(
    "生成并核验",
    acts.produce_redaction,
    "已生成新文件，请查看核验结果",
    "按现有标注生成新文件，并像外人拿到文件一样逐页核验。",
)
redaction_release = _doing(
    "放行",
    acts.release_redaction,
    "遮盖后的文件已放行，随答复提供给申请人",
    "请先逐页查看遮盖后的文件，确认没有遗漏，也没有多遮。",
)


# One page -------------------------------------------------------------------------------------------------


@never_cache
@page_view
def redaction_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Mark what is withheld on one page: by suggestion, by word, by rectangle."""
    row = _reached(request, pk)
    source, page = _page_of(row, number)
    if row.released_at is not None:
        return redirect("console:redaction", row.pk)
    marks, suggestions = marks_of(row), suggest_page(page)
    form = PageMarksForm(
        request.POST if request.method == "POST" else None,
        body=row.request.body,
        source=source,
        page=page,
        marks=marks,
        suggestions=suggestions,
    )

    def act() -> str:
        acts.set_marks(
            redaction=row,
            marks=form.new_marks(),
            seen=form.seen_marks(),
            actor=officer_of(request),
            at=timezone.now(),
        )
        return _here("redaction_page", row.pk, number)

    if form.is_valid() and (answer := submit_once(request, form, act, "标注已保存")):
        return answer
    context = {
        "form": form,
        "row": row,
        "page": page,
        "title": f"遮盖{row.source.name}：第{number}页，共{source.page_count}页",
        "size": f"宽{_millimetres(page.width)}毫米、高{_millimetres(page.height)}毫米",
        "lines": _lines(form, page, marks),
        "suggestions": _suggestions(form, marks),
        "marks": _marks(form, marks),
        "image": _here("redaction_image", row.pk, number),
        "back": _here("redaction", row.pk),
        "before": _here("redaction_page", row.pk, number - 1) if number > 1 else "",
        "after": _here("redaction_page", row.pk, number + 1) if number < source.page_count else "",
        "crumbs": crumbs(*_way(row), (f"第{number}页", "")),
    }
    return render(request, "console/redaction/page.html", context, status=422 if form.errors else 200)


def _page_of(row: Redaction, number: int) -> tuple[Source, Page]:
    """404 for a page there is not, or a file that cannot be opened (the page of the redaction says why)."""
    try:
        source = opened(row.source)
        return source, read_page(source, number)
    except (RedactionError, ValueError, OSError) as error:
        raise Http404 from error


def _covered(box: Box, page: int, marks: tuple[Mark, ...]) -> bool:
    return any(one.page == page and one.box.holds(box.centre) for one in marks)


def _lines(form: PageMarksForm, page: Page, marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    """Every line with its words: whether ticked, whether withheld already."""
    ticked = form.chosen("words")
    return [
        {
            "id": line.id,
            "text": line.text,
            "ticked": line.id in ticked,
            "words": [
                {
                    "id": word.id,
                    "text": word.text,
                    "ticked": word.id in ticked,
                    "covered": _covered(word.box, page.number, marks),
                }
                for word in line.words
            ],
        }
        for line in page.lines
    ]


def _suggestions(form: PageMarksForm, marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    ticked = form.chosen("suggested")
    return [
        {
            "id": one.id,
            "kind": one.kind.value,
            "text": one.text,
            "certainty": one.certainty.value,
            "ticked": one.id in ticked,
            "covered": all(_covered(box, one.page, marks) for box in one.boxes),
        }
        for one in form.suggestions
    ]


def _marks(form: PageMarksForm, marks: tuple[Mark, ...]) -> list[dict[str, Any]]:
    dropped = form.chosen("drop")
    return [
        {
            "at": at,
            "number": at + 1,
            "basis": form[f"basis_{at}"],
            "place": f"距左{_millimetres(one.x)}、距上{_millimetres(one.y)}毫米",
            "dropped": str(at) in dropped,
        }
        for at, one in enumerate(marks)
        if one.page == form.page.number
    ]


@never_cache
@login_required
@require_safe
def redaction_image(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the original with the marks drawn on it as numbered frames."""
    row = _reached(request, pk)
    source, _ = _page_of(row, number)
    return _png(_framed(picture(source, number), marks_of(row), number))


def _framed(png: bytes, marks: tuple[Mark, ...], page: int) -> bytes:
    image = Image.open(io.BytesIO(png)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for at, one in enumerate(marks, start=1):
        if one.page == page:
            corner = (one.x * SCALE, one.y * SCALE)
            pen.rectangle((*corner, one.box.right * SCALE, one.box.bottom * SCALE), outline=FRAME, width=2)
            pen.text(corner, str(at), fill=FRAME)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


@never_cache
@login_required
@require_safe
def redaction_result(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the new file, as the applicant will see it."""
    row = _reached(request, pk)
    if row.result is None:
        raise Http404
    try:
        return _png(picture(opened(row.result), number))
    except (RedactionError, IndexError, ValueError, OSError) as error:
        raise Http404 from error


def _png(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="image/png", headers={"X-Content-Type-Options": "nosniff"})
