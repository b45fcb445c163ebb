"""Rows of a table read off running text: one cell per line, or a label with its numbers behind it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from gongkai.reports.reading.document import Grid, Prose, Slot
from gongkai.reports.reading.glued import split_glued
from gongkai.reports.reading.numbers import FOOTNOTES, kind
from gongkai.reports.reading.rows import Record

NO_GRID = Grid((), "", loose=True)
LABEL_LINES = 7
"""A label is wrapped over at most this many lines."""
EMPTY_CELLS_GAP = 5
"""So many empty lines before a lone number mean that the cells before it are empty."""

_ENUMERATOR_GAP = re.compile(r"(?<![\d.])(\d{1,2})\s*([.、)])\s*(?=[\u3400-\u9fff])")
_CLAUSE_COLON = re.compile(r"项\s*:")
_LABEL_NUMBER = re.compile(r"^(.*[\u3400-\u9fff:)”\"])([+-]?\d[\d,.]*(?:万元|元|件|项)?)$")


Match = Callable[[str], float]
"""How surely a text names a row, 0 to 1."""


@dataclass(frozen=True)
class Token:
    """A word of the text: label or value, with its line, and its position when the source is a PDF page."""

    text: str
    is_value: bool
    line: int
    place: str
    gap: int = 0
    x: float | None = None


def tokens(lines: Sequence[Prose]) -> list[Token]:
    """Cut lines into labels and values."""
    return [token for number, line in enumerate(lines) for token in _line_tokens(line, number)]


def _line_tokens(line: Prose, number: int) -> Iterator[Token]:
    if line.empty_cell:
        yield Token("", True, number, line.place)
        return
    if line.words:
        for word in line.words:
            for text in _split(word.text):
                yield _token(text, number, line, (word.x0 + word.x1) / 2)
        return
    for text in _split(line.text):
        yield _token(text, number, line, None)


def _split(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", FOOTNOTES.sub("", text))
    folded = _CLAUSE_COLON.sub("项 ", _ENUMERATOR_GAP.sub(r"\1\2", folded))
    parts: list[str] = []
    for part in re.split(r"[\s|;；]+", folded):
        if not part:
            continue
        glued = _LABEL_NUMBER.match(part) if kind(part) == "text" else None
        parts += [glued.group(1), glued.group(2)] if glued else [part]
    return parts


def _token(text: str, number: int, line: Prose, x: float | None) -> Token:
    what = kind(text)
    return Token(text, what in {"value", "sign"}, number, line.place, line.gap, x)


def rows(
    lines: Sequence[Prose],
    width: int,
    match: Match,
    *,
    inline: Callable[[str], bool],
    one_line: bool = False,
) -> list[Record]:
    """Rows of labels and their values.

    ``match`` says how surely a text names a row, ``inline`` whether a text between the values of a row is a column name.
    ``one_line``: only rows whose whole label stands on the line of their values.
    """
    found: list[tuple[list[Token], list[Token]]] = []
    label: list[Token] = []
    values: list[Token] = []
    for token in tokens(lines):
        if token.is_value and not (token.text or values or _name(label, match)[2]):
            continue  # an empty cell before the name of its row
        if token.is_value:
            values.append(token)
        elif values and not inline(token.text):
            found.append((label, values))
            label, values = [token], []
        elif not values:
            label.append(token)
    found.append((label, values))
    centres = _centres([values for _, values in found], width) or _heading_centres(found, width)
    records: list[Record] = []
    for label, values in found:
        if one_line:
            beside = [token for token in label if values and token.line == values[0].line]
            if beside and match("".join(token.text for token in beside)):
                records.append(_record(beside, values, width, match, []))
        elif values:
            record = _record(label, values, width, match, centres)
            records += [*_empty_rows(label, record.label, width, match), record]
    return records


def _empty_rows(label: list[Token], name: str, width: int, match: Match) -> list[Record]:
    """Rows of table 3 whose cells are all empty: their names stand between the values of other rows."""
    if width != len(_APPLICANTS):
        return []
    numbers = sorted({token.line for token in label})[:-1]
    lines = {number: "".join(token.text for token in label if token.line == number) for number in numbers}
    blank = [Slot("", float(i), float(i + 1)) for i in range(width)]
    return [
        Record(
            (Slot(text, 0, 0, place),), tuple(replace(s, place=place) for s in blank), NO_GRID, 0, lone=True
        )
        for number, text in lines.items()
        if match(text) and text not in name
        for place in [next(token.place for token in label if token.line == number)]
    ]


def _centres(runs: list[list[Token]], width: int) -> list[float]:
    """The middle of every column, from the rows that fill all of them."""
    full = [[token.x for token in run] for run in runs if len(run) == width and run[0].line == run[-1].line]
    columns = list(zip(*full, strict=True))
    known = [[x for x in column if x is not None] for column in columns]
    return [median(column) for column in known] if known and all(known) else []


_APPLICANTS = ("自然", "商业", "科研", "社会", "法律", "其他", "总计")


def _heading_centres(found: list[tuple[list[Token], list[Token]]], width: int) -> list[float]:
    """The middle of every column of table 3 by the words of its heading, when no row fills all columns."""
    if width != len(_APPLICANTS) or not found:
        return []
    heading = found[0][0]
    places = [[t.x for t in heading if t.x is not None and t.text.startswith(name)] for name in _APPLICANTS]
    if not all(places):
        return []
    centres = [place[0] for place in places]
    return centres if all(a < b for a, b in pairwise(centres)) else []


def _record(
    label: list[Token], values: list[Token], width: int, match: Match, centres: list[float]
) -> Record:
    name, context, _ = _name(label, match)
    place = (label or values)[-1].place
    fields = _fields(values, width, centres)
    return Record((Slot(name, 0, 0, place),), fields, NO_GRID, 0, lone=True, context=context)


def _name(label: list[Token], match: Match) -> tuple[str, str, float]:
    """The label of a row out of all text since the values before it, that text, and how surely it names a row.

    The surest of its last lines, joined; a tail of a name may look like another name, the whole does more so.
    """
    numbers = sorted({token.line for token in label})[-LABEL_LINES:]
    lines = ["".join(token.text for token in label if token.line == number) for number in numbers]
    whole = "".join(token.text for token in label)
    tails = ["".join(lines[-count:]) for count in range(1, len(lines) + 1)]
    if tails and (best := max(tails, key=match)) and match(best):
        return best, whole, match(best)
    for index in range(len(label) - 1, -1, -1):
        text = "".join(token.text for token in label[index:])
        if len(label) - index <= LABEL_LINES * 2 and (score := match(text)):
            return text, whole, score
    for token in reversed(label):
        if score := match(token.text):
            return token.text, whole, score
    return (lines[-1] if lines else ""), whole, 0.0


def _fields(values: list[Token], width: int, centres: list[float]) -> tuple[Slot, ...]:
    while len(values) > width and not values[-1].text:
        values = values[:-1]  # the empty cell is the first of the next row
    slots = [Slot(token.text, float(i), float(i + 1), token.place) for i, token in enumerate(values)]
    if len(values) == width:
        return tuple(slots)
    if len(values) == 1:
        parts = split_glued(values[0].text, width)
        if parts:
            return tuple(replace(slots[0], text=part) for part in parts)
        if values[0].gap >= EMPTY_CELLS_GAP and width > 1:
            blank = replace(slots[0], text="")
            return (*([blank] * (width - 1)), slots[0])
    placed = _by_position(values, slots, centres)
    return tuple(placed) if placed else tuple(slots)


def _by_position(values: list[Token], slots: list[Slot], centres: list[float]) -> list[Slot] | None:
    """Values of a row with empty cells, each put into the column it stands under; ``None`` when two meet."""
    if not centres or len(values) > len(centres):
        return None
    half = min((b - a for a, b in pairwise(centres)), default=40.0) * 0.6
    found: dict[int, Slot] = {}
    for token, slot in zip(values, slots, strict=True):
        if token.x is None:
            return None
        x = token.x
        best = min(range(len(centres)), key=lambda i: abs(centres[i] - x))
        if best in found or abs(centres[best] - x) > half:
            return None
        found[best] = slot
    return [found.get(i, replace(slots[0], text="")) for i in range(len(centres))]
