"""A quick look through a PDF before it is read: what cannot be read is refused, turned pages are set upright."""

from __future__ import annotations

import io
import math
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium

from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits
from gongkai.typesetting.pdfium import PDFIUM

FEWEST_CHARACTERS = 60
"""A report has thousands; a page of scanned paper a page number at best."""
SAMPLED = 400
"""So many characters of a page tell which way its text runs."""
_GARBAGE = re.compile(r"[\ue000-\uf8ff\ufffd]|\(cid:\d+\)")


@dataclass(frozen=True)
class Survey:
    """The plain text of the pages, and the pages to turn with the turn (degrees) that sets their text upright."""

    text: str
    turns: dict[int, int]


def survey(data: bytes, limits: Limits) -> Survey:
    """Look through a PDF. Raises ``ReadingError``: encrypted, broken, too long, scanned, garbled."""
    texts: list[str] = []
    turns: dict[int, int] = {}
    with _opened(data) as book:
        if len(book) > limits.pages:
            raise ReadingError(
                "too_many_pages", f"PDF 有{len(book)}页，最多读取{limits.pages}页。请只提供年度报告本身。"
            )
        for index in range(len(book)):
            page = book[index]
            text_page = page.get_textpage()
            texts.append(text_page.get_text_range())
            upright = _upright(text_page)
            if upright is not None and upright != page.get_rotation():
                turns[index] = upright
    text = "\f".join(texts)
    _judge(re.sub(r"\s", "", text), limits)
    return Survey(text, turns)


@contextmanager
def _opened(data: bytes) -> Iterator[pypdfium2.PdfDocument]:
    with PDFIUM:
        try:
            book = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            encrypted = "password" in str(error).lower() or "security" in str(error).lower()
            raise ReadingError("encrypted_pdf" if encrypted else "broken_pdf") from error
        try:
            yield book
        except pypdfium2.PdfiumError as error:
            raise ReadingError("broken_pdf") from error
        finally:
            book.close()


def _upright(text_page: pypdfium2.PdfTextPage) -> int | None:
    """The page rotation at which most characters stand upright; ``None`` when there is no majority."""
    count = min(text_page.count_chars(), SAMPLED)
    angles = Counter(
        round(math.degrees(pdfium.FPDFText_GetCharAngle(text_page.raw, index)) / 90) % 4 * 90
        for index in range(count)
    )
    if count < FEWEST_CHARACTERS or not angles:
        return None
    angle, most = angles.most_common(1)[0]
    return (360 - angle) % 360 if most > count * 0.6 else None


def _judge(solid: str, limits: Limits) -> None:
    if len(solid) < FEWEST_CHARACTERS:
        raise ReadingError("scanned_pdf")
    if len(_GARBAGE.findall(solid)) > len(solid) * 0.3:
        raise ReadingError("garbled_pdf")
    if len(solid) > limits.characters:
        raise ReadingError("too_complex")


def set_upright(data: bytes, turns: dict[int, int]) -> bytes:
    """The PDF with the given pages turned. Raises ``ReadingError`` (``broken_pdf``)."""
    if not turns:
        return data
    out = io.BytesIO()
    try:
        with pikepdf.open(io.BytesIO(data)) as book:
            for index, turn in turns.items():
                book.pages[index].rotate(turn, relative=False)
            book.save(out)
    except (pikepdf.PdfError, IndexError, ValueError) as error:
        raise ReadingError("broken_pdf") from error
    return out.getvalue()
