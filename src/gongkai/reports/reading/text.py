# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Plain text: copied from a browser or Word (tabs), out of pdftotext (a cell a line), or Markdown tables."""

from __future__ import annotations

import re
from statistics import quantiles

from gongkai.reports.reading.document import Block, Document, Prose, RawCell, lay_out, loosen_lone_rows
from gongkai.reports.reading.limits import Meter
from gongkai.reports.reading.numbers import kind
from gongkai.reports.reading.words import has_words, spaced

_PAGE_NUMBER = re.compile(
    r"^\s*(?:[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:\s*[,，/]?\s*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}|[Pp]age\s*\d+.*)\s*$"
)
_RULE = re.compile(r"^[\s|:+\-=—─━┃│┌┐└┘├┤┬┴┼]+$")
_BOX = str.maketrans(dict.fromkeys("│┃║｜", "|"))
FEWEST_CELL_LINES = 30
_COMMA_LINE = re.compile(r'^[^,]*(?:,"?\d*"?){2,}\s*$')
FEWEST_COMMA_LINES = 15
_SENTENCE_END = re.compile(r"[。！？；：:;]$")
_HEAD = re.compile(
    r"^\s*(?:[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.、．]|第[一二三四五六]部分|[-*•●]\s)"
)


def is_page_number(line: str) -> bool:
    """Whether a line is the foot of a page rather than part of the report."""
    return _PAGE_NUMBER.match(line) is not None


def read_text(text: str, meter: Meter) -> Document:
    """Lines as prose, runs of lines with tabs or bars as grids."""
    meter.characters(len(text))
    text = _without_page_numbers(text)
    lines = _with_tabs(re.split(r"\r\n|\r|\n|\f|\x0b|\u2028", text.translate(_BOX)))
    wrapped = _wrap_width(lines)
    cell_lines = _has_cell_lines(lines)
    blocks: list[Block] = []
    table: list[list[RawCell]] = []
    tables, gap = 0, 0
    before = ""
    for number, line in enumerate([*lines, ""], start=1):
        if is_page_number(line):
            gap = 0  # a paragraph may go on over the page
            continue
        if line.strip() and not line.replace("|", "").strip():
            blocks += _empty_cell(line, number) if cell_lines else []
            gap += 1
            continue
        cells = _cells(line, number)
        if cells is not None:
            meter.cells(len(cells))
            if cells:
                table.append(cells)
            before = ""
            continue
        if not line.strip():
            gap += 1
            before = before if gap < 2 else ""
            if table and number <= len(lines) and _table_goes_on(lines, number):
                continue
        if table:
            tables += 1
            blocks += loosen_lone_rows(lay_out(table, place=f"表{tables}", loose=True))
            table = []
        if line.strip():
            joins = bool(before) and gap == 0 and len(before) >= wrapped and not _HEAD.match(line)
            blocks.append(Prose(spaced(line.strip(" |")), f"第{number}行", joins=joins, gap=gap))
            gap, before = 0, line.rstrip()
    return Document("text", tuple(blocks))


def _with_tabs(lines: list[str]) -> list[str]:
    """The lines with tabs for commas, when tables are written with commas between the cells."""
    if sum(1 for line in lines if _COMMA_LINE.match(line)) < FEWEST_COMMA_LINES:
        return lines
    return [line if "。" in line else line.replace(",", "\t") for line in lines]


def _empty_cell(line: str, number: int) -> list[Block]:
    """An empty cell for a lone bar; several bars fill up a merged cell."""
    return [Prose("", f"第{number}行", empty_cell=True)] if line.strip() == "|" else []


def _has_cell_lines(lines: list[str]) -> bool:
    """Whether the tables are written with a line for each cell, closed by a bar."""
    return sum(1 for line in lines if _is_cell_line(line.strip())) >= FEWEST_CELL_LINES


def _is_cell_line(stripped: str) -> bool:
    inner = stripped.strip("| ")
    return stripped.endswith("|") and bool(inner) and "|" not in inner


def _without_page_numbers(text: str) -> str:
    """Pages (as pdftotext parts them) without the bare number that counts them at their end or beginning."""
    pages = text.split("\f")
    if len(pages) < 3:
        return text
    for at in (-1, 0):
        numbers = [_bare_number(page, at) for page in pages]
        right = [
            n for n, number in enumerate(numbers) if number is not None and number - n == (numbers[0] or 1)
        ]
        if len(right) >= len([page for page in pages if page.strip()]) - 1 and len(right) >= 2:
            pages = [_cut(page, at) if n in right else page for n, page in enumerate(pages)]
    return "\f".join(pages)


def _bare_number(page: str, at: int) -> int | None:
    lines = [line.strip() for line in page.split("\n") if line.strip()]
    return int(lines[at]) if lines and re.fullmatch(r"\d{1,3}", lines[at]) else None


def _cut(page: str, at: int) -> str:
    lines = page.split("\n")
    spoken = [n for n, line in enumerate(lines) if line.strip()]
    return "\n".join(line for n, line in enumerate(lines) if n != spoken[at])


def _cells(line: str, number: int) -> list[RawCell] | None:
    """The cells of a line with tabs or bars (an empty list for a rule), ``None`` for any other line."""
    if "|" in line:
        if _RULE.match(line):
            return []
        parts = _bars(line)
        return _located([cell.strip() for cell in parts], number) if len(parts) > 1 else None
    if "\t" in line.strip("\n"):
        parts = line.split("\t")
        if len([part for part in parts if part.strip()]) == 1 and not _row_like(parts):
            return None
        return _located([part.strip() for part in parts], number)
    return None


def _bars(line: str) -> list[str]:
    stripped = line.strip()
    stripped = stripped.removeprefix("|")
    if stripped.endswith("|") and not stripped.endswith("||"):
        stripped = stripped[:-1]
    return stripped.split("|")


def _row_like(parts: list[str]) -> bool:
    """Whether a line with one spoken cell among empty ones is still a table row (a heading, a label with blanks)."""
    spoken = next(part for part in parts if part.strip())
    return (len(parts) >= 3 and len(spoken) <= 40) or kind(spoken) in {"value", "sign"}


def _located(texts: list[str], number: int) -> list[RawCell]:
    return [RawCell(text, place=f"第{number}行第{order}列") for order, text in enumerate(texts, start=1)]


def _table_goes_on(lines: list[str], number: int) -> bool:
    following = next((line for line in lines[number : number + 3] if line.strip()), "")
    return "|" in following or "\t" in following.strip("\n")


def _wrap_width(lines: list[str]) -> int:
    """How long a line must be to be a wrapped one: nearly as long as the longest common line; 0 chars never wrap."""
    lengths = sorted(len(line.strip()) for line in lines if has_words(line) and len(line.strip()) >= 16)
    if len(lengths) < 6:
        return 10_000
    longest = int(quantiles(lengths, n=20)[-2])
    many = sum(1 for length in lengths if abs(length - longest) <= 4)
    return longest - 5 if longest <= 60 and many >= len(lengths) * 0.25 else 10_000
