"""Putting the cells of a row under the columns of the form, without ever shifting one silently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from gongkai.reports.reading.document import Slot
from gongkai.reports.reading.numbers import kind, pieces

Span = tuple[float, float]
Check = Callable[[list[str]], bool | None]


@dataclass(frozen=True)
class Aligned:
    """For each column the slot put there (``None``: the row has no such cell), and how it was decided.

    ``doubtful``: the slots are there but their columns cannot be told. ``extra``: slots beyond the last column.
    """

    slots: tuple[Slot | None, ...]
    note: str = ""
    doubtful: bool = False
    extra: tuple[Slot, ...] = ()


def align(
    fields: Sequence[Slot],
    count: int,
    *,
    spans: Sequence[Span] | None,
    loose: bool,
    check: Check | None = None,
) -> Aligned:
    """Put ``fields`` under ``count`` columns.

    ``spans`` are the columns of the heading, ``check`` says of ``count`` texts whether their total fits
    (``None``: cannot be told).
    """
    fields = _unglue(fields, count)
    filled = [field for field in fields if kind(field.text) != "blank"]
    by_heading = None if spans is None or loose else _under_headings(fields, spans)
    if len(fields) == count:
        keep = by_heading and by_heading[-1] is not None and _lies_left(fields[0], spans)
        return Aligned(by_heading if by_heading and keep else tuple(fields))
    if by_heading and _agrees(by_heading):
        return _by_heading(by_heading, fields, filled, count)
    if len(filled) == count:
        return Aligned(tuple(filled))
    if len(fields) < count:
        return _shorter(fields, filled, count)
    if spans is not None and not loose and _any_blank_could_go(fields, filled, count):
        return _unplaced(filled, count, "多出空白单元格，无法确定各数字所在的列")
    return _longer(fields, filled, count, loose=loose, check=check)


def _unglue(fields: Sequence[Slot], count: int) -> list[Slot]:
    """Split cells that hold several numbers when that yields the right number of cells.

    A row that has its cells already is left alone: ``1 3`` in one of them is 13 with a gap.
    """
    if len(fields) == count and sum(1 for field in fields if kind(field.text) != "blank") > 1:
        return list(fields)
    split: list[Slot] = []
    for field in fields:
        parts = pieces(field.text)
        split += [Slot(part, field.x0, field.x1, field.place) for part in parts] or [field]
    if len(split) == len(fields):
        return list(fields)
    numbers = [field for field in split if kind(field.text) != "blank"]
    return numbers if len(numbers) == count else list(fields)


def _under_headings(fields: Sequence[Slot], spans: Sequence[Span]) -> tuple[Slot | None, ...] | None:
    """Each field under the heading it overlaps most; ``None`` when two filled fields meet under one heading."""
    found: list[Slot | None] = [None] * len(spans)
    for field in fields:
        overlaps = [min(field.x1, right) - max(field.x0, left) for left, right in spans]
        best = max(range(len(spans)), key=overlaps.__getitem__)
        if overlaps[best] <= 0:
            if kind(field.text) != "blank":
                return None
            continue
        there = found[best]
        if there is None or kind(there.text) == "blank":
            found[best] = field
        elif kind(field.text) != "blank":
            return None
    return tuple(found)


def _agrees(found: tuple[Slot | None, ...]) -> bool:
    return any(slot is not None for slot in found)


def _lies_left(field: Slot, spans: Sequence[Span] | None) -> bool:
    """Whether a leading blank is part of the label columns, so that counting alone would shift the row."""
    return spans is not None and kind(field.text) == "blank" and field.x1 <= spans[0][0]


def _by_heading(
    found: tuple[Slot | None, ...],
    fields: Sequence[Slot],
    filled: Sequence[Slot],
    count: int,
) -> Aligned:
    if len(fields) < count and None in found:
        if _could_be_elsewhere(found, fields):
            return _unplaced(filled, count, "本行少单元格，无法确定各数字所在的列")
        return Aligned(found, "本行少单元格，按表头位置对应")
    return Aligned(found)


def _could_be_elsewhere(found: tuple[Slot | None, ...], fields: Sequence[Slot]) -> bool:
    """Whether the cell a row lacks could be any of its cells: it ends early, and its cells are not all alike.

    A cell left out of the middle draws those behind it to the left, so that the gap shows at the end alone.
    """
    return found[-1] is None and len({field.text.strip() for field in fields}) > 1


def _any_blank_could_go(fields: Sequence[Slot], filled: Sequence[Slot], count: int) -> bool:
    """Whether a row that does not lie under its heading has blanks between its numbers, any of which may be the extra one."""
    if not filled or len(filled) >= count:
        return False
    first, last = fields.index(filled[0]), fields.index(filled[-1])
    return any(kind(field.text) == "blank" for field in fields[first:last])


def _longer(
    fields: list[Slot], filled: list[Slot], count: int, *, loose: bool, check: Check | None
) -> Aligned:
    """More cells than columns: leave out blanks at the ends; only then ask the arithmetic."""
    if not filled:
        return Aligned(tuple(fields[-count:]))
    windows = []
    for start in range(len(fields) - count + 1):
        outside = fields[:start] + fields[start + count :]
        if all(kind(field.text) == "blank" for field in outside):
            windows.append(fields[start : start + count])
    if not windows:
        return _surplus(filled, count, check)
    if len(windows) > 1:
        return _one_of(windows, filled, count, loose=loose, check=check)
    if (
        check
        and check([slot.text for slot in windows[0]]) is False
        and _fits_without_one(fields, count, check)
    ):
        return _unplaced(filled, count, "单元格比表头多，无法确定哪一个是多出的")
    return Aligned(tuple(windows[0]))


def _one_of(
    windows: list[list[Slot]], filled: list[Slot], count: int, *, loose: bool, check: Check | None
) -> Aligned:
    """Blanks at both ends could be left out: the window that adds up."""
    fitting = [window for window in windows if check and check([slot.text for slot in window])]
    if len(fitting) > 1:  # all zeros and blanks: the total is the cell that is filled in
        fitting = [window for window in fitting if kind(window[-1].text) != "blank"]
    if len(fitting) == 1:
        return Aligned(tuple(fitting[0]), "按行合计确定各数字所在的列")
    if not loose:
        return Aligned(tuple(windows[-1]))
    return _unplaced(filled, count, "空白单元格过多，无法确定各数字所在的列")


def _fits_without_one(fields: list[Slot], count: int, check: Check) -> bool:
    """Whether leaving out a number, not the blank, would make the row add up."""
    rests = (
        fields[:out] + fields[out + 1 :] for out, field in enumerate(fields) if kind(field.text) != "blank"
    )
    return len(fields) == count + 1 and any(check([slot.text for slot in rest]) for rest in rests)


def _unplaced(filled: Sequence[Slot], count: int, note: str) -> Aligned:
    """Numbers whose columns cannot be told."""
    return Aligned((*filled[:count], *(None,) * (count - len(filled))), note, doubtful=True)


def _surplus(filled: list[Slot], count: int, check: Check | None) -> Aligned:
    if len(filled) <= count:
        return _unplaced(filled, count, "无法确定各数字所在的列")
    if len({field.text.strip() for field in filled}) == 1:
        return Aligned(tuple(filled[:count]), "", extra=tuple(filled[count:]))
    kept = {}
    if check and len(filled) == count + 1:
        for out in range(len(filled)):
            rest = filled[:out] + filled[out + 1 :]
            if check([slot.text for slot in rest]):
                kept[tuple(slot.text for slot in rest)] = (rest, filled[out])
    if len(kept) == 1:
        rest, dropped = next(iter(kept.values()))
        return Aligned(
            tuple(rest), f"多出一个单元格“{dropped.text.strip()}”，按合计关系去掉", extra=(dropped,)
        )
    return Aligned(
        tuple(filled[:count]),
        "单元格比表头多，无法确定哪一个是多出的",
        doubtful=True,
        extra=tuple(filled[count:]),
    )


def _shorter(fields: list[Slot], filled: list[Slot], count: int) -> Aligned:
    padding: tuple[Slot | None, ...] = (None,) * (count - len(fields))
    if not filled:
        return Aligned((*fields, *padding))
    return Aligned((*fields, *padding), "单元格比表头少，无法确定各数字所在的列", doubtful=True)
