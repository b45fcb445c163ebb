"""Suggestions for an opened file: what the scanner of personal data finds on its pages, with places to mark."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from gongkai.redaction.model import Box, Character, Mark, Page, Source, Word, around
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
    taken = [box for each in found for box in each.boxes]
    for number, word in enumerate(_column_names(page, taken), start=len(found) + 1):
        hit = Hit(Kind.NAME, word.text, 0, len(word.text), Certainty.POSSIBLE)
        found.append(_suggestion(f"{page.number}-{number}", page, hit, (word.box,)))
    return tuple(found)


def _column_names(page: Page, taken: list[Box]) -> Iterator[Word]:
    """Names in a roster: what stands below the heading 姓名 and looks like a name, down to what does not."""
    lone = [word for word in page.words if len(word.text) <= _LONGEST_NAME]
    for heading in (word for word in lone if word.text in _NAME_HEADINGS):
        foot = heading.box
        below = sorted((word for word in lone if _is_below(foot, word.box)), key=lambda word: word.box.top)
        for word in below:
            if not _NAME.fullmatch(word.text) or word.box.top - foot.bottom > foot.height * _LARGEST_GAP:
                break
            foot = word.box
            if not any(_meets(word.box, box) for box in taken):
                yield word


def _meets(one: Box, other: Box) -> bool:
    shared = one.shared(other)
    return shared.width > 0 and shared.height > 0


_NAME_HEADINGS = frozenset({"姓名", "申请人", "联系人", "户主", "业主", "权利人", "当事人"})
_NAME = re.compile("[一-鿿㐀-䶿]{2,4}|[一-鿿]{1,5}[·•][一-鿿]{1,6}")
_LONGEST_NAME = 12
_LARGEST_GAP = 6.0
"""Heights of a line between two rows of a table."""


def _is_below(heading: Box, box: Box) -> bool:
    across = box.left < heading.right and heading.left < box.right
    return across and box.top >= heading.bottom - heading.height / 2


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
