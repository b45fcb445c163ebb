"""Is there a Chinese font on this machine?"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

INSTALL_HINT = "Debian/Ubuntu：apt-get install fonts-noto-cjk；RHEL/openEuler：dnf install google-noto-serif-cjk-ttc-fonts"
FONT_FILE = re.compile(
    r"(noto(serif|sans).*(cjk|sc)|sourcehan|fandol|simsun|simfang|simhei|simkai|fangsong|wqy|uming|ukai)",
    re.IGNORECASE,
)
FONT_SUFFIXES = frozenset({".ttc", ".ttf", ".otf"})


def font_directories() -> list[Path]:
    """Where fonts lie on Linux and macOS, the user's own included."""
    system = [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path("/Library/Fonts")]
    system += [
        Path("/System/Library/Fonts"),
        Path("/usr/share/texmf/fonts"),
        Path("/usr/share/texlive/texmf-dist/fonts"),
    ]
    try:
        own = [Path.home() / ".fonts", Path.home() / ".local/share/fonts"]
    except RuntimeError:  # no home directory, as under some service managers
        own = []
    return [path for path in [*system, *own] if path.is_dir()]


def is_chinese_font(path: Path) -> bool:
    """Told by the file's name: opening every font at start would take seconds."""
    return path.suffix.lower() in FONT_SUFFIXES and FONT_FILE.search(path.name) is not None


@cache
def has_chinese_font() -> bool:
    """Whether any font directory holds a font with the common simplified characters."""
    return any(is_chinese_font(path) for directory in font_directories() for path in directory.rglob("*"))
