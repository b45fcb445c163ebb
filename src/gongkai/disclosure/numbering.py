"""Index numbers (索引号): unique, given once, never changed, of a pattern the body's region prescribes.

The official guide asks for the organisation's code, a slash, the year and a serial number; real ones differ from
place to place, so the pattern is a setting: ``GONGKAI_INDEX_PATTERN``.
"""

from __future__ import annotations

import re

from django.conf import settings

from gongkai.core.errors import Obstacle
from gongkai.core.numbering import next_number
from gongkai.organisations.models import Body

SERIAL = re.compile(r"\{serial(:0\d)?\}")
PLACE = re.compile(r"\{(credit_code|organisation_code|slug|year|serial(:0\d)?)\}")
PARTS = ("credit_code", "organisation_code", "slug", "year", "serial")
ORGANISATION_CODE = slice(8, 17)  # GB 32100: places 9-17 of the unified code are the organisation's code


def pattern() -> str:
    """The pattern of this installation."""
    return str(settings.GONGKAI_INDEX_PATTERN)


def why_not_pattern(text: str) -> str:
    """What is wrong with a pattern, in Chinese; ``""`` when nothing is. Without a serial no number is unique."""
    if len(SERIAL.findall(text)) != 1:
        return "索引号格式中应恰有一处 {serial} 或 {serial:05}"
    if not {"{credit_code}", "{organisation_code}", "{slug}"} & set(re.findall(r"\{\w+\}", text)):
        return "索引号格式中应有 {credit_code}、{organisation_code} 或 {slug}，以区分机关"
    if re.search(r"[{}]", PLACE.sub("", text)):
        return f"索引号格式只能使用：{'、'.join('{' + part + '}' for part in PARTS)}"
    return ""


def why_not_numbered(body: Body) -> list[Obstacle]:
    """The obstacle when the pattern asks for a code the body has not stated."""
    if "_code}" not in pattern() or body.credit_code:
        return []
    message = f"{body.display_name}尚未登记统一社会信用代码，无法编制索引号"
    return [Obstacle("no_credit_code", message, "请管理员在机关资料中补登", "credit_code")]


def take_index_numbers(body: Body, year: int, count: int = 1) -> list[str]:
    """The next index numbers of a body's year, taken in one step.

    The series is the number itself with its serial left out: two patterns or bodies that would write the same
    number share one counter, so no number can come out twice.
    """
    values, chosen = _values(body, year), pattern()
    first = next_number(f"index:{SERIAL.sub('*', chosen).format(**values)}", count=count)
    return [chosen.format(**values, serial=serial) for serial in range(first, first + count)]


def example(body: Body, year: int) -> str:
    """How an index number of the body looks, for its guide; ``""`` while a code it needs is not stated."""
    return "" if why_not_numbered(body) else pattern().format(**_values(body, year), serial=1)


def _values(body: Body, year: int) -> dict[str, object]:
    return {
        "credit_code": body.credit_code,
        "organisation_code": body.credit_code[ORGANISATION_CODE],
        "slug": body.slug,
        "year": year,
    }
