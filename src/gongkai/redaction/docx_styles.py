"""How a run of text looks, as far as it matters: hidden, white, bold, its size."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongkai.redaction.ooxml import Element, attribute, child, children, switched_on, whole

_DEEPEST = 12
_WHITE = "FFFFFF"
_SIZES = (5.0, 48.0)
"""Points; beyond them a size is a mistake or a trick."""


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes in points."""

    hidden: bool = False
    white: bool = False
    bold: bool = False
    size: float = 10.5

    @property
    def unseen(self) -> bool:
        """Hidden by attribute or by colour."""
        return self.hidden or self.white


class Styles:
    """The style sheet of a document."""

    def __init__(self, root: Element | None) -> None:
        self._styles = {attribute(each, "styleId"): each for each in children(root, "style")}
        self._base = _changed(Look(), child(root, "docDefaults", "rPrDefault", "rPr"))
        self._default = next(
            (
                attribute(each, "styleId")
                for each in self._styles.values()
                if attribute(each, "type") == "paragraph" and attribute(each, "default") in {"1", "true"}
            ),
            "",
        )

    def paragraph(self, properties: Element | None) -> Look:
        """The look a paragraph gives to its runs."""
        return self._styled(self._base, attribute(child(properties, "pStyle"), "val") or self._default)

    def run(self, look: Look, properties: Element | None) -> Look:
        """The look of a run in a paragraph of ``look``."""
        styled = self._styled(look, attribute(child(properties, "rStyle"), "val"))
        return _changed(styled, properties)

    def chain(self, name: str) -> Iterator[Element]:
        """A style and those it is based on, the nearest first."""
        for _ in range(_DEEPEST):
            style = self._styles.get(name)
            if style is None:
                return
            yield style
            name = attribute(child(style, "basedOn"), "val")

    def numbering(self, properties: Element | None) -> tuple[str, int]:
        """The list a paragraph belongs to, by itself or by its style, and its level; no list is an empty name."""
        used = child(properties, "numPr")
        if used is None:
            chain = self.chain(attribute(child(properties, "pStyle"), "val") or self._default)
            used = next((n for style in chain if (n := child(style, "pPr", "numPr")) is not None), None)
        return attribute(child(used, "numId"), "val"), whole(attribute(child(used, "ilvl"), "val"), 0)

    def _styled(self, look: Look, name: str) -> Look:
        for style in reversed(list(self.chain(name))):
            look = _changed(look, child(style, "rPr"))
        return look


def _changed(look: Look, properties: Element | None) -> Look:
    if properties is None:
        return look
    for name, key in (("vanish", "hidden"), ("specVanish", "hidden"), ("b", "bold")):
        if (switch := child(properties, name)) is not None:
            look = replace(look, **{key: switched_on(switch)})
    if (size := child(properties, "sz")) is not None:
        points = whole(attribute(size, "val"), 21) / 2
        look = replace(look, size=min(max(points, _SIZES[0]), _SIZES[1]))
    if (colour := child(properties, "color")) is not None:
        shaded = child(properties, "shd") is not None or child(properties, "highlight") is not None
        look = replace(look, white=attribute(colour, "val").upper() == _WHITE and not shaded)
    return look
