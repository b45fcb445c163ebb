"""Whether any text under a box can still be got at: by position, by search, in the raw streams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pikepdf

from gongkai.redaction.bases import BASES
from gongkai.redaction.covering import removed_texts
from gongkai.redaction.issues import Issue
from gongkai.redaction.labels import number_text
from gongkai.redaction.limits import DEFAULT_LIMITS
from gongkai.redaction.model import Box, Mark, Page
from gongkai.redaction.pdfium import glyphs, load, opened

_TELLING_LATIN, _TELLING_CHINESE = 4, 2
"""Characters from which a repetition is more than chance."""
_RAW_LATIN, _RAW_CHINESE = 6, 3
"""The same in binary data, where short runs of bytes are chance."""
_SHOWN = 2
"""Characters of a withheld text that a warning shows at its ends."""
_DEEPEST = 20
_NUMBER = re.compile(r"〔\d*〕?|\d*〕")

Placed = tuple[str, Box]


def secrets(before: Iterable[Page], marks: Sequence[Mark]) -> list[str]:
    """What the marks take, in comparable form, each once."""
    found: dict[str, None] = {}
    for page in before:
        here = [mark for mark in marks if mark.page == page.number]
        found |= dict.fromkeys(comparable(text) for text in removed_texts(page.lines, here))
    return [text for text in found if _length(text, _TELLING_LATIN, _TELLING_CHINESE)]


def comparable(text: str) -> str:
    """Half width, capitals, letters and digits alone: 138-0013-8000 and １３８ ００１３８０００ are the same."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).upper() if sign.isalnum())


def _length(text: str, latin: int, chinese: int) -> bool:
    return len(text) >= (latin if text.isascii() else chinese)


def repeated(data: bytes, gone: Sequence[str]) -> list[tuple[str, Issue]]:
    """Withheld texts that still stand somewhere in the result, with the pages."""
    texts = _page_texts(data)
    found: list[tuple[str, Issue]] = []
    for secret in gone:
        places = {number: count for number, text in texts.items() if (count := text.count(secret))}
        if places:
            said = "、".join(f"第{number}页{count}处" for number, count in places.items())
            found.append(
                (secret, Issue("repeated", f"已遮盖的“{masked(secret)}”在{said}仍未遮盖", min(places)))
            )
    return found


def masked(text: str) -> str:
    """Enough to recognise it by for one who knows it."""
    if len(text) <= _SHOWN * 2:
        return f"{text[:1]}{'*' * (len(text) - 1)}"
    return f"{text[:_SHOWN]}{'*' * (len(text) - _SHOWN * 2)}{text[-_SHOWN:]}"


def _page_texts(data: bytes) -> dict[int, str]:
    labels = [comparable(basis.label) for basis in BASES.values()]
    texts: dict[int, str] = {}
    with opened(data) as book:
        for number in range(1, len(book) + 1):
            text = comparable("".join(glyph.text for glyph in _glyphs(book, number)))
            for label in labels:
                text = text.replace(label, "\n")
            texts[number] = text
    return texts


def _glyphs(book: Any, number: int) -> list[Any]:
    return glyphs(load(book, number), DEFAULT_LIMITS.page_characters * 2)


def raw_traces(book: pikepdf.Pdf, gone: Iterable[str]) -> list[Issue]:
    """Withheld texts in the bytes of strings and of streams other than pictures."""
    wanted = [secret for secret in gone if _length(secret, _RAW_LATIN, _RAW_CHINESE)]
    needles = {form for secret in wanted for form in _forms(secret)}
    if not needles:
        return []
    for item in book.objects:
        if any(needle in haystack for haystack in _bytes_of(item) for needle in needles):
            return [Issue("raw", "文件的原始数据中仍有已遮盖的文字")]
    return []


def _forms(secret: str) -> Iterator[bytes]:
    for code in ("utf-8", "utf-16-be", "utf-16-le", "gb18030"):
        plain = secret.encode(code, "replace")
        yield from (plain, plain.hex().encode(), plain.hex().upper().encode())


def _bytes_of(item: Any) -> Iterator[bytes]:
    if isinstance(item, pikepdf.Stream):
        if item.get("/Subtype") != "/Image":
            yield bytes(item.read_bytes())
        yield from _strings(dict(item.items()), 0)
    else:
        yield from _strings(item, 0)


def _strings(item: Any, depth: int) -> Iterator[bytes]:
    """Strings held directly; what is referred to is an object of its own."""
    if isinstance(item, pikepdf.String):
        yield bytes(item)
    elif isinstance(item, pikepdf.Array) and depth < _DEEPEST:
        for each in item:
            if not _is_apart(each):
                yield from _strings(each, depth + 1)
    elif isinstance(item, dict | pikepdf.Dictionary) and depth < _DEEPEST:
        for each in item.values():
            if not _is_apart(each):
                yield from _strings(each, depth + 1)


def _is_apart(item: Any) -> bool:
    return isinstance(item, pikepdf.Object) and item.is_indirect


def boxed_text(data: bytes, reader: Any, marks: Sequence[Mark]) -> list[Issue]:
    """Text inside a box that is not its label, as either library sees it."""
    found: list[Issue] = []
    with opened(data) as book:
        for number in sorted({mark.page for mark in marks}):
            here = [mark for mark in marks if mark.page == number]
            first = [(glyph.text, glyph.box) for glyph in _glyphs(book, number) if glyph.box is not None]
            second = [
                (char["text"], Box(char["x0"], char["top"], char["x1"], char["bottom"]))
                for char in reader.pages[number - 1].chars
            ]
            if any(_foreign(mark, here, placed) for mark in here for placed in (first, second)):
                found.append(Issue("text_left", "遮盖框内仍可提取出文字", number))
    return found


def _foreign(mark: Mark, here: Sequence[Mark], placed: Iterable[Placed]) -> bool:
    inside = "".join(text for text, box in placed if mark.box.holds(box.centre) and not text.isspace())
    touching = [other for other in here if _touch(mark.box, other.box)]
    if len(touching) > 1:  # parts of a neighbour's label may lie inside
        return not set(inside) <= {sign for other in here for sign in _label_signs(other)}
    label = BASES[mark.basis].label.replace(" ", "")
    return inside not in {"", label} and not _NUMBER.fullmatch(inside)


def _label_signs(mark: Mark) -> set[str]:
    return set(BASES[mark.basis].label) | set(number_text(1234567890))


def _touch(one: Box, other: Box) -> bool:
    shared = one.shared(other)
    return shared.right >= shared.left and shared.bottom >= shared.top
