"""The three ways a feed is written."""

from __future__ import annotations

import json
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from lxml import etree

from gongkai.typesetting.text import writable

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from gongkai.portal.feeds.matter import Entry, Feed, Tombstone

    Address = Callable[[str], str]

ATOM = "http://www.w3.org/2005/Atom"
DELETED = "http://purl.org/atompub/tombstones/1.0"
CREATOR = "http://purl.org/dc/elements/1.1/"
LANGUAGE = "zh-CN"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed, here: str, address: Address) -> bytes:
    """Atom (RFC 4287) with tombstones (RFC 6721)."""
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM, "at": DELETED})  # type: ignore[dict-item]  # its stubs know no default
    root.set(XML_LANGUAGE, LANGUAGE)
    _add(root, "id", feed.id)
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.about)
    _add(root, "updated", _stamp(feed.updated_at))
    _add(root, "link", rel="self", type="application/atom+xml", href=here)
    _add(root, "link", rel="alternate", type="text/html", href=address(feed.path))
    _add(root, "generator", "Gongkai")
    for entry in feed.entries:
        _atom_entry(root, entry, address)
    for one in feed.tombstones:
        _deleted(root, one, address)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def _atom_entry(root: Any, entry: Entry, address: Address) -> None:
    made = etree.SubElement(root, f"{{{ATOM}}}entry")
    _add(made, "id", entry.id)
    _add(made, "title", entry.title)
    _add(made, "link", rel="alternate", type="text/html", href=address(entry.path))
    _add(made, "published", _stamp(entry.published_at))
    _add(made, "updated", _stamp(entry.updated_at))
    author = etree.SubElement(made, f"{{{ATOM}}}author")
    _add(author, "name", entry.author)
    for word in (entry.kind, *entry.keywords):
        _add(made, "category", term=word)
    _add(made, "summary", entry.summary or entry.title, type="text")


def _deleted(root: Any, one: Tombstone, address: Address) -> None:
    made = etree.SubElement(root, f"{{{DELETED}}}deleted-entry")
    made.set("ref", one.id)
    made.set("when", _stamp(one.at))
    link = etree.SubElement(made, f"{{{ATOM}}}link")
    link.set("rel", "alternate")
    link.set("href", address(one.path))
    comment = etree.SubElement(made, f"{{{DELETED}}}comment")
    comment.text = one.said


def rss(feed: Feed, here: str, address: Address) -> bytes:
    """RSS 2.0 with the address of the feed itself (RSS Best Practices)."""
    root = etree.Element("rss", nsmap={"atom": ATOM, "dc": CREATOR})
    root.set("version", "2.0")
    channel = etree.SubElement(root, "channel")
    _plain(channel, "title", feed.title)
    _plain(channel, "link", address(feed.path))
    _plain(channel, "description", feed.about)
    _plain(channel, "language", LANGUAGE.lower())
    _plain(channel, "lastBuildDate", _mail_date(feed.updated_at))
    _plain(channel, "generator", "Gongkai")
    _plain(channel, "ttl", "30")
    _add(channel, "link", rel="self", type="application/rss+xml", href=here)
    for entry in feed.entries:
        item = etree.SubElement(channel, "item")
        _plain(item, "title", entry.title)
        _plain(item, "link", address(entry.path))
        _plain(item, "description", entry.summary or entry.title)
        _plain(item, f"{{{CREATOR}}}creator", entry.author)
        for word in (entry.kind, *entry.keywords):
            _plain(item, "category", word)
        guid = _plain(item, "guid", entry.id)
        guid.set("isPermaLink", "false")
        _plain(item, "pubDate", _mail_date(entry.published_at))
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def json_feed(feed: Feed, here: str, address: Address) -> bytes:
    """JSON Feed 1.1; what left stands in an extension of ours."""
    made: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": address(feed.path),
        "feed_url": here,
        "language": LANGUAGE,
        "items": [
            {
                "id": entry.id,
                "url": address(entry.path),
                "title": entry.title,
                "content_text": entry.summary or entry.title,
                "date_published": _stamp(entry.published_at),
                "date_modified": _stamp(entry.updated_at),
                "authors": [{"name": entry.author}],
                "tags": [entry.kind, *entry.keywords],
                "language": LANGUAGE,
            }
            for entry in feed.entries
        ],
        "_gongkai": {
            "about": address("/feeds/"),
            "withdrawn": [
                {"id": one.id, "url": address(one.path), "at": _stamp(one.at), "comment": one.said}
                for one in feed.tombstones
            ],
        },
    }
    return json.dumps(made, ensure_ascii=False, indent=1).encode()


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> None:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    for key, value in attributes.items():
        made.set(key, writable(value))
    if text:
        made.text = writable(text)


def _plain(parent: Any, name: str, text: str) -> Any:
    made = etree.SubElement(parent, name)
    made.text = writable(text)
    return made


def _stamp(moment: dt.datetime) -> str:
    """RFC 3339, to the second, by the clock of the installation."""
    return timezone.localtime(moment).isoformat(timespec="seconds")


def _mail_date(moment: dt.datetime) -> str:
    return format_datetime(timezone.localtime(moment))


FORMS: dict[str, tuple[Callable[[Feed, str, Address], bytes], str]] = {
    "atom.xml": (atom, "application/atom+xml; charset=utf-8"),
    "rss.xml": (rss, "application/rss+xml; charset=utf-8"),
    "feed.json": (json_feed, "application/feed+json; charset=utf-8"),
}
"""By the last part of the address."""
