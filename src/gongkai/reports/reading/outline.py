# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Where the six parts of the report begin, and what stands before the first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gongkai.law.report.figures import ShapeNote
from gongkai.law.report.formats import SECTIONS
from gongkai.reports.reading.document import Block, Document, Prose
from gongkai.reports.reading.words import fold, likeness, tidy

OFFICIAL = {section.key: section.title for section in SECTIONS}
ORDER = {section.key: number for number, section in enumerate(SECTIONS)}
_HAN = "一二三四五六七八九十"

WORDINGS: dict[str, tuple[str, ...]] = {
    "overview": (
        "总体情况",
        "总体概述",
        "基本情况",
        "工作基本情况",
        "概述",
        "总体工作情况",
        "总体概况",
        "工作总体情况",
    ),
    "proactive": (
        "主动公开政府信息情况",
        "行政机关主动公开政府信息情况",
        "政府信息主动公开情况",
        "主动公开政府信息的情况",
    ),
    "requests": (
        "收到和处理政府信息公开申请情况",
        "行政机关收到和处理政府信息公开申请情况",
        "收到和处理政府信息公开申请的情况",
        "政府信息公开申请办理情况",
    ),
    "disputes": (
        "政府信息公开行政复议行政诉讼情况",
        "因政府信息公开工作被申请行政复议提起行政诉讼情况",
        "因政府信息公开工作被申请行政复议和提起行政诉讼情况",
        "政府信息公开行政复议和行政诉讼情况",
        "政府信息公开行政复议及行政诉讼情况",
        "行政复议行政诉讼情况",
    ),
    "problems": (
        "存在的主要问题及改进情况",
        "政府信息公开工作存在的主要问题及改进情况",
        "存在问题及改进情况",
        "存在的主要问题及改进措施",
        "存在的问题及改进情况",
        "主要问题及改进情况",
    ),
    "other": (
        "其他需要报告的事项",
        "其他需要报告事项",
        "其他报告的事项",
        "需要报告的其他事项",
        "其它需要报告的事项",
    ),
}
ACCEPTED = {
    "proactive": frozenset({"行政机关主动公开政府信息情况"}),
    "requests": frozenset({"行政机关收到和处理政府信息公开申请情况"}),
    "disputes": frozenset(WORDINGS["disputes"][:2]),
    "problems": frozenset({"政府信息公开工作存在的主要问题及改进情况"}),
}
"""Wordings official too: those of the notices' text (国办公开办函〔2019〕60号, 〔2021〕30号) beside the form's headings."""

_LEADS = re.compile(
    rf"^(?:(?P<han>[{_HAN}])[、.．,，:：\s]|(?P<paren>[(（][{_HAN}][)）])[、.．]?|(?P<arabic>\d)[、.．](?!\d)"
    rf"|第(?P<part>[{_HAN}])(?:部分|章)[、.．:：]?)?(?P<rest>.+)$"
)
_RUN_IN = re.compile(r"[。：:;；（(\s]")
LONGEST_HEADING = 46
SURE = 0.95
"""From here on a heading has one of the known wordings."""
_KEYWORDS = {
    "overview": re.compile("总体|概述|基本情况"),
    "proactive": re.compile("主动公开"),
    "requests": re.compile("申请"),
    "disputes": re.compile("复议|诉讼"),
    "problems": re.compile("问题|不足"),
    "other": re.compile("其他|其它|报告事项"),
}
"""What a heading of the right number must at least speak of."""


@dataclass(frozen=True)
class Heading:
    """A line that may open a part: which, numbered how, as the how-manieth, with what text behind it on the line."""

    block: int
    key: str
    style: str
    number: int
    title: str
    rest: str
    score: float
    listed: bool = False


@dataclass
class Outline:
    """The blocks of each part. ``spans`` maps ``lead`` and section keys to block ranges."""

    spans: dict[str, tuple[int, int]] = field(default_factory=dict)
    run_in: dict[str, str] = field(default_factory=dict)
    notes: list[ShapeNote] = field(default_factory=list)

    def blocks(self, document: Document, key: str) -> Sequence[Block]:
        """The blocks of one part, in order."""
        start, end = self.spans.get(key, (0, 0))
        return document.blocks[start:end]


def outline(document: Document) -> Outline:
    """Find the six parts of a document."""
    candidates = [
        heading
        for number, block in enumerate(document.blocks)
        if isinstance(block, Prose) and (heading := _candidate(number, block.text)) is not None
    ]
    candidates = [_with_neighbours(candidates, place) for place in range(len(candidates))]
    chosen = _choose(candidates)
    result = Outline()
    if not chosen:
        result.spans["lead"] = (0, len(document.blocks))
        return result
    result.spans["lead"] = (0, chosen[0].block)
    ends = [heading.block for heading in chosen[1:]] + [_end(candidates, chosen[-1], len(document.blocks))]
    for heading, end in zip(chosen, ends, strict=True):
        result.spans[heading.key] = (heading.block + 1, end)
        if heading.rest:
            result.run_in[heading.key] = heading.rest
    _note(result, chosen)
    return result


def _with_neighbours(candidates: Sequence[Heading], place: int) -> Heading:
    """The heading, marked when it stands in a list of headings with nothing between them (a list of contents)."""
    heading = candidates[place]
    beside = [*candidates[max(place - 1, 0) : place], *candidates[place + 1 : place + 2]]
    listed = any(abs(other.block - heading.block) == 1 and other.key != heading.key for other in beside)
    return replace(heading, listed=listed)


def _end(candidates: Sequence[Heading], last: Heading, end: int) -> int:
    """Where the last part ends: before the page begins again with part one, for phones or for another report."""
    again = (c.block for c in candidates if c.block > last.block and c.key == "overview" and c.number == 1)
    return next(again, end)


def _candidate(number: int, text: str) -> Heading | None:
    line = tidy(text)
    if len(line) > 400 or len(line) < 2:
        return None
    match = _LEADS.match(line)
    if match is None:
        return None
    style, count = "none", 0
    for name in ("han", "paren", "arabic", "part"):
        if (lead := match.group(name)) is not None:
            digit = next((c for c in lead if c in _HAN or c.isdigit()), "")
            style, count = name, (_HAN.index(digit) + 1 if digit in _HAN else int(digit))
    key, score, title, rest = _title(match.group("rest").strip(), numbered=style != "none", number=count)
    return Heading(number, key, style, count, title, rest, score) if key else None


def _title(text: str, *, numbered: bool, number: int) -> tuple[str, float, str, str]:
    """The part a heading text opens: key, likeness, the title, and what runs on behind it."""
    text = re.sub(r"[\[［(（][…. ]*[\]］)）]$", "", text).strip()
    bare = _bare(text)
    best, best_key = 0.0, ""
    for key, wordings in WORDINGS.items():
        score = max(likeness(bare, wording) for wording in wordings)
        if score > best:
            best, best_key = score, key
    if numbered and best < 0.7 and 1 <= number <= len(SECTIONS) and len(bare) <= 30:
        expected = SECTIONS[number - 1].key
        if _KEYWORDS[expected].search(bare) and not re.search("[。；，]", text):
            return expected, 0.7, text, ""
    needed = 0.7 if numbered and number == ORDER.get(best_key, -9) + 1 else 0.86 if numbered else 0.99
    if len(text) <= LONGEST_HEADING and best >= needed:
        return best_key, best, text, ""
    return _run_in(text) if numbered else ("", 0.0, "", "")


def _run_in(text: str) -> tuple[str, float, str, str]:
    """A heading with its first paragraph on the same line."""
    for key, wordings in WORDINGS.items():
        for wording in sorted(wordings, key=len, reverse=True):
            if len(wording) >= 4 and text.startswith(wording) and len(text) > len(wording):
                rest = text[len(wording) :]
                if _RUN_IN.match(rest) or rest[0].isdigit():
                    return key, 0.9, wording, rest.lstrip("。：:;； ")
    return "", 0.0, "", ""


def _bare(text: str) -> str:
    return re.sub(r"[^\u3400-\u9fff]", "", re.sub(r"[.…·\d]+$", "", fold(text)))


def _choose(candidates: list[Heading]) -> list[Heading]:
    """One heading per part: those numbered in the style most parts use, the first that is not in a list of contents."""
    styles = {}
    for style in ("han", "part", "paren", "arabic", "none"):
        right = {
            c.key
            for c in candidates
            if c.style == style and (c.number == ORDER[c.key] + 1 or style == "none")
        }
        styles[style] = len(right)
    main = max(styles, key=lambda style: styles[style]) if candidates else "none"
    pool = [c for c in candidates if c.style in {main, "none"} or (c.style == "han" and c.score > 0.95)]
    chosen: dict[str, Heading] = {}
    for candidate in pool:
        there = chosen.get(candidate.key)
        if there is None or _better(candidate, there, main):
            chosen[candidate.key] = candidate
    return sorted(chosen.values(), key=lambda heading: heading.block)


def _better(new: Heading, old: Heading, main: str) -> bool:
    if (new.style == main) != (old.style == main):
        return new.style == main
    if (new.score >= SURE) != (old.score >= SURE):
        return new.score >= SURE
    if new.listed != old.listed:
        return old.listed
    return (bool(old.rest) and not new.rest) or (new.listed and bool(old.rest) >= bool(new.rest))


def _note(result: Outline, chosen: list[Heading]) -> None:
    found = {heading.key for heading in chosen}
    for key, title in OFFICIAL.items():
        if key not in found and len(found) >= 2:
            result.notes.append(ShapeNote("section_missing", title, "", title))
    for heading in chosen:
        official = _bare(OFFICIAL[heading.key])
        if _bare(heading.title) not in {official, *ACCEPTED.get(heading.key, ())}:
            title = OFFICIAL[heading.key]
            result.notes.append(ShapeNote("section_title", title, heading.title, title))
    orders = [ORDER[heading.key] for heading in chosen]
    if orders != sorted(orders):
        titles = "、".join(heading.title for heading in chosen)
        expected = "、".join(OFFICIAL[key] for key in sorted(found, key=ORDER.__getitem__))
        result.notes.append(ShapeNote("section_order", "各部分顺序", titles, expected))
