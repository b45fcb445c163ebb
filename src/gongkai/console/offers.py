"""What can be done with a record next: as a way to the page where it is done, or with every reason why not."""

from __future__ import annotations

from dataclasses import dataclass, field

from gongkai.core.errors import Obstacle


@dataclass(frozen=True)
class Offer:
    """An act as a page offers it. ``link``: its page is opened; otherwise it is done by the button at once."""

    label: str
    address: str
    obstacles: list[Obstacle] = field(default_factory=list)
    note: str = ""
    primary: bool = False
    link: bool = True
