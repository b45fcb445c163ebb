"""From addresses of the site to files of the copy: what is copied, where it lies, how a page leads to another."""

from __future__ import annotations

import posixpath
import re
from typing import Any
from urllib.parse import quote, urlsplit

import lxml.html

COPIED = re.compile(
    r"/(?:documents/|policies/|bodies/|reports/|map/|archive/|static/|files/|consultations/|concerns/|questions/)?$"
    r"|/(?:consultations|questions)/\d+/$"
    r"|/documents/\d+/(?:qr\.svg|editions/(?:\d+/)?|changes/\d+-\d+/)?$"
    r"|/archive/[a-z]+/\d+/(?:\d+/){0,2}$"
    r"|/bodies/[\w-]+/(?:(?:guide|institutions|documents|policies|reports|key-areas|statutory"
    r"|consultations|concerns|questions)/)?$"
    r"|/bodies/[\w-]+/(?:key-areas/\d+|items/\d+|statutory/\w+|reports/\d+(?:/(?:html|docx|pdf|xlsx|json|csv))?)/$"
    r"|/bodies/[\w-]+/archive/[a-z]+/\d+/(?:\d+/){0,2}$"
    r"|/(?:files|static)/.+$|/(?:robots\.txt|sitemap\.xml|404\.html)$|/sitemaps/\d+\.xml$"
)
"""What has a file of its own; everything else needs the living site: forms, cases, searches, sign-in."""
FEED = re.compile(
    r"(?:/bodies/[\w-]+(?:/(?:items|key-areas)/\d+)?)?/feeds/(?:atom\.xml|rss\.xml|feed\.json)$"
)
FOLLOWED = re.compile(r"(page|after)=([\d-]+)")
LIVE = "//*[contains(concat(' ', normalize-space(@class), ' '), ' live ')] | //form"


def is_copied(path: str) -> bool:
    """Whether the address has a file in the copy."""
    return COPIED.match(path) is not None or FEED.match(path) is not None


def file_of(address: str) -> str | None:
    """The file behind an address with its query; ``None`` when the copy has none."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not is_copied(parts.path):
        return None
    folder = parts.path.removeprefix("/")
    if parts.query:
        followed = FOLLOWED.fullmatch(parts.query)
        if followed is None:
            return None
        return f"{folder}{followed[1]}-{followed[2]}/index.html"
    return f"{folder}index.html" if not folder or folder.endswith("/") else folder


class Copy:
    """How one copy leads on: where living pages are, and which files have names of their own."""

    def __init__(self, live: str = "", *, has_feeds: bool = False) -> None:
        self.live = live.rstrip("/")
        self.has_feeds = has_feeds
        """What a feed tells of has whole addresses, so it can be copied only where they are known."""
        self.named: dict[str, str] = {}
        """Files whose name is not that of their address, such as attachments: address to file."""
        self.met: set[str] = set()
        """Addresses pages led to that must be copied because of it: further pages of lists, style sheets."""

    def page(self, content: bytes, path: str) -> bytes:
        """A page with links that work wherever the folder lies, and without what only a living site can do."""
        document: Any = lxml.html.document_fromstring(content.decode())
        for element in document.xpath(LIVE):
            element.drop_tree()
        for element, attribute, target, _ in list(document.iterlinks()):
            if target.startswith("/") and not target.startswith("//"):
                self._lead(element, attribute, target, path)
        for item in document.xpath("//li[not(normalize-space()) and not(.//img)]"):
            item.drop_tree()
        written: bytes = lxml.html.tostring(document, encoding="utf-8")
        return b"<!doctype html>\n" + written + b"\n"

    def _lead(self, element: Any, attribute: str | None, target: str, path: str) -> None:
        address, _, fragment = target.partition("#")
        file = self.named.get(address) or file_of(address)
        if FEED.match(address) and not self.has_feeds:
            file = None
        if file is not None and attribute:
            self.met.add(address)
            way = relative(file, path)
            element.set(attribute, f"{way}#{fragment}" if fragment else way)
        elif self.live and attribute:
            element.set(attribute, f"{self.live}{target}")
        elif element.tag == "a":
            self._drop(element)
        else:
            element.drop_tree()

    def _drop(self, link: Any) -> None:
        """A way that leads nowhere: out of a list with its item, out of a sentence without its words."""
        parent = link.getparent()
        if parent is not None and parent.tag == "li" and parent.text_content() == link.text_content():
            parent.drop_tree()
        elif "button" in (link.get("class") or ""):
            link.drop_tree()
        else:
            link.drop_tag()


def relative(file: str, path: str) -> str:
    """From one file of the copy to another; quoted, for names are Chinese."""
    return quote(posixpath.relpath(file, posixpath.dirname(path) or "."))
