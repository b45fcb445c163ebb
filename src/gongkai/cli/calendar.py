"""`gongkai calendar`: a year's holidays, or the day a term of working days ends."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from gongkai.law.arrangements import WEEKDAY_NAMES
from gongkai.law.calendar import WorkCalendar, official_calendar

MOST_WORKDAYS = 2000  # eight years; no statutory term comes near it
USAGE_ERROR = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Either a year, or a day and a number of working days."""
    parser.add_argument("year", nargs="?", type=year, help="列出该年的放假与调休安排，例如 2026")
    parser.add_argument(
        "--from", dest="start", type=day, metavar="DATE", help="起算日（当日不计），如 2024-09-27"
    )
    parser.add_argument("--add", type=workdays, metavar="N", help="加上 N 个工作日")


def year(text: str) -> int:
    """A year. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or not date.min.year <= int(text) < date.max.year:
        message = f"{text!r} 不是年份，例如 2026"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def day(text: str) -> date:
    """A date. Raises ArgumentTypeError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} 不是日期，请写成 2024-09-27"
        raise argparse.ArgumentTypeError(message) from None


def workdays(text: str) -> int:
    """A number of working days. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text) <= MOST_WORKDAYS:
        message = f"{text!r} 应为 1 至 {MOST_WORKDAYS} 的整数"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Print what was asked for; 2 when it is not clear what that is."""
    calendar = official_calendar()
    if args.start is not None and args.add is not None and args.year is None:
        print("\n".join(term_lines(calendar, args.start, args.add)))
        return 0
    if args.year is not None and args.start is None and args.add is None:
        print("\n".join(year_lines(calendar, args.year)))
        return 0
    print("请写年份（gongkai calendar 2026），或同时写 --from 日期 与 --add 工作日数。", file=sys.stderr)
    return USAGE_ERROR


def year_lines(calendar: WorkCalendar, wanted: int) -> list[str]:
    """The year's arrangement with its sources; provisional years say so first."""
    arrangement = next((one for one in calendar.arrangements if one.year == wanted), None)
    if arrangement is None:
        note = calendar.provisional_note(date(wanted, 12, 31))
        return [f"{wanted}年（预计）", note or f"{wanted}年的放假安排未录入，按周一至周五推算，仅供参考"]
    lines = [f"{wanted}年节假日安排（{'；'.join(arrangement.sources)}）"]
    for holiday in arrangement.holidays:
        length = (holiday.last - holiday.first).days + 1
        span = dated(holiday.first) if length == 1 else f"{dated(holiday.first)} 至 {dated(holiday.last)}"
        worked = "、".join(dated(one) for one in holiday.makeup)
        lines.append(f"  {holiday.name}　{span}，{length}天" + (f"；{worked} 上班" if worked else ""))
    total = calendar.workdays_between(date(wanted - 1, 12, 31), date(wanted, 12, 31))
    return [*lines, f"  全年工作日 {total.number} 天"]


def term_lines(calendar: WorkCalendar, start: date, number: int) -> list[str]:
    """The due day, then every day from the start to it with its number or the reason it does not count."""
    due = calendar.add_workdays(start, number)
    mark = "（预计）" if due.provisional else ""
    lines = [f"{dated(start)} 之后第 {number} 个工作日是 {dated(due.day)}{mark}"]
    if due.note:
        lines.append(due.note)
    counted = 0
    for one in list(calendar.days(start, due.day))[1:]:
        worked = calendar.is_workday(one)
        counted += worked
        lines.append(f"  {dated(one)}　{f'第{counted}日' if worked else '不计'}　{calendar.why(one)}")
    return lines


def dated(one: date) -> str:
    """2024-09-27 星期五."""
    return f"{one.isoformat()} {WEEKDAY_NAMES[one.weekday()]}"
