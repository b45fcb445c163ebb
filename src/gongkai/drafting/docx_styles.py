"""What the style of a Word paragraph says it is: a title, a heading of some level, a caption, a line of contents."""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongkai.redaction.docx_styles import Styles
from gongkai.redaction.ooxml import Element, attribute, child, whole

_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|标题|公文标题|文件标题|大标题)$", re.IGNORECASE)
_CAPTION = re.compile(r"^(?:caption|题注|图题|表题)", re.IGNORECASE)
_CONTENTS = re.compile(r"^(?:toc|目录)\b|^(?:toc|目录)\s*\d", re.IGNORECASE)
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Role:
    """``level`` from 1, 0 for no heading."""

    level: int = 0
    is_title: bool = False
    is_caption: bool = False
    is_contents: bool = False
    centred: bool = False


def role_of(properties: Element | None, styles: Styles) -> Role:
    """By the paragraph's own outline level, then by the names and levels of its styles."""
    chain = list(styles.chain(attribute(child(properties, "pStyle"), "val")))
    names = [attribute(child(style, "name"), "val") for style in chain]
    level = next((int(m[1]) for name in names if (m := _HEADING.match(name))), 0)
    if not level:
        level = _outline([properties, *(child(style, "pPr") for style in chain)])
    return Role(
        level=level,
        is_title=any(_TITLE.match(name) for name in names),
        is_caption=any(_CAPTION.match(name) for name in names),
        is_contents=any(_CONTENTS.match(name) for name in names),
        centred=_centred([properties, *(child(style, "pPr") for style in chain)]),
    )


def _outline(every: list[Element | None]) -> int:
    for properties in every:
        if (said := child(properties, "outlineLvl")) is not None:
            level = whole(attribute(said, "val"), _LEVELS) + 1
            return level if 1 <= level <= _LEVELS else 0
    return 0


def _centred(every: list[Element | None]) -> bool:
    for properties in every:
        if (said := child(properties, "jc")) is not None:
            return attribute(said, "val") == "center"
    return False
