"""What a text leads to: links and pictures inside the site, pictures without words, pictures from elsewhere."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from html.parser import HTMLParser

DOCUMENT = re.compile(r"^/documents/(\d{1,18})/?(?:[?#].*)?$")
FILE = re.compile(r"^/files/([0-9a-fA-F-]{36})/?(?:[?#].*)?$")
ELSEWHERE = re.compile(r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*:)?//")


@dataclass(frozen=True)
class Leads:
    """What stands in a text, each in its order and once."""

    documents: tuple[int, ...] = ()
    files: tuple[uuid.UUID, ...] = ()
    undescribed: tuple[str, ...] = ()
    """Sources of pictures without an alternative text."""
    foreign: tuple[str, ...] = ()
    """Pictures that would be fetched from another site."""
    unplaced: tuple[str, ...] = ()
    """Pictures whose source is no address of this site: named in the text, never uploaded."""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self.pictures: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in values:
            self.addresses.append(values["href"].strip())
        elif tag == "img":
            self.pictures.append((values.get("src", "").strip(), values.get("alt", "").strip()))


def leads_of(text: str) -> Leads:
    """Read a text's links and pictures."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    sources = [source for source, _ in reader.pictures]
    addresses = [*reader.addresses, *sources]
    return Leads(
        documents=tuple(dict.fromkeys(int(found[1]) for one in addresses if (found := DOCUMENT.match(one)))),
        files=tuple(dict.fromkeys(one for found in map(_file, addresses) if (one := found) is not None)),
        undescribed=tuple(source for source, words in reader.pictures if not words),
        foreign=tuple(dict.fromkeys(one for one in sources if ELSEWHERE.match(one))),
        unplaced=tuple(
            dict.fromkeys(one for one in sources if not ELSEWHERE.match(one) and _file(one) is None)
        ),
    )


def _file(address: str) -> uuid.UUID | None:
    found = FILE.match(address)
    try:
        return uuid.UUID(found[1]) if found else None
    except ValueError:
        return None
