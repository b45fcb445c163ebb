# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Text as people type it, made comparable: widths, spaces, quotes, enumerators."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache

_INVISIBLE: dict[int, str | None] = dict.fromkeys(
    [0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x00AD, 0x200E, 0x200F]
)
_RADICALS = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        map(
            ord,
            "⺁⺄⺆⺇⺈⺊⺌⺍⺕⺜⺝⺟⺠⺧⺪⺫⺬⺮⺶⺷⺹⺻⺼⻁⻄⻅⻆⻇⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        ),
        "厂乙冂几刀卜小小彐日月母民牛疋目示竹羊羊老聿肉虎西见角角言贝车辶辶辶邑钅长镸长门阜阝雨青韦页风飞食食饣饣饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""Browsers write some plain characters into a PDF as radicals that look the same: ⼀ for 一, ⽂ for 文, ⻓ for 长."""
_CLEARED = _INVISIBLE | _RADICALS
_SPACES = re.compile(r"\s+")
_BRACKETED = re.compile(r"\([^()]*\)")
_OPEN_BRACKET = re.compile(r"\([^()]*$")
_PUNCTUATION = re.compile(r"[^0-9A-Za-z\u3400-\u9fff%/+\-]+")
_ENUMERATOR = re.compile(
    r"^(?:\(?[一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}(?=[、.．,，:\s])|\(?\d{1,2}\)|\d{1,2}(?=[、.．,，:\s])"
    r"|第[一二三四五六七八九十]+(?:部分|章|节))[、.．,，:\s]*"
)
CJK = re.compile(r"[\u3400-\u9fff]")


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Compatibility forms folded, invisible characters gone, every space gone: ``（三） 不予`` becomes ``(三)不予``."""
    return _SPACES.sub("", unicodedata.normalize("NFKC", text).translate(_CLEARED))


def spaced(text: str) -> str:
    """One line of text: every run of spaces is one space, invisible characters are gone."""
    return _SPACES.sub(" ", text.translate(_CLEARED)).strip()


def tidy(text: str) -> str:
    """One line of running text: as ``spaced``, and without spaces between Chinese characters."""
    return re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef]) (?=[\u3000-\u9fff\uff00-\uffef])", "", spaced(text))


@lru_cache(maxsize=8192)
def core(text: str) -> str:
    """What is left of a label without enumerators, bracketed remarks and punctuation."""
    folded = fold(text)
    while (stripped := _ENUMERATOR.sub("", folded, count=1)) != folded and stripped:
        folded = stripped
    bare = _BRACKETED.sub("", folded)
    while bare != (again := _BRACKETED.sub("", bare)):
        bare = again
    bare = _OPEN_BRACKET.sub("", bare)
    return _PUNCTUATION.sub("", bare or folded)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """A label with its enumerator and bracketed remarks but without any punctuation, for comparing wordings."""
    return _PUNCTUATION.sub("", fold(text))


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """How alike two short strings are, 0 to 1."""
    if left == right:
        return 1.0
    if not left or not right or len(left) > 400:
        return 0.0
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() > 0.5 else 0.0


def has_words(text: str) -> bool:
    """Whether there is any Chinese character."""
    return CJK.search(text) is not None
