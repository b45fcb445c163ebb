"""The fonts of the machine, as typst sees them. Nothing is embedded in the product."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import typst

from gongkai.typesetting import page

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
