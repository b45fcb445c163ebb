"""Cells as values: days and moments in the ways people write them, kinds and classes by their names."""

from __future__ import annotations

import datetime as dt
import re
from email.utils import parsedate_to_datetime

from django.utils import timezone

from gongkai.disclosure.enums import DocumentKind, Genre, Subject

_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?|(\d{4})(\d{2})(\d{2})")
_CLOCK = re.compile(r"[\sT]*(\d{1,2})[:：时](?:(\d{1,2})(?:[:：分](\d{1,2})(?:\.\d+)?)?)?[分秒]?")
_ZONE = re.compile(r"\s*(Z|[+-]\d{2}:?\d{2})$")
_SERIAL = re.compile(r"(\d{5})(?:\.(\d+))?")
_FIRST_SERIAL = dt.datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's day zero has no zone
SERIALS = range(20_000, 80_000)  # 1954 to 2119
EARLIEST = 1949
_SEPARATORS = re.compile(r"[\n；;，,、|]+")
_FILE_SEPARATORS = re.compile(r"[\n；;|]+")

KIND_WORDS = {
    "规范性文件": DocumentKind.NORMATIVE,
    "政府规章": DocumentKind.RULE,
    "政策文件": DocumentKind.OTHER_POLICY,
    "文件": DocumentKind.OTHER_POLICY,
    "解读": DocumentKind.INTERPRETATION,
    "通知": DocumentKind.NOTICE,
    "公告": DocumentKind.NOTICE,
    "公示": DocumentKind.NOTICE,
    "公示公告": DocumentKind.NOTICE,
    "公告公示": DocumentKind.NOTICE,
    "新闻": DocumentKind.NEWS,
    "动态": DocumentKind.NEWS,
    "政务动态": DocumentKind.NEWS,
    "预决算": DocumentKind.BUDGET,
    "财政预决算": DocumentKind.BUDGET,
    "财政信息": DocumentKind.BUDGET,
    "统计数据": DocumentKind.STATISTICS,
    "办事指南": DocumentKind.SERVICE,
}


def kind_named(text: str) -> str:
    """The kind by its name, its code or a usual word for it; "" for none."""
    known = {label: value for value, label in DocumentKind.choices} | {
        one: one for one in DocumentKind.values
    }
    return str(known.get(text) or KIND_WORDS.get(text, ""))


def genre_named(text: str) -> str:
    """The genre by its name or code; "" for none."""
    known = {label: value for value, label in Genre.choices} | {one: one for one in Genre.values}
    return str(known.get(text) or {"命令": Genre.ORDER, "令": Genre.ORDER}.get(text, ""))


def subject_named(text: str) -> str:
    """The subject by its name, one of the names it is made of, or its code; "" for none."""
    known = {label: value for value, label in Subject.choices} | {one: one for one in Subject.values}
    if text in known:
        return str(known[text])
    parts = [(part, value) for value, label in Subject.choices for part in re.split("[、，]", str(label))]
    return str(dict(parts).get(text, ""))


def day_of(text: str) -> dt.date:
    """A day. Raises ValueError for what is none."""
    return moment_of(text).date()


def moment_of(text: str) -> dt.datetime:
    """A moment in local time; a day alone begins at midnight. Raises ValueError for what is none."""
    words = text.strip()
    found = _DAY.match(words)
    if found is None:
        return _otherwise(words)
    year, month, day = (int(one) for one in found.groups() if one is not None)
    rest = words[found.end() :].strip()
    zone = _ZONE.search(rest)
    clock = _CLOCK.fullmatch(rest[: zone.start()] if zone else rest) if rest else None
    if rest and clock is None:
        raise ValueError(text)
    hour, minute, second = (int(one or 0) for one in clock.groups()) if clock else (0, 0, 0)
    made = dt.datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - its zone follows
    if zone:
        return timezone.localtime(dt.datetime.fromisoformat(f"{made.isoformat()}{_iso_zone(zone[1])}"))
    return _plausible(timezone.make_aware(made))


def _iso_zone(text: str) -> str:
    return "+00:00" if text == "Z" else text if ":" in text else f"{text[:3]}:{text[3:]}"


def _otherwise(words: str) -> dt.datetime:
    """A spreadsheet's day number, or a date of an e-mail as feeds have it."""
    serial = _SERIAL.fullmatch(words)
    if serial and int(serial[1]) in SERIALS:
        return timezone.make_aware(_FIRST_SERIAL + dt.timedelta(days=round(float(words), 5)))
    try:
        made = parsedate_to_datetime(words)
    except (TypeError, IndexError) as error:
        raise ValueError(words) from error
    return timezone.localtime(made if made.tzinfo else made.replace(tzinfo=dt.UTC))


def _plausible(made: dt.datetime) -> dt.datetime:
    if made.year < EARLIEST:
        raise ValueError(made)
    return made


def listed(text: str) -> list[str]:
    """Words set apart by commas, semicolons or lines."""
    return [one.strip() for one in _SEPARATORS.split(text) if one.strip()]


def named_files(text: str) -> list[str]:
    """File names set apart by semicolons, bars or lines; a comma may belong to a name."""
    return list(dict.fromkeys(one.strip() for one in _FILE_SEPARATORS.split(text) if one.strip()))
