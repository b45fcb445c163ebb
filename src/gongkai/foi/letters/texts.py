"""The default text of every kind: one file each, so that a lawyer can read them without reading code.

Every line is a paragraph; 一、 and （一） at the start of a short line make it a heading.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from gongkai.foi.letters.kinds import LetterKind


@cache
def default_text(kind: LetterKind) -> str:
    """The text a kind starts from, until a body writes its own."""
    return files(__package__).joinpath("wording", f"{kind.key}.txt").read_text("utf-8").strip()
