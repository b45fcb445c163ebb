"""A template as the letter that would come of it: filled with made-up facts under the body's own name and address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gongkai.console.letter_sheet import Preview, sheet_of
from gongkai.foi.letter_facts import body_facts
from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.samples import BODY, sample_facts
from gongkai.foi.letters.templates import check_template
from gongkai.law.templates import TemplateError
from gongkai.typesetting import docx, pdf

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.foi.letters.kinds import LetterKind
    from gongkai.organisations.models import Body
    from gongkai.typesetting.document import OfficialDocument


def made_of_samples(kind: LetterKind, text: str, body: Body | None) -> OfficialDocument:
    """The letter with sample facts. Raises ``law.templates.TemplateError``, as where the body's data lack something."""
    own = body_facts(body) if body is not None else BODY
    return compose(kind, text, sample_facts(kind, body=own))


def template_preview(kind: LetterKind, text: str, body: Body | None) -> Preview:
    """How letters would look, and everything that is wrong with the text."""
    problems = tuple(check_template(kind, text))
    try:
        return Preview(sheet_of(made_of_samples(kind, text, body)), problems)
    except TemplateError as error:
        return Preview(None, problems, "" if problems else str(error))


def template_pdf(document: OfficialDocument, *, at: dt.datetime) -> bytes:
    """The sample as PDF."""
    return pdf.render(document, at=at)


def template_docx(document: OfficialDocument, *, at: dt.datetime) -> bytes:
    """The sample as DOCX."""
    return docx.render(document, at=at)
