"""Opening a spreadsheet somebody sent: only a small, whole XLSX; anything else is refused with what to do.

A spreadsheet is an archive of XML, and both can be made to burst: sizes are asked before anything is unpacked, and
merged cells are measured before the library lays each of them out.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import IO
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook

from gongkai.core.errors import Obstacle, RefusedError

FILE_LIMIT = 5 * 1024 * 1024
UNPACKED_LIMIT = 40 * 1024 * 1024
ROW_LIMIT = 3000
COLUMN_LIMIT = 60
CELL_LIMIT = 200_000
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ZIP_MAGIC = b"PK\x03\x04"
_RANGE = re.compile(r"^\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?$")


def _refuse(code: str, message: str, remedy: str) -> RefusedError:
    return RefusedError([Obstacle(code, message, remedy, "file")])


def open_workbook(content: bytes) -> Workbook:
    """The workbook in memory. Raises ``RefusedError`` for whatever is no small XLSX."""
    if not content:
        raise _refuse("empty_file", "文件是空的", "请重新选择文件")
    if len(content) > FILE_LIMIT:
        raise _refuse(
            "too_large", f"文件超过{FILE_LIMIT // 1024 // 1024}MB", "请删去图片和多余的工作表后重试"
        )
    if content.startswith(OLD_OFFICE):
        message = "这是旧版XLS文件，或者是加了密码的文件"
        raise _refuse("old_format", message, "请用表格软件另存为不带密码的XLSX后重试")
    if not content.startswith(ZIP_MAGIC):
        raise _refuse("not_xlsx", "文件不是XLSX表格", "请选择扩展名为.xlsx的表格，或者另存为XLSX")
    try:
        _measure(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and styles the library does not keep
            return load_workbook(io.BytesIO(content), data_only=True)
    except RefusedError:
        raise
    except DefusedXmlException as error:
        raise _refuse("hostile", "文件中含有不允许的XML内容", "请用表格软件重新另存为XLSX") from error
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        ParseError,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _refuse("broken", "文件已损坏，无法打开", "请用表格软件打开后另存为XLSX再试") from error


def _measure(content: bytes) -> None:
    """Refuse what would not fit into memory, before it is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if sum(one.file_size for one in archive.infolist()) > UNPACKED_LIMIT:
            raise _refuse("too_large", "文件展开后过大", "请只保留目录所在的工作表")
        names = [one for one in archive.namelist() if re.search(r"worksheets/[^/]+\.xml$", one)]
        if not names or "[Content_Types].xml" not in archive.namelist():
            raise _refuse("not_xlsx", "文件里没有工作表", "请选择XLSX表格")
        for name in names:
            with archive.open(name) as sheet:
                _measure_sheet(sheet)


def _measure_sheet(sheet: IO[bytes]) -> None:
    cells, merged = 0, 0
    for _, element in iterparse(sheet, events=("end",), forbid_dtd=True):
        tag = str(element.tag).rpartition("}")[2]
        if tag == "c":
            cells += 1
        elif tag == "mergeCell":
            merged += _area(element.get("ref", ""))
        element.clear()
        if cells > CELL_LIMIT or merged > CELL_LIMIT:
            raise _refuse("too_many_cells", "工作表的单元格过多", f"目录最多{ROW_LIMIT}行、{COLUMN_LIMIT}列")


def _area(reference: str) -> int:
    """How many cells a merged range spans; what is no range counts as too many."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        return CELL_LIMIT + 1
    left, top, right, bottom = found[1], found[2], found[3] or found[1], found[4] or found[2]
    wide = column_index_from_string(right) - column_index_from_string(left) + 1
    return max(wide, 1) * max(int(bottom) - int(top) + 1, 1)
