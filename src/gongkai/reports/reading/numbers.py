# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Reading one cell as a number, the way reports write numbers: 1,388 · ３件 · 增10 · -417 · 251000元 · / · 空白."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from gongkai.law.report.figures import Figure, Standing
from gongkai.law.report.formats import Column
from gongkai.reports.reading.words import fold

_BLANK_SIGNS = frozenset(
    [
        "",
        "/",
        "\\",
        "∕",
        "-",
        "--",
        "---",
        "—",
        "——",
        "–",
        "−",
        "―",
        "─",
        "无",
        "空",
        "空白",
        "未填",
        "没有",
        "暂无",
        "N/A",
        "n/a",
        "NA",
        ".",
    ]
)
_DASHES = str.maketrans({"−": "-", "–": "-", "—": "-", "―": "-", "﹣": "-"})
_COUNTERS = "件次|条次|件|项|条|个|宗|起|份|次|部|人次|人|类|篇"
_PLAIN = re.compile(r"\d+")
_DECIMAL = re.compile(r"\d+\.\d+")
_SIGNED = re.compile(r"[+-]\d+(?:\.\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_COUNTED = re.compile(rf"(?:共|约)?([+-]?\d[\d,]*(?:\.\d+)?)(?:{_COUNTERS})\*?")
_CHANGE = re.compile(
    r"(?P<word>净?新?增加?|增长|上升|净?减少?|下降|取消|[↑↓+-])[:(]?\+?-?(?P<number>\d+)\)?(?:"
    + _COUNTERS
    + r")?"
)
_CHANGE_BEHIND = re.compile(r"(\d+)(?:" + _COUNTERS + r")?\(净?([增减])[加少]?\)")
_MONEY = re.compile(r"(?:¥|￥|人民币|RMB)?([+-]?\d[\d,]*(?:\.\d+)?)(亿元|万元|千元|元|亿|万)?整?")
_VALUE_LIKE = re.compile(
    r"(?:¥|￥|共|约)?[+\-−–—]?\d[\d,，.]*(?:\((?:\+|-)?\d+\))?(?:"
    + _COUNTERS
    + r"|亿元|万元|千元|元|亿|万)?\*?"
)
_REMARK = re.compile(
    r"(?P<number>[+-]?\d[\d,]*(?:\.\d+)?(?:"
    + _COUNTERS
    + r"|亿元|万元|元)?)\((?![^()]*[增减升降])(?=[^()]*[\u3400-\u9fff])[^()]*\)"
)
"""A number with a remark in brackets: ``22（其中修订16件）``. The number counts, the remark is kept in ``raw``."""
FOOTNOTES = re.compile(
    r"(?<=[0-9０-９])[\u2460-\u2473\u24eb-\u24f4\u2776-\u277f\u00b9\u00b2\u00b3\u2070-\u2079]+"
)
"""Circled and raised digits beside a number point to a footnote: 12① is 12."""
_UNIT_IN_BRACKETS = re.compile(r"([+-]?\d[\d,]*(?:\.\d+)?)\((" + _COUNTERS + r"|亿元|万元|千元|元|亿|万)\)")
_FALLING = ("减", "下降", "取消", "↓", "-")
_SCALES = {
    "亿元": Decimal(10000),
    "亿": Decimal(10000),
    "万元": Decimal(1),
    "万": Decimal(1),
    "千元": Decimal("0.1"),
    "元": Decimal("0.0001"),
}
_ZEROS = {"(0)": 0, "零": 0, "〇": 0, "○": 0, "O": 0, "o": 0}
_UNCHANGED = frozenset({"不变", "无变化", "无增减", "持平", "未变化", "无变动"})

REMARKED = "括号内的说明不计入数字"
IMPLAUSIBLE_WAN = Decimal(100_000)
"""An amount of more than 10 亿元 with no unit anywhere is more likely written in 元 (formats.md R15)."""


def kind(text: str) -> str:
    """What a cell holds: ``blank``, ``sign`` (a dash or 无 for nothing), ``value`` or ``text``."""
    folded = _folded(text)
    if not folded:
        return "blank"
    if folded in _BLANK_SIGNS:
        return "sign"
    if _is_value(_without_remark(folded)):
        return "value"
    return "text"


def _folded(text: str) -> str:
    """The text of a cell with one kind of dash and without the full stop some put behind a number."""
    folded = fold(FOOTNOTES.sub("", text)).translate(_DASHES)
    return folded.rstrip("。;、") or folded


def _without_remark(folded: str) -> str:
    if in_brackets := _UNIT_IN_BRACKETS.fullmatch(folded):
        return "".join(in_brackets.groups())
    remarked = _REMARK.fullmatch(folded)
    return remarked.group("number") if remarked else folded


def _is_value(folded: str) -> bool:
    if _VALUE_LIKE.fullmatch(folded) or folded in _ZEROS or folded in _UNCHANGED:
        return True
    if _CHANGE_BEHIND.fullmatch(folded):
        return True
    return len(folded) <= 24 and _net_change(folded) is not None


def pieces(text: str) -> list[str]:
    """The separate numbers of a cell that holds several with spaces between, else an empty list."""
    parts = text.replace("\u00a0", " ").split()
    return parts if len(parts) > 1 and all(kind(part) in {"value", "sign"} for part in parts) else []


def read_cell(text: str, column: Column, *, place: str = "", heading: str = "") -> Figure:
    """Read the text of a cell of ``column``. ``heading`` is the column's heading as written; its unit counts."""
    raw = text.strip()
    folded = _folded(text)
    if folded in _BLANK_SIGNS:
        return Figure(None, Standing.BLANK, raw, place)
    number = _without_remark(folded)
    figure = _read_money(number, heading) if column.unit == "万元" else _read_count(number, column)
    if _REMARK.fullmatch(folded) and number != folded and figure.value is not None:
        figure = replace(figure, standing=Standing.NORMALISED, note=figure.note or REMARKED)
    return replace(figure, raw=raw, place=place)


def _read_count(folded: str, column: Column) -> Figure:
    if _PLAIN.fullmatch(folded):
        clear = folded == "0" or not folded.startswith("0")
        return Figure(int(folded), Standing.CLEAR if clear else Standing.NORMALISED)
    if _SIGNED.fullmatch(folded) and "." not in folded:
        minus_in_signed = column.signed and folded.startswith("-")
        return Figure(int(folded), Standing.CLEAR if minus_in_signed else Standing.NORMALISED)
    if folded in _ZEROS:
        return Figure(0, Standing.NORMALISED, note="写作“零”，按0计")
    counted = _COUNTED.fullmatch(folded)
    number = counted.group(1) if counted else folded.rstrip("*")
    if (value := _whole(number)) is not None:
        return Figure(value, Standing.NORMALISED)
    if column.signed:
        return _read_change(folded)
    return Figure(None, Standing.UNCERTAIN, note="不是可以识别的数字")


def _whole(number: str) -> int | None:
    """A number with thousands separators, or with nothing but zeros after the point."""
    if _GROUPED.fullmatch(number) or re.fullmatch(r"[+-]?\d+(?:\.0+)?", number):
        value = Decimal(number.replace(",", ""))
        return int(value) if value == value.to_integral_value() else None
    return None


def _read_change(folded: str) -> Figure:
    if folded in _UNCHANGED:
        return Figure(0, Standing.NORMALISED, note=f"写作“{folded}”，按0计")
    if behind := _CHANGE_BEHIND.fullmatch(folded):
        folded = behind.group(2) + behind.group(1)
    net = _net_change(folded)
    if net is None:
        return Figure(None, Standing.UNCERTAIN, note="看不出增加还是减少多少")
    return Figure(
        net, Standing.NORMALISED, note=f"写作“{folded}”，按{net:+d}计" if net else f"写作“{folded}”，按0计"
    )


def _net_change(folded: str) -> int | None:
    """Rises minus falls of ``增5减3``, ``+(0)-(0)``, ``3/1`` (heading 增/减); ``None`` when that is not the form."""
    if both := re.fullmatch(r"\+?(\d+)/-?(\d+)", folded):
        return int(both.group(1)) - int(both.group(2))
    if re.fullmatch(r"(?:增/减|增减):?\d+", folded):
        amount = int(re.sub(r"\D", "", folded))
        return 0 if amount == 0 else None
    total, position = 0, 0
    stripped = folded.strip(";,、/。")
    while position < len(stripped):
        part = _CHANGE.match(stripped, position)
        if part is None or part.end() == position:
            return None
        amount = int(part.group("number"))
        total += -amount if any(word in part.group("word") for word in _FALLING) else amount
        position = part.end()
        while position < len(stripped) and stripped[position] in ";,、/.和":
            position += 1
    return total if stripped else None


def heading_unit(heading: str) -> str:
    """The money unit a heading asks for: ``万元``, ``元``, ``亿元`` or ``""``."""
    found = re.search(r"亿元|万元|千元|元", fold(heading))
    return found.group(0) if found else ""


def _read_money(folded: str, heading: str) -> Figure:
    if folded in _ZEROS:
        return Figure(Decimal(0), Standing.NORMALISED, note="写作“零”，按0计")
    if re.fullmatch(rf"0(?:{_COUNTERS})", folded):
        return Figure(Decimal(0), Standing.NORMALISED)
    written = _MONEY.fullmatch(folded.rstrip("*"))
    if written is None or not _commas_fit(written.group(1)):
        return Figure(None, Standing.UNCERTAIN, note="不是可以识别的金额")
    try:
        number = Decimal(written.group(1).replace(",", ""))
    except InvalidOperation:
        return Figure(None, Standing.UNCERTAIN, note="不是可以识别的金额")
    own, asked = written.group(2) or "", heading_unit(heading)
    if not own and not asked:
        return _without_unit(number)
    unit = own or asked
    value = number * _SCALES[unit]
    plain_number = not own and asked == "万元" and "," not in folded
    note = "" if unit in {"万元", "万"} else f"按{unit}折算为万元"
    standing = Standing.CLEAR if plain_number else Standing.NORMALISED
    return Figure(_trim(value), standing, unit=own or ("" if asked == "万元" else asked), note=note)


def _commas_fit(number: str) -> bool:
    return "," not in number or _GROUPED.fullmatch(number) is not None


def _without_unit(number: Decimal) -> Figure:
    if number == 0:
        return Figure(Decimal(0), Standing.CLEAR)
    if abs(number) > IMPLAUSIBLE_WAN:
        return Figure(None, Standing.UNCERTAIN, note="没有写明单位，按万元计金额过大，疑为元")
    return Figure(_trim(number), Standing.ASSIGNED, note="没有写明单位，按格式要求的万元计")


def _trim(value: Decimal) -> Decimal:
    """The same amount without trailing zeros, never in exponent form."""
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()
