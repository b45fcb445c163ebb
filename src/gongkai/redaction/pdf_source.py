"""A PDF as plain pages: what annotations and form fields show is drawn into the page, and all else is reported."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pikepdf
import pypdfium2
from pypdfium2 import raw

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding
from gongkai.redaction.pdf_findings import findings_of, layered_pages
from gongkai.redaction.pdfium import load, opened


@dataclass(frozen=True)
class Plain:
    """The flattened file, the sizes of its upright pages, and what was found in it."""

    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    findings: tuple[Finding, ...]
    layered: frozenset[int]


def plain(data: bytes, limits: Limits) -> Plain:
    """Raises ``RedactionError`` for what is locked, broken, empty, too long or too large."""
    sizes = _survey(data, limits)
    findings, layered, annotated = _structure(data)
    pdf = _flattened(data) if annotated else data
    return Plain(pdf, sizes, findings, layered)


def _survey(data: bytes, limits: Limits) -> tuple[tuple[float, float], ...]:
    with opened(data) as book:
        count = len(book)
        if not count:
            raise RedactionError("no_pages")
        if count > limits.pages:
            raise RedactionError("too_many_pages", f"文件有{count}页，最多{limits.pages}页。")
        sizes = tuple(load(book, number).get_size() for number in range(1, count + 1))
    if not all(1 <= side <= limits.page_points for size in sizes for side in size):
        raise RedactionError("page_too_large")
    return sizes


def _structure(data: bytes) -> tuple[tuple[Finding, ...], frozenset[int], bool]:
    """Findings, pages with hidden layers, and whether anything must be flattened."""
    try:
        with pikepdf.open(io.BytesIO(data)) as book:
            annotated = "/AcroForm" in book.Root or any("/Annots" in page for page in book.pages)
            return findings_of(book, data), layered_pages(book), annotated
    except pikepdf.PasswordError as error:
        raise RedactionError("encrypted_pdf") from error
    except (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise RedactionError("broken_pdf") from error


def _flattened(data: bytes) -> bytes:
    """What annotations and fields show becomes part of the page; what they do not show goes."""
    with opened(data) as book:
        try:
            book.init_forms()
            for number in range(1, len(book) + 1):
                page = load(book, number)
                if raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_FAIL:
                    raise RedactionError("broken_pdf", f"第{number}页的标注或表单无法合并到页面。")
                page.close()
            out = io.BytesIO()
            book.save(out)
        except (pypdfium2.PdfiumError, RuntimeError) as error:
            raise RedactionError("broken_pdf") from error
    return out.getvalue()
