"""Which characters a mark takes away. Used once for the text of the result and once more to check it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gongkai.redaction.model import Box, Character, Line, Mark, Word
from gongkai.redaction.paging import is_solid

_GRAZED = 0.1
"""Share of a character's width or height that a mark may touch without taking it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a word: what stays of it, or what is taken, with the mark that takes it (its place in the list)."""

    characters: tuple[Character, ...]
    mark: int | None

    @property
    def text(self) -> str:
        """As it is read."""
        return "".join(character.text for character in self.characters)


def pieces(line: Line, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The line's words cut where marks begin and end; Latin words and numbers go whole."""
    whole = line.box
    near = [(number, mark.box) for number, mark in enumerate(marks) if _meets(whole, mark.box)]
    for word in line.words:
        yield from _word(word, near)


def _word(word: Word, near: list[tuple[int, Box]]) -> Iterator[Piece]:
    if not near:
        yield Piece(word.characters, None)
        return
    taken = _whole_units(word.characters, [_taker(character.box, near) for character in word.characters])
    for mark, run in groupby(zip(taken, word.characters, strict=True), key=lambda pair: pair[0]):
        yield Piece(tuple(character for _, character in run), mark)


def _taker(ink: Box, near: Iterable[tuple[int, Box]]) -> int | None:
    return next((number for number, box in near if covers(box, ink)), None)


def covers(mark: Box, ink: Box) -> bool:
    """Whether the mark hides more than the edge of a character."""
    shared = mark.shared(ink)
    enough = shared.width > ink.width * _GRAZED and shared.height > ink.height * _GRAZED
    return enough or mark.holds(ink.centre)  # ink without width: a font without outlines


def _whole_units(characters: Sequence[Character], taken: list[int | None]) -> list[int | None]:
    """A number of which one digit is hidden is hidden."""
    spread: list[int | None] = []
    for solid, run in groupby(zip(characters, taken, strict=True), key=lambda pair: is_solid(pair[0].text)):
        marks = [mark for _, mark in run]
        first = next((mark for mark in marks if mark is not None), None)
        spread += [first] * len(marks) if solid else marks
    return spread


def _meets(one: Box, other: Box) -> bool:
    shared = one.shared(other)
    return shared.width > 0 and shared.height > 0


def removed_texts(lines: Iterable[Line], marks: Sequence[Mark]) -> list[str]:
    """What the marks take from a page, neighbouring pieces of a line joined."""
    found: list[str] = []
    for line in lines:
        for gone, run in groupby(pieces(line, marks), key=lambda piece: piece.mark is not None):
            if gone:
                found.append("".join(piece.text for piece in run))
    return found
