"""Web pages: the article among its site's furniture, tables with their spans, nested layout tables, Word's own HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree
from lxml import html as lxml_html

from gongkai.reports.reading.document import Block, Document, Grid, Prose, RawCell, lay_out, loosen_lone_rows
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.html_tags import ASIDES, BREAKS, SKIPPED
from gongkai.reports.reading.limits import Meter
from gongkai.reports.reading.text import read_text
from gongkai.reports.reading.words import spaced, tidy

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_DEPTH = 400
LONGEST_MARK = 4
"""Characters of a raised mark."""
_TITLE_METAS = ("articletitle", "title", "og:title", "dc.title")
_DATE_METAS = (
    "pubdate",
    "publishdate",
    "pub_date",
    "article:published_time",
    "publish_date",
    "createdate",
    "dc.date",
)
_ENTITY = re.compile(r"<!ENTITY", re.IGNORECASE)


def read_html(text: str, meter: Meter) -> Document:
    """The blocks of a page in reading order. Raises ``ReadingError``."""
    meter.characters(len(text))
    if _ENTITY.search(text[:20_000]):
        raise ReadingError("hostile")
    root = _parse(text)
    walker = _Walker(meter, show_hidden=False)
    walker.walk(root)
    if not any(isinstance(block, Grid) for block in walker.blocks):
        shown = _Walker(meter, show_hidden=True)
        shown.walk(root)
        if any(isinstance(block, Grid) for block in shown.blocks):
            walker = shown
    if not any(isinstance(block, Grid) for block in walker.blocks) and (typed := _typed(root)):
        return replace(read_text(typed, meter), kind="html", meta=_meta(root))
    return Document("html", tuple(walker.blocks), _meta(root))


def _typed(root: etree._Element) -> str:
    """The text of a page that only wraps plain text, line breaks and all."""
    texts = ["".join(str(part) for part in element.itertext()) for element in root.iter("pre", "textarea")]
    longest = max(texts, key=len, default="")
    return longest if len(longest) * 2 > len(_all_text(root)) else ""


def _parse(text: str) -> etree._Element:
    parser = lxml_html.HTMLParser(
        encoding="utf-8",
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        recover=True,
        huge_tree=False,
    )
    cleaned = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    cleaned = re.sub(r"<!\[(?:if|endif)[^>]*\]>", "", cleaned)
    try:
        root = lxml_html.document_fromstring(cleaned.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise ReadingError("no_report") from error
    if root is None:
        raise ReadingError("no_report")
    return root


def _meta(root: etree._Element) -> dict[str, str]:
    """What the page says of itself: Chinese government sites carry ArticleTitle, PubDate, ContentSource."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or "").strip().lower()
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    page = root.find(".//title")
    return {
        "title": next((found[name] for name in _TITLE_METAS if name in found), ""),
        "page_title": _all_text(page) if page is not None else "",
        "published": next((found[name] for name in _DATE_METAS if name in found), ""),
        "site": found.get("sitename", ""),
    }


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or _HIDDEN.search(element.get("style", "")) is not None


def _all_text(element: etree._Element) -> str:
    return tidy("".join(str(part) for part in element.itertext()))


class _Walker:
    """Walks over the elements, collecting text until a block ends, tables as grids."""

    def __init__(self, meter: Meter, *, show_hidden: bool) -> None:
        self.meter = meter
        self.show_hidden = show_hidden
        self.blocks: list[Block] = []
        self.text: list[str] = []
        self.path: list[int] = []
        self.tables = 0
        self.lines = 0

    def walk(self, root: etree._Element) -> None:
        """Collect everything below ``root``."""
        self._element(root, 0)
        self._flush()

    def _element(self, element: etree._Element, depth: int) -> None:
        tag = str(element.tag)
        if tag in SKIPPED or self._hidden(element) or _is_aside(element):
            return
        if depth > _DEPTH:
            raise ReadingError("too_complex", "（网页标签嵌套过深）")
        if tag == "table":
            self._table(element, depth)
            return
        breaks = tag in BREAKS
        if breaks:
            self._flush()
            self.path.append(id(element))
        self._say(element.text)
        for child in element:
            self._element(child, depth + 1)
            self._say(child.tail)
        if breaks:
            self._flush()
            self.path.pop()

    def _hidden(self, element: etree._Element) -> bool:
        return not self.show_hidden and _is_hidden(element)

    def _say(self, text: str | None) -> None:
        if text:
            self.text.append(text)

    def _flush(self) -> None:
        text = spaced("".join(self.text))
        self.text.clear()
        if text:
            self.lines += 1
            self.blocks.append(Prose(text, f"第{self.lines}段", path=tuple(self.path)))

    def _table(self, table: etree._Element, depth: int) -> None:
        """A table of data as a grid; one that holds other tables as what is in its cells."""
        self._flush()
        self.meter.tick()
        if _is_layout(table):
            self.path.append(id(table))
            for row in _rows_of(table):
                for cell in _cells_of(row):
                    self._element(cell, depth + 1)
                self._flush()
            self._outside_rows(table, depth)
            self.path.pop()
            return
        raw = [self._row(row) for row in _rows_of(table)]
        raw = [row for row in raw if row]
        if not raw:
            return
        self.tables += 1
        self.path.append(id(table))
        caption = table.find(".//caption")
        if caption is not None and not _is_aside(caption) and (text := _all_text(caption)):
            self.blocks.append(Prose(text, path=tuple(self.path)))
        grid = lay_out(raw, place=f"表{self.tables}")
        self.blocks += loosen_lone_rows(grid, tuple(self.path))
        self.path.pop()

    def _outside_rows(self, table: etree._Element, depth: int) -> None:
        """Tables that broken markup has put straight between the rows."""
        for child in table:
            if child.tag == "table":
                self._element(child, depth + 1)

    def _row(self, row: etree._Element) -> list[RawCell]:
        cells = []
        for cell in _cells_of(row):
            colspan, rowspan = self._span(cell, "colspan"), self._span(cell, "rowspan")
            self.meter.cells(colspan * rowspan)
            cells.append(RawCell(self._cell_text(cell), colspan, rowspan))
        return cells

    def _span(self, cell: etree._Element, name: str) -> int:
        digits = re.match(r"\s*(\d{1,6})", cell.get(name) or "")
        return min(max(int(digits.group(1)), 1), self.meter.limits.span) if digits else 1

    def _cell_text(self, cell: etree._Element) -> str:
        parts: list[str] = []
        _cell_words(cell, parts, 0, show_hidden=self.show_hidden)
        text = "".join(parts)
        lines = [tidy(line) for line in text.split("\n")]
        return "\n".join(line for line in lines if line)


def _is_aside(element: etree._Element) -> bool:
    """What our own pages add around the report: charts, marks on figures, notes on adjustments, the foot."""
    return not ASIDES.isdisjoint((element.get("class") or "").split())


def _is_footnote(element: etree._Element) -> bool:
    """A raised mark beside a number: 12<sup>1</sup> is not 121."""
    return element.tag == "sup" and len(_all_text(element)) <= LONGEST_MARK


def _cell_words(element: etree._Element, parts: list[str], depth: int, *, show_hidden: bool) -> None:
    tag = str(element.tag)
    if tag in SKIPPED or depth > _DEPTH or _is_aside(element) or _is_footnote(element):
        return
    if depth and not show_hidden and _is_hidden(element):
        return
    if tag in {"input", "textarea"} and element.get("value"):
        parts.append(element.get("value") or "")
    breaks = tag in BREAKS
    if breaks:
        parts.append("\n")
    if element.text:
        parts.append(re.sub(r"\s+", " ", element.text))
    for child in element:
        _cell_words(child, parts, depth + 1, show_hidden=show_hidden)
        if child.tail:
            parts.append(re.sub(r"\s+", " ", child.tail))
    if breaks:
        parts.append("\n")


def _is_layout(table: etree._Element) -> bool:
    """Whether a table holds other tables, rather than a lone cell boxed in one of its cells."""
    return any(
        inner.find(".//table") is None and _cells_in(inner) > 1 for inner in table.iterfind(".//table")
    )


def _cells_in(table: etree._Element) -> int:
    return sum(1 for cell in table.iter("td", "th") if _all_text(cell))


def _rows_of(table: etree._Element) -> Iterator[etree._Element]:
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in {"tbody", "thead", "tfoot"}:
            yield from (row for row in child if row.tag == "tr")


def _cells_of(row: etree._Element) -> Iterator[etree._Element]:
    return (cell for cell in row if cell.tag in {"td", "th"})
