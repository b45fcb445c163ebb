"""Table 3 laid on its side: a row for each kind of applicant, a column for each result."""

from __future__ import annotations

from collections.abc import Iterable

from gongkai.reports.reading.document import Grid, Row, Slot
from gongkai.reports.reading.labels import COLUMN_ORDER, match_applicant, match_row
from gongkai.reports.reading.numbers import kind

FEWEST_RESULTS = 10
"""So many columns named after rows of the form make a table a turned one."""


def upright(grids: Iterable[Grid]) -> list[Grid]:
    """The grids, turned ones set upright."""
    return [_upright(grid) or grid for grid in grids]


def _upright(grid: Grid) -> Grid | None:
    """The grid with the rows of the form as rows; ``None`` when it is not a turned table 3."""
    lines = {key: row for row in grid.rows if (key := _applicant(row))}
    if set(lines) != set(COLUMN_ORDER):
        return None
    first = min(grid.rows.index(row) for row in lines.values())
    heads = [slot for row in grid.rows[:first] for slot in row.slots if match_row(slot.text)]
    if len(heads) < FEWEST_RESULTS:
        return None
    names = [Slot(name, float(n + 1), float(n + 2)) for n, name in enumerate(_NAMES)]
    rows = [Row((Slot("", 0.0, 1.0), *names))]
    rows += [Row((Slot(head.text, 0.0, 1.0, head.place), *_column(head, lines))) for head in heads]
    return Grid(tuple(rows), grid.place, grid.loose)


def _applicant(row: Row) -> str:
    """The kind of applicant a row of numbers is for."""
    words = [slot for slot in row.slots if kind(slot.text) == "text"]
    return match_applicant(words[-1].text) if words and len(row.slots) > FEWEST_RESULTS else ""


def _column(head: Slot, lines: dict[str, Row]) -> list[Slot]:
    """The cells below a heading, in the form's order of applicants."""
    cells = []
    for number, key in enumerate(COLUMN_ORDER, start=1):
        slots = lines[key].slots
        best = max(slots, key=lambda slot: min(slot.x1, head.x1) - max(slot.x0, head.x0))
        cells.append(Slot(best.text, float(number), float(number + 1), best.place))
    return cells


_NAMES = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
