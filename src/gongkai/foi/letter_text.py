"""A letter's text: drafted from its template, checked, digested; and the document that comes of it.

What was signed is frozen with everything its tables were made of (``Letter.as_signed``), so that the file can be made
again at any time and is the same.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator

from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.foi.letter_facts import letter_facts
from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.facts import LetterFacts
from gongkai.foi.letters.kinds import LetterKind, kind_of
from gongkai.foi.letters.templates import alone, fill_line, filled
from gongkai.foi.letters.texts import default_text
from gongkai.foi.models import Letter, LetterTemplate
from gongkai.foi.snapshots import restored
from gongkai.law.templates import UNBALANCED, TemplateError, unbalanced
from gongkai.organisations.models import Body
from gongkai.typesetting import docx, pdf
from gongkai.typesetting.document import OfficialDocument


def template_of(kind: LetterKind, body: Body | None) -> str:
    """The body's own text; else the one for all bodies; else the one that ships with Gongkai."""
    own = LetterTemplate.objects.filter(kind=kind.key, body=body).first()
    return own.text if own else inherited_text(kind, body)


def inherited_text(kind: LetterKind, body: Body | None) -> str:
    """What a body's letters start from where it has no text of its own; without a body, the built-in text."""
    general = LetterTemplate.objects.filter(kind=kind.key, body=None).first() if body is not None else None
    return general.text if general else default_text(kind)


def drafted(letter: Letter, *, on: dt.date) -> str:
    """The text an officer starts from. Raises ``TemplateError``; ask ``why_not_filled`` first."""
    kind = kind_of(letter.kind)
    return filled(kind, template_of(kind, letter.request.body), letter_facts(letter, on=on))


def why_not_filled(letter: Letter, *, on: dt.date) -> list[Obstacle]:
    """Everything the template asks for and neither the case nor the officer says."""
    kind = kind_of(letter.kind)
    return _why_lines_wrong(letter, template_of(kind, letter.request.body), on)


def why_text_wrong(letter: Letter, *, on: dt.date) -> list[Obstacle]:
    """What is wrong with the text as it was edited: braces, names, values that are missing."""
    return _why_lines_wrong(letter, letter.text, on)


def _why_lines_wrong(letter: Letter, text: str, on: dt.date) -> list[Obstacle]:
    if unbalanced(text):
        return [Obstacle("braces", UNBALANCED, "请补上或者删去花括号", "text")]
    messages = dict.fromkeys(_problems(kind_of(letter.kind), text, letter_facts(letter, on=on)))
    return [Obstacle("missing_value", message, field="facts") for message in messages]


def _problems(kind: LetterKind, text: str, facts: LetterFacts) -> Iterator[str]:
    for line in text.splitlines():
        placeholder = alone(line)
        if placeholder is not None:
            if placeholder.blocks and not placeholder.optional and not placeholder.blocks(facts):
                yield f"“{placeholder.name}”没有内容，请补充（{placeholder.about}）"
            continue
        try:
            fill_line(kind, line, facts)
        except TemplateError as error:
            yield str(error)


def digest_of(letter: Letter) -> str:
    """SHA-256 over everything the letter says; once it is signed, with its number and what its tables show."""
    said = [
        letter.kind,
        letter.outcome,
        letter.recipient,
        letter.title,
        letter.text,
        letter.facts,
        letter.number,
        letter.as_signed,
    ]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_intact(letter: Letter) -> bool:
    """Whether a signed letter still says what was signed."""
    return bool(letter.digest) and letter.digest == digest_of(letter)


def facts_of(letter: Letter, *, on: dt.date) -> LetterFacts:
    """What the letter is made of: frozen once it is signed, the case's present state before."""
    return restored(letter.as_signed) if letter.as_signed else letter_facts(letter, on=on)


def document_of(letter: Letter, *, on: dt.date) -> OfficialDocument:
    """The official document; of a draft as it would be on a day. Raises ``TemplateError``."""
    return compose(kind_of(letter.kind), letter.text, facts_of(letter, on=on), title=letter.title)


def letter_pdf(letter: Letter, *, at: dt.datetime) -> bytes:
    """The letter as PDF. A signed one bears the time of its signature and is the same every time."""
    moment = letter.signed_at or at
    return pdf.render(document_of(letter, on=timezone.localdate(moment)), at=moment)


def letter_docx(letter: Letter, *, at: dt.datetime) -> bytes:
    """The letter as DOCX; as ``letter_pdf``."""
    moment = letter.signed_at or at
    return docx.render(document_of(letter, on=timezone.localdate(moment)), at=moment)
