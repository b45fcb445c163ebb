"""An XLSX before publication: every cell of every sheet, hidden ones first of all."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator

from gongkai.drafting.workbook import XCell, XSheet, letters, sheets
from gongkai.guard.model import Grid, GridCell, Material, Unit
from gongkai.guard.rules import found
from gongkai.redaction.archive import parse_xml, read_part, xml_part
from gongkai.redaction.limits import Limits
from gongkai.redaction.ooxml import Element, attribute, child, children, within
from gongkai.redaction.xlsx_values import is_blanking

_LISTED = 8


def add_xlsx(material: Material, archive: zipfile.ZipFile, limits: Limits, place: str) -> None:
    """Raises ``DraftingError``, ``RedactionError``."""
    unseen = _unseen_styles(archive, limits)
    for sheet in sheets(archive, limits):
        where = f"{place}工作表“{sheet.title}”"
        cells = [GridCell(c.row, c.column, c.text, f"{where}{c.name}{_said(c)}") for c in sheet.cells]
        material.grids.append(Grid(where, cells))
        _hidden(material, sheet, where)
        white = [cell for cell in sheet.cells if cell.style in unseen and not cell.hidden]
        if white:
            _add(material, "hidden.text", where, "看不见的单元格", [cell.name for cell in white])
        material.units += [Unit(text, f"{where}打印页眉页脚") for text in sheet.printed]
        material.units += [Unit(text, f"{where}数据有效性提示") for text in sheet.hints]
    for name in sorted(archive.namelist()):
        if name.startswith("xl/drawings/") and name.endswith(".xml"):
            root = parse_xml(read_part(archive, name, limits))
            texts = ("".join(t.text or "" for t in within(p, "t")) for p in within(root, "p"))
            material.units += [Unit(text, f"{place}工作表里的图形") for text in texts if text.strip()]


def _said(cell: XCell) -> str:
    return "（隐藏）" if cell.hidden else ""


def _hidden(material: Material, sheet: XSheet, where: str) -> None:
    if sheet.state != "visible" and sheet.cells:
        how = "深度隐藏" if sheet.state == "veryHidden" else "隐藏"
        material.findings.append(
            found(
                "hidden.sheets", where, key=sheet.title, container=material.container,
                message=f"有{how}的工作表“{sheet.title}”（{len(sheet.cells)}个单元格）",
            )
        )  # fmt: skip
    rows = sorted({cell.row for cell in sheet.cells if cell.row in sheet.hidden_rows})
    columns = sorted({cell.column for cell in sheet.cells if cell.column in sheet.hidden_columns})
    if rows:
        _add(material, "hidden.rows", where, "有内容的隐藏行", [str(row) for row in rows])
    if columns:
        _add(material, "hidden.columns", where, "有内容的隐藏列", [letters(column) for column in columns])


def _add(material: Material, rule: str, where: str, what: str, names: list[str]) -> None:
    listed = "、".join(names[:_LISTED]) + ("等" if len(names) > _LISTED else "")
    message = f"{what}{len(names)}处（{listed}）"
    material.findings.append(
        found(rule, where, key=",".join(names), container=material.container, message=message)
    )


def _unseen_styles(archive: zipfile.ZipFile, limits: Limits) -> frozenset[int]:
    """Cell styles with white letters on nothing, or a format that shows nothing."""
    root = xml_part(archive, "xl/styles.xml", limits)
    fonts = [_is_white(each) for each in children(child(root, "fonts"), "font")]
    fills = [
        attribute(child(each, "patternFill"), "patternType") not in {"", "none"}
        for each in children(child(root, "fills"), "fill")
    ]
    blank = {
        attribute(each, "numFmtId")
        for each in children(child(root, "numFmts"), "numFmt")
        if is_blanking(attribute(each, "formatCode"))
    }
    return frozenset(_numbers(root, fonts, fills, blank))


def _numbers(root: Element | None, fonts: list[bool], fills: list[bool], blank: set[str]) -> Iterator[int]:
    for number, style in enumerate(children(child(root, "cellXfs"), "xf")):
        white = _at(fonts, attribute(style, "fontId")) and not _at(fills, attribute(style, "fillId"))
        if white or attribute(style, "numFmtId") in blank:
            yield number


def _at(every: list[bool], number: str) -> bool:
    return number.isdigit() and int(number) < len(every) and every[int(number)]


def _is_white(font: Element) -> bool:
    colour = child(font, "color")
    if colour is None:
        return False
    if attribute(colour, "theme") == "0":
        return not attribute(colour, "tint")
    return attribute(colour, "rgb").upper().endswith("FFFFFF")
