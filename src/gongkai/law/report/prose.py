"""Reading numbers out of Chinese prose, as it comes out of web pages, documents and PDFs.

``tidy`` mends what extraction broke (line breaks inside sentences, blanks between digits and Hanzi, full-width
digits); ``sentences`` and ``quantities`` cut the tidy text. What the numbers mean is for ``claims`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.report import numerals
from gongkai.law.report.figures import Number

_FULL_WIDTH = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
}
_MARKS = str.maketrans(
    {
        "％": "%",
        "．": ".",
        "﹪": "%",
        "(": "（",
        ")": "）",
        ";": "；",
        "?": "？",
        "!": "！",
        "－": "-",
        "～": "~",
        "[": "〔",
        "]": "〕",
    }
)
_PAGE_NUMBER = re.compile(r"\n\s*(?:[-—–－]+\s*\d+\s*[-—–－]+|第\s*\d+\s*页[^\n]*)[^\S\n]*\n\s*")
_HEADING = re.compile(
    r"^\s*(?:[（(]\s*[一二三四五六七八九十]+\s*[）)]|[一二三四五六七八九十]+\s*、|\d+\s*[.、．])"
)
_SENTENCE_END = "。；！？\n"
_UNITS = "件次|条次|人次|万元|亿元|批次|篇次|次|件|条|篇|项|个|期|封|份|人|元|批|场|宗|起|则|例|部|家|册|户|页|名|%"
_APPROXIMATE_AFTER = r"余|多|来|以上|左右"
_APPROXIMATE_BEFORE = re.compile(r"(?:近|约|大约|超过?|逾|不少于|达到?近|突破)$")
_QUANTITY = re.compile(
    rf"(?<![\d.])(?P<number>{numerals.NUMERAL})(?P<after>{_APPROXIMATE_AFTER})?(?P<unit>{_UNITS})(?P<late>余|多|以上|左右)?"
)


@dataclass(frozen=True)
class Quantity:
    """A number with its unit in a piece of tidy text, from ``start`` to ``end``.

    ``is_exact`` is false for 余, 多, 近, 约 and the like: such a number cannot contradict a table.
    """

    value: Number
    unit: str
    is_exact: bool
    start: int
    end: int


def tidy(text: str) -> str:
    """The text with plain digits and Chinese marks and without any blank; headings keep a line of their own."""
    text = _PAGE_NUMBER.sub("\n", f"\n{text}\n".replace("\r\n", "\n").replace("\r", "\n"))
    text = text.translate(_FULL_WIDTH).translate(_MARKS)
    lines = [_without_blanks(line) for line in _joined(text.split("\n"))]
    return "\n".join(line for line in lines if line)


def sentences(text: str) -> Iterator[str]:
    """The sentences of tidy text, without their closing mark."""
    for sentence in re.split(rf"[{_SENTENCE_END}]", text):
        if sentence:
            yield sentence


def quantities(text: str) -> tuple[Quantity, ...]:
    """Every number with a unit in tidy text, in order."""
    return tuple(found for match in _QUANTITY.finditer(text) if (found := _quantity(text, match)) is not None)


def first_words(text: str, length: int = 60) -> str:
    """A quotation of bearable length."""
    return text if len(text) <= length else f"{text[:length]}……"


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    value = numerals.parse(match["number"])
    before = text[max(0, match.start() - 3) : match.start()]
    if value is None or before.endswith("第"):
        return None
    vague = match["after"] or match["late"] or _APPROXIMATE_BEFORE.search(before)
    return Quantity(value, match["unit"], not vague, match.start(), match.end())


def _joined(lines: list[str]) -> Iterator[str]:
    """Lines put together where a sentence runs on; a heading or a closed sentence ends a line."""
    current = ""
    for line in lines:
        if current and (_ends(current) or _HEADING.match(line) or not line.strip()):
            yield current
            current = ""
        current += line
    yield current


def _ends(line: str) -> bool:
    return line.rstrip()[-1:] in set("。！？；")


def _without_blanks(line: str) -> str:
    line = re.sub(r"\s|\u200b|\ufeff|\u3000", "", line)
    line = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", line)
    return line.replace(",", "，").replace(":", "：")
