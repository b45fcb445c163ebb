# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""The three tables out of running text, where a document has no grid for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from gongkai.law.report.figures import ShapeNote
from gongkai.law.report.formats import TABLE4_COLUMNS
from gongkai.reports.reading import ordered, table2, table3, table4
from gongkai.reports.reading.align import Aligned, align
from gongkai.reports.reading.document import Block, Prose, Slot
from gongkai.reports.reading.findings import Found
from gongkai.reports.reading.glued import split_glued
from gongkai.reports.reading.labels import (
    heading_key,
    match_dispute,
    match_result,
    match_row,
    match_table2_row,
)
from gongkai.reports.reading.stream import rows, tokens
from gongkai.reports.reading.table3_rows import WIDTH
from gongkai.reports.reading.words import fold, has_words

_TABLE2_START = re.compile(r"第二十条第?\(?[一二三四五六七八九]\)?项|^信息内容|制发件数|新制作数量")
_ROW_STARTS = re.compile(r"本年新收|^一、")
_FORMAT_WORDS = {
    "2019": re.compile(r"新制作|新公开数|对外公开总|上一?年项目|本年增/?减|采购项目数量|其他对外管理"),
    "2021": re.compile(r"制发件数|废止件数|现行有效件|本年收费金额|本年处理决定"),
}


def flatten(blocks: Iterable[Block]) -> list[Prose]:
    """All text of some blocks as lines: grids give one line for each row."""
    lines: list[Prose] = []
    for block in blocks:
        if isinstance(block, Prose):
            lines.append(block)
            continue
        for row in block.rows:
            texts = [" ".join(slot.text.split()) for slot in row.slots]
            if text := " ".join(text for text in texts if text):
                lines.append(Prose(text, row.slots[0].place))
    return lines


def better(one: Found, other: Found) -> Found:
    """The one with more figures."""
    return other if len(other.figures) > len(one.figures) else one


def better_two(one: table2.Reading, other: table2.Reading) -> table2.Reading:
    """The one with more rows, and what only the other one has."""
    if len(other.rows) > len(one.rows):
        one, other = other, one
    known = {raw.key for raw in one.rows}
    added = [raw for raw in other.rows if raw.key not in known]
    return replace(one, rows=[*one.rows, *added])


def table_two(lines: Sequence[Prose]) -> table2.Reading:
    """Table 2 from the lines of part two."""
    start = next((n for n, line in enumerate(lines) if _TABLE2_START.search(fold(line.text))), None)
    if start is None:
        return table2.Reading()
    kept = [line for line in lines[start:] if not _is_sentence(line.text)]
    end = next((n for n, line in enumerate(kept) if _ROW_STARTS.match(fold(line.text)) and n > 4), len(kept))
    kept = kept[:end]
    reading = table2.scan_records(
        rows(kept, 3, lambda t: float(bool(match_table2_row(t))), inline=lambda t: bool(heading_key(t)))
    )
    text = "".join(fold(line.text) for line in kept)
    for name, words in _FORMAT_WORDS.items():
        reading.votes[name] += len(set(words.findall(text)))
    return reading


def _is_sentence(text: str) -> bool:
    return bool(re.search(r"[。，]", text)) and not re.match(r"\s*第二十条", text) and len(text) > 30


def table_three(lines: Sequence[Prose], *, sure: bool = False) -> Found:
    """Table 3 from the lines of part three; ``sure`` takes only rows with their whole label on one line."""
    kept = [line for line in lines if not (_is_sentence(line.text) and _no_row(line.text))]
    match = _names_row_surely if sure else _names_row
    read = rows(kept, WIDTH, match, inline=lambda _: False, one_line=sure)
    return in_order(table3.read_records(read), kept)


def in_order(found: Found, lines: Sequence[Prose]) -> Found:
    """What was found, put right by the order of the rows where lines of seven numbers give the whole table.

    A row keeps the figures it has when they are the same; row names cannot be judged in such text.
    """
    whole = ordered.read(lines)
    if not whole.figures:
        return found
    figures = {**found.figures}
    for cell, figure in whole.figures.items():
        there = figures.get(cell)
        if there is None or there.value != figure.value:
            figures[cell] = figure
    rows_told = {cell.row for cell in whole.figures}
    kept = [note for note in found.notes if note.kind == "cell_extra" and rows_told.isdisjoint(_rows(note))]
    return Found(figures, kept)


def _rows(note: ShapeNote) -> set[str]:
    return {cell.row for cell in note.cells}


def _names_row(text: str) -> float:
    match = match_row(text)
    return match.score if match else 0.0


def _names_row_surely(text: str) -> float:
    return float(_names_row(text) >= 1.0)


def _no_row(text: str) -> bool:
    head = re.sub(r"[\d\s]+$", "", text)
    return match_row(head) is None and len(head) > 60


def table_four(lines: Sequence[Prose]) -> Found:
    """Table 4 from the lines of part four: a run of fifteen numbers, rows of five, or figures named one by one."""
    found = _named(lines)
    if found.figures:
        return found
    start = _heading_line(lines)
    if start is None:
        return found
    values, labelled, runs = _values(lines[start:])
    if labelled:
        for group, slots in labelled.items():
            _put(found, group, align(slots, 5, spans=None, loose=True, check=table4.totals_fit))
        return found
    if len(values) == 1 and (parts := split_glued(values[0].text, table4.WIDTH)):
        values = [Slot(part, 0, 0, values[0].place) for part in parts]
    if len(values) >= table4.WIDTH - 1:
        aligned = align(
            values[: table4.WIDTH + 3], table4.WIDTH, spans=None, loose=True, check=table4.totals_fit
        )
        if runs > 1 and not _fits(aligned):
            aligned = replace(aligned, note=SCATTERED, doubtful=True)
        for number, group in enumerate(table4.GROUPS):
            part = aligned.slots[number * 5 : number * 5 + 5]
            extra = aligned.extra if number == 2 else ()
            _put(found, group, Aligned(part, aligned.note, aligned.doubtful, extra))
    return found


SCATTERED = "数字散在文字之间，无法确定次序"
"""Numbers with headings between them come out of a PDF column by column, in an order of their own."""


def _fits(aligned: Aligned) -> bool:
    return table4.totals_fit([slot.text if slot else "" for slot in aligned.slots]) is True


def _put(found: Found, group: str, aligned: Aligned) -> None:
    found.put_row(4, group, TABLE4_COLUMNS, aligned, where="表四")


def _heading_line(lines: Sequence[Prose]) -> int | None:
    """The first line that belongs to the table's heading."""
    for number, line in enumerate(lines):
        folded = fold(line.text)
        if (
            len(folded) <= 90
            and re.search(r"结果维持|结果纠正|尚未审结|未经复议直接起诉", folded)
            and "件" not in folded
        ):
            return number
        if re.fullmatch(r"(?:行政复议|行政诉讼|行政复议行政诉讼|结果|维持|结果结果其他尚未.*)", folded):
            return number
    return None


def _values(lines: Sequence[Prose]) -> tuple[list[Slot], dict[str, list[Slot]], int]:
    """Numbers on lines of nothing but numbers, lines of five behind the name of a group, and the number of runs."""
    plain: list[Slot] = []
    labelled: dict[str, list[Slot]] = {}
    runs, inside = 0, False
    for line in lines:
        parts = tokens([line])
        numbers = [Slot(t.text, 0, 0, t.place) for t in parts if t.is_value]
        words = "".join(t.text for t in parts if not t.is_value)
        if not numbers:
            inside = False
        elif not has_words(words):
            runs += not inside
            inside = True
            plain += numbers
        elif len(numbers) == 5 and (group := match_dispute(words)):
            labelled.setdefault(group, numbers)
        elif plain and len(words) > 10:
            break
    return plain, labelled, runs


_GROUP_WORDS = re.compile(r"(复议后起诉|复议后|未经复议直接起诉|直接起诉|行政复议|复议)[:：]")
_RESULT_WORDS = re.compile(
    r"(结果维持|维持|结果纠正|纠正|其他结果|其他|尚未审结|总计)[:：]?(\d+|空白?|无|/|-)"
)


def _named(lines: Sequence[Prose]) -> Found:
    """``复议：维持5 纠正空 其他空 尚未审结2 总计7；…`` — figures that are named one by one."""
    found = Found()
    for line in lines:
        folded = fold(line.text)
        heads = list(_GROUP_WORDS.finditer(folded))
        if not heads:
            continue
        for head, following in zip(heads, [*heads[1:], None], strict=True):
            body = folded[head.end() : following.start() if following else len(folded)]
            _named_group(found, match_dispute(head.group(1)), body, line.place)
    return found


def _named_group(found: Found, group: str, body: str, place: str) -> None:
    """Figures of one group; a figure without a name belongs to the column after the one before it."""
    order = [column.key for column in TABLE4_COLUMNS]
    slots: dict[str, Slot] = {}
    named, at = set(), -1
    for name, value in _RESULT_WORDS.findall(body):
        key = "" if not name else "other" if name == "其他" else match_result(name)
        at = order.index(key) if key else at + 1
        if key:
            named.add(key)
        if 0 <= at < len(order):
            slots.setdefault(order[at], Slot(value, 0, 0, place))
    if len(named) >= 3 and "total" in named:
        _put(found, group, Aligned(tuple(slots.get(key) for key in order)))
    elif re.match(r"(?:全部|均为?)?(?:空白|空)", body):
        _put(found, group, Aligned(tuple(Slot("", 0, 0, place) for _ in order)))
