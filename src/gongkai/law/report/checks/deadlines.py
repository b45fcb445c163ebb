"""When the report came out: R13 (条例 art. 49) and R31."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from gongkai.law.report.checks.bodies import level_of
from gongkai.law.report.checks.rules import RULES
from gongkai.law.report.checks.subject import Subject
from gongkai.law.report.figures import Level
from gongkai.law.report.findings import Finding, Severity

SATURDAY = 5


def deadline(level: Level, year: int) -> dt.date:
    """The last day for publishing the report on ``year``: 条例 art. 49. Townships go with the departments."""
    return dt.date(year + 1, 3, 31) if level is Level.GOVERNMENT else dt.date(year + 1, 1, 31)


def published_in_time(subject: Subject) -> Iterator[Finding]:
    """R13: 31 January for departments, 31 March for governments."""
    report, rule = subject.report, RULES["R13"]
    level = level_of(report)
    if report.year is None:
        yield rule.not_assessable("没有读到报告年度，无法核对公布时间。")
        return
    last = deadline(level, report.year)
    if report.published_on is None:
        yield rule.not_assessable(_undated(subject, level, last), expected=f"不晚于{_say(last)}")
    elif report.published_on <= last:
        yield rule.passed(
            f"公布于{_say(report.published_on)}，没有超过{_say(last)}。", found=_say(report.published_on)
        )
    elif level is Level.TOWNSHIP:
        yield rule.not_assessable(
            f"公布于{_say(report.published_on)}；《条例》第四十九条没有点名乡镇、街道，以当地规定的时间为准。",
            found=_say(report.published_on),
        )
    else:
        yield _late(subject, level, report.published_on, last)


def plausible_date(subject: Subject) -> Iterator[Finding]:
    """R31: a report on a year appears after its last day and not in the future."""
    report, rule = subject.report, RULES["R31"]
    if report.published_on is None or report.year is None:
        yield rule.not_assessable("没有读到公布日期或报告年度，无法核对。")
        return
    day = report.published_on
    if subject.today is not None and day > subject.today:
        yield rule.failed(f"公布日期{_say(day)}是将来的日期。", found=_say(day), remedy="改为实际公布日期。")
    elif day <= dt.date(report.year, 12, 31):
        yield rule.uncertain(
            f"公布日期{_say(day)}早于统计期限的最后一天（{report.year}年12月31日）。",
            expected=f"晚于{report.year}年12月31日",
            found=_say(day),
            remedy="核对公布日期和报告年度。",
        )
    else:
        yield rule.passed("公布日期晚于统计期限的最后一天。", found=_say(day))


CHECKS = (published_in_time, plausible_date)


def _late(subject: Subject, level: Level, day: dt.date, last: dt.date) -> Finding:
    rule, expected, found = RULES["R13"], f"不晚于{_say(last)}", _say(day)
    if level is Level.UNKNOWN:
        government = deadline(Level.GOVERNMENT, last.year - 1)
        message = f"公布于{found}。部门年报应不晚于{_say(last)}，政府年报应不晚于{_say(government)}；没有认出机关的类别，"
        if day <= government:
            return rule.not_assessable(message + "无法核对。", expected=expected, found=found)
        return rule.uncertain(message + "但两个时间都已超过。", expected=expected, found=found)
    if not _works_between(subject, last, day):
        return rule.uncertain(
            f"公布于{found}，比{_say(last)}晚，但期限末日及其后到公布前都是休息日，请按当地掌握的口径判断。",
            severity=Severity.NOTICE,
            expected=expected,
            found=found,
        )
    return rule.failed(
        f"公布于{found}，晚于《条例》规定的{_say(last)}，迟了{(day - last).days}天。",
        expected=expected,
        found=found,
        remedy="已经发生的逾期无法补正；下一年度请提前安排编制和审核。",
    )


def _works_between(subject: Subject, last: dt.date, day: dt.date) -> bool:
    """Whether there was a working day from the deadline to the day before publishing."""
    days = (last + dt.timedelta(offset) for offset in range((day - last).days))
    if subject.calendar is None:
        return any(one.weekday() < SATURDAY for one in days)
    return any(map(subject.calendar.is_workday, days))


def _undated(subject: Subject, level: Level, last: dt.date) -> str:
    if level is Level.TOWNSHIP:
        return "没有读到公布日期；乡镇、街道以当地规定的时间为准。"
    if subject.today is not None and subject.today > last:
        return f"没有读到公布日期；法定期限{_say(last)}已过。"
    return f"没有读到公布日期；应不晚于{_say(last)}公布。"


def _say(day: dt.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
