"""Text as any file can hold it, and how wide it is."""

from __future__ import annotations

from unicodedata import east_asian_width

_UNWRITABLE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(0xD800, 0xE000), 0xFFFE, 0xFFFF))


def writable(text: str) -> str:
    """The text without control characters and other code points that no file format holds."""
    return text.translate(_UNWRITABLE)


def em_width(text: str) -> float:
    """About how wide a text is, in characters: digits and Latin letters are half a character."""
    return sum(1.0 if east_asian_width(character) in "WFA" else 0.5 for character in text)
