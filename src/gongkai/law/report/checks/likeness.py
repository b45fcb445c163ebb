"""How much of this year's prose is last year's: R16. Numbers, years and marks are left out of the comparison."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject
from gongkai.law.report.findings import Finding
from gongkai.law.report.formats import SECTIONS
from gongkai.law.report.prose import first_words, sentences, tidy

SHINGLE = 8
"""Hanzi in a row that count as one piece of wording."""
THRESHOLD = 0.7
"""Share of wording found in last year's section from which a section is called alike."""
LEAST = 120
"""Hanzi a section needs for the share to mean anything."""
COPIED_SENTENCE = 20
"""Hanzi from which an identical sentence is worth quoting."""
COMPARED = ("overview", "problems", "other")


def alike(subject: Subject) -> Iterator[Finding]:
    """R16: sections that mostly repeat last year's wording, with the longest repeated sentences."""
    rule, previous = RULES["R16"], subject.previous
    if previous is None or not subject.follows():
        yield rule.not_assessable(subject.why_not_followed())
        return
    titles = {section.key: section.title for section in SECTIONS}
    shares = {}
    for section in COMPARED:
        share = likeness(subject.prose.get(section, ""), before := tidy(previous.sections.get(section, "")))
        if share is None:
            continue
        shares[section] = share
        if share >= THRESHOLD:
            copied = repeated(subject.prose[section], before)
            yield rule.failed(
                f"“{titles[section]}”与上一年度报告约{share:.0%}的文字相同"
                + (f"，如“{first_words(copied[0], 40)}”等{len(copied)}句。" if copied else "。"),
                expected=f"低于{THRESHOLD:.0%}",
                found=f"{share:.0%}",
                section=section,
                quote="\n".join(copied[:3]),
                remedy="按本年实际情况改写。",
            )
    if shares and max(shares.values()) < THRESHOLD:
        yield rule.passed(f"正文与上一年度报告的雷同度最高为{max(shares.values()):.0%}。")
    elif not shares:
        yield rule.not_assessable("两个年度没有足够长的正文可以比较。")


CHECKS = (alike,)


def likeness(text: str, before: str) -> float | None:
    """The share of ``text``'s wording that stands in ``before``; ``None`` when either is too short to tell."""
    mine, theirs = _hanzi(text), _hanzi(before)
    if min(len(mine), len(theirs)) < LEAST:
        return None
    shingles = _shingles(mine)
    return len(shingles & _shingles(theirs)) / len(shingles)


def repeated(text: str, before: str) -> list[str]:
    """The sentences of ``text`` that stand in ``before`` word for word, numbers aside, longest first."""
    known = {_hanzi(sentence) for sentence in sentences(before)}
    found = [one for one in sentences(text) if len(_hanzi(one)) >= COPIED_SENTENCE and _hanzi(one) in known]
    return sorted(found, key=len, reverse=True)


def _hanzi(text: str) -> str:
    return re.sub(r"[^\u4e00-\u9fff]|[零〇一二三四五六七八九十百千万亿两年月日]", "", text)


def _shingles(text: str) -> set[str]:
    return {text[start : start + SHINGLE] for start in range(len(text) - SHINGLE + 1)}
