"""Tables with a column of personal data: told by the heading, counted by the cells below that are not masked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.guard.model import Finding, Grid, GridCell, Severity, Unit
from gongkai.guard.rules import found

_BLANK = re.compile(r"[\s\u3000]+")
_NOTE = re.compile(r"[（(][^（）()]*[)）]$|[:：*＊]+$")
_MASKED = re.compile(r"[*＊×xX●]{2,}|某")
_DIGITS = re.compile(r"[0-9０-９]{4}")
_MOBILE = re.compile(r"(?<![0-9])1[3-9][0-9]{9}(?![0-9])")
_LONGEST = 20
_HEAD_ROWS = 6
"""A heading stands among the first rows, or it is a word in a cell."""


@dataclass(frozen=True, slots=True)
class _Sort:
    name: str
    heading: re.Pattern[str]
    value: re.Pattern[str] | None
    severity: Severity
    needs_persons: bool = False


_SORTS = (
    _Sort(
        "身份证号",
        re.compile(
            r"(?:公民|居民|本人|学生|家长|户主|申请人|法定代表人)?(?:身份证|身份证号|身份证号码|身份证件号码?|公民身份号码|证件号|证件号码|残疾证号码?)"
        ),
        _DIGITS,
        Severity.BLOCK,
    ),
    _Sort(
        "银行账号",
        re.compile(
            r"(?:本人|一卡通|社保卡|开户|收款|个人)?(?:银行|存折)?(?:账号|帐号|卡号|银行卡|银行账户|账户)"
        ),
        _DIGITS,
        Severity.BLOCK,
        needs_persons=True,
    ),
    _Sort(
        "电话",
        re.compile(r"(?:本人|家长|监护人|户主|申请人|个人)?(?:联系)?(?:电话|手机|方式|移动电话)(?:号|号码)?"),
        _MOBILE,
        Severity.BLOCK,
        needs_persons=True,
    ),
    _Sort(
        "住址",
        re.compile(
            r"(?:家庭|详细|户籍|现|居住|本人)*(?:住址|家庭地址|居住地址|户籍地址|户籍所在地|户口所在地|家庭详细地址)"
        ),
        None,
        Severity.BLOCK,
    ),
    _Sort("出生日期", re.compile(r"出生(?:日期|年月|年月日)"), _DIGITS, Severity.WARN),
    _Sort(
        "学籍号、社保号",
        re.compile(r"(?:学籍|学|社保|社会保障|医保|低保证|护照)(?:卡)?号码?"),
        _DIGITS,
        Severity.WARN,
    ),
)
_PERSONS = re.compile(r"(?:学生|户主|申请人|家长|职工|教师|本人|法定代表人)?姓名|户主|申请人|监护人|学生")
_MINORS = re.compile(r"年龄|班级|年级|学号|学籍号|监护人|家长|家长姓名|家长电话|出生日期|出生年月")


def units_of(grid: Grid) -> list[Unit]:
    """The cells as texts, each knowing the headings of its table."""
    rows = {cell.row for cell in _heads(grid) if _is_known(_tight(cell.text))}
    rows |= {min((cell.row for cell in grid.cells), default=0)}
    heads = frozenset(_tight(cell.text) for cell in _heads(grid) if cell.row in rows)
    return [Unit(cell.text, cell.place, heads, in_table=True) for cell in grid.cells]


def _is_known(text: str) -> bool:
    return bool(_PERSONS.fullmatch(text)) or any(sort.heading.fullmatch(text) for sort in _SORTS)


def column_findings(grid: Grid, container: str) -> Iterator[Finding]:
    """One finding per column, with how many rows it has."""
    heads = _heads(grid)
    tight = {_tight(cell.text) for cell in heads}
    persons = any(_PERSONS.fullmatch(text) for text in tight)
    for head in heads:
        for sort in _SORTS:
            if not sort.heading.fullmatch(_tight(head.text)):
                continue
            filled = [cell for cell in _below(grid, head, heads) if _counts(cell, sort)]
            if filled and not (sort.needs_persons and not persons):
                yield _finding(grid, head, len(filled), sort, container)
            break
    yield from _children(grid, heads, tight, container)


def _finding(grid: Grid, head: GridCell, count: int, sort: _Sort, container: str) -> Finding:
    return found(
        "personal.column",
        head.place,
        key=f"{grid.place}\x1f{_tight(head.text)}",
        container=container,
        excerpt=head.text.strip(),
        severity=sort.severity,
        message=f"表格有一列{sort.name}（“{head.text.strip()}”，{count}行没有隐去）",
    )


def _children(grid: Grid, heads: list[GridCell], tight: set[str], container: str) -> Iterator[Finding]:
    named = [head for head in heads if _PERSONS.fullmatch(_tight(head.text))]
    if not named or not any(_MINORS.fullmatch(text) for text in tight):
        return
    count = sum(1 for cell in _below(grid, named[0], heads) if _counts(cell, _ANY))
    if count:
        yield found(
            "personal.minor",
            named[0].place,
            key=f"{grid.place}\x1f{_tight(named[0].text)}",
            container=container,
            excerpt=named[0].text.strip(),
            message=f"表格像是学生或儿童的名单（{count}人）",
        )


_ANY = _Sort("", re.compile(""), None, Severity.NOTICE)


def _heads(grid: Grid) -> list[GridCell]:
    rows = sorted({cell.row for cell in grid.cells})[:_HEAD_ROWS]
    last = rows[-1] if rows else 0
    return [cell for cell in grid.cells if cell.row <= last and 0 < len(cell.text.strip()) <= _LONGEST]


def _below(grid: Grid, head: GridCell, heads: list[GridCell]) -> list[GridCell]:
    """The cells under a heading that are no headings of the same word."""
    same = {(cell.row, cell.column) for cell in heads if _tight(cell.text) == _tight(head.text)}
    return [
        cell
        for cell in grid.cells
        if cell.column == head.column and cell.row > head.row and (cell.row, cell.column) not in same
    ]


def _counts(cell: GridCell, sort: _Sort) -> bool:
    text = cell.text.strip()
    if not text or text in {"-", "—", "/", "无"} or _MASKED.search(text):
        return False
    return sort.value is None or sort.value.search(text) is not None


def _tight(text: str) -> str:
    return _NOTE.sub("", _BLANK.sub("", text))
