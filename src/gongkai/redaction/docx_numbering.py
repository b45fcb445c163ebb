"""Numbers that Word puts before paragraphs by itself: they are part of what is read."""

from __future__ import annotations

import re
from collections.abc import Callable

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.ooxml import Element, attribute, child, children, whole

_DIGITS = "〇一二三四五六七八九"
_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_LEVELS = 9
_MOST_COUNTED = 9999
_CIRCLED = 20


class Numbering:
    """Counts while the document is read from its beginning."""

    def __init__(self, root: Element | None) -> None:
        self._abstract = {attribute(each, "abstractNumId"): each for each in children(root, "abstractNum")}
        self._lists = {attribute(each, "numId"): each for each in children(root, "num")}
        self._counts: dict[str, list[int | None]] = {}

    def next(self, list_id: str, level: int) -> str:
        """The number of the next paragraph of this list. Raises ``RedactionError`` for a kind that is not known."""
        used = self._lists.get(list_id)
        abstract = self._abstract.get(attribute(child(used, "abstractNumId"), "val"))
        if used is None or abstract is None or not 0 <= level < _LEVELS:
            return ""
        forms = {whole(attribute(each, "ilvl"), 0): each for each in children(abstract, "lvl")}
        for override in children(used, "lvlOverride"):
            if (form := child(override, "lvl")) is not None:
                forms[whole(attribute(override, "ilvl"), 0)] = form
        counts = self._counts.setdefault(list_id, [None] * _LEVELS)
        self._count(counts, level, forms, used)
        return _written(forms, counts, level)

    @staticmethod
    def _count(counts: list[int | None], level: int, forms: dict[int, Element], used: Element) -> None:
        for index in range(level + 1):
            if counts[index] is None or index == level:
                before = counts[index]
                counts[index] = _start(index, forms, used) if before is None else before + 1
        counts[level + 1 :] = [None] * (_LEVELS - level - 1)


def _start(level: int, forms: dict[int, Element], used: Element) -> int:
    for override in children(used, "lvlOverride"):
        begun = child(override, "startOverride")
        if begun is not None and whole(attribute(override, "ilvl"), 0) == level:
            return whole(attribute(begun, "val"), 1)
    return whole(attribute(child(forms.get(level), "start"), "val"), 1)


def _written(forms: dict[int, Element], counts: list[int | None], level: int) -> str:
    form = forms.get(level)
    kind = attribute(child(form, "numFmt"), "val")
    if kind == "none":
        return ""
    if kind == "bullet":
        return "•"

    def number(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        return figure(attribute(child(forms.get(index), "numFmt"), "val"), counts[index] or 1)

    return re.sub(r"%([1-9])", number, attribute(child(form, "lvlText"), "val"))


def figure(kind: str, number: int) -> str:
    """A count in one of Word's notations. Raises ``RedactionError`` (``not_renderable``)."""
    if not 0 <= number <= _MOST_COUNTED:
        raise RedactionError("not_renderable", "自动编号过大。")
    written = _FIGURES.get(kind)
    said = written(number) if written is not None else ""
    if not said:
        raise RedactionError("not_renderable", f"自动编号的样式（{kind}）不能呈现。")
    return said


def _letters(number: int) -> str:
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _circled(number: int) -> str:
    return chr(ord("①") + number - 1) if 1 <= number <= _CIRCLED else ""


def _full_width(number: int) -> str:
    return "".join(chr(ord("０") + int(digit)) for digit in str(number))


def _chinese(number: int) -> str:
    if number == 0:
        return _DIGITS[0]
    said = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += f"{_DIGITS[digit]}{name}"
        elif said and number % unit and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _roman(number: int) -> str:
    said = ""
    for value, sign in _ROMAN:
        said += sign * (number // value)
        number %= value
    return said


_FIGURES: dict[str, Callable[[int], str]] = {
    "": str,
    "decimal": str,
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "taiwaneseCounting": _chinese,
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
