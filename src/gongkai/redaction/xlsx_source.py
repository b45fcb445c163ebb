"""An XLSX as pages: what a reader of the open workbook sees, as tables. Hidden things are reported, never carried over."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.redaction.archive import open_archive, read_part
from gongkai.redaction.docx_source import EPOCH
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import Limits
from gongkai.redaction.model import Finding
from gongkai.redaction.ooxml import package_findings
from gongkai.redaction.typesetting import typeset
from gongkai.redaction.xlsx_sheet import Sheet

_LANDSCAPE = {"width": 841.89, "height": 595.28, "margin": 34.0}
_BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    SyntaxError,
    OverflowError,
    RecursionError,
)


def read(data: bytes, limits: Limits) -> tuple[bytes, tuple[Finding, ...]]:
    """A PDF and what was left behind. Raises ``RedactionError`` (``nothing_to_show``, ``broken_office`` …)."""
    archive = open_archive(data, limits)
    _refuse_entities(archive, limits)
    values, formulas = _workbook(data, values=True), _workbook(data, values=False)
    sheets = [Sheet(each, limits) for each in values.worksheets if each.sheet_state == "visible"]
    _refuse_uncalculated(sheets, formulas)
    blocks = [block for sheet in sheets for block in sheet.blocks()]
    if sum(sheet.shown_cells for sheet in sheets) > limits.cells:
        raise RedactionError("too_complex", f"表格超过{limits.cells}个单元格。")
    if not blocks:
        raise RedactionError("nothing_to_show")
    pdf = typeset("document.typ", {"page": _LANDSCAPE, "blocks": blocks}, {}, at=EPOCH)
    findings = (*package_findings(archive, limits), *_of_workbook(values, formulas, archive))
    return pdf, (*findings, *(finding for sheet in sheets for finding in sheet.findings()))


def _refuse_entities(archive: zipfile.ZipFile, limits: Limits) -> None:
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            data = read_part(archive, name, limits)
            if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
                raise RedactionError("hostile")


def _workbook(data: bytes, *, values: bool) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return openpyxl.load_workbook(io.BytesIO(data), data_only=values)
    except _BROKEN as error:
        raise RedactionError("broken_office") from error


def _refuse_uncalculated(sheets: list[Sheet], formulas: Workbook) -> None:
    """A formula without a stored result would leave a hole."""
    for sheet in sheets:
        for place in sheet.places:
            cell = formulas[sheet.title][place]
            if cell.data_type == "f" and sheet.value(place) is None:
                raise RedactionError(
                    "not_renderable", f"工作表“{sheet.title}”的{place}是没有计算结果的公式。"
                )


def _of_workbook(book: Workbook, formulas: Workbook, archive: zipfile.ZipFile) -> Iterator[Finding]:
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            kind = "隐藏" if sheet.sheet_state == "hidden" else "深度隐藏"
            yield Finding("hidden_sheet", f"{kind}的工作表“{sheet.title}”（{sheet.dimensions}）", "文件")
    if book.chartsheets:
        yield Finding("charts", f"图表工作表{len(book.chartsheets)}张，不呈现", "文件")
    if names := list(book.defined_names):
        yield Finding("defined_names", f"定义的名称{len(names)}个（{'、'.join(names[:5])}）", "文件")
    if any("threadedComment" in name for name in archive.namelist()):
        yield Finding("comments", "会话式批注", "文件")
    count = sum(cell.data_type == "f" for sheet in formulas.worksheets for cell in _cells(sheet))
    if count:
        yield Finding("formulas", f"公式{count}个，只保留结果", "文件")


def _cells(sheet: Worksheet) -> Iterator[Any]:
    for row in list(sheet._cells):  # noqa: SLF001 - iter_rows would walk a million empty rows
        yield sheet._cells[row]  # noqa: SLF001 - as above
