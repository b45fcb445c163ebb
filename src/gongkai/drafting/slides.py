"""The text of a PPTX, slide by slide."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.redaction.archive import parse_xml, read_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, relations, within

_SLIDE = re.compile(r"ppt/slides/slide[0-9]+\.xml$")
_BOOK = "ppt/presentation.xml"


@dataclass(frozen=True, slots=True)
class Slide:
    """A slide in its order of showing; ``notes`` are the speaker's."""

    number: int
    hidden: bool
    lines: tuple[str, ...]
    notes: tuple[str, ...]


def slides(archive: zipfile.ZipFile, limits: Limits) -> Iterator[Slide]:
    """All of them, hidden ones too. Raises ``RedactionError``."""
    for number, part in enumerate(_ordered(archive, limits), start=1):
        root = parse_xml(read_part(archive, part, limits))
        notes = [
            relation.target
            for relation in relations(archive, part, limits).values()
            if relation.kind == "notesSlide" and relation.target in archive.namelist()
        ]
        said = [line for name in notes for line in lines(parse_xml(read_part(archive, name, limits)))]
        yield Slide(
            number,
            attribute(root, "show") in {"0", "false"},
            tuple(lines(root)),
            tuple(line for line in said if not re.fullmatch(r"[0-9]{0,4}", line)),
        )


def shown(archive: zipfile.ZipFile, limits: Limits) -> Iterator[str]:
    """The lines of the slides that are shown."""
    for slide in slides(archive, limits):
        if not slide.hidden:
            yield from slide.lines


def _ordered(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    """By the presentation's own list; parts it does not name come last."""
    present = sorted(
        (name for name in archive.namelist() if _SLIDE.match(name)),
        key=lambda name: int(re.sub("[^0-9]", "", name)),
    )
    related = relations(archive, _BOOK, limits)
    book = parse_xml(read_part(archive, _BOOK, limits))
    listed = []
    for each in within(book, "sldId"):
        for key, value in each.attrib.items():
            if str(key).endswith("}id") and (relation := related.get(str(value))) is not None:
                listed.append(relation.target)
    wanted = [name for name in listed if name in present]
    return [*wanted, *(name for name in present if name not in wanted)]


def lines(root: Element) -> list[str]:
    """A line per paragraph of a drawing."""
    found = ("".join(each.text or "" for each in within(part, "t")).strip() for part in within(root, "p"))
    return [line for line in found if line]
