"""What is printed on a box: the legal basis when it fits, else a number that the foot of the page explains."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.redaction.bases import BASES
from gongkai.redaction.model import Mark

_LARGEST, _SMALLEST, _SMALLEST_NUMBER = 10.0, 5.0, 4.0
"""Points."""
_FILL = 0.94
"""How much of the box's width the text may take."""
_LINE = 1.25
"""Height of a line in em."""
_LATIN_EM = 0.6


@dataclass(frozen=True, slots=True)
class Label:
    """The text on one box and its size in points; empty on a box too small for a number."""

    text: str
    size: float
    whole: bool
    """It says the basis itself, so the foot of the page need not."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of a page's marks, in their order, and the lines at the foot of the page."""

    labels: tuple[Label, ...]
    key: tuple[str, ...]


def labelled(marks: Iterable[Mark]) -> Labelled:
    """A number stands for the same basis on the whole page."""
    numbers: dict[str, int] = {}
    labels: list[Label] = []
    bare: dict[str, None] = {}
    for mark in marks:
        label = _fitting(BASES[mark.basis].label, mark, _SMALLEST, whole=True)
        if label is None:
            number = numbers.setdefault(mark.basis, len(numbers) + 1)
            label = _fitting(number_text(number), mark, _SMALLEST_NUMBER, whole=False)
            if label is None:
                bare[mark.basis] = None
                label = Label("", 0, whole=False)
        labels.append(label)
    return Labelled(tuple(labels), tuple(_key(numbers, list(bare))))


def number_text(number: int) -> str:
    """How a basis is numbered on a page."""
    return f"〔{number}〕"


def _key(numbers: dict[str, int], bare: list[str]) -> Iterable[str]:
    for basis, number in numbers.items():
        unnumbered = "（含未标号的小块）" if basis in bare else ""
        yield f"{number_text(number)}{BASES[basis].label}{unnumbered}"


def _fitting(text: str, mark: Mark, smallest: float, *, whole: bool) -> Label | None:
    size = min(_LARGEST, mark.height / _LINE, mark.width * _FILL / _ems(text))
    return Label(text, round(size, 2), whole) if size >= smallest else None


def _ems(text: str) -> float:
    return sum(_LATIN_EM if sign.isascii() else 1.0 for sign in text)
