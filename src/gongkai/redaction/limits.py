"""How much the engine swallows before it refuses, so that a hostile file costs little."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Upper bounds for one file."""

    file_bytes: int = 50 * MEBIBYTE
    pages: int = 300
    page_points: float = 14_400.0
    """The longest side; also PDF's own bound (200 inches)."""
    page_pixels: int = 80_000_000
    """Of one page at the resolution of the result; A0 at 200 dpi has 62 million."""
    page_characters: int = 60_000
    page_objects: int = 200_000
    image_pixels: int = 100_000_000
    """Of one picture before it is decoded."""
    all_image_pixels: int = 1_500_000_000
    """Of all frames of a TIFF together."""
    unpacked_bytes: int = 300 * MEBIBYTE
    """Sum of the unpacked parts of a DOCX or XLSX."""
    part_bytes: int = 60 * MEBIBYTE
    pack_ratio: int = 300
    """Unpacked over packed size of one part above 1 MiB; office files stay below 100."""
    cells: int = 60_000
    """Of all tables of a DOCX, or all shown cells of an XLSX."""
    marks: int = 5_000


DEFAULT_LIMITS = Limits()
