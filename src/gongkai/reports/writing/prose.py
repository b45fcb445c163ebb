"""The prose of a section as headings and paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.typesetting.text import writable

_SUBHEADING = re.compile(r"^[（(][一二三四五六七八九十]{1,3}[）)]")
_LONGEST_HEADING = 40
_LONGEST_RUN_IN = 30


@dataclass(frozen=True)
class Block:
    """A sub-heading （一）…, or a paragraph that may open with such a heading (``run_in``)."""

    text: str
    is_heading: bool = False
    run_in: str = ""

    @property
    def rest(self) -> str:
        """The paragraph without its opening heading."""
        return self.text[len(self.run_in) :]


def blocks(text: str) -> tuple[Block, ...]:
    """Every line that is not empty becomes a block: sub-headings stand on lines of their own."""
    return tuple(_block(line.strip()) for line in writable(text).splitlines() if line.strip())


def _block(line: str) -> Block:
    if not _SUBHEADING.match(line):
        return Block(line)
    if len(line) <= _LONGEST_HEADING and not any(mark in line for mark in "。；！？"):
        return Block(line, is_heading=True)
    opening, mark, _ = line.partition("。")
    return Block(line, run_in=opening + mark) if mark and len(opening) <= _LONGEST_RUN_IN else Block(line)
