"""The report as a tagged PDF (PDF/A-2a and PDF/UA-1) in the layout of official documents, typeset by typst."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from importlib.resources import files
from itertools import takewhile
from pathlib import Path

from gongkai.law.report.figures import Report
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.writing.grid import SECTION_OF_TABLE, Box, Grid, Role, fitting_size, grid
from gongkai.reports.writing.notes import adjustment_notes
from gongkai.reports.writing.presentation import PLAIN, Presentation, agency_of, title_lines, title_of
from gongkai.reports.writing.prose import blocks
from gongkai.reports.writing.values import shown
from gongkai.typesetting import page
from gongkai.typesetting.fonts import CharacterMissing, FontMissing, PdfUnavailable
from gongkai.typesetting.typst_pdf import Json, compiled

__all__ = ["CharacterMissing", "FontMissing", "PdfUnavailable", "render"]


def render(
    report: Report,
    presentation: Presentation = PLAIN,
    *,
    at: dt.datetime,
    font_folders: tuple[Path, ...] = (),
    system_fonts: bool = True,
) -> bytes:
    """The PDF file. ``at`` is its date; the same report, date and fonts give the same bytes.

    Fonts are looked for in the system (unless ``system_fonts`` is off) and in ``font_folders``.
    Raises ``FontMissing`` when there is no Chinese font, ``CharacterMissing`` when none has some character.
    """
    return compiled(
        files(__package__).joinpath("report.typ").read_bytes(),
        _content(report, presentation),
        at=at,
        font_folders=font_folders,
        system_fonts=system_fonts,
    )


def _content(report: Report, presentation: Presentation) -> Json:
    return {
        "title": title_of(report),
        "title_lines": title_lines(report, page.TITLE_CHARACTERS),
        "author": agency_of(report),
        "subject": "政府信息公开工作年度报告",
        "contact": presentation.contact,
        "lead": _blocks(report.sections.get("lead", "")),
        "sections": [
            {
                "heading": f"{section.number}、{section.title}",
                "blocks": _blocks(report.sections.get(section.key, "")),
                "tables": [
                    _table(grid(report.format, number), report, presentation)
                    for number, key in SECTION_OF_TABLE.items()
                    if key == section.key
                ],
            }
            for section in SECTIONS
        ],
    }


def _blocks(text: str) -> list[Json]:
    return [
        {"heading": block.is_heading, "text": block.rest, "run_in": block.run_in} for block in blocks(text)
    ]


def _table(layout: Grid, report: Report, presentation: Presentation) -> Json:
    return {
        "widths": layout.widths,
        "blocks": list(_parts(layout, report)),
        "notes": adjustment_notes(report, presentation, layout.table),
    }


def _parts(layout: Grid, report: Report) -> Iterator[Json]:
    """The rows in parts, each with the head that is repeated when it goes on on the next page."""
    parts = [layout.rows] if layout.head_rows else layout.blocks()
    for rows in parts:
        head = list(takewhile(lambda row: not any(box.cell for box in row), rows))
        yield {
            "head": [[_box(layout, box, report) for box in row] for row in head],
            "rows": [[_box(layout, box, report) for box in row] for row in rows[len(head) :]],
        }


def _box(layout: Grid, box: Box, report: Report) -> Json:
    text, size = box.text, None
    if box.cell is not None:
        width = sum(layout.widths[box.column : box.column + box.colspan])
        text = shown(report[box.cell], report.format.column(box.cell).unit)
        size = fitting_size(text, width, page.TABLE_SIZE)
    return {
        "text": text,
        "lines": list(text) if box.vertical else list(box.lines),
        "rowspan": box.rowspan,
        "colspan": box.colspan,
        "size": size,
        "heading": box.role.is_heading,
        "left": box.role in {Role.LABEL, Role.NOTE},
        "narrow": box.narrow,
    }
