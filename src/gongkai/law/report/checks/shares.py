"""Percentages in the prose: R9."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from gongkai.law.report.cells import Cell
from gongkai.law.report.checks.counts import counts_for, row_total
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject, enumerate_
from gongkai.law.report.checks.topics import RESULT_TOPICS, TOPICS
from gongkai.law.report.claims import Claim
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.findings import Finding
from gongkai.law.report.numerals import show


def percentages(subject: Subject) -> Iterator[Finding]:
    """R9: a share of requests is its count over the number answered."""
    report, rule = subject.report, RULES["R9"]
    shares = [
        (claim, share)
        for claim in subject.claims
        if claim.topic in RESULT_TOPICS and (share := _share(claim))
    ]
    answered = tuple(claim.value for claim in subject.claims if claim.topic in {"answered", "received"})
    bases = {value for count in counts_for(report, "answered") if (value := count.value)} | {
        value for value in answered if value
    }
    if not shares or not bases:
        yield rule.not_assessable("正文没有可以核对的占比。")
        return
    wrong = [
        (claim, share)
        for claim, share in shares
        if not any(_fits(claim.value, base, share) for base in bases)
    ]
    for claim, share in wrong:
        yield _wrong_share(report, claim, share)
    if len(wrong) < len(shares):
        right = [f"{show(claim.value)}件占{share}%" for claim, share in shares if (claim, share) not in wrong]
        yield rule.passed(f"正文有{len(right)}处占比计算正确：{enumerate_(right)}。")


CHECKS = (percentages,)


_SHARE = re.compile(
    r"^(?:件|件次|份|宗)?[，（]?(?:约|大约)?占(?:比|[^，；。\d]{0,14}?的?)(?:为|约|约为)?(\d+(?:\.\d+)?)%"
)


def _share(claim: Claim) -> str:
    match = _SHARE.match(claim.quote[claim.end :])
    return match[1] if match else ""


def _fits(part: Number, base: Number, share: str) -> bool:
    """Whether part / base is this percentage, rounded or cut off at its last digit."""
    digits = len(share.partition(".")[2])
    above = Fraction(part) * 100 / Fraction(base) - Fraction(share)
    unit = Fraction(1, 10**digits)
    return -unit / 2 <= above < unit


def _wrong_share(report: Report, claim: Claim, share: str) -> Finding:
    total = row_total(report, "total")
    right = f"{float(Fraction(claim.value) * 100 / Fraction(total)):.2f}" if total else ""
    hints = [f"{show(claim.value)}占答复总数{show(total)}的{right}%"] if total else []
    if total and (parts := _numerators(total, share)):
        hints.append(f"要得到{share}%，件数应为{parts}")
    if claim.value and (bases := _denominators(claim.value, share)):
        hints.append(f"以{show(claim.value)}件得到{share}%的总数应为{bases}")
    told = f"（{'；'.join(hints)}）" if hints else ""
    return RULES["R9"].failed(
        f"正文写“{TOPICS[claim.topic]}”{show(claim.value)}件占{share}%，与任何一种总数都不符{told}。",
        (Cell(3, "total", "total"),),
        expected=f"{right}%" if right else "",
        found=f"{share}%",
        section=claim.section,
        quote=claim.quote,
        remedy="核对件数和占比，按“件数÷答复总数”重新计算。",
    )


def _numerators(total: Number, share: str) -> str:
    centre = round(Fraction(share) * Fraction(total) / 100)
    return _range([part for part in range(max(0, centre - 3), centre + 4) if _rounds_to(part, total, share)])


def _denominators(part: Number, share: str) -> str:
    if Fraction(share) == 0:
        return ""
    centre = round(Fraction(part) * 100 / Fraction(share))
    return _range([base for base in range(max(1, centre - 50), centre + 51) if _rounds_to(part, base, share)])


def _rounds_to(part: Number, base: Number, share: str) -> bool:
    digits = len(share.partition(".")[2])
    return abs(Fraction(part) * 100 / Fraction(base) - Fraction(share)) <= Fraction(1, 2 * 10**digits)


def _range(numbers: list[int]) -> str:
    if not numbers:
        return ""
    return str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}至{numbers[-1]}"
