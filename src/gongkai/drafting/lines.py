"""The lines of a text as the search for title, number, date and signature sees them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.drafting.blocks import Block, Paragraph, Table

BLANKS = re.compile(r"[\s\u3000]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that stands by itself; ``block`` is its number among the blocks."""

    text: str
    place: str
    block: int
    is_title: bool = False
    centred: bool = False
    size: float = 0.0
    in_table: bool = False

    @property
    def tight(self) -> str:
        """Without blanks: letters of a masthead are set apart."""
        return BLANKS.sub("", self.text)


def lines_of(blocks: Sequence[Block]) -> list[Line]:
    """Lines of paragraphs; of tables only those whose cells hold a line each, such as a signature's frame."""
    found: list[Line] = []
    for number, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            found += [
                Line(part.strip(), block.place, number, block.is_title, block.centred, block.size)
                for part in block.text.split("\n")
                if part.strip()
            ]
        elif isinstance(block, Table):
            found.append(Line("", block.place, number, in_table=True))
    return found
