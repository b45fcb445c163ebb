"""Texts, pages and draft blocks as material for the rules."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree
from lxml import html as lxml_html

from gongkai.drafting import DraftingError
from gongkai.drafting.blocks import Block, Image, Paragraph, Table
from gongkai.drafting.opening import LIMITS
from gongkai.drafting.pasted import Reader
from gongkai.drafting.plain import read as read_plain
from gongkai.guard.columns import column_findings, units_of
from gongkai.guard.model import Finding, Grid, GridCell, Material, Unit, once
from gongkai.guard.personal import personal_findings
from gongkai.guard.rules import found
from gongkai.guard.words import WordList, word_findings

_TAG = re.compile(r"<[A-Za-z/!][^<>]*>")
_ATTRIBUTES = {"alt": "图片说明", "title": "提示文字", "href": "链接地址", "summary": "表格说明"}


def judge(material: Material, words: WordList | None) -> tuple[Finding, ...]:
    """All rules over all material."""
    units = [*material.units]
    findings = [*material.findings]
    for grid in material.grids:
        units += units_of(grid)
        findings += column_findings(grid, material.container)
    findings += personal_findings(units, material.container)
    if words:
        findings += word_findings(units, words, material.container)
    return once(findings)


def inspect_text(text: str, *, place: str = "正文", words: WordList | None = None) -> tuple[Finding, ...]:
    """Findings in a text or in the HTML of one, the gravest first."""
    material = Material(place)
    add_text(material, text, place)
    return judge(material, words)


def add_text(material: Material, text: str, place: str) -> None:
    """HTML by paragraphs and cells, with what its attributes say; plain text by lines."""
    if not _TAG.search(text):
        add_blocks(material, read_plain(text), place)
        return
    try:
        add_blocks(material, Reader(LIMITS).read(text), place)
    except DraftingError as error:
        if error.reason != "no_text":
            material.findings.append(
                found(
                    "file.unreadable",
                    place,
                    key=error.reason,
                    container=material.container,
                    message=str(error),
                )
            )
            return
    add_attributes(material, text, place)


def add_attributes(material: Material, text: str, place: str) -> None:
    """Descriptions of pictures and addresses of links are read aloud and followed."""
    try:
        root = lxml_html.document_fromstring(text, parser=lxml_html.HTMLParser(no_network=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for element in root.iter(etree.Element):
        for name, said in _ATTRIBUTES.items():
            if (value := element.get(name)) and not value.startswith("data:"):
                material.units.append(Unit(value, f"{place}{said}"))


def add_blocks(material: Material, blocks: Iterable[Block], place: str) -> None:
    """Paragraphs and tables of a draft."""
    for block in blocks:
        if isinstance(block, Paragraph):
            if block.text.strip():
                material.units.append(Unit(block.text, place + block.place))
        elif isinstance(block, Table):
            _add_table(material, block, place)
        elif isinstance(block, Image):
            said = " ".join(part for part in (block.alternative, block.caption) if part)
            if said:
                material.units.append(Unit(said, f"{place}{block.place}图片说明"))


def _add_table(material: Material, table: Table, place: str) -> None:
    grid = Grid(place + table.place)
    for cell in table.cells:
        where = f"{place}{table.place}第{cell.row + 1}行第{cell.column + 1}列"
        if text := cell.text.strip():
            grid.cells.append(GridCell(cell.row + 1, cell.column + 1, text, where))
        inner = [block for block in cell.blocks if isinstance(block, Table)]
        add_blocks(material, inner, f"{place}（{where}中）")
    if table.caption:
        material.units.append(Unit(table.caption, f"{place}{table.place}表题"))
    material.grids.append(grid)
