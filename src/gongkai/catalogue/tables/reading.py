"""Reading the usual Excel table of a catalogue: merged cells, ticks, boxes; every wrong cell is named with its place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from gongkai.catalogue.tables.heads import NEEDED, Head, find_head
from gongkai.catalogue.tables.opening import COLUMN_LIMIT, ROW_LIMIT, open_workbook
from gongkai.catalogue.tables.rows import (
    ASPECTS,
    COUNTY,
    LABELS,
    LIMITS,
    ON_REQUEST,
    PROACTIVE,
    TOWNSHIP,
    Row,
    audience,
    canonical,
    lines,
    one_line,
)
from gongkai.core.errors import Obstacle, RefusedError, refuse_if

TICKS = frozenset("√✓✔☑■●✅vV\uf0fc\uf0fe\uf050\uf052")
"""The last ones are the ticks and ticked boxes of Wingdings, as spreadsheets keep them."""
CROSSES = frozenset("□☐×✗✘xX-—/无否")
FULL, EMPTY = "■☑✔✓√▣☒●\uf0fe\uf052", "□☐○\uf0a8\uf06f"
_BARE_TICK = re.compile("[✔✓√\uf0fc\uf050]")
"""Without any box: what is not ticked is not chosen."""
_BOX = re.compile(f"([{FULL}{EMPTY}])\\s*([^{FULL}{EMPTY}]*)")
_ESCAPED = re.compile(r"_x005F_(?=x[0-9A-Fa-f]{4}_)")
_LIST = re.compile(r"[\n；;，,、]+")
_FOOTNOTES = ("注：", "注:", "备注：", "备注:", "说明：", "说明:", "填表说明", "填报说明")
MOST_TOLD = 100  # wrong cells named at once


@dataclass(frozen=True)
class Table:
    """What was read: the title above the table, and its rows."""

    title: str
    rows: tuple[Row, ...]


class _WrongError(ValueError):
    """A cell that cannot be understood: message, remedy."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.remedy = remedy


def read_table(content: bytes) -> Table:
    """The catalogue in an XLSX file. Raises ``RefusedError`` naming the row and column of every wrong cell."""
    book = open_workbook(content)
    grids = [_grid(sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    found = [(grid, head) for grid in grids if (head := find_head(grid)) is not None]
    if not found:
        message = "没有找到目录的表头"
        remedy = f"表头应有{'、'.join(NEEDED.values())}各栏；可先导出本机关目录作为模板"
        raise RefusedError([Obstacle("no_head", message, remedy, "file")])
    grid, head = found[0]
    if head.missing:
        message = f"表头缺少：{'、'.join(head.missing)}"
        raise RefusedError([Obstacle("headings", message, "请补上这些栏目后重新上传", "file")])
    title = next((one_line(cell) for row in grid[: head.first_row] for cell in row if cell.strip()), "")
    return Table("" if "公开" in title and "事项" in title and len(title) < 8 else title, _rows(grid, head))  # noqa: PLR2004


def _grid(sheet: Worksheet) -> list[list[str]]:
    """The cells as text; a merged cell's text stands in all of them. Raises ``RefusedError`` beyond the limits."""
    grid = [
        [_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True, max_col=_columns(sheet))
    ]
    while grid and not any(grid[-1]):
        grid.pop()
    if len(grid) > ROW_LIMIT:
        message = f"工作表“{sheet.title}”超过{ROW_LIMIT}行"
        raise RefusedError([Obstacle("too_many", message, "请分领域导入", "file")])
    for merged in sheet.merged_cells.ranges:
        for row in range(merged.min_row - 1, min(merged.max_row, len(grid))):
            for column in range(merged.min_col - 1, min(merged.max_col, len(grid[row]))):
                grid[row][column] = grid[merged.min_row - 1][merged.min_col - 1]
    return grid


def _columns(sheet: Worksheet) -> int:
    return max(1, min(sheet.max_column or 1, COLUMN_LIMIT))


def _text(cell: Any) -> str:
    if cell is None or isinstance(cell, bool):
        return "√" if cell is True else ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime):
        return f"{cell:%Y-%m-%d}"
    return _ESCAPED.sub("_", str(cell)).replace("_x000D_", "").strip()


def _rows(grid: list[list[str]], head: Head) -> tuple[Row, ...]:
    found: list[Row] = []
    wrong: list[Obstacle] = []
    places: dict[tuple[str, str], int] = {}
    for number, cells in _lines(grid, head):
        reader = _Line(number, cells, head)
        row = reader.row()
        if row is not None and row.key in places:
            reader.note("level2", f"与第{places[row.key]}行是同一事项", "请删去重复的一行")
        elif row is not None:
            places[row.key] = number
            found.append(row)
        wrong += reader.problems
    if len(wrong) > MOST_TOLD:
        more = Obstacle("more", f"另有{len(wrong) - MOST_TOLD}处错误未列出", "请先改正以上各处", "file")
        wrong = [*wrong[:MOST_TOLD], more]
    refuse_if(wrong)
    if not found:
        raise RefusedError([Obstacle("no_rows", "表头下面没有事项", "请填写后重新上传", "file")])
    return tuple(found)


def _lines(grid: list[list[str]], head: Head) -> Iterator[tuple[int, list[str]]]:
    """Rows below the head with their number in the file; blank rows, footnotes and repeated heads are passed over.

    A first-level item that stands only in the first of its rows is carried down.
    """
    column = head.columns["level1"]
    carried = ""
    for number, cells in enumerate(grid[head.first_row :], start=head.first_row + 1):
        filled = [cell for cell in cells if cell]
        if not filled or head.repeats(cells) or filled[0].startswith(_FOOTNOTES):
            continue
        carried = cells[column] or carried
        yield number, [*cells[:column], carried, *cells[column + 1 :]]


class _Line:
    """One row on its way to an item; what is wrong with it is collected with its place."""

    def __init__(self, number: int, cells: list[str], head: Head) -> None:
        self.number, self.cells, self.head = number, cells, head
        self.problems: list[Obstacle] = []

    def note(self, role: str, message: str, remedy: str) -> None:
        """Something wrong in a cell, by row and column."""
        column = next(
            (place for key, place in self.head.columns.items() if key.partition(".")[0] == role), None
        )
        letter = f"{get_column_letter(column + 1)}列" if column is not None else ""
        place = f"第{self.number}行{letter}（{LABELS.get(role, role)}）"
        self.problems.append(Obstacle(f"cell_{role}", f"{place}：{message}", remedy, "file"))

    def row(self) -> Row | None:
        """The item, or None when it has no name."""
        row = canonical(
            Row(
                level1=self._cell("level1"),
                level2=self._cell("level2"),
                content=lines(self._cell("content")),
                basis=lines(self._cell("basis")),
                time_limit=self._cell("time_limit"),
                publisher=self._cell("publisher"),
                channels=self._channels(),
                audience=self._told("audience", self._audience),
                method=self._told("method", lambda: self._ticked("method", PROACTIVE, ON_REQUEST)),
                level=self._told("level", lambda: self._ticked("level", COUNTY, TOWNSHIP)),
                aspects=self._aspects(),
                unit=self._cell("unit"),
                not_applicable=self._cell("not_applicable"),
            )
        )
        self._check(row)
        return row if row.level1 and row.level2 else None

    def _cell(self, role: str) -> str:
        column = self.head.columns.get(role)
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def _told(self, role: str, read: Any) -> str:
        try:
            return str(read())
        except _WrongError as wrong:
            self.note(role, str(wrong), wrong.remedy)
            return ""

    def _check(self, row: Row) -> None:
        for role in ("level1", "level2", "content", "time_limit", "publisher"):
            if not getattr(row, role):
                self.note(role, f"{LABELS[role]}为空", "请填写")
        for role, limit in LIMITS.items():
            if len(getattr(row, role)) > limit:
                self.note(role, f"{LABELS[role]}超过{limit}个字", "请缩短")
        wrong = {problem.code for problem in self.problems}
        if not row.channels and "cell_channels" not in wrong:
            self.note("channels", "没有选中任何公开渠道", "请在选用的渠道前打■")
        for role in ("audience", "method", "level"):
            if not getattr(row, role) and f"cell_{role}" not in wrong:
                self.note(role, f"{LABELS[role]}没有打√", "请在选用的一栏打√")

    def _channels(self) -> tuple[str, ...]:
        """Boxes in one cell, filled and empty; without boxes a plain list."""
        text = self._cell("channels")
        marked = _BOX.findall(text)
        if _BARE_TICK.search(text) and not set(_BARE_TICK.sub("", text)) & set(FULL + EMPTY):
            ticked = (one for one in _LIST.split(text) if _BARE_TICK.search(one))
            return tuple(filter(None, (one_line(_BARE_TICK.sub(" ", one)) for one in ticked)))
        if not marked:
            return tuple(filter(None, (one_line(one) for one in _LIST.split(text))))
        if _BOX.split(text)[0].strip():
            self.note("channels", "有的渠道前没有方框", "每个渠道前应有■或□")
        return tuple(one_line(words) for box, words in marked if box in FULL and one_line(words))

    def _mark(self, key: str) -> bool:
        text = self._cell(key)
        if not text or set(text) <= CROSSES:
            return False
        if set(text) <= TICKS or text == "是":
            return True
        message = f"“{text[:20]}”不是√也不是空白"
        raise _WrongError(message, "选用的打√，不选用的留空")

    def _ticked(self, role: str, first: str, second: str) -> str:
        if role in self.head.columns:
            text = self._cell(role)
            known = [
                one for one in (first, second) if one.removesuffix("公开")[:3] in text or one[:1] in text
            ]
            if text and not known:
                message = f"不认识“{text[:20]}”"
                raise _WrongError(message, f"应为{first}、{second}")
            return "、".join(known)
        chosen = [one for place, one in enumerate((first, second)) if self._mark(f"{role}.{place}")]
        return "、".join(chosen)

    def _audience(self) -> str:
        if "audience" in self.head.columns:
            return self._cell("audience")
        text = self._cell("audience.1")
        marked = bool(text) and (set(text) <= TICKS or text == "是")
        group = "" if marked else None if not text or set(text) <= CROSSES else one_line(text)
        return audience(everybody=self._mark("audience.0"), group=group)

    def _aspects(self) -> tuple[str, ...]:
        if "aspects" in self.head.columns:
            text = self._cell("aspects")
            return tuple(one for one in ASPECTS if one[:2] in text)
        found = []
        for place, one in enumerate(ASPECTS):
            try:
                if self._mark(f"aspects.{place}"):
                    found.append(one)
            except _WrongError as wrong:
                self.note("aspects", str(wrong), wrong.remedy)
        return tuple(found)
