# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Table 2 (主动公开政府信息情况) from grids or from rows read off running text, in either format."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, Column, ReportFormat
from gongkai.reports.reading.align import Aligned, Span, align
from gongkai.reports.reading.document import Grid, Row, Slot
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.labels import heading_key, match_row, match_table2_row
from gongkai.reports.reading.numbers import heading_unit, kind
from gongkai.reports.reading.rows import Record, records
from gongkai.reports.reading.words import core, fold, tidy

ONLY_2019 = frozenset({"made_total", "published", "previous", "change", "count"})
ONLY_2021 = frozenset({"repealed", "in_force"})
COMMON_ROWS = frozenset({"rules", "normdoc", "licence", "penalty", "coercion", "fee"})
ROWS_ONLY_2019 = frozenset({"other_mgmt", "procurement"})


@dataclass(frozen=True)
class Heading:
    """The columns of one part of table 2 as written: key, wording and span of each."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]
    spans: tuple[Span, ...]
    grid: Grid


@dataclass
class Raw:
    """A recognised row before the format is known."""

    key: str
    record: Record
    heading: Heading | None


@dataclass
class Reading:
    """Table 2 as rows, with the votes of its headings and rows for a format."""

    rows: list[Raw] = field(default_factory=list)
    votes: Counter[str] = field(default_factory=Counter)
    strangers: list[Record] = field(default_factory=list)


def is_label(text: str) -> bool:
    """Whether a cell names a row of table 2."""
    return bool(match_table2_row(text))


def scan(grids: Iterable[Grid]) -> Reading:
    """Collect the rows of table 2 from all grids of a document."""
    return scan_records(records(grids, is_label))


def scan_records(rows: Sequence[Record]) -> Reading:
    """Collect the rows of table 2 from rows cut into labels and cells."""
    reading = Reading()
    heading: Heading | None = None
    started = False
    for record in _joined(rows):
        if (other := match_row(record.label)) is not None and not match_table2_row(record.label):
            if other.key == "new" and any(_looks_like_data(raw.record) for raw in reading.rows):
                break
            continue
        if (seen := _heading(record)) is not None:
            heading, started = seen, True
            _vote_heading(reading, seen)
            continue
        key = match_table2_row(record.label)
        if key and record.fields and (started or _looks_like_data(record)):
            empty = [raw for raw in reading.rows if raw.key == key and not _looks_like_data(raw.record)]
            if empty and _looks_like_data(record):
                reading.rows.remove(empty[0])  # a blank form stands before the filled one
            if all(raw.key != key for raw in reading.rows):
                reading.rows.append(Raw(key, record, heading))
                reading.votes["2019"] += 2 * (key in ROWS_ONLY_2019)
                started = True
        elif started and heading is not None and _is_stranger(record, heading):
            reading.strangers.append(record)
    return reading


def _joined(rows: Sequence[Record]) -> list[Record]:
    """Rows that a page break cut in two put together again."""
    joined: list[Record] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and before.grid is not row.grid and _halves(before, row):
            carrier = before if _looks_like_data(before) else row
            joined[-1] = carrier.with_label(before.label + row.label)
        else:
            joined.append(row)
    return joined


def _halves(before: Record, row: Record) -> bool:
    """Whether only the two labels together name a row, and only one half has numbers."""
    at_the_break = before.number == len(before.grid.rows) - 1 and row.number == 0
    if not at_the_break or _looks_like_data(before) == _looks_like_data(row):
        return False
    alone = match_table2_row(before.label) or match_table2_row(row.label)
    return not alone and bool(match_table2_row(before.label + row.label))


def _is_stranger(record: Record, heading: Heading) -> bool:
    """A row with numbers in the same table that is none of the form's."""
    filled = any(kind(slot.text) == "value" for slot in record.fields)
    return bool(record.label) and filled and heading.grid.place == record.grid.place


def _looks_like_data(record: Record) -> bool:
    return any(kind(slot.text) in {"value", "sign"} for slot in record.fields)


def _heading(record: Record) -> Heading | None:
    """The heading in this row, when it is one: 信息内容, then column names."""
    if record.lone:
        return None
    row: Row = record.grid.rows[record.number]
    named = [(heading_key(slot.text), slot) for slot in row.slots if kind(slot.text) == "text"]
    named = [(key, slot) for key, slot in named if key]
    has_name = any(core(slot.text) in {"信息内容", "内容", "项目"} for slot in (*row.slots, *row.above))
    if not named or any(kind(slot.text) == "value" for slot in row.slots):
        return None
    if not has_name and match_table2_row(row.slots[0].text):
        return None
    keys = tuple(key for key, _ in named)
    return Heading(
        keys,
        tuple(slot.text for _, slot in named),
        tuple((slot.x0, slot.x1) for _, slot in named),
        record.grid,
    )


def _vote_heading(reading: Reading, heading: Heading) -> None:
    reading.votes["2019"] += sum(key in ONLY_2019 for key in heading.keys)
    reading.votes["2021"] += sum(key in ONLY_2021 for key in heading.keys)
    if heading.keys == ("decisions",):
        reading.votes["2021"] += 1
    if any("收费" in fold(text) for text in heading.texts):
        reading.votes["2021"] += 1


def settle(reading: Reading, fmt: ReportFormat) -> Found:
    """Give the collected rows their cells in ``fmt``."""
    found = Found()
    for raw in reading.rows:
        key = _row_key(raw.key, fmt)
        if key is None:
            found.note("row_extra", f"表二 {raw.record.place}", tidy(raw.record.label)[:40])
            continue
        _settle_row(found, raw, key, fmt)
    for record in reading.strangers:
        label = tidy(record.label)
        found.note("row_extra", f"表二 {record.place}", label[:40])
    return found


def _row_key(kind_of_row: str, fmt: ReportFormat) -> str | None:
    key = "fee_wan" if kind_of_row == "fee" and fmt is FORMAT_2021 else kind_of_row
    return key if any(row.key == key for row in fmt.table2) else None


def _settle_row(found: Found, raw: Raw, key: str, fmt: ReportFormat) -> None:
    columns = fmt.table2_row(key).columns
    heading = raw.heading
    spans, texts = _arrange(heading, columns, raw.record)
    fields = _in_form_order(_once(raw.record.fields, heading), heading, columns)
    aligned = align(fields, len(columns), spans=spans, loose=raw.record.grid.loose or raw.record.lone)
    aligned = _single(aligned, raw, len(columns))
    where = f"表二“{fmt.table2_row(key).label}”"
    found.put_row(2, key, columns, aligned, texts, where)
    _note_heading(found, heading, columns, key, where)
    _note_label(found, raw, key, fmt, where)


def _in_form_order(
    fields: tuple[Slot, ...], heading: Heading | None, columns: tuple[Column, ...]
) -> tuple[Slot, ...]:
    """The cells in the form's order, where a heading of all columns has another one."""
    names = [column.key for column in columns]
    if heading is None or len(fields) != len(names) or sorted(heading.keys) != sorted(names):
        return fields
    return tuple(fields[heading.keys.index(name)] for name in names)


def _once(fields: tuple[Slot, ...], heading: Heading | None) -> tuple[Slot, ...]:
    """The cells without those that repeat a merged one, where the heading repeats its name at the same places."""
    if heading is None or len(fields) != len(heading.keys) or len(set(heading.keys)) == len(fields):
        return fields
    cells = list(zip(heading.keys, fields, strict=True))
    repeated = [one[0] == two[0] != "?" and one[1].text == two[1].text for one, two in pairwise(cells)]
    return tuple(field for field, again in zip(fields, [False, *repeated], strict=True) if not again)


def _single(aligned: Aligned, raw: Raw, count: int) -> Aligned:
    """A row with one column whose grid has more cells: the one that is filled is meant."""
    filled = [slot for slot in raw.record.fields if kind(slot.text) != "blank"]
    if count == 1 and len(filled) == 1 and aligned.slots[0] is not filled[0]:
        return Aligned((filled[0],))
    return aligned


def _arrange(
    heading: Heading | None, columns: tuple[Column, ...], record: Record
) -> tuple[tuple[Span, ...] | None, tuple[str, ...]]:
    """Spans and wordings of the heading in the order of the form's columns, as far as they fit them."""
    if heading is None:
        return None, (record.context,) * len(columns)
    keys = _completed(heading.keys, columns)
    if any(column.key not in keys for column in columns):
        return None, ()
    places = [keys.index(column.key) for column in columns]
    texts = tuple(heading.texts[place] for place in places)
    spans = tuple(heading.spans[place] for place in places)
    return (spans if heading.grid.place == record.grid.place else None), texts


def _completed(keys: tuple[str, ...], columns: tuple[Column, ...]) -> tuple[str, ...]:
    """Cut-off headings (本年新) take the name of the column that stands at their place."""
    if "?" not in keys or len(keys) != len(columns):
        return keys
    return tuple(columns[i].key if key == "?" else key for i, key in enumerate(keys))


def _note_heading(
    found: Found, heading: Heading | None, columns: tuple[Column, ...], key: str, where: str
) -> None:
    if heading is None:
        return
    keys = _completed(heading.keys, columns)
    cells = tuple(Cell(2, key, column.key) for column in columns)
    wrong = [i for i, seen in enumerate(keys) if seen not in {column.key for column in columns}]
    missing = [column for column in columns if column.key not in keys]
    if missing:
        texts = "、".join(fold(text) for text in heading.texts)
        expected = "、".join(column.label for column in columns)
        found.note("column_label" if wrong else "column_missing", where, texts, expected, cells)
    for column in columns:
        if column.unit == "万元" and column.key in keys:
            text = heading.texts[keys.index(column.key)]
            if heading_unit(text) not in {"", "万元"}:
                found.note("unit", where, fold(text), column.label, cells)


def _note_label(found: Found, raw: Raw, key: str, fmt: ReportFormat, where: str) -> None:
    label = re.sub(r"\(?第二十条第?\(?.\)?项\)?", "", fold(raw.record.label))
    official = fmt.table2_row(key).label
    cells = tuple(Cell(2, key, column.key) for column in fmt.table2_row(key).columns)
    if len(label) > len(official) + 8:
        found.note("leftover_instruction", where, label[:80], official, cells)
    elif core(label) not in {official, "行政规范性文件" if fmt is FORMAT_2019 else ""}:
        found.note("row_label", where, label, official, cells)


def usable(reading: Reading) -> bool:
    """Whether enough rows were met to call it table 2."""
    return len(reading.rows) >= 2


def is_whole(reading: Reading) -> bool:
    """Whether every row that both formats have was met."""
    return {raw.key for raw in reading.rows}.issuperset(COMMON_ROWS)


FORMATS_BY_ID = {fmt.id: fmt for fmt in (FORMAT_2019, FORMAT_2021)}
