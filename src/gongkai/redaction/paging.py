"""A page of an opened file: its picture, and its visible text as lines of words that can be chosen without a mouse."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import DEFAULT_LIMITS
from gongkai.redaction.model import Box, Character, Line, Mark, Page, Source, Word, around
from gongkai.redaction.pdfium import Glyph, draw, glyphs, load, opened
from gongkai.redaction.visible import Seen, seen

PREVIEW_DPI = 96
MARGIN = 1.0
"""Points a mark reaches beyond the ink of what was chosen: its soft edge is ink too."""
_OPENING = frozenset("（《〈「『【〔“‘([{<")
_INNER = frozenset("-_.@/+#:%&=~'*")
"""Signs that join letters and digits to one word, such as in an address of e-mail."""


def pages(source: Source) -> tuple[Page, ...]:
    """All pages with their words. Slow for a long file; ``read_page`` reads one."""
    return tuple(read_page(source, number) for number in range(1, source.page_count + 1))


def read_page(source: Source, number: int) -> Page:
    """The page with this number, from 1, read once. Raises ``RedactionError`` (``too_complex``, ``broken_pdf``)."""
    if number not in source.read:
        source.read[number] = _page(source, number)
    return source.read[number]


def _page(source: Source, number: int) -> Page:
    if not 1 <= number <= source.page_count:
        raise RedactionError("bad_mark", f"没有第{number}页。")
    width, height = source.sizes[number - 1]
    with opened(source.pdf) as book:
        page = load(book, number)
        found = glyphs(page, DEFAULT_LIMITS.page_characters)
        if number in source.layered:
            return Page(number, width, height, (), sum(1 for glyph in found if glyph.box), recognised=False)
        looked = seen(page, found, DEFAULT_LIMITS.page_objects)
    return Page(number, width, height, tuple(_lines(number, looked)), looked.unseen, looked.recognised)


def picture(source: Source, number: int, *, dpi: float = PREVIEW_DPI) -> bytes:
    """The upright page as PNG, to mark areas on. Raises ``RedactionError`` (``page_too_large``)."""
    width, height = source.sizes[number - 1]
    if width * height * (dpi / 72) ** 2 > DEFAULT_LIMITS.page_pixels:
        raise RedactionError("page_too_large")
    with opened(source.pdf) as book:
        drawn = draw(load(book, number), dpi)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def words_as_lines(page: Page) -> tuple[Line, ...]:
    """The lines of the page with their words, each with an id that stays the same for the same file."""
    return page.lines


def marks_for(page: Page, ids: Collection[str], *, basis: str) -> tuple[Mark, ...]:
    """Marks over the chosen lines and words; neighbours on a line share one. Unknown ids are left out."""
    wanted = set(ids)
    return tuple(mark for line in page.lines for mark in _line_marks(page, line, wanted, basis))


def mark_over(page: Page, boxes: Iterable[Box], *, basis: str) -> tuple[Mark, ...]:
    """A mark over each box, with a margin, cut at the edge of the page."""
    marks = []
    for box in boxes:
        cut = box.grown(MARGIN).shared(Box(0, 0, page.width, page.height))
        marks.append(Mark(page.number, cut.left, cut.top, cut.width, cut.height, basis))
    return tuple(marks)


def _line_marks(page: Page, line: Line, wanted: set[str], basis: str) -> Iterator[Mark]:
    whole = line.id in wanted
    for chosen, words in groupby(line.words, key=lambda word: whole or word.id in wanted):
        if chosen:
            inked = [character for word in words for character in word.characters]
            yield from mark_over(page, [_without_signs(inked)], basis=basis)


def _without_signs(characters: list[Character]) -> Box:
    """Around what was chosen, the comma after it left to be read."""
    said = [number for number, each in enumerate(characters) if not _is_sign(each.text)] or [
        0,
        len(characters) - 1,
    ]
    return around(each.box for each in characters[said[0] : said[-1] + 1])


def _lines(page: int, looked: Seen) -> Iterator[Line]:
    number = 0
    for row in _rows(looked.glyphs):
        words = tuple(_words(f"{page}.{number + 1}", row))
        if words:
            number += 1
            yield Line(f"{page}.{number}", words)


def _rows(every: Iterable[Glyph | None]) -> Iterator[list[Glyph | None]]:
    """Cut at the line ends; the two halves of a character beyond the basic plane are put together."""
    row: list[Glyph | None] = []
    for glyph in every:
        if glyph is not None and glyph.box is None and glyph.text in {"\r", "\n"}:
            yield row
            row = []
        elif glyph is not None and _is_low(glyph.text) and row and (high := row[-1]) and _is_high(high.text):
            row[-1] = Glyph(_joined(high.text, glyph.text), high.box, drawn=True)
        else:
            row.append(glyph)
    yield row


def _is_high(text: str) -> bool:
    return "\ud800" <= text <= "\udbff"


def _is_low(text: str) -> bool:
    return "\udc00" <= text <= "\udfff"


def _joined(high: str, low: str) -> str:
    return (high + low).encode("utf-16-le", "surrogatepass").decode("utf-16-le")


def _words(line: str, row: list[Glyph | None]) -> Iterator[Word]:
    run: list[Character] = []
    spaced = pending = False
    number = 0
    for glyph in row:
        text = glyph.text if glyph is not None else ""
        if glyph is None or glyph.box is None or not _writable(text):
            ends, pending = True, pending or (glyph is not None and glyph.box is None)
        else:
            ends = bool(run) and _breaks(run[-1].text, text)
        if ends and run:
            number += 1
            yield Word(f"{line}.{number}", tuple(run), spaced)
            run = []
        if glyph is not None and glyph.box is not None and _writable(text):
            if not run:
                spaced, pending = pending, False
            run.append(Character(text, glyph.box))
    if run:
        yield Word(f"{line}.{number + 1}", tuple(run), spaced)


def _writable(text: str) -> bool:
    """Whether it can stand in a text layer: no control signs, no half characters, no private codes."""
    return bool(text) and all(unicodedata.category(sign) not in {"Cc", "Cs", "Co", "Cn"} for sign in text)


def is_solid(text: str) -> bool:
    """Letters and digits of Latin kind, half or full width: such a word is withheld whole or not at all."""
    return all(
        sign in _INNER or (unicodedata.normalize("NFKC", sign).isascii() and sign.isalnum()) for sign in text
    )


def _breaks(before: str, after: str) -> bool:
    """Whether a new word begins between two characters that touch."""
    if after in _OPENING:
        return True
    if not _is_sign(after) and _is_sign(before):
        return before not in _OPENING
    if _is_sign(after) or _is_sign(before):
        return False
    return is_solid(before) != is_solid(after)


def _is_sign(text: str) -> bool:
    return text not in _INNER and unicodedata.category(text[0])[0] in "PSZ"
