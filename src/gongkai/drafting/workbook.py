"""The cells of an XLSX straight from its XML: every one, hidden ones too, each with its place. Fast, and bounded."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from gongkai.drafting.errors import DraftingError
from gongkai.redaction.archive import parse_xml, read_part, xml_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, child, children, name_of, relations, whole, within

_BOOK = "xl/workbook.xml"
_SIGNS = re.compile(r'&(?:"[^"]*"|K[0-9A-Fa-f]{6}|[A-Za-z+&-])')
"""Of printed heads: which third of the line, which face, which colour."""
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_OFF = frozenset({"", "0", "false"})
_MOST_CELLS = 3_000_000
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class XCell:
    """``hidden``: its row or column is not shown."""

    row: int
    column: int
    text: str
    hidden: bool
    style: int = 0

    @property
    def name(self) -> str:
        """Such as B2."""
        return f"{letters(self.column)}{self.row}"


@dataclass(slots=True)
class XSheet:
    """A sheet with its filled cells in reading order. ``state``: visible, hidden, veryHidden."""

    title: str
    state: str
    part: str
    cells: list[XCell] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    printed: list[str] = field(default_factory=list)
    """Heads and feet of the printed page."""
    hints: list[str] = field(default_factory=list)
    """What a cell says when it is entered."""


def sheets(archive: zipfile.ZipFile, limits: Limits) -> Iterator[XSheet]:
    """One sheet after the other. Raises ``RedactionError``, ``DraftingError``."""
    book = parse_xml(read_part(archive, _BOOK, limits))
    related = relations(archive, _BOOK, limits)
    strings = _shared(archive, limits)
    names = set(archive.namelist())
    count = 0
    for each in within(book, "sheet"):
        relation = related.get(attribute(each, "id"))
        for key, value in each.attrib.items():  # both `sheetId` and `r:id` end in id
            if str(key).endswith("}id"):
                relation = related.get(str(value))
        if relation is None or relation.external or relation.target not in names:
            continue
        sheet = XSheet(attribute(each, "name"), attribute(each, "state") or "visible", relation.target)
        _fill(sheet, parse_xml(read_part(archive, relation.target, limits)), strings)
        count += len(sheet.cells)
        if count > _MOST_CELLS:
            raise DraftingError("too_complex", f"表格超过{_MOST_CELLS // 10000}万个单元格。")
        yield sheet


def _shared(archive: zipfile.ZipFile, limits: Limits) -> list[str]:
    root = xml_part(archive, "xl/sharedStrings.xml", limits)
    return [rich_text(each) for each in children(root, "si")]


def rich_text(element: Element) -> str:
    """All <t> below, without the readings of phonetic guides."""
    if len(element) == 1 and not len(element[0]):
        return element[0].text or ""
    return "".join(
        part.text or ""
        for part in element.iter()
        if name_of(part) == "t" and not any(name_of(up) == "rPh" for up in part.iterancestors())
    )


def _fill(sheet: XSheet, root: Element, strings: list[str]) -> None:
    for held in within(child(root, "cols"), "col"):
        if attribute(held, "hidden") not in _OFF or attribute(held, "width") == "0":
            first, last = whole(attribute(held, "min"), 1), whole(attribute(held, "max"), 1)
            sheet.hidden_columns |= set(range(max(first, 1), min(last, _LAST_COLUMN) + 1))
    all_hidden = attribute(child(root, "sheetFormatPr"), "zeroHeight") not in _OFF
    sheet.printed += [_SIGNS.sub(" ", each.text or "") for each in _parts(root, "headerFooter")]
    for each in _parts(root, "dataValidations"):
        sheet.hints += [said for name in ("prompt", "error") if (said := attribute(each, name))]
    number = 0
    for row in children(child(root, "sheetData"), "row"):
        number = whole(row.get("r") or "", number + 1)
        hides = row.get("hidden", "") not in _OFF or row.get("ht") == "0"
        if hides or (all_hidden and row.get("hidden") is None and row.get("ht") is None):
            sheet.hidden_rows.add(number)
        _row(sheet, row, number, strings)


def _parts(root: Element, name: str) -> list[Element]:
    found = child(root, name)
    return [] if found is None else list(found)


def _row(sheet: XSheet, row: Element, number: int, strings: list[str]) -> None:
    column = 0
    for cell in row:
        place = _PLACE.match(cell.get("r") or "")
        column = index(place[1]) if place else column + 1
        text = _value(cell, strings)
        if text.strip():
            hidden = number in sheet.hidden_rows or column in sheet.hidden_columns
            sheet.cells.append(XCell(number, column, text, hidden, whole(cell.get("s") or "", 0)))


def _value(cell: Element, strings: list[str]) -> str:
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return "".join(rich_text(each) for each in cell)
    text = next((each.text or "" for each in cell if str(each.tag).endswith("}v")), "")
    if kind == "s":
        place = whole(text, -1)
        return strings[place] if 0 <= place < len(strings) else ""
    return plain_number(text) if kind == "n" else text


def plain_number(text: str) -> str:
    """A stored number in full: 1.3800138E10 is 13800138000."""
    if "E" not in text and "e" not in text and not text.endswith(".0"):
        return text
    try:
        value = Decimal(text)
        return format(value.quantize(Decimal(1)) if value == value.to_integral_value() else value, "f")
    except (InvalidOperation, OverflowError):
        return text


def letters(column: int) -> str:
    """3 is C."""
    said = ""
    while column:
        column, rest = divmod(column - 1, 26)
        said = chr(ord("A") + rest) + said
    return said


def index(name: str) -> int:
    """C is 3."""
    value = 0
    for sign in name:
        value = value * 26 + ord(sign) - ord("A") + 1
    return value
