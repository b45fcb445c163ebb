"""Read counts of decisions (办件统计) out of a spreadsheet or a CSV file, as a business system exports them.

The first row names the columns. A row that cannot be understood is named with its place; nothing is half done.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, RefusedError, refuse_if
from gongkai.ledgers.acts import TallyRow, import_tallies
from gongkai.ledgers.models import Matter, MatterKind, Tally
from gongkai.organisations.models import Body

MATTER, FIRST_DAY, LAST_DAY, COUNT = "事项名称", "期间起", "期间止", "处理决定数量"
KIND, SOURCE = "类别", "数据来源"
REQUIRED = (MATTER, FIRST_DAY, LAST_DAY, COUNT)
ROW_LIMIT = 20_000
DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
ENCODINGS = ("utf-8-sig", "gb18030")
ZIP_MAGIC = b"PK\x03\x04"

Line = tuple[int, dict[str, Any]]


def import_tally_file(
    *, body: Body, content: bytes, actor: Actor, source: str = "", amendment: str = ""
) -> list[Tally]:
    """Record the counts in a file, all or none. Raises ``RefusedError`` naming every wrong row."""
    rows = read_tally_file(body=body, content=content, source=source)
    return import_tallies(body=body, rows=rows, actor=actor, amendment=amendment)


def read_tally_file(*, body: Body, content: bytes, source: str = "") -> list[TallyRow]:
    """The rows of a file with their matters found by name. Raises ``RefusedError`` naming every wrong row."""
    lines = _lines(_xlsx_rows(content) if content.startswith(ZIP_MAGIC) else _csv_rows(content))
    matters = _matters(body)
    rows: list[TallyRow] = []
    obstacles: list[Obstacle] = []
    for number, line in lines:
        found = _row(number, line, matters, source)
        if isinstance(found, TallyRow):
            rows.append(found)
        else:
            obstacles += found
    refuse_if(obstacles)
    return rows


def _refuse(code: str, message: str, remedy: str) -> RefusedError:
    return RefusedError([Obstacle(code, message, remedy, "file")])


def _xlsx_rows(content: bytes) -> Iterator[Sequence[Any]]:
    try:
        workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise _refuse("unreadable", "文件不是有效的XLSX表格", "请用表格软件另存为XLSX后重试") from error
    try:
        sheet = workbook.worksheets[0]
        yield from sheet.iter_rows(values_only=True, max_row=ROW_LIMIT + 2)
    finally:
        workbook.close()


def _csv_rows(content: bytes) -> Iterator[Sequence[Any]]:
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield from csv.reader(io.StringIO(text))
        return
    raise _refuse("encoding", "文件编码无法识别", "请另存为UTF-8编码的CSV或XLSX后重试")


def _lines(rows: Iterable[Sequence[Any]]) -> Iterator[Line]:
    """The rows below the headings as mappings, with their row number in the file; blank rows are passed over."""
    iterator = iter(rows)
    headings = [_heading(cell) for cell in next(iterator, ())]
    missing = [name for name in REQUIRED if name not in headings]
    if missing:
        message = f"表头缺少：{'、'.join(missing)}"
        raise _refuse("headings", message, f"第一行应依次写明{'、'.join(REQUIRED)}，可加“{KIND}”“{SOURCE}”")
    for number, row in enumerate(iterator, start=2):
        if number > ROW_LIMIT + 1:
            raise _refuse("too_many", f"超过{ROW_LIMIT}行", "请分批导入")
        if any(_text(cell) for cell in row):
            yield number, dict(zip(headings, row, strict=False))


def _heading(cell: Any) -> str:
    """A heading without blanks and without the unit in brackets, e.g. 处理决定数量（件）."""
    return "".join(_text(cell).split()).split("（")[0].split("(")[0]


def _text(cell: Any) -> str:
    return "" if cell is None else str(cell).strip()


def _matters(body: Body) -> dict[tuple[str, str], list[Matter]]:
    """The body's matters by name, and by kind and name."""
    found: dict[tuple[str, str], list[Matter]] = {}
    for matter in Matter.objects.filter(body=body).select_related("body"):
        for kind in ("", matter.get_kind_display(), matter.kind):
            found.setdefault((kind, matter.name), []).append(matter)
    return found


def _row(
    number: int, line: dict[str, Any], matters: dict[tuple[str, str], list[Matter]], source: str
) -> TallyRow | list[Obstacle]:
    place = f"第{number}行"
    obstacles: list[Obstacle] = []

    def note(code: str, message: str, remedy: str, field: str) -> None:
        obstacles.append(Obstacle(code, f"{place}：{message}", remedy, field))

    name, kind = _text(line.get(MATTER)), _text(line.get(KIND))
    first_day, last_day = _date(line.get(FIRST_DAY)), _date(line.get(LAST_DAY))
    count = _count(line.get(COUNT))
    candidates = matters.get((kind, name), [])
    matter = _on_list(candidates, first_day)
    if not candidates:
        note(
            "matter",
            f"没有找到事项“{name}”{f'（{kind}）' if kind else ''}",
            "请先登记事项，或核对名称",
            MATTER,
        )
    elif matter is None:
        kinds = "、".join(sorted({MatterKind(found.kind).label for found in candidates}))
        note("ambiguous", f"有多个名为“{name}”的事项（{kinds}）", f"请增加“{KIND}”一列", MATTER)
    for label, value in ((FIRST_DAY, first_day), (LAST_DAY, last_day)):
        if value is None:
            note("date", f"{label}“{_text(line.get(label))}”不是日期", "请写成2024-01-31的样子", label)
    if count is None:
        note("count", f"{COUNT}“{_text(line.get(COUNT))}”不是整数", "没有办件请写0", COUNT)
    if obstacles or matter is None or first_day is None or last_day is None or count is None:
        return obstacles
    return TallyRow(
        matter=matter,
        first_day=first_day,
        last_day=last_day,
        count=count,
        source=_text(line.get(SOURCE)) or source,
        place=place,
    )


def _on_list(candidates: list[Matter], on: dt.date | None) -> Matter | None:
    """The one candidate, or the one that was on the list on the day; ``None`` when that is not one."""
    if len(candidates) == 1:
        return candidates[0]
    listed = [m for m in candidates if on and m.since <= on and (m.until is None or on <= m.until)]
    return listed[0] if len(listed) == 1 else None


def _date(cell: Any) -> dt.date | None:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    text = _text(cell)
    for pattern in DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    return None


def _count(cell: Any) -> int | None:
    """A whole number, also as ``12.0`` from a spreadsheet or ``1,234``; a blank is no number and never zero."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        return int(cell) if cell == int(cell) else None
    text = _text(cell).replace(",", "").replace("，", "")
    return int(text) if text.isascii() and text.isdigit() else None
