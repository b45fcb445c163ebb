"""A tagged PDF (PDF/A-2a and PDF/UA-1) set by typst on the page of official documents.

What a document says reaches typst as JSON and is never read as markup. Every template is put below ``base.typ``, which
sets the page, the faces, the headings and the title.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import typst

from gongkai.typesetting import page
from gongkai.typesetting.fonts import CharacterMissing, installed
from gongkai.typesetting.text import writable

Json = dict[str, Any]
PAGE = {
    "width": page.PAGE_WIDTH,
    "height": page.PAGE_HEIGHT,
    "top": page.TOP,
    "bottom": page.BOTTOM,
    "left": page.LEFT,
    "right": page.RIGHT,
    "pitch": page.LINE_PITCH,
    "tracking": page.TRACKING,
}


def compiled(
    template: bytes,
    data: Json,
    *,
    at: dt.datetime,
    font_folders: tuple[Path, ...] = (),
    system_fonts: bool = True,
) -> bytes:
    """The PDF of a template below ``base.typ``. ``at`` is its date; equal data, date and fonts give equal bytes.

    ``data`` must hold ``title`` (for the metadata), ``title_lines``, ``author`` and ``subject``. Fonts are looked
    for in the system (unless ``system_fonts`` is off) and in ``font_folders``. Raises ``FontMissing`` when there is
    no Chinese font, ``CharacterMissing`` when none has some character.
    """
    fonts, faces = installed(font_folders, system_fonts=system_fonts)
    whole = {**data, "date": _moment(at), "page": PAGE, "fonts": faces}
    try:
        made = typst.compile(
            files(__package__).joinpath("base.typ").read_bytes() + template,
            font_paths=fonts,
            format="pdf",
            sys_inputs={"data": json.dumps(_clean(whole), ensure_ascii=False)},
            pdf_standards=["a-2a", "ua-1"],
            timestamp=int(at.timestamp()),
        )
    except typst.TypstError as error:
        raise _explained(error) from error
    return made


def _moment(at: dt.datetime) -> dict[str, int]:
    moment = at.astimezone(dt.UTC)
    return {key: getattr(moment, key) for key in ("year", "month", "day", "hour", "minute", "second")}


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
