# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Table 3 (收到和处理政府信息公开申请情况) from grids or from rows read off running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Standing
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, TABLE3_COLUMNS
from gongkai.reports.reading.align import Aligned, align
from gongkai.reports.reading.document import Grid, Slot
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.labels import (
    COLUMN_ORDER,
    OFFICIAL_ROWS,
    PARTS,
    ROW_ORDER,
    Match,
    match_applicant,
    match_dispute,
    match_group,
    match_result,
    match_row,
    match_table2_row,
    official_wording,
)
from gongkai.reports.reading.numbers import kind
from gongkai.reports.reading.rows import Record, records
from gongkai.reports.reading.table3_heading import Heading, same_columns
from gongkai.reports.reading.table3_rows import WIDTH, build, joined, usual_offsets, windows
from gongkai.reports.reading.words import core, fold, tidy


def sums_up(texts: list[str]) -> bool | None:
    """Whether the last of the seven numbers is the sum of the six; ``None`` when one of them is no plain number."""
    numbers = [text.strip() or "0" for text in texts]
    if not all(number.isdigit() for number in numbers):
        return None
    values = [int(number) for number in numbers]
    return sum(values[:-1]) == values[-1]


def is_label(text: str) -> bool:
    """Whether a cell names a row or a group of table 3."""
    return (
        match_row(text) is not None
        or bool(match_group(text))
        or any(part in core(text) for part in PARTS[:1])
    )


def read_grids(grids: Iterable[Grid]) -> Found:
    """Read table 3 out of all grids of a document; what belongs to other tables is passed over."""
    return read_records(records(grids, is_label))


def read_records(rows: Sequence[Record]) -> Found:
    """Read table 3 out of rows that are cut into labels and cells."""
    found = Found()
    reader = _Reader(found)
    whole_rows = joined(list(rows))
    reader.offsets = usual_offsets(whole_rows)
    for row in whole_rows:
        reader.take(row)
    reader.finish()
    return found


class _Reader:
    """Walks over the rows with a memory of the heading, the group and the rows seen so far."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self.heading: Heading | None = None
        self.group = ""
        self.last = -1
        self.started = False
        self.ended = False
        self.seen: dict[str, str] = {}
        self.strangers: list[tuple[str, Record]] = []
        self.offsets: dict[tuple[int, int], int] = {}
        self.grid: Grid | None = None

    def take(self, row: Record) -> None:
        """Read one row of whatever table."""
        if self._is_heading(row) or sum(1 for slot in row.labels if match_result(slot.text)) > 1:
            return
        self._enter_group(row)
        match = self._match(row)
        filled = any(kind(slot.text) in {"value", "sign"} for slot in row.fields)
        if match is None:
            if self.started and not self.ended and filled and len(row.fields) >= WIDTH - 1:
                self._stranger(row)
            return
        if match.key == "new":
            self.started = True
            self.ended = self.ended and not self._is_blank("new")  # a blank form stands before the filled one
        if not self.started and match.key in {"total", "other_3_other", "other_total"}:
            return
        if not row.fields or (row.lone and not filled and match.score < 0.95):
            return
        self._read(row, match)

    def _is_heading(self, row: Record) -> bool:
        slots = [] if row.lone else row.grid.rows[row.number].slots
        keys = [(match_applicant(slot.text), slot) for slot in slots if kind(slot.text) == "text"]
        named = [(key, slot) for key, slot in keys if key]
        strong = {key for key, _ in named} & {
            "natural",
            "business",
            "research",
            "public_good",
            "legal_service",
        }
        if not strong or any(kind(slot.text) == "value" for slot in slots):
            return False
        if self.heading is None or self.heading.grid.place != row.grid.place or "natural" in strong:
            self.heading = Heading({}, {}, row.grid)
        if len(named) == WIDTH:
            self.heading.order = tuple(key for key, _ in named)
        for key, slot in named:
            self.heading.spans.setdefault(key, (slot.x0, slot.x1))
            self.heading.texts.setdefault(key, slot.text)
        return True

    def _enter_group(self, row: Record) -> None:
        for slot in row.labels:
            if group := match_group(slot.text):
                self.group = group

    def _match(self, row: Record) -> Match | None:
        """The row's match, by its innermost label first, then by all of its labels run together."""
        own = (
            [slot for slot in row.labels if slot not in row.grid.rows[row.number].above]
            if not row.lone
            else list(row.labels)
        )
        candidates = [own[-1].text, "".join(slot.text for slot in own)] if own else []
        for text in candidates:
            if match := match_row(text):
                return self._settle(match)
        return None

    def _settle(self, match: Match) -> Match | None:
        """其他 alone is the third row of (六); 其他处理 with cells of its own is the row of the 2019 format."""
        if match.key == "other_3_other" and (self.ended or self.last < ROW_ORDER["reject_1_petition"]):
            return None
        if match.key in {"total", "other_total"} and self.ended:
            return None
        return match

    def _read(self, row: Record, match: Match) -> None:
        heading = self.heading
        spans = heading.complete() if heading and same_columns(heading.grid, row.grid) else None
        loose = row.grid.loose or row.lone
        fields = self._in_form_order(self._at_usual_offset(row) if loose else row.fields)
        aligned = align(fields, WIDTH, spans=spans, loose=loose, check=sums_up)
        if match.key in self.seen and not self._replaces(match.key, aligned):
            self._repeated(row, match.key, aligned)
            return
        label = tidy(row.label).replace(" ", "")
        self.seen[match.key] = label
        self.last = max(self.last, ROW_ORDER[match.key])
        if match.key == "carried_out":
            self.ended = True
        self.grid = row.grid
        where = f"表三“{OFFICIAL_ROWS[match.key]}”"
        self.found.put_row(3, match.key, TABLE3_COLUMNS, aligned, where=where)
        self._note_label(match, row)

    def _in_form_order(self, fields: tuple[Slot, ...]) -> tuple[Slot, ...]:
        """The cells in the form's order, where a heading of all columns on one row has another one."""
        order = self.heading.order if self.heading else ()
        if len(fields) != WIDTH or set(order) != set(COLUMN_ORDER):
            return fields
        return tuple(fields[order.index(key)] for key in COLUMN_ORDER)

    def _at_usual_offset(self, row: Record) -> tuple[Slot, ...]:
        """The seven cells that other rows of the same build have their numbers in, when that fits this row too."""
        start = self.offsets.get(build(row))
        if start is None or len(windows(row)) <= 1:
            return row.fields
        return row.fields[start : start + WIDTH] if start in windows(row) else row.fields

    def _is_blank(self, key: str) -> bool:
        known = [self.found.figures.get(Cell(3, key, column)) for column in COLUMN_ORDER]
        return all(figure is None or figure.standing is Standing.BLANK for figure in known)

    def _replaces(self, key: str, aligned: Aligned) -> bool:
        """A repeated row counts only when the first one was empty, or of another table and none of seven cells."""
        if self._is_blank(key):
            return any(slot and kind(slot.text) == "value" for slot in aligned.slots)
        known = [self.found.figures.get(Cell(3, key, column)) for column in COLUMN_ORDER]
        unsure = any(figure is None or figure.standing is Standing.UNCERTAIN for figure in known)
        return unsure and not aligned.doubtful and None not in aligned.slots

    def _repeated(self, row: Record, key: str, aligned: Aligned) -> None:
        """Note a row that is there twice, unless the whole table is (once for wide screens, once for phones)."""
        again = self.ended and row.grid is not self.grid
        if again or self._is_same(key, aligned):
            return
        if any(kind(slot.text) == "value" for slot in row.fields):
            self.found.note("row_extra", row.place, tidy(row.label), OFFICIAL_ROWS[key])

    def _is_same(self, key: str, aligned: Aligned) -> bool:
        raws = [slot.text.strip() if slot else "" for slot in aligned.slots]
        there = (self.found.figures.get(Cell(3, key, column)) for column in COLUMN_ORDER)
        return raws == [figure.raw if figure else "" for figure in there]

    def _note_label(self, match: Match, row: Record) -> None:
        label = next((slot.text for slot in reversed(row.labels) if match_row(slot.text)), row.label)
        if match.key == "other_total" or (row.lone and not _whole(label, match)):
            return
        if not official_wording(match.key, label) and not _names_group_too(label, match.key):
            cells = tuple(Cell(3, match.key, column) for column in COLUMN_ORDER)
            found = fold(label)
            self.found.note(
                "row_label", f"表三“{OFFICIAL_ROWS[match.key]}”", found, OFFICIAL_ROWS[match.key], cells
            )

    def _stranger(self, row: Record) -> None:
        """A row with numbers that is none of the form's: a subtotal, or a line of somebody's own."""
        if match_table2_row(row.label) or match_result(row.label) or match_dispute(row.label):
            return
        if row.label:
            self.strangers.append((next(reversed(self.seen), ""), row))

    def finish(self) -> None:
        """Settle what could only be told at the end: rows without a readable name, a heading taken for a row."""
        for after, row in self.strangers:
            if key := self._only_gap(after):
                self._read(row, Match(key, 0.0))
                self._mark_assigned(key)
            elif core(row.label):
                self.found.note("row_extra", f"表三 {row.place}", tidy(row.label))
        self._drop_heading_line()

    def _only_gap(self, after: str) -> str:
        """The row a stranger must be, when exactly one row is missing where it stands and nothing else stands there."""
        if sum(1 for key, _ in self.strangers if key == after) != 1 or after not in ROW_ORDER:
            return ""
        later = [ROW_ORDER[key] for key in self.seen if ROW_ORDER[key] > ROW_ORDER[after]]
        gap = [
            key
            for key, order in ROW_ORDER.items()
            if ROW_ORDER[after] < order < min(later, default=0) and not key.startswith("other_")
        ]
        return gap[0] if len(gap) == 1 else ""

    def _mark_assigned(self, key: str) -> None:
        for column in COLUMN_ORDER:
            figure = self.found.figures.get(Cell(3, key, column))
            if figure is not None and figure.value is not None:
                note = "行名无法识别，按所在位置对应"
                self.found.figures[Cell(3, key, column)] = replace(
                    figure, standing=Standing.ASSIGNED, note=note
                )

    def _drop_heading_line(self) -> None:
        """Drop an empty 其他处理 line that only heads the three rows of the 2021 format."""
        split = any(key in self.seen for key in ("other_1_no_correction", "other_2_unpaid", "other_3_other"))
        cells = [Cell(3, "other_total", column) for column in COLUMN_ORDER]
        blank = all(
            (figure := self.found.figures.get(cell)) is None or figure.standing is Standing.BLANK
            for cell in cells
        )
        if split and "other_total" in self.seen:
            if not blank:
                self.found.note("row_extra", "表三“（六）其他处理”", self.seen["other_total"])
            for cell in cells:
                self.found.figures.pop(cell, None)


def _whole(label: str, match: Match) -> bool:
    """Whether a label off running text is there from its first words to its last, so that its wording can be judged."""
    bare, official = core(label), core(OFFICIAL_ROWS[match.key])
    return match.score < 0.95 and bare[:2] == official[:2] and bare[-2:] == official[-2:]


def _names_group_too(label: str, key: str) -> bool:
    """Whether the label is the official one with its group or part heading in front."""
    return core(label).endswith(core(OFFICIAL_ROWS[key]))


def usable(found: Found) -> bool:
    """Whether enough rows were read to call it table 3."""
    return len({cell.row for cell in found.figures}) >= 2


def is_whole(found: Found) -> bool:
    """Whether every row of either form was read, with seven cells each."""
    rows = {cell.row for cell in found.figures}
    return any(
        rows.issuperset(row.key for row in form.table3) for form in (FORMAT_2019, FORMAT_2021)
    ) and not any(figure.standing is Standing.UNCERTAIN for figure in found.figures.values())
