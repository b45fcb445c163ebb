"""One ZIP with everything about a case in order. The same case gives the same bytes.

Inside are the application, the story, every signed letter as PDF and DOCX with its reviews and its service, all files,
the redacted ones too. Drafts are left out, they were never issued; void letters with a number are in, marked. What the
officers said to each other (办理讨论) is no part of the file and is left out.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.materials import read
from gongkai.foi.archive.sheets import application_sheet, index_sheet, process_sheet, review_sheet
from gongkai.foi.letter_text import letter_docx, letter_pdf
from gongkai.foi.models import Letter, Request
from gongkai.foi.models.letters import LetterState
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.rules import why_not_handle
from gongkai.typesetting import pdf
from gongkai.typesetting.document import OfficialDocument
from gongkai.typesetting.stable_zip import EPOCH

BEFORE_LETTERS = (
    MaterialKind.ORIGINAL,
    MaterialKind.IDENTITY,
    MaterialKind.AUTHORITY,
    MaterialKind.EVIDENCE,
    MaterialKind.CLARIFICATION,
)
"""What came in; the other files follow the letters."""


@dataclass(frozen=True)
class Item:
    """One file of the folder, before it is numbered."""

    name: str
    on: str
    about: str
    content: bytes


def archive(request: Request) -> bytes:
    """The folder as a ZIP file. Reads only; ``archive_request`` is the act.

    Raises ``fonts.FontMissing`` without a Chinese font, ValueError when a kept file was changed.
    """
    at = _last_moment(request)
    items = list(_items(request, at))
    width = max(2, len(str(len(items))))
    named = [(f"{number:0{width}}-{item.name}", item) for number, item in enumerate(items, start=1)]
    rows = [
        (
            name.partition("-")[0],
            name,
            item.on,
            item.about,
            str(len(item.content)),
            hashlib.sha256(item.content).hexdigest(),
        )
        for name, item in named
    ]
    index = pdf.render(index_sheet(request, list(rows)), at=at)
    files = [("目录.pdf", index), ("目录.csv", _csv(rows)), *((name, item.content) for name, item in named)]
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in files)
    return _zipped([*files, ("SHA256SUMS.txt", sums.encode())])


def _last_moment(request: Request) -> dt.datetime:
    """When something last happened to the case: the date of the pages that are written for the folder."""
    moments = [request.registered_at, *request.facts.values_list("recorded_at", flat=True)]
    moments += request.materials.values_list("added_at", flat=True)
    moments += [one for one in request.letters.values_list("issued_at", flat=True) if one is not None]
    return max(moments)


def _items(request: Request, at: dt.datetime) -> Iterator[Item]:
    yield _page("申请登记表.pdf", application_sheet(request), request.registered_at, at)
    yield from _materials(request, coming_in=True)
    yield _page("办理经过.pdf", process_sheet(request), at, at)
    signed = request.letters.exclude(number="").select_related("made_by", "signed_by")
    for letter in signed.order_by("signed_at", "pk"):
        yield from _letter(request, letter, at)
    yield from _materials(request, coming_in=False)


def _page(name: str, document: OfficialDocument, on: dt.datetime, at: dt.datetime) -> Item:
    return Item(name, _day(on), "系统生成", pdf.render(document, at=at))


def _day(moment: dt.datetime | None) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


def _materials(request: Request, *, coming_in: bool) -> Iterator[Item]:
    rows = request.materials.order_by("added_at", "pk")
    rows = rows.filter(kind__in=BEFORE_LETTERS) if coming_in else rows.exclude(kind__in=BEFORE_LETTERS)
    for one in rows:
        about = one.get_kind_display() + ("（提供给申请人）" if one.for_applicant else "")
        yield Item(one.name, _day(one.added_at), about, read(one))


def _letter(request: Request, letter: Letter, at: dt.datetime) -> Iterator[Item]:
    void = "（已作废）" if letter.state == LetterState.VOID else ""
    name, on = f"{letter.title}{letter.number}{void}", _day(letter.signed_at)
    yield Item(f"{name}.pdf", on, "文书", letter_pdf(letter, at=at))
    yield Item(f"{name}.docx", on, "文书", letter_docx(letter, at=at))
    sheet = pdf.render(review_sheet(request, letter), at=at)
    yield Item(f"{name}—审核送达记录.pdf", on, "系统生成", sheet)


def _csv(rows: list[tuple[str, str, str, str, str, str]]) -> bytes:
    """With a byte order mark, so that Excel reads it as UTF-8."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("序号", "文件", "日期", "说明", "大小（字节）", "SHA-256"))
    writer.writerows(tuple(_harmless(cell) for cell in row) for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def _harmless(cell: str) -> str:
    """A cell a spreadsheet would take for a formula is quoted."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


def _zipped(files: list[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files:
            folder.writestr(zipfile.ZipInfo(name, EPOCH), content, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def why_not_archive(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """No permission, a case that is still open, or letters that were signed and never left."""
    found = why_not_handle(request.body, actor=actor, at=at)
    if request.closed_on is None and not request.set_aside:
        found.append(Obstacle("open", f"申请{request.number}尚未办结", "办结以后归档"))
    waiting = request.letters.filter(state__in=[LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.SIGNED])
    found += [
        Obstacle("letters", f"《{one.title}》{one.number}{one.get_state_display()}", "请发出或者作废")
        for one in waiting
    ]
    return found


def archive_request(*, request: Request, actor: Actor, at: dt.datetime) -> bytes:
    """Take the folder out; it holds the applicant's data, so that it was taken is recorded with its digest.

    It is made before anything is locked: writing the pages takes seconds. Raises RefusedError, and as ``archive``.
    """
    refuse_if(why_not_archive(request, actor=actor, at=at))
    made = archive(request)
    digest = hashlib.sha256(made).hexdigest()
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_archive(request, actor=actor, at=at))
        record(
            verb="foi.archive_request",
            actor=actor,
            target=request,
            body=request.body,
            detail={"sha256": digest, "bytes": len(made)},
        )
    return made
