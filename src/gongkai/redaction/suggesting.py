"""Suggestions for an opened file: what the scanner of personal data finds on its pages, with places to mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.redaction.model import Box, Character, Mark, Page, Source, around
from gongkai.redaction.paging import mark_over, pages, read_page
from gongkai.redaction.personal import Certainty, Hit, Kind, scan_text


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One find on a page: what it is, how sure, and a box per line it stands on. ``id`` is stable for the file."""

    id: str
    page: int
    kind: Kind
    text: str
    certainty: Certainty
    personal: bool
    boxes: tuple[Box, ...]


def suggest(source: Source) -> tuple[Suggestion, ...]:
    """What may have to be withheld, page by page. Only visible text is looked at; pictures without text show nothing."""
    return tuple(each for page in pages(source) for each in suggest_page(page))


def suggest_page(page: Page) -> tuple[Suggestion, ...]:
    """The same for one page."""
    text, places = _text(page)
    found = []
    for number, hit in enumerate(scan_text(text), start=1):
        boxes = tuple(_boxes(places[hit.start : hit.end]))
        if boxes:
            found.append(_suggestion(f"{page.number}-{number}", page, hit, boxes))
    return tuple(found)


def _suggestion(name: str, page: Page, hit: Hit, boxes: tuple[Box, ...]) -> Suggestion:
    return Suggestion(name, page.number, hit.kind, hit.text, hit.certainty, hit.personal, boxes)


def marks_of(source: Source, suggestions: Iterable[Suggestion], *, basis: str) -> tuple[Mark, ...]:
    """Marks over accepted suggestions."""
    return tuple(
        mark
        for each in suggestions
        for mark in mark_over(read_page(source, each.page), each.boxes, basis=basis)
    )


Place = tuple[int, Character] | None
"""The line's place on the page and the character; None for a space or a line end."""


def _text(page: Page) -> tuple[str, list[Place]]:
    """The page's text and, sign for sign, where it stands."""
    signs: list[str] = []
    places: list[Place] = []
    for number, line in enumerate(page.lines):
        if number:
            signs.append("\n")
            places.append(None)
        for order, word in enumerate(line.words):
            if word.spaced and order:
                signs.append(" ")
                places.append(None)
            for character in word.characters:
                signs += character.text
                places += [(number, character)] * len(character.text)
    return "".join(signs), places


def _boxes(places: Iterable[Place]) -> Iterator[Box]:
    inked = [place for place in places if place is not None]
    for _, run in groupby(inked, key=lambda place: place[0]):
        yield around(character.box for _, character in run)
