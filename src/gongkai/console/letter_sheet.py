"""A letter as a fragment of a page: the same document the files are made of, in plain elements."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.foi.letter_text import facts_of
from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.kinds import Recipient, kind_of
from gongkai.foi.letters.templates import check_text
from gongkai.law.templates import TemplateError
from gongkai.typesetting.document import (
    Block,
    Code,
    Form,
    Heading,
    KeyValues,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
    chinese_date,
)

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.core.errors import Obstacle
    from gongkai.foi.models import Letter

Cell = tuple[str, bool, int, int]


@dataclass(frozen=True)
class Part:
    """One element. ``kind`` is what the template makes of it; ``rows`` are cells: text, label, columns, rows."""

    kind: str
    text: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()


@dataclass(frozen=True)
class Sheet:
    """A letter as it is read."""

    issuer: str
    title: str
    number: str
    addressee: str
    parts: tuple[Part, ...]
    signature: str
    date: str
    notes: tuple[str, ...]
    enclosures: tuple[tuple[str, tuple[Part, ...]], ...]


@dataclass(frozen=True)
class Preview:
    """The letter and what is wrong with its text; without a sheet where it cannot be made."""

    sheet: Sheet | None
    problems: tuple[Obstacle, ...]
    refusal: str = ""


def preview(letter: Letter, *, at: dt.datetime) -> Preview:
    """How the letter would look today, its applicant masked; of a signed one as it was signed."""
    on = timezone.localdate(letter.signed_at or at)
    kind, facts = kind_of(letter.kind), facts_of(letter, on=on)
    problems = () if letter.number else tuple(check_text(kind, letter.text, facts))
    if kind.recipient is not Recipient.ON_FILE:
        facts = replace(facts, applicant=letter.request.applicant.masked_name)
    try:
        made = sheet_of(compose(kind, letter.text, facts, title=letter.title))
    except TemplateError as error:
        return Preview(None, problems, "" if problems else str(error))
    return Preview(made, problems)


def sheet_of(document: OfficialDocument) -> Sheet:
    """The parts of the document in their order."""
    return Sheet(
        issuer=document.issuer,
        title=document.title,
        number=document.number,
        addressee=document.addressee,
        parts=tuple(_part(one) for one in document.blocks),
        signature=document.signature,
        date=chinese_date(document.signed_on) if document.signed_on else "",
        notes=document.all_notes,
        enclosures=tuple(
            (one.title, tuple(_part(block) for block in one.blocks)) for one in document.enclosures
        ),
    )


def _part(block: Block) -> Part:
    match block:
        case Paragraph(text=text):
            return Part("paragraph", text)
        case Heading(text=text):
            return Part("heading", text)
        case NumberedList(items=items):
            return Part("list", rows=tuple(((item, False, 1, 1),) for item in items))
        case Code(lines=lines, alternative=alternative):
            return Part("code", "　".join((alternative, *lines)))
        case _:
            return Part("table", block.caption, _rows(block))


def _rows(block: Form | Table | KeyValues) -> tuple[tuple[Cell, ...], ...]:
    if isinstance(block, Form):
        return tuple(
            tuple((one.text, one.label, one.colspan, one.rowspan) for one in row.cells) for row in block.rows
        )
    if isinstance(block, KeyValues):
        return tuple(((name, True, 1, 1), (said, False, 1, 1)) for name, said in block.rows)
    head = tuple((text, True, 1, 1) for text in block.header)
    return (head, *(tuple((text, False, 1, 1) for text in line) for line in block.rows))
