"""A table, read row by row: CSV in UTF-8 or GB 18030, or XLSX. Nothing is held in memory but the row."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import io
import itertools
import warnings
import zipfile
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl import load_workbook

from gongkai.disclosure.importing.errors import unreadable
from gongkai.disclosure.importing.headings import LABELS, NEEDED, SEARCHED, Head, find_head
from gongkai.disclosure.importing.row import Raw

MOST_ROWS = 1_000_000
LARGEST_CELL = 5_000_000  # characters; no document is longer
UNPACKED_LIMIT = 2 * 1024**3
COLUMN_LIMIT = 200
PIECE = 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK\x03\x04"
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BROKEN = (
    zipfile.BadZipFile, ParseError, KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError,
    NotImplementedError, RuntimeError,
)  # fmt: skip
"""What a damaged workbook makes the library raise."""

Lines = Generator[tuple[int, list[str]], None, None]


@dataclass
class Table:
    """The headings and the rows under them."""

    head: Head
    rows: Iterator[Raw]


@contextmanager
def opened(file: IO[bytes], mapping: Mapping[str, str]) -> Iterator[Table]:
    """The table in a file that can be wound back. Raises ``RefusedError``: no table, no headings, damaged."""
    csv.field_size_limit(LARGEST_CELL)
    start = file.read(4)
    file.seek(0)
    if not start:
        raise unreadable("empty_file", "文件是空的", "请重新选择文件")
    if start.startswith(_OLD_OFFICE):
        raise unreadable(
            "old_format", "这是旧版XLS文件，或者是加了密码的文件", "请另存为不带密码的XLSX或者CSV"
        )
    lines = _of_workbook(file) if start.startswith(_ZIP) else _of_csv(file)
    try:
        yield _table(lines, mapping)
    finally:
        lines.close()


def _table(lines: Iterator[tuple[int, list[str]]], mapping: Mapping[str, str]) -> Table:
    for number, cells in itertools.islice(lines, SEARCHED):
        head = find_head(number, cells, mapping)
        if head is None:
            continue
        if head.missing:
            message = f"表头缺少：{'、'.join(head.missing)}"
            raise unreadable("headings", message, "请补上这些栏目；也可以指定哪一栏是它")
        return Table(head, _raws(head, lines))
    needed = "、".join(LABELS[name] for name in NEEDED)
    remedy = f"表头应在前{SEARCHED}行内，至少有{needed}两栏；可下载模板填写"
    raise unreadable("no_head", "没有找到表头", remedy)


def _raws(head: Head, lines: Iterable[tuple[int, list[str]]]) -> Iterator[Raw]:
    for count, (number, cells) in enumerate(lines):
        if count >= MOST_ROWS:
            raise unreadable("too_many", f"表格超过{MOST_ROWS // 10000}万行", "请分成几个文件导入")
        found = {
            name: text
            for name, place in head.columns.items()
            if place < len(cells) and (text := cells[place].strip())
        }
        if found:
            yield Raw(number, found)


# CSV ------------------------------------------------------------------------------------------------------


def encoding_of(file: IO[bytes]) -> str:
    """UTF-8 or GB 18030, by reading the whole file once. Raises ``RefusedError`` for neither."""
    if file.read(2) in _UTF_16:
        raise unreadable("encoding", "文件是UTF-16编码", "请另存为“CSV UTF-8”")
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        file.seek(0)
        return encoding
    raise unreadable("encoding", "文件既不是UTF-8也不是GB18030编码的文本", "请另存为“CSV UTF-8”或者XLSX")


def _of_csv(file: IO[bytes]) -> Lines:
    encoding = encoding_of(file)
    with_text = io.TextIOWrapper(file, encoding, newline="")
    try:
        first = with_text.readline(PIECE)
        with_text.seek(0)
        separator = max(",;\t", key=first.count)
        reader = csv.reader(with_text, delimiter=separator, strict=True)
        number = 0
        try:
            for number, cells in enumerate(reader, start=1):
                yield number, cells
        except csv.Error as error:
            message = (
                f"第{number + 1}行不合CSV格式，可能是引号不成对，或者一格超过{LARGEST_CELL // 10000}万字"
            )
            raise unreadable("broken", message, "请改正这一行，或者另存为XLSX") from error
    finally:
        with_text.detach()


# XLSX -----------------------------------------------------------------------------------------------------


def _of_workbook(file: IO[bytes]) -> Lines:
    try:
        _measure(file)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of drawings and styles the library does not keep
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
            sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
            if not sheets:
                raise unreadable("not_xlsx", "文件里没有可见的工作表", "请选择XLSX表格")
            try:
                for number, cells in enumerate(
                    sheets[0].iter_rows(max_col=COLUMN_LIMIT, values_only=True), 1
                ):
                    yield number, [_text(cell) for cell in cells]
            finally:
                book.close()
    except DefusedXmlException as error:
        raise unreadable("hostile", "文件中含有不允许的XML内容", "请用表格软件重新另存为XLSX") from error
    except _BROKEN as error:
        raise unreadable("broken", "文件已损坏，无法读取", "请用表格软件打开后另存为XLSX再试") from error


def _measure(file: IO[bytes]) -> None:
    """Refuse what would burst, and XML that declares entities: a declaration comes before the first element."""
    with zipfile.ZipFile(file) as package:
        parts = package.infolist()
        if sum(one.file_size for one in parts) > UNPACKED_LIMIT:
            raise unreadable("too_large", "文件展开后过大", "请分成几个文件，或者改用CSV")
        if not any(one.filename.startswith("xl/worksheets/") for one in parts):
            raise unreadable(
                "not_xlsx", "文件不是XLSX表格", "附件压缩包请放在“附件”一栏，表格请另存为XLSX或者CSV"
            )
        for one in parts:
            if one.filename.endswith((".xml", ".rels")):
                with package.open(one) as part:
                    next(iter(iterparse(part, events=("start",), forbid_dtd=True)))
    file.seek(0)


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell).replace("_x000D_", "")
