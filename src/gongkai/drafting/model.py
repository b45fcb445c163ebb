"""What comes out of a file: its text as clean HTML, its pictures, and what is proposed for the form."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

Kind = Literal["docx", "pdf", "html", "text"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Proposal(Generic[T]):
    """A value for a field of the form, only proposed: where it was read, and the words it was read from."""

    value: T
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the text. Its ``name`` is the ``src`` that stands in the HTML until ``place_pictures``."""

    name: str
    content: bytes = field(repr=False)
    media_type: str
    alternative: str | None
    """None: nobody has described it yet; empty: it is marked as mere decoration."""
    place: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the officer should look at: a code for programs, a sentence, a place."""

    kind: str
    message: str
    place: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


@dataclass(frozen=True, slots=True)
class Drafted:
    """A file as a draft. Nothing of it is decided; everything pre-filled says where it was found."""

    kind: Kind
    html: str
    """The body without masthead, document number and title, within the tags a published text may have."""
    text: str
    """The same without tags, a line per paragraph."""
    pictures: tuple[Picture, ...] = ()
    title: Proposal[str] | None = None
    document_number: Proposal[str] | None = None
    made_on: Proposal[dt.date] | None = None
    issuers: tuple[Proposal[str], ...] = ()
    """Issuing bodies, the leading one first."""
    recipients: Proposal[str] | None = None
    attachments: tuple[Proposal[str], ...] = ()
    """The names of attachments as the text lists them."""
    signature: Proposal[str] | None = None
    masthead: tuple[str, ...] = ()
    """Lines above the text that stand in fields of the form now and not in ``html``."""
    warnings: tuple[Remark, ...] = ()
