"""Numbers as Chinese official prose writes them: 21, ２１, 1,388, 5184余, 1.2万, 三, 二十一, 零, 两百零三."""

from __future__ import annotations

import re
from decimal import Decimal

from gongkai.law.report.figures import Number

_DIGITS = {
    char: value
    for value, chars in enumerate(
        ("零〇", "一壹", "二两贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for char in chars
}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GREAT = {"万": 10_000, "亿": 100_000_000}

HANZI = "".join(_DIGITS) + "".join(_TENS) + "".join(_GREAT)
"""Every character a Chinese numeral may consist of."""

ARABIC = r"\d+(?:\.\d+)?"
NUMERAL = rf"(?:{ARABIC}[万亿千百]?|[{HANZI}]{{1,16}})"
"""One number in prose already passed through ``prose.tidy``."""


def parse(text: str) -> Number | None:
    """The value of one numeral, or ``None`` when the characters form none (e.g. 万一).

    A bare run of digits (二〇二三) is read as such; that is how years are written.
    """
    if match := re.fullmatch(rf"({ARABIC})([百千万亿]?)", text):
        scale = (_TENS | _GREAT).get(match[2], 1)
        value = Decimal(match[1]) * scale
        return int(value) if value == value.to_integral_value() else value
    if not text or any(char not in HANZI for char in text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text)) if len(text) != 2 else None  # noqa: PLR2004
    return _parse_hanzi(text)


def show(number: Number) -> str:
    """A number as people write it: no exponent, no idle zeros."""
    if isinstance(number, int):
        return str(number)
    return str(int(number)) if number == number.to_integral_value() else f"{number:f}".rstrip("0")


def _parse_hanzi(text: str) -> int | None:
    """A numeral with places: each great unit multiplies what stands before it, each ten the digit before it."""
    total = section = digit = 0
    last_scale = 10
    last_great = 0
    for position, char in enumerate(text):
        if char in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[char]
        elif char in _TENS:
            if not digit and position:
                return None
            section += (digit or 1) * _TENS[char]
            digit, last_scale = 0, _TENS[char]
        else:
            if not section and not digit:
                return None
            scale = _GREAT[char]
            total = (
                (total + section + digit) * scale if scale > last_great else total + (section + digit) * scale
            )
            last_great = scale
            section = digit = 0
            last_scale = _GREAT[char]
    if digit and text[-2] not in "零〇" and last_scale > 10:  # noqa: PLR2004
        digit *= last_scale // 10  # 一百五 is 150, 一百零五 is 105
    return total + section + digit
