"""A feed of another site, or one saved as a file: RSS 2.0, Atom and JSON Feed, page after page by their next links.

What a feed cannot tell — kind, date of making — is settled with the import; its entries go the way of a table's rows.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from gongkai.disclosure.importing.errors import unreadable
from gongkai.disclosure.importing.row import Raw
from gongkai.disclosure.importing.sources.fetching import Fetched, fetch

MOST_PAGES = 5000
MOST_ENTRIES = 1_000_000
LABELS = {
    "source_id": "guid/id", "title": "title", "link": "link", "published_at": "pubDate/published",
    "text": "content", "keywords": "category/tags",
}  # fmt: skip


@dataclass
class Page:
    """The entries of one page, and where the next is."""

    entries: list[dict[str, str]] = field(default_factory=list)
    following: str = ""


def parse(content: bytes, address: str = "") -> Page:
    """One page of a feed. Raises ``RefusedError`` for what is none, and for XML that declares anything."""
    start = content.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if start == b"{":
        return _json(content, address)
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        message = "订阅中含有不允许的XML声明（DTD或实体）"
        raise unreadable("hostile", message, "请对方改正，或者改用表格导入", "address") from error
    except (ParseError, ValueError, LookupError) as error:
        message = "返回的内容不是RSS、Atom或者JSON Feed"
        raise unreadable("not_feed", message, "请核对网址，应为订阅地址而不是网页", "address") from error
    name = _name(root)
    try:
        if name == "feed":
            return _atom(root, address)
        if name in {"rss", "RDF"}:
            return _rss(root, address)
    except RecursionError as error:
        raise unreadable(
            "hostile", "订阅的内容嵌套过深", "请对方改正，或者改用表格导入", "address"
        ) from error
    raise unreadable("not_feed", "返回的内容不是RSS、Atom或者JSON Feed", "请核对网址", "address")


def entries(first: str, get: Callable[[str], Fetched] = fetch) -> Iterator[Raw]:
    """All entries from an address on. Raises ``RefusedError``; a next link to another site or to a page seen ends in one."""
    seen: set[str] = set()
    address, number = first, 0
    while address:
        if address in seen or len(seen) >= MOST_PAGES:
            raise unreadable(
                "loop", f"订阅的翻页链接循环或者超过{MOST_PAGES}页", "请对方改正翻页链接", "address"
            )
        seen.add(address)
        page = get(address)
        found = parse(page.content, page.address)
        for cells in found.entries:
            number += 1
            yield Raw(number, cells)
        if found.following and urlsplit(found.following).netloc != urlsplit(page.address).netloc:
            message = f"翻页链接指向另一个网站（{found.following[:200]}）"
            raise unreadable("elsewhere", message, "请核对，或者直接导入那个网址", "address")
        address = found.following


def of_file(content: bytes) -> Iterator[Raw]:
    """The entries of a feed saved as a file: this page only."""
    for number, cells in enumerate(parse(content).entries, start=1):
        yield Raw(number, cells)


def looks_like_feed(start: bytes) -> bool:
    """Whether a file begins like one, and not like a table."""
    return start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"<", b"{"}


# XML ------------------------------------------------------------------------------------------------------


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _first(element: Element, *names: str) -> str:
    """The words of the first of these children that has any, in the order of the names."""
    for name in names:
        for one in element:
            if _name(one) == name and (text := "".join(one.itertext()).strip()):
                return text
    return ""


def _next_link(element: Element, address: str) -> str:
    for one in element:
        if _name(one) == "link" and one.get("rel") == "next" and one.get("href"):
            return urljoin(address, one.get("href") or "")
    return ""


def _rss(root: Element, address: str) -> Page:
    channel = next((one for one in root if _name(one) == "channel"), root)
    items = [one for one in (*channel, *(root if channel is not root else ())) if _name(one) == "item"]
    return Page([_rss_item(one, address) for one in items], _next_link(channel, address))


def _rss_item(item: Element, address: str) -> dict[str, str]:
    enclosed = [one.get("url", "") for one in item if _name(one) == "enclosure"]
    return _cells(
        source_id=_first(item, "guid"),
        title=_first(item, "title"),
        link=urljoin(address, _first(item, "link")),
        published_at=_first(item, "pubDate", "date"),
        text=_first(item, "encoded", "description"),
        keywords="、".join(_words(item, "category")),
        enclosed=[urljoin(address, one) for one in enclosed if one],
    )


def _words(element: Element, name: str) -> list[str]:
    found = [one.get("term") or one.text or "" for one in element if _name(one) == name]
    return [one.strip() for one in found if one.strip()]


def _atom(root: Element, address: str) -> Page:
    found = [_atom_entry(one, address) for one in root if _name(one) == "entry"]
    return Page(found, _next_link(root, address))


def _atom_entry(entry: Element, address: str) -> dict[str, str]:
    links = [one for one in entry if _name(one) == "link"]
    page = next((one for one in links if one.get("rel", "alternate") == "alternate"), None)
    content = next((one for one in entry if _name(one) == "content"), None)
    return _cells(
        source_id=_first(entry, "id"),
        title=_first(entry, "title"),
        link=urljoin(address, page.get("href", "") if page is not None else ""),
        published_at=_first(entry, "published", "updated"),
        text=_markup(content) or _first(entry, "summary"),
        keywords="、".join(_words(entry, "category")),
        enclosed=[urljoin(address, one.get("href", "")) for one in links if one.get("rel") == "enclosure"],
    )


def _markup(content: Element | None) -> str:
    """HTML of an Atom content: escaped text, or elements of XHTML."""
    if content is None:
        return ""
    if content.get("type") != "xhtml":
        return "".join(content.itertext()).strip()
    return "".join(_written(one) for one in content)


def _written(element: Element) -> str:
    """An element as HTML without namespaces; the sanitiser decides what may stay."""
    attributes = "".join(
        f' {str(name).rpartition("}")[2]}="{html.escape(value)}"' for name, value in element.attrib.items()
    )
    inner = html.escape(element.text or "", quote=False) + "".join(
        _written(one) + html.escape(one.tail or "", quote=False) for one in element
    )
    name = _name(element)
    return f"<{name}{attributes}>" if name in {"br", "img", "hr"} else f"<{name}{attributes}>{inner}</{name}>"


# JSON -----------------------------------------------------------------------------------------------------


def _json(content: bytes, address: str) -> Page:
    try:
        feed = json.loads(content)
    except (ValueError, RecursionError):
        feed = None
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        raise unreadable("not_feed", "返回的内容不是JSON Feed", "请核对网址", "address")
    following = feed.get("next_url")
    found = [_json_item(one, address) for one in feed["items"] if isinstance(one, dict)]
    return Page(found, urljoin(address, following) if isinstance(following, str) and following else "")


def _json_item(item: dict[str, Any], address: str) -> dict[str, str]:
    def said(*names: str) -> str:
        values = (item.get(name) for name in names)
        return next((str(one).strip() for one in values if isinstance(one, str | int) and one != ""), "")

    tags, enclosed = item.get("tags"), item.get("attachments")
    return _cells(
        source_id=said("id"),
        title=said("title"),
        link=urljoin(address, said("url", "external_url")),
        published_at=said("date_published", "date_modified"),
        text=said("content_html", "content_text", "summary"),
        keywords="、".join(one for one in tags if isinstance(one, str)) if isinstance(tags, list) else "",
        enclosed=[
            urljoin(address, str(one["url"]))
            for one in (enclosed if isinstance(enclosed, list) else [])
            if isinstance(one, dict) and one.get("url")
        ],
    )


def _cells(*, enclosed: list[str], **cells: str) -> dict[str, str]:
    """What is empty is left out; the addresses of the entry's files stand in lines."""
    cells["title"] = html.unescape(cells["title"])
    web = [one for one in dict.fromkeys(enclosed) if one.startswith(("http://", "https://"))]
    cells["enclosed"] = "\n".join("".join(one.split()) for one in web)
    return {name: text for name, text in cells.items() if text}
