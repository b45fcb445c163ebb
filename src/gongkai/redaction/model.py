"""The values the engine works with. All measures are points (1/72 inch) from the top left of the upright page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

SourceKind = Literal["pdf", "image", "docx", "xlsx"]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Never negative."""
        return max(0.0, self.right - self.left)

    @property
    def height(self) -> float:
        """Never negative."""
        return max(0.0, self.bottom - self.top)

    @property
    def centre(self) -> tuple[float, float]:
        """Where a character is, when one point must stand for it."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> Box:
        """The same box with ``by`` points more on every side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def shared(self, other: Box) -> Box:
        """What both cover; empty (width or height zero) when they do not meet."""
        return Box(
            max(self.left, other.left),
            max(self.top, other.top),
            min(self.right, other.right),
            min(self.bottom, other.bottom),
        )

    def holds(self, point: tuple[float, float]) -> bool:
        """Whether the point lies inside."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of them; there must be one."""
    every = list(boxes)
    return Box(
        min(box.left for box in every),
        min(box.top for box in every),
        max(box.right for box in every),
        max(box.bottom for box in every),
    )


@dataclass(frozen=True, slots=True)
class Character:
    """One visible character and the bounds of its ink; ``text`` is longer than one for a ligature."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class Word:
    """What can be chosen as one: a run of Latin letters and digits, or of Chinese up to the next sign."""

    id: str
    characters: tuple[Character, ...]
    spaced: bool
    """Whether a space stands before it on its line."""

    @property
    def text(self) -> str:
        """As it is read."""
        return "".join(character.text for character in self.characters)

    @property
    def box(self) -> Box:
        """Around its ink."""
        return around(character.box for character in self.characters)


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand beside each other. Its id begins the ids of its words."""

    id: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """With the spaces that stood between the words."""
        return "".join(
            f" {word.text}" if word.spaced and n else word.text for n, word in enumerate(self.words)
        )

    @property
    def box(self) -> Box:
        """Around all its words."""
        return around(word.box for word in self.words)


@dataclass(frozen=True, slots=True)
class Page:
    """One upright page: its size and the text that can be seen on it, in the order of the file."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    unseen: int
    """Characters of the file that the page does not show; they are never carried over."""
    recognised: bool
    """The text is the result of character recognition behind or over a scan, and may differ from the picture."""

    @property
    def words(self) -> tuple[Word, ...]:
        """All words in reading order."""
        return tuple(word for line in self.lines for word in line.words)

    @property
    def text(self) -> str:
        """One line of text per line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the file beside the pages that are seen. Nothing of it is carried into the result."""

    kind: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Mark:
    """An area to be withheld: page number from 1, points from the top left, and the key of its legal basis."""

    page: int
    x: float
    y: float
    width: float
    height: float
    basis: str

    @property
    def box(self) -> Box:
        """As a rectangle."""
        return Box(self.x, self.y, self.x + self.width, self.y + self.height)


@dataclass(frozen=True)
class Source:
    """An opened file: what it was, and its pages as a plain PDF without annotations. Equal by content."""

    kind: SourceKind
    filename: str
    digest: str
    """SHA-256 of the file as it came, in hexadecimal."""
    pdf: bytes = field(repr=False, compare=False)
    sizes: tuple[tuple[float, float], ...]
    """Width and height of every upright page."""
    findings: tuple[Finding, ...] = ()
    layered: frozenset[int] = frozenset()
    """Pages with parts on hidden layers: their text cannot be trusted to be visible, so it is not used."""

    read: dict[int, Page] = field(default_factory=dict, repr=False, compare=False)
    """Pages read so far; they go when the source goes."""

    @property
    def page_count(self) -> int:
        """How many pages."""
        return len(self.sizes)
