"""Text as any file can hold it, and how wide it is."""

from __future__ import annotations

from itertools import pairwise
from unicodedata import east_asian_width

_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


def writable(text: str) -> str:
    """The text without control characters and other code points that no file format holds."""
    return text.translate(_UNWRITABLE)


def em_width(text: str) -> float:
    """About how wide a text is, in characters: digits and Latin letters are half a character."""
    return sum(1.0 if _is_wide(character) else 0.5 for character in text)


def set_width(text: str) -> float:
    """The same as typst and Word set it: a quarter more wherever Chinese meets digits or letters."""
    meetings = sum(_is_wide(first) != _is_wide(second) for first, second in pairwise(text))
    return em_width(text) + 0.25 * meetings


def _is_wide(character: str) -> bool:
    return east_asian_width(character) in "WFA"
