"""What a check says: a verdict with both values, the cells concerned, a plain sentence and the remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from gongkai.law.report.cells import Cell


class Severity(StrEnum):
    """How grave a failed check is."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"

    @property
    def label(self) -> str:
        """The Chinese word shown to a clerk."""
        return {"error": "错误", "warning": "警告", "notice": "提示"}[self.value]


class Verdict(StrEnum):
    """What a check found out. A missing number never passes: it is NOT_ASSESSABLE, an unreadable one UNCERTAIN."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    UNCERTAIN = "uncertain"
    NOT_ASSESSABLE = "not_assessable"

    @property
    def label(self) -> str:
        """The Chinese word shown to a clerk."""
        return {"pass": "通过", "fail": "不通过", "uncertain": "存疑", "not_assessable": "无法核对"}[
            self.value
        ]


@dataclass(frozen=True)
class Finding:
    """One result of one rule.

    ``rule`` is the rule's id (``R1`` …), ``expected`` and ``found`` the two values as shown to people,
    ``message`` one Chinese sentence a clerk understands, ``remedy`` what to do (``""`` when there is nothing to do),
    ``basis`` the article or notice the rule rests on, ``section`` the part of the report for findings about prose,
    ``quote`` the words of the report a prose finding speaks of.
    """

    rule: str
    severity: Severity
    verdict: Verdict
    message: str
    cells: tuple[Cell, ...] = ()
    expected: str = ""
    found: str = ""
    remedy: str = ""
    basis: str = ""
    section: str = ""
    quote: str = ""

    @property
    def is_problem(self) -> bool:
        """Whether somebody should look at it: a failure or something that could not be told."""
        return self.verdict in {Verdict.FAIL, Verdict.UNCERTAIN}


def problems(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings somebody should look at, gravest first, in stable order."""
    order = list(Severity)
    return tuple(sorted((f for f in findings if f.is_problem), key=lambda f: order.index(f.severity)))
