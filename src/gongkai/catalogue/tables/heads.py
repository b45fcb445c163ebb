"""Finding the head of a catalogue's table: one line or two, in any order, and what each column is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.catalogue.tables.rows import ASPECTS

LOOKED_THROUGH = 20  # rows in which the head must begin
NEEDED = {
    "level1": "公开事项（一级事项）",
    "level2": "公开事项（二级事项）",
    "content": "公开内容（要素）",
    "basis": "公开依据",
    "time_limit": "公开时限",
    "publisher": "公开主体",
    "channels": "公开渠道和载体",
    "audience": "公开对象",
    "method": "公开方式",
    "level": "公开层级",
}
PARTS = ("audience", "method", "level")
"""May be one column with words, or one column a choice with ticks: ``audience.0`` and ``audience.1``."""

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True)
class Head:
    """Where the table begins and what its columns are: role to column, counted from 0."""

    first_row: int
    """The first row below the head, counted from 0."""
    columns: dict[str, int]
    labels: dict[int, str]

    def has(self, role: str) -> bool:
        """Whether there is such a column, as words or as ticks."""
        return role in self.columns or f"{role}.0" in self.columns or f"{role}.1" in self.columns

    @property
    def missing(self) -> list[str]:
        """Columns a catalogue cannot be without, as the official table names them."""
        return [label for role, label in NEEDED.items() if not self.has(role)]

    def repeats(self, cells: Sequence[str]) -> bool:
        """Whether a row is the head once more, as on every printed page."""
        names = {_squeezed(cells[self.columns[role]]) for role in ("level1", "level2")}
        content = self.columns["content"]
        return _squeezed(cells[content]) == self.labels[content] or names == {"一级事项", "二级事项"}


def find_head(grid: Lines) -> Head | None:
    """The head of the table; None where no row names 公开内容 and the items."""
    for number, row in enumerate(grid[:LOOKED_THROUGH]):
        squeezed = [_squeezed(cell) for cell in row]
        if any("公开内容" in cell for cell in squeezed) and any("事项" in cell for cell in squeezed):
            return _head(grid, number)
    return None


def _squeezed(cell: str) -> str:
    return "".join(cell.split()).replace("(", "（").replace(")", "）")


def _head(grid: Lines, number: int) -> Head:
    top = _carried([_squeezed(cell) for cell in grid[number]])
    following = [_squeezed(cell) for cell in grid[number + 1]] if number + 1 < len(grid) else []
    below = following if _is_second_line(following, top) else [""] * len(top)
    below += [""] * (len(top) - len(below))
    columns: dict[str, int] = {}
    labels: dict[int, str] = {}
    for column, (upper, lower) in enumerate(zip(top, below, strict=False)):
        lower = "" if lower == upper else lower  # noqa: PLW2901 - a cell merged over both lines
        labels[column] = f"{upper}（{lower}）" if lower else upper
        role = _role(upper, lower)
        if role and role not in columns:
            columns[role] = column
    return Head(number + (2 if following and below[: len(following)] == following else 1), columns, labels)


def _carried(cells: list[str]) -> list[str]:
    """A heading above several columns that are not merged stands for all of them."""
    found, last = [], ""
    for cell in cells:
        last = cell or last
        found.append(last)
    return found


def _is_second_line(cells: list[str], top: list[str]) -> bool:
    """Whether the row names choices of the headings above it; below 公开内容 it says nothing new, an item does."""
    words = {"一级事项", "二级事项", "全社会", "主动", "县级", "决策"}
    content = next(place for place, label in enumerate(top) if "公开内容" in label)
    below = cells[content] if content < len(cells) else ""
    return below in {"", top[content]} and any(word in cell for cell in cells for word in words)


def _role(upper: str, lower: str) -> str:
    """What a column is; empty for one that is none of ours."""
    both = f"{upper}{lower}"
    for role, word in (("level1", "一级事项"), ("level2", "二级事项")):
        if word in (lower or upper) and not (not lower and "一级事项" in upper and "二级事项" in upper):
            return role
    if "序号" in both or both == "编号":
        return "number"
    for role, word in (
        ("content", "公开内容"),
        ("basis", "公开依据"),
        ("time_limit", "公开时限"),
        ("publisher", "公开主体"),
        ("channels", "公开渠道"),
    ):
        if word in upper:
            return role
    return _choice(upper, lower) or _own(both)


def _choice(upper: str, lower: str) -> str:
    if "公开对象" in upper:
        return _part("audience", lower, "全社会", ("特定",))
    if "公开方式" in upper:
        return _part("method", lower, "主动", ("依申请",))
    if "公开层级" in upper:
        return _part("level", lower, "县", ("乡", "镇", "村"))
    if "五公开" in upper or any(one in upper for one in ASPECTS):
        for position, one in enumerate(ASPECTS):
            if one[:2] in (lower or upper):
                return f"aspects.{position}"
        return "aspects"
    return ""


def _part(role: str, lower: str, first: str, second: tuple[str, ...]) -> str:
    if not lower or (first in lower and any(word in lower for word in second)):
        return role
    if any(word in lower for word in second):
        return f"{role}.1"
    return f"{role}.0" if first in lower else ""


def _own(both: str) -> str:
    if "未涉及" in both:
        return "not_applicable"
    if "责任" in both and any(word in both for word in ("机构", "科室", "股室", "单位", "部门")):
        return "unit"
    return ""
