"""How much a reader swallows before it refuses, so that a hostile file costs little."""

from __future__ import annotations

import time
from dataclasses import dataclass

from gongkai.reports.reading.errors import ReadingError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one file. A real report stays far below every one of them."""

    file_bytes: int = 30 * MEBIBYTE
    unpacked_bytes: int = 200 * MEBIBYTE
    """Sum of the unpacked parts of a DOCX or XLSX."""
    part_bytes: int = 60 * MEBIBYTE
    """The largest single part read from a DOCX or XLSX."""
    pack_ratio: int = 300
    """Unpacked over packed size of one part above 1 MiB; office files stay below 100."""
    pages: int = 150
    cells: int = 200_000
    """Table cells of the whole document, after spans are expanded."""
    span: int = 200
    """The largest row or column span taken at its word."""
    characters: int = 5_000_000
    page_objects: int = 60_000
    """Characters, lines and boxes on one PDF page."""
    seconds: float = 60.0


DEFAULT_LIMITS = Limits()


class Meter:
    """Counts what one reading has used and raises ``ReadingError`` when a limit is passed."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._cells = 0
        self._characters = 0
        self._started = time.monotonic()

    def cells(self, count: int) -> None:
        """Account for table cells. Raises ``ReadingError`` (``too_complex``, ``too_slow``)."""
        self._cells += count
        if self._cells > self.limits.cells:
            raise ReadingError("too_complex", f"（表格单元格超过{self.limits.cells}个）")
        self.tick()

    def characters(self, count: int) -> None:
        """Account for text. Raises ``ReadingError`` (``too_complex``)."""
        self._characters += count
        if self._characters > self.limits.characters:
            raise ReadingError("too_complex", f"（文字超过{self.limits.characters}字）")

    def tick(self) -> None:
        """Look at the clock. Raises ``ReadingError`` (``too_slow``)."""
        if time.monotonic() - self._started > self.limits.seconds:
            raise ReadingError("too_slow")
