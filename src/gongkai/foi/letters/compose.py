"""A letter's text and facts as an official document."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.foi.letters import tables
from gongkai.foi.letters.facts import LetterFacts
from gongkai.foi.letters.kinds import LetterKind, Recipient
from gongkai.foi.letters.templates import alone, fill_blocks, fill_line
from gongkai.law.templates import UNBALANCED, MissingValue, UnknownPlaceholder, unbalanced
from gongkai.typesetting.document import Block, Enclosure, Head, Heading, OfficialDocument, Paragraph

_LONGEST_HEADING = 40
_NUMERALS = "一二三四五六七八九十"
_LEVELS = (re.compile(rf"[{_NUMERALS}]{{1,3}}、"), re.compile(rf"[（(][{_NUMERALS}]{{1,3}}[）)]"))
SLIP = "征求意见回执"


def compose(
    kind: LetterKind, text: str, facts: LetterFacts, *, title: str = "", head: Head = Head.PLAIN
) -> OfficialDocument:
    """The document of a letter: ``text`` is a template, or what became of one under an officer's hands.

    Raises ``law.templates.UnknownPlaceholder`` and ``MissingValue``, whose messages are for the officer.
    """
    body = facts.body
    on_file = kind.recipient is Recipient.ON_FILE
    return OfficialDocument(
        issuer=body.name,
        title=title or kind.title,
        blocks=tuple(_blocks(kind, text, facts)),
        number=facts.number,
        head=head,
        addressee=_addressee(kind, facts),
        attachments=facts.attachments,
        signature="" if on_file else body.name,
        signed_on=None if on_file else facts.issued_on,
        notes=facts.notes,
        contact="" if on_file else contact_line(facts),
        subject=kind.title,
        enclosures=(Enclosure(SLIP, tables.opinion_slip(facts)),) if kind.opinion_slip else (),
    )


def contact_line(facts: LetterFacts) -> str:
    """Whom to ask: the person, or the office, and the telephone."""
    body = facts.body
    who = f"联系人：{body.contact_person}" if body.contact_person else ""
    office = f"联系部门：{body.office}" if body.office and not who else ""
    phone = f"联系电话：{body.phone}" if body.phone else ""
    return "，".join(part for part in (who, office, phone) if part)


def _addressee(kind: LetterKind, facts: LetterFacts) -> str:
    """Raises ``MissingValue`` when nobody is named."""
    if kind.recipient is Recipient.ON_FILE:
        return ""
    name = (facts.applicant if kind.recipient is Recipient.APPLICANT else facts.recipient).strip()
    if not name:
        raise MissingValue(f"没有填写收文的{kind.recipient.label}，请补充名称")
    return name


def _blocks(kind: LetterKind, text: str, facts: LetterFacts) -> Iterator[Block]:
    """Every line in turn. Whether it is a heading is told by the text, never by a value filled into it."""
    if unbalanced(text):
        raise UnknownPlaceholder(UNBALANCED)
    for line in (line.strip() for line in text.splitlines()):
        if placeholder := alone(line):
            yield from fill_blocks(kind, placeholder, facts)
        elif line and (told := fill_line(kind, line, facts)):
            yield from _of_line(_level(line), told)


def _of_line(level: int, told: str) -> Iterator[Block]:
    if level:
        yield Heading(told, level)
        return
    yield from (Paragraph(part.strip()) for part in told.splitlines() if part.strip())


def _level(line: str) -> int:
    """1 for 一、…, 2 for （一）…, 0 for a paragraph: headings are short and no sentences."""
    if len(line) > _LONGEST_HEADING or any(mark in line for mark in "。；！？：{"):
        return 0
    return next((at for at, look in enumerate(_LEVELS, start=1) if look.match(line)), 0)
