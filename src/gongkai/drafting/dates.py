"""Days as official documents write them: 2024年3月5日, ２０２４年３月５日, 二〇二四年三月五日."""

from __future__ import annotations

import datetime as dt
import re

_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | {
    "零": "0",
    "○": "0",
    "Ο": "0",
    "Ｏ": "0",
    "O": "0",
    "o": "0",
    "◯": "0",
}
_HAN = "〇零○ΟＯOo◯一二三四五六七八九"
_YEAR = rf"(?P<year>(?:19|20)[0-9]{{2}}|[一二][{_HAN}]{{3}})"
_FEW = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
DAY = re.compile(rf"{_YEAR}\s*年\s*(?P<month>{_FEW})\s*月\s*(?P<day>{_FEW})\s*日")
_SHORT = re.compile(
    r"(?P<year>(?:19|20)[0-9]{2})\s*[-./]\s*(?P<month>[0-9]{1,2})\s*[-./]\s*(?P<day>[0-9]{1,2})"
)
_TEN = "十"
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def day_in(text: str, *, alone: bool = False) -> dt.date | None:
    """The first day a text names; with ``alone``, only when the text is nothing but that day."""
    plain = text.translate(_WIDE)
    for form in (DAY, _SHORT):
        match = form.fullmatch(plain.strip()) if alone else form.search(plain)
        if match is not None:
            return _day(match)
    return None


def _day(match: re.Match[str]) -> dt.date | None:
    year = "".join(_DIGITS.get(sign, sign) for sign in match["year"])
    try:
        return dt.date(int(year), number(match["month"]), number(match["day"]))
    except ValueError:
        return None


def number(text: str) -> int:
    """Up to 99, in either script. Raises ``ValueError``."""
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.partition(_TEN)
    if not ten:
        return int("".join(_DIGITS[sign] for sign in text))
    return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0"))
