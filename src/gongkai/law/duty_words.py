"""Reading 公开时限 as catalogues write it: words into a duty, or the doubt that a person has to settle.

Nothing is guessed. Two different terms in one cell, a term in hours, an advance notice (提前…), a school term: each is
a doubt with the reason, never a duty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.law.duty_terms import LONGEST_TERM, ORDINARY_WORKDAYS, STALE_DAYS, Duty, Rhythm, Span


@dataclass(frozen=True, slots=True)
class TermReading:
    """A duty; with a `doubt` it is UNKNOWN. `note` is a warning beside a duty that was understood."""

    duty: Duty
    doubt: str = ""
    note: str = ""


_DIGITS = {sign: value for value, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百]+(?=个?(?:工作日|自然日|日|天|月|小时|周))")
_WIDE = str.maketrans("０１２３４５６７８９（）；，", "0123456789();,")
_COUNT = r"(?P<n>\d{1,4})(?:个)?(?P<unit>工作日|自然日|日历日|日|天|月)(?:以|之)?内"
_UNITS = {"工作日": Span.WORKDAYS, "月": Span.MONTHS}
_AFTER_PERIOD = re.compile(
    rf"(?P<period>半年|季度|季|月度|月|年度|年)(?:度)?(?:结束|终了|终|末|底)?(?:之)?后(?:的)?{_COUNT}"
)
_EVENT = re.compile(rf"(?P<event>[^;,。、]*?){_COUNT}")
_TEN_DAYS = {"上旬": 10, "中旬": 20}
_YEAR_DAY = re.compile(
    r"(?:每年度?|次年|年度)(?:的)?(?P<m>\d{1,2})月(?:份)?(?P<d>\d{1,2}日|底|末|上旬|中旬|下旬)?(?!\d*至)"
)
_MONTH_DAY = re.compile(r"每月(?P<d>\d{1,2})[日号](?:之|以)?前")
_PLAIN = (
    (re.compile(r"每年(?:第)?[一1]季度"), Duty(Rhythm.YEARLY, month=3, day=31)),
    (re.compile(r"每半年|半年度?(?:公开|公布|更新|一次)"), Duty(Rhythm.HALF_YEARLY)),
    (re.compile(r"每(?:个)?季|按季|季度(?:公开|公布|更新)"), Duty(Rhythm.QUARTERLY)),
    (re.compile(r"每(?:个)?月(?!\d)|按月|月度(?:公开|公布|更新)"), Duty(Rhythm.MONTHLY)),
    (re.compile(r"每年|按年|年度(?:公开|公布|更新)|一年一次"), Duty(Rhythm.YEARLY)),
)
_CONTINUOUS = re.compile(r"实时|即时|及时|动态|随时|常态化|持续更新")
_STANDING = re.compile(r"长期|常年|永久|一次性")
_SAME_DAY = re.compile(r"(?:当日|当天|当时)")
_WEEKLY = re.compile(r"每(?P<n>\d?)(?:个)?(?:周|星期)")
_DOUBTS = (
    (re.compile(r"小时"), "含以小时计的时限，不是逐件公开的期限"),
    (re.compile(r"提前|之前\d|前\d+个?(?:工作)?日"), "要求提前公开，起算的事情不在目录中"),
    (re.compile(r"不少于|不得少于|不低于|公示期"), "写的是公示期而不是公开的期限"),
    (re.compile(r"学期|学年"), "按学期、学年计，起止日期各地不同"),
    (re.compile(r"办结|受理"), "写的是办理期限而不是公开的期限"),
    (re.compile(r"\d+月\d+日至|\d+月至"), "写的是一段时间，截止日不明确"),
)


def read_term(text: str) -> TermReading:
    """What a cell of 公开时限 means."""
    plain = _plain(text)
    if not plain:
        return _doubt("没有填写公开时限")
    for pattern, why in _DOUBTS:
        if pattern.search(plain):
            return _doubt(why)
    try:
        found = list(dict.fromkeys(_duties(plain)))
    except ValueError as wrong:
        return _doubt(str(wrong))
    if not found:
        return _doubt("文字中没有可以识别的期限")
    firm = [duty for duty in found if duty.rhythm not in {Rhythm.CONTINUOUS, Rhythm.STANDING}] or found[:1]
    if len(firm) > 1:
        return _doubt(f"同时写有几种时限（{'；'.join(duty.words for duty in firm)}）")
    return TermReading(firm[0], note=_note(firm[0]))


def _doubt(why: str) -> TermReading:
    return TermReading(Duty(Rhythm.UNKNOWN), f"{why}，请核定")


def _note(duty: Duty) -> str:
    """Art. 26 allows longer only where a law says so."""
    longer = duty.span is Span.WORKDAYS and duty.term is not None and duty.term > ORDINARY_WORKDAYS
    if duty.rhythm is Rhythm.ON_EVENT and longer:
        return f"长于条例第二十六条规定的{ORDINARY_WORKDAYS}个工作日，请核对是否有法律、法规的另外规定"
    return ""


def _plain(text: str) -> str:
    squeezed = "".join(text.split()).translate(_WIDE)
    return _NUMERAL.sub(lambda found: str(_number(found[0])), squeezed)


def _number(numeral: str) -> int:
    """一 to 九百九十九, as terms are written."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        else:
            total, digit = total + (digit or 1) * (100 if sign == "百" else 10), 0
    return total + digit


def _duties(text: str) -> Iterator[Duty]:
    """Every duty the text names. Raises ValueError with the reason for what cannot be one."""
    rest = text
    for pattern, make in ((_AFTER_PERIOD, _after_period), (_YEAR_DAY, _year_day), (_MONTH_DAY, _month_day)):
        for found in pattern.finditer(rest):
            yield make(found)
        rest = pattern.sub("", rest)
    for found in _EVENT.finditer(rest):
        yield Duty(Rhythm.ON_EVENT, _term(found), _UNITS.get(found["unit"], Span.DAYS))
    rest = _EVENT.sub("", rest)
    if _SAME_DAY.search(rest):
        yield Duty(Rhythm.ON_EVENT, 0)
    for pattern, duty in _PLAIN:
        if pattern.search(rest):
            yield duty
            rest = pattern.sub("", rest)
    if weekly := _WEEKLY.search(rest):
        yield Duty(Rhythm.CONTINUOUS, stale_days=7 * int(weekly["n"] or 1))
    elif _CONTINUOUS.search(rest):
        yield Duty(Rhythm.CONTINUOUS, stale_days=STALE_DAYS)
    elif _STANDING.search(rest):
        yield Duty(Rhythm.STANDING)


def _term(found: re.Match[str]) -> int:
    term = int(found["n"])
    if not 1 <= term <= LONGEST_TERM:
        raise ValueError(f"期限“{found['n']}”不合情理")
    return term


_PERIODS = {"月": Rhythm.MONTHLY, "季": Rhythm.QUARTERLY, "半": Rhythm.HALF_YEARLY, "年": Rhythm.YEARLY}


def _after_period(found: re.Match[str]) -> Duty:
    return Duty(_PERIODS[found["period"][0]], _term(found), _UNITS.get(found["unit"], Span.DAYS))


def _year_day(found: re.Match[str]) -> Duty:
    month, words = int(found["m"]), found["d"] or "底"
    day = int(words[:-1]) if words[:-1].isdecimal() else _TEN_DAYS.get(words, _last(month))
    duty = Duty(Rhythm.YEARLY, month=month, day=day)
    if problems := duty.problems():
        raise ValueError(problems[0])
    return duty


def _last(month: int) -> int:
    return 28 if month == 2 else 30 if month in {4, 6, 9, 11} else 31  # noqa: PLR2004 - February


def _month_day(found: re.Match[str]) -> Duty:
    """Each month by its n-th day: so many days after the month before."""
    day = int(found["d"])
    if not 1 <= day <= 28:  # noqa: PLR2004 - every month has it
        raise ValueError(f"“每月{day}日”不是每个月都有")
    return Duty(Rhythm.MONTHLY, day, Span.DAYS)
