"""Numbers with their parts listed behind them in one sentence: 共发布53篇，其中甲2篇、乙5篇、丙43篇、丁4篇."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from gongkai.law.report.figures import Number
from gongkai.law.report.prose import Quantity, quantities, sentences

_STRONG_CUE = re.compile(r"^(?:[，,]?(?:分别(?:为|是)|即|按[^，；、\d]{1,10}分，?)|：|——)")
_WEAK_CUE = re.compile(r"^[，；]?其中[，：]?")
_OPEN = re.compile(
    r"等|主要|包括|包含|涵盖|涉及|例如|比如|如[^期实何]|含|余|多|近|约|重点|尤其|特别|以及其他"
)
_BARE = re.compile(r"[\u4e00-\u9fff](?!20\d\d$)(\d+)$")
_NO_PART = re.compile(
    r"(?:增加|增长|减少|下降|上升|提高|同比|较|比|多|少|占|平均|每|第|粉丝|关注|阅读|浏览|点击|访问|用户)[^，；、\d]{0,8}$"
)
_SAME_KIND = ({"条", "篇", "则"}, {"件", "件次", "份", "宗", "起"}, {"次", "场", "期"}, {"人", "人次", "名"})
_OTHER_ACT = re.compile(r"收到|开展|举办|受理|回应|召开|处理|办理|答复|培训")
FEW_PARTS = 2
OPEN_PARTS = 3
"""Parts behind 其中 that may be taken for a list of kinds; fewer are more likely examples."""
MANY_PARTS = 6
"""Parts behind 其中 from which a shortfall is worth asking about; fewer need not be all."""


class Cue(Enum):
    """How a list is joined to its total."""

    WHOLE = "分别为"
    """Nothing is left out."""
    AMONG = "其中"
    """It may be a choice."""
    BRACKET = "（）"
    """It may count one thing twice (网站50条、微信60条), so it is never held against the report."""


@dataclass(frozen=True)
class Listing:
    """A total and its parts, and how they are joined."""

    total: Number
    unit: str
    parts: tuple[Number, ...]
    cue: Cue
    sentence: str

    @property
    def added(self) -> Number:
        """The sum of the parts."""
        return sum(self.parts)

    @property
    def is_worth_telling(self) -> bool:
        """Whether a difference means anything: behind 其中 a few parts need not be all."""
        return self.cue is not Cue.AMONG or self.added >= self.total or len(self.parts) >= MANY_PARTS


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
        listing = _listing(total, found[position + 1 :], flat, Cue.WHOLE if strong else Cue.AMONG, sentence)
        if listing is not None and listing.is_worth_telling:
            yield listing
        return


def _listing(
    total: Quantity, parts: tuple[Quantity, ...], text: str, cue: Cue, sentence: str
) -> Listing | None:
    """The listing, or ``None`` when the words leave it open, the units differ, or a part is no part.

    ``text`` is what the places of the parts count in.
    """
    needed = OPEN_PARTS if cue is Cue.AMONG else FEW_PARTS
    if len(parts) < needed or not all(part.is_exact for part in parts):
        return None
    if _OPEN.search(text if cue is Cue.BRACKET else text[total.end :]):
        return None
    if any(not _same_kind(part.unit, total.unit or parts[0].unit) for part in parts):
        return None
    if any(_NO_PART.search(text[: part.start]) for part in parts):
        return None
    gaps = [text[first.end : second.start] for first, second in pairwise(parts)]
    if any(
        not re.match(r"^(?:[、，；]|和|及)", gap) or "其中" in gap or _OTHER_ACT.search(gap) for gap in gaps
    ):
        return None
    return Listing(total.value, total.unit, tuple(part.value for part in parts), cue, sentence)


def _same_kind(unit: str, other: str) -> bool:
    return unit == other or any({unit, other} <= kind for kind in _SAME_KIND)


def _without_brackets(sentence: str) -> str:
    return re.sub(r"（[^（）]*）", "", sentence)


def _bracketed(sentence: str) -> Iterator[tuple[Quantity, str]]:
    """Each bracket that stands right behind a number."""
    found = {quantity.end: quantity for quantity in quantities(sentence)}
    for match in re.finditer(r"（([^（）]*)）", sentence):
        bare = _BARE.search(sentence[: match.start()])
        if match.start() in found:
            yield found[match.start()], match[1]
        elif bare:
            yield Quantity(int(bare[1]), "", True, bare.start(1), bare.end(1)), match[1]


def _bracket_listing(total: Quantity, inner: str, sentence: str) -> Iterator[Listing]:
    listing = _listing(total, quantities(inner), inner, Cue.BRACKET, sentence)
    if listing is not None and total.is_exact:
        yield listing
