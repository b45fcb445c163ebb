"""A row on its way: as the source has it, and as it can be imported; staged as a line of JSON."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Raw:
    """A row of the source: its number there, its cells by field."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class Remark:
    """What is said about a row; an error keeps it out."""

    row: int
    column: str
    code: str
    message: str
    remedy: str = ""
    is_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document to import. ``key`` tells it from all others of the body, ``digest`` what it says."""

    number: int
    key: str = ""
    digest: str = ""
    title: str
    kind: str
    made_on: dt.date
    published_at: dt.datetime
    text: str
    document_number: str = ""
    subject: str = ""
    genre: str = ""
    unit: int | None = None
    item: int | None = None
    summary: str = ""
    keywords: list[str] = field(default_factory=list)
    joint_issuers: list[str] = field(default_factory=list)
    effective_on: dt.date | None = None
    valid_until: dt.date | None = None
    ended_on: dt.date | None = None
    ended_how: str = ""
    files: list[str] = field(default_factory=list)
    file_digests: list[str] = field(default_factory=list)
    enclosed: list[str] = field(default_factory=list)
    """Addresses of files of a feed's entry; what the row says are these, not what came of asking for them."""
    pictures: dict[str, list[str]] = field(default_factory=dict)
    """Which of the files are pictures of the text: by name their public identity and their words."""
    link: str = ""
    old_index: str = ""
    findings: int = 0
    """How many things the guard found in the text; no part of what the row says."""


_NOT_SAID = ("number", "key", "digest", "findings", "pictures")
_DAYS = ("made_on", "effective_on", "valid_until", "ended_on")


def _values(row: Row) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in asdict(row).items()
    }


def digest_of(row: Row) -> str:
    """What the row says, in 64 digits; its place in the source does not matter."""
    said = {name: value for name, value in _values(row).items() if name not in _NOT_SAID}
    if not row.enclosed:
        del said["enclosed"]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def key_of(raw: Raw, made_on: dt.date, title: str, origin: str) -> str:
    """By the source's own number, else its address, else its old index number, else title, number and date."""
    cells = raw.cells
    if cells.get("source_id"):
        parts = ("id", origin, cells["source_id"])
    elif cells.get("link"):
        parts = ("link", "", cells["link"])
    elif cells.get("old_index"):
        parts = ("index", origin, cells["old_index"])
    else:
        parts = ("said", title, f"{cells.get('document_number', '')}\0{made_on.isoformat()}")
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def to_line(row: Row) -> bytes:
    """One line, ended."""
    return json.dumps(_values(row), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def from_line(line: bytes) -> Row:
    """The row again."""
    given = json.loads(line)
    for name in _DAYS:
        given[name] = dt.date.fromisoformat(given[name]) if given[name] else None
    given["published_at"] = dt.datetime.fromisoformat(given["published_at"])
    return Row(**given)
