"""Setting a PDF with typst: fonts, a folder for pictures that is gone afterwards, the same bytes for the same input."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from gongkai.redaction.errors import RedactionError
from gongkai.typesetting.fonts import FontMissing, installed


def typeset(
    template: str, data: Mapping[str, Any], pictures: Mapping[str, bytes], *, at: dt.datetime
) -> bytes:
    """A PDF from one of the package's templates. ``at`` becomes its date.

    Nothing in ``data`` is read as markup. Raises ``RedactionError`` (``no_font``).
    """
    try:
        machine, faces = installed()
    except FontMissing as error:
        raise RedactionError("no_font") from error
    with TemporaryDirectory(prefix="gongkai-") as folder:
        for name, content in pictures.items():
            Path(folder, name).write_bytes(content)
        main = Path(folder, "main.typ")
        main.write_bytes(files(__package__).joinpath(template).read_bytes())
        return typst.compile(
            str(main),
            root=folder,
            font_paths=machine,
            format="pdf",
            sys_inputs={"data": json.dumps({**data, "fonts": faces["hei"]}, ensure_ascii=False)},
            timestamp=int(at.timestamp()),
        )
