"""The number of a letter by a pattern a body sets: {机关简称}公开〔{年份}〕第{序号}号.

The year stands in full in 〔〕 and the serial number is written without zeros in front (GB/T 9704-2012, 7.2.5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from gongkai.core.errors import Obstacle

DEFAULT_PATTERN = "{机关简称}公开〔{年份}〕第{序号}号"
BODY, YEAR, SERIAL = "机关简称", "年份", "序号"
LONGEST = 40  # characters of a pattern
_FIELD = re.compile(r"\{([^{}]*)\}")
_DIGITS = {YEAR: r"(?P<year>[1-9][0-9]{3})", SERIAL: r"(?P<serial>[1-9][0-9]*)"}


class PatternError(ValueError):
    """A pattern that makes no good numbers; the message is Chinese and names the remedy."""


class Numbered(NamedTuple):
    """What a number says."""

    year: int
    serial: int


@dataclass(frozen=True)
class NumberPattern:
    """A checked pattern. Raises ``PatternError`` for one that ``check_pattern`` finds fault with."""

    text: str

    def __post_init__(self) -> None:
        if problems := check_pattern(self.text):
            raise PatternError("；".join(str(problem) for problem in problems))

    def number(self, *, body: str, year: int, serial: int) -> str:
        """The number; ``body`` is the short name. Raises ``ValueError`` for a year or serial that is none."""
        if not 1000 <= year <= 9999 or serial < 1:  # noqa: PLR2004 - four digits
            raise ValueError(f"no number for year {year}, serial {serial}")
        values = {BODY: body, YEAR: str(year), SERIAL: str(serial)}
        return _FIELD.sub(lambda match: values[match[1]], self.text)

    def read(self, number: str, *, body: str) -> Numbered | None:
        """Year and serial of a number made by this pattern for that body; None when it is another's."""
        parts = _FIELD.split(self.text)
        looks = (
            re.escape(part) if at % 2 == 0 else _DIGITS.get(part, re.escape(body))
            for at, part in enumerate(parts)
        )
        found = re.fullmatch("".join(looks), number)
        return Numbered(int(found["year"]), int(found["serial"])) if found else None


def check_pattern(text: str) -> list[Obstacle]:
    """Everything wrong with a pattern; empty when it may be used."""
    names = _FIELD.findall(text)
    rest = _FIELD.sub("", text)
    found = [
        Obstacle(
            "unknown",
            f"编号格式中没有“{{{name}}}”这一项",
            f"可用的是{{{BODY}}}、{{{YEAR}}}、{{{SERIAL}}}",
            "pattern",
        )
        for name in dict.fromkeys(names)
        if name not in {BODY, YEAR, SERIAL}
    ]
    if "{" in rest or "}" in rest:
        found.append(Obstacle("braces", "编号格式中的花括号没有成对", "数据项应写成{名称}", "pattern"))
    found += [
        Obstacle("once", f"编号格式应有且只有一个{{{name}}}", "请补上或者删去多余的", "pattern")
        for name in (YEAR, SERIAL)
        if names.count(name) != 1
    ]
    if names.count(BODY) > 1:
        found.append(Obstacle("once", f"编号格式中的{{{BODY}}}重复", "请删去多余的", "pattern"))
    if YEAR in names and f"〔{{{YEAR}}}〕" not in text:
        found.append(Obstacle("brackets", "年份应当用六角括号括起", f"请写成〔{{{YEAR}}}〕", "pattern"))
    if re.search(r"[0-9]", rest) or any(not character.isprintable() for character in rest):
        found.append(Obstacle("digits", "编号格式的固定文字中不应有数字或者换行", "请删去", "pattern"))
    if len(text) > LONGEST:
        found.append(Obstacle("long", f"编号格式超过{LONGEST}个字", "请缩短", "pattern"))
    return found
