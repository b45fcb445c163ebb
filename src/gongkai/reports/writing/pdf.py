"""The report as a tagged PDF (PDF/A-2a and PDF/UA-1) in the layout of official documents, typeset by typst.

The text of the report reaches typst as JSON and is never read as markup. Typst needs Chinese fonts on the machine.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import takewhile
from pathlib import Path
from typing import Any

import typst

from gongkai.law.report.figures import Report
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.writing import page
from gongkai.reports.writing.grid import SECTION_OF_TABLE, Box, Grid, Role, fitting_size, grid
from gongkai.reports.writing.notes import adjustment_notes
from gongkai.reports.writing.presentation import PLAIN, Presentation, agency_of, title_lines, title_of
from gongkai.reports.writing.prose import blocks
from gongkai.reports.writing.values import shown, writable

Json = dict[str, Any]
Faces = dict[str, list[str]]
INSTALL = "apt-get install fonts-noto-cjk"
FONT_FOLDERS = (
    "/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol",
    "/usr/share/texmf/fonts/opentype",
)
"""Where Debian puts Fandol, which fontconfig does not list."""
_FACES = {
    "title": page.TITLE_FACE,
    "song": page.SONG_FACE,
    "body": page.BODY_FACE,
    "kai": page.KAI_FACE,
    "hei": page.HEI_FACE,
}


class PdfUnavailable(RuntimeError):  # noqa: N818 - it names the obstacle
    """No PDF can be made here and now; everything else can. The message says what to do."""


class FontMissing(PdfUnavailable):
    """The machine has no Chinese font."""

    def __init__(self) -> None:
        super().__init__(f"这台机器上没有中文字体，无法生成PDF（其他格式不受影响）。请先安装字体：{INSTALL}")


class CharacterMissing(PdfUnavailable):
    """No installed font has a character, or archival PDF forbids it; a gap in an official text is no answer."""

    def __init__(self, characters: str) -> None:
        super().__init__(
            f"PDF无法写入这些字符：{characters}（其他格式不受影响）。"
            f"请安装含有这些字的字体（如 {INSTALL} fonts-noto-cjk-extra fonts-hanazono），或改用通用字符。"
        )


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
    fonts, faces = installed(font_folders, system_fonts=system_fonts)
    data = {**_content(report, presentation, at), "fonts": faces}
    try:
        made = typst.compile(
            files(__package__).joinpath("report.typ").read_bytes(),
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": json.dumps(_clean(data), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise _explained(error) from error
    return made


def _clean(data: Any) -> Any:
    """The same data without characters no PDF can hold."""
    if isinstance(data, dict):
        return {key: _clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean(value) for value in data]
    return writable(data) if isinstance(data, str) else data


def _explained(error: typst.TypstError) -> Exception:
    """A character that cannot be written is for the user; anything else is our own mistake."""
    found = re.search(r'(?:the text|codepoint) `"(.*?)"`', str(error))
    if found is None:
        return error
    named = re.sub(r"\\u\{([0-9a-f]+)\}", lambda code: f"U+{code[1].upper()}", found[1])
    return CharacterMissing(named)


@lru_cache(maxsize=8)
def installed(font_folders: tuple[Path, ...] = (), *, system_fonts: bool = True) -> tuple[typst.Fonts, Faces]:
    """The fonts of the machine, and for every face its families: the preferred one, then whatever is Chinese.

    ``latin`` is the family for digits and Latin letters, which Chinese fonts draw too wide or without serifs.
    Raises ``FontMissing`` when there is no Chinese font (and looks again next time).
    """
    folders = [
        *font_folders,
        *(Path(folder) for folder in FONT_FOLDERS if system_fonts and Path(folder).is_dir()),
    ]
    fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=False, font_paths=folders)
    have = {name.casefold(): name for name in fonts.families()}
    every = [name for face in _FACES.values() for name in _present(face, have)]
    if not every:
        raise FontMissing
    faces = {key: list(dict.fromkeys((*_present(face, have), *every))) for key, face in _FACES.items()}
    return fonts, {**faces, "latin": _present(page.LATIN_FACE, have)[:1]}


def _present(face: page.Face, have: dict[str, str]) -> list[str]:
    return [have[name.casefold()] for name in face.names if name.casefold() in have]


def _content(report: Report, presentation: Presentation, at: dt.datetime) -> Json:
    moment = at.astimezone(dt.UTC)
    return {
        "title": title_of(report),
        "title_lines": title_lines(report, page.TITLE_CHARACTERS),
        "author": agency_of(report),
        "subject": "政府信息公开工作年度报告",
        "date": {key: getattr(moment, key) for key in ("year", "month", "day", "hour", "minute", "second")},
        "page": {
            "width": page.PAGE_WIDTH,
            "height": page.PAGE_HEIGHT,
            "top": page.TOP,
            "bottom": page.BOTTOM,
            "left": page.LEFT,
            "right": page.RIGHT,
            "pitch": page.LINE_PITCH,
            "tracking": page.TRACKING,
        },
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
