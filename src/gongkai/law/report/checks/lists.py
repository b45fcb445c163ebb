"""Numbers with their parts listed behind them in one sentence: 共发布53篇，其中甲2篇、乙5篇、丙43篇、丁4篇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from gongkai.law.report.figures import Number
from gongkai.law.report.prose import Quantity, quantities, sentences

_STRONG_CUE = re.compile(r"^(?:[，,]?(?:分别(?:为|是)|即|按[^，；、\d]{1,10}分，?)|：|——)")
_WEAK_CUE = re.compile(r"^[，；]?其中[，：]?")
_OPEN = re.compile(
    r"等|主要|包括|包含|涵盖|涉及|例如|比如|如[^期实何]|含|余|多|近|约|重点|尤其|特别|以及其他"
)
_NO_PART = re.compile(
    r"(?:增加|增长|减少|下降|上升|提高|同比|较|比|多|少|占|平均|每|第|粉丝|关注|阅读|浏览|点击|访问|用户)[^，；、\d]{0,8}$"
)
_SAME_KIND = ({"条", "篇", "则"}, {"件", "件次", "份", "宗", "起"}, {"次", "场", "期"}, {"人", "人次", "名"})
FEW_PARTS = 2
OPEN_PARTS = 3
"""Parts behind 其中 that may be taken for the whole list; fewer are more likely examples."""


@dataclass(frozen=True)
class Listing:
    """A total and its parts. ``is_exhaustive`` when the wording says that nothing is left out."""

    total: Number
    unit: str
    parts: tuple[Number, ...]
    is_exhaustive: bool
    sentence: str

    @property
    def added(self) -> Number:
        """The sum of the parts."""
        return sum(self.parts)


def listings(text: str) -> Iterator[Listing]:
    """Every total of tidy text with its parts, as far as the list may be complete."""
    for sentence in sentences(text):
        flat = _without_brackets(sentence)
        yield from _listings_in(flat, sentence)
        for total, inner in _bracketed(sentence):
            yield from _bracket_listing(total, inner, sentence)


def _listings_in(flat: str, sentence: str) -> Iterator[Listing]:
    found = quantities(flat)
    for position, total in enumerate(found):
        rest = flat[total.end :]
        strong = _STRONG_CUE.match(rest)
        if (
            not (strong or _WEAK_CUE.match(rest))
            or _NO_PART.search(flat[: total.start])
            or not total.is_exact
        ):
            continue
        needed = FEW_PARTS if strong else OPEN_PARTS
        listing = _listing(total, found[position + 1 :], rest, flat, sentence, needed=needed)
        if listing is not None:
            yield replace(listing, is_exhaustive=strong is not None)
        return


def _listing(
    total: Quantity, parts: tuple[Quantity, ...], rest: str, flat: str, sentence: str, *, needed: int
) -> Listing | None:
    """The listing, or ``None`` when the words leave it open, the units differ, or a part is no part."""
    if _OPEN.search(rest) or len(parts) < needed or not all(part.is_exact for part in parts):
        return None
    if any(not _same_kind(part.unit, total.unit) or _NO_PART.search(flat[: part.start]) for part in parts):
        return None
    gaps = [flat[first.end : second.start] for first, second in pairwise(parts)]
    if any(not re.match(r"^(?:[、，；]|和|及)", gap) for gap in gaps) or any("其中" in gap for gap in gaps):
        return None
    return Listing(total.value, total.unit, tuple(part.value for part in parts), False, sentence)


def _same_kind(unit: str, other: str) -> bool:
    return unit == other or any({unit, other} <= kind for kind in _SAME_KIND)


def _without_brackets(sentence: str) -> str:
    return re.sub(r"（[^（）]*）", "", sentence)


def _bracketed(sentence: str) -> Iterator[tuple[Quantity, str]]:
    """Each bracket that stands right behind a number."""
    found = {quantity.end: quantity for quantity in quantities(sentence)}
    for match in re.finditer(r"（([^（）]*)）", sentence):
        if match.start() in found:
            yield found[match.start()], match[1]


def _bracket_listing(total: Quantity, inner: str, sentence: str) -> Iterator[Listing]:
    """A list in brackets, which may count one thing twice (网站50条、微信60条), so never held against the report."""
    needed = OPEN_PARTS if _WEAK_CUE.match(inner) else FEW_PARTS
    listing = _listing(total, quantities(inner), inner, inner, sentence, needed=needed)
    if listing is not None and total.is_exact:
        yield listing
