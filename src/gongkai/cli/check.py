"""`gongkai check FILE…`: read any annual report and say what is wrong in it. Starts no framework and stores nothing.

Exit status: 0 when no file has a failed check of severity error or warning (notices do not count, nor what could
not be told), 1 when one has, 2 when a file could not be read or an output file not be written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from gongkai.cli.check_output import as_text
from gongkai.cli.progress import track
from gongkai.law.calendar import official_calendar
from gongkai.law.report.checks import check
from gongkai.law.report.figures import Level, Report
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.reports.reading import ReadingError, read
from gongkai.reports.writing.check_json import as_json

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
STDOUT = "-"
LEVELS = [level.value for level in Level if level is not Level.UNKNOWN]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the report and its findings, or why it could not be read."""

    file: str
    report: Report | None = None
    findings: tuple[Finding, ...] = ()
    error: ReadingError | None = None

    @property
    def status(self) -> int:
        """The exit status this file alone would give."""
        if self.report is None:
            return UNREADABLE
        return FINDINGS if any(counts(finding) for finding in self.findings) else CLEAN


def counts(finding: Finding) -> bool:
    """Whether a finding makes the command exit with 1: failed, and more than a notice."""
    return finding.verdict is Verdict.FAIL and finding.severity is not Severity.NOTICE


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files and what to make of them."""
    parser.add_argument(
        "files", nargs="+", metavar="FILE", help="年度报告：HTML、DOCX、PDF、纯文本、XLSX 或 JSON"
    )
    parser.add_argument("--previous", metavar="FILE", help="同一机关上一年度的报告，用于跨年核对")
    parser.add_argument(
        "--json", nargs="?", const=STDOUT, metavar="OUT", help="输出 JSON（不写文件名时输出到标准输出）"
    )
    parser.add_argument("--html", metavar="OUT", help="输出网页：重建报告的表格并标出问题（每次一份报告）")
    parser.add_argument("--level", choices=LEVELS, help="机关类型，未写时按名称判断")
    parser.add_argument("--quiet", action="store_true", help="不输出文字结果，只看退出状态")
    parser.epilog = "退出状态：0 没有错误和警告；1 有错误或警告（提示不计）；2 有文件无法读取。"


def run(args: argparse.Namespace) -> int:
    """Check every file; the exit status of the worst."""
    if args.html and len(args.files) > 1:
        print("--html 每次只能检查一份报告，请逐份指定。", file=sys.stderr)
        return UNREADABLE
    try:
        previous = read(args.previous) if args.previous else None
    except ReadingError as error:
        print(f"上一年度报告“{args.previous}”：{error}", file=sys.stderr)
        return UNREADABLE
    several = len(args.files) > 1
    files = track(args.files, "检查年度报告", len(args.files)) if several else args.files
    outcomes = [examine(file, previous, args.level) for file in files]
    written = _write(args, outcomes)
    return max([outcome.status for outcome in outcomes] + [CLEAN if written else UNREADABLE])


def examine(file: str, previous: Report | None = None, level: str | None = None) -> Outcome:
    """Read and check one file."""
    try:
        report = read(file)
    except ReadingError as error:
        return Outcome(file, error=error)
    if level:
        report = report.with_(level=Level(level))
    found = check(report, previous, calendar=official_calendar(), today=date.today())  # noqa: DTZ011 - a Chinese office's day
    return Outcome(file, report, found)


def _write(args: argparse.Namespace, outcomes: Sequence[Outcome]) -> bool:
    """Print and write what was asked for; whether every output could be written."""
    for outcome in outcomes:
        if outcome.error is not None:
            print(f"{outcome.file}：{outcome.error}", file=sys.stderr)
    if args.json != STDOUT and not args.quiet:
        print("\n\n".join(as_text(o.file, o.report, o.findings) for o in outcomes if o.report is not None))
    told = True
    if args.json:
        told = _put(args.json, _json(outcomes))
    if args.html and outcomes[0].report is not None:
        from gongkai.reports.writing.html import render_check

        told = _put(args.html, render_check(outcomes[0].report, outcomes[0].findings)) and told
    return told


def _json(outcomes: Sequence[Outcome]) -> str:
    """One object for one file, a list for several."""
    objects: list[dict[str, Any]] = [
        {"file": o.file, "error": {"reason": o.error.reason, "message": str(o.error)}}
        if o.error is not None
        else as_json(o.file, o.report, o.findings)
        for o in outcomes
    ]
    return json.dumps(objects[0] if len(objects) == 1 else objects, ensure_ascii=False, indent=1)


def _put(target: str, text: str) -> bool:
    if target == STDOUT:
        print(text)
        return True
    try:
        Path(target).write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        print(f"不能写入“{target}”：{error.strerror}。请换一个有写入权限的位置。", file=sys.stderr)
        return False
    return True
