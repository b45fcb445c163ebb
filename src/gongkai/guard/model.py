"""What the guard says: a finding with its place, a masked excerpt, and what to do about it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum


class Severity(StrEnum):
    """What a finding does to a publication."""

    BLOCK = "block"
    """It stands in the way until it is fixed or overridden with a reason."""
    WARN = "warn"
    """It must be looked at."""
    NOTICE = "notice"
    """It is usual and probably right; shown so that nothing is hidden from the one who decides."""


ORDER = {severity: number for number, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Finding:
    """One find. ``fingerprint`` is the same in every run over the same content, so that an override can name it."""

    rule: str
    """Such as ``personal.id_number``: the key of ``rules.RULES``."""
    severity: Severity
    place: str
    """Such as 正文表2第3行第4列, 附件“名单.xlsx”工作表“隐藏”B2, 文档属性·作者."""
    excerpt: str
    """With personal data masked; never the whole of it."""
    message: str
    remedy: str
    fingerprint: str
    strippable: bool = False
    """``strip_metadata`` takes it away without touching what a reader sees."""

    def __str__(self) -> str:
        return f"{self.place}：{self.message}" if self.place else self.message


def fingerprint(*parts: str) -> str:
    """Of rule, container, value and neighbourhood: not of line numbers, which move when something above changes."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The gravest first, each with a fingerprint of its own: a second one of the same content gets a number."""
    seen: dict[str, int] = {}
    every = []
    for finding in findings:
        count = seen[finding.fingerprint] = seen.get(finding.fingerprint, 0) + 1
        unique = finding if count == 1 else replace(finding, fingerprint=f"{finding.fingerprint}-{count}")
        every.append(unique)
    return tuple(sorted(every, key=lambda finding: ORDER[finding.severity]))


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of text that stands by itself: a paragraph, a cell, a property."""

    text: str
    place: str
    heads: frozenset[str] = frozenset()
    """The headings of the table it stands in."""
    in_table: bool = False


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of a table by row and column, from 1."""

    row: int
    column: int
    text: str
    place: str


@dataclass(slots=True)
class Grid:
    """A table or sheet."""

    place: str
    cells: list[GridCell] = field(default_factory=list)


@dataclass(slots=True)
class Material:
    """All that is to be looked at in one container."""

    container: str
    units: list[Unit] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    thorough: bool = True
    """Also draw the pages of a PDF, to see what can be read on them."""
