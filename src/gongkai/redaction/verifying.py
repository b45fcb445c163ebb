"""The check before release: the result is read anew, by two libraries, as if a stranger had sent it."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pdfplumber
import pikepdf

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.issues import Issue, Verification
from gongkai.redaction.model import Mark, Source
from gongkai.redaction.paging import pages
from gongkai.redaction.redacting import Redacted
from gongkai.redaction.verify_pixels import look, partly_covered
from gongkai.redaction.verify_structure import structure
from gongkai.redaction.verify_text import boxed_text, raw_traces, repeated, secrets


def verify(original: Source, redacted: Redacted | bytes, marks: Iterable[Mark]) -> Verification:
    """Everything against releasing this file. Only a verification without problems allows it.

    A warning is for the officer to judge: the same text stands elsewhere, a character is half covered.
    """
    data = redacted if isinstance(redacted, bytes) else redacted.pdf
    every = tuple(marks)
    if not every:
        return Verification((Issue("no_marks", "没有任何遮盖框，无从核验"),), ())
    try:
        return _verified(original, data, every)
    except (pikepdf.PdfError, RedactionError, ValueError, KeyError, TypeError, AttributeError) as error:
        return Verification((Issue("unreadable", f"生成的文件无法核验（{type(error).__name__}）"),), ())


def _verified(original: Source, data: bytes, marks: tuple[Mark, ...]) -> Verification:
    with pikepdf.open(io.BytesIO(data)) as book:
        found = structure(book, data, original)
        if found:  # the checks below rely on pages that are where they should be
            return Verification(tuple(found), ())
        before = pages(original)
        gone = secrets(before, marks)
        left = repeated(data, gone)
        traces = raw_traces(book, [secret for secret in gone if secret not in {text for text, _ in left}])
    with pdfplumber.open(io.BytesIO(data)) as reader:
        problems = [*traces, *boxed_text(data, reader, marks), *look(original, data, marks)]
    warnings = [issue for _, issue in left] + partly_covered(before, marks)
    return Verification(tuple(problems), tuple(warnings))
