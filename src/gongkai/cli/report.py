"""`gongkai report`: a body's annual report computed from the records, checked, and written to files.

Exit status: 0 without failed errors or warnings, 1 with some, 2 when the report or a file cannot be made.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from gongkai.cli.framework import require_database, start_framework

if TYPE_CHECKING:
    from collections.abc import Sequence

    from gongkai.organisations.models import Body
    from gongkai.reports.drafting import Draft

CLEAN, FINDINGS, REFUSED = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which body, which year, where to."""
    parser.add_argument("body", nargs="?", default="", help="机关的网址代号或全称；只有一个机关时可省略")
    parser.add_argument("--year", type=int, required=True, help="年度，例如 2025")
    parser.add_argument("--out", type=Path, help="写出文件的目录；不写则只显示数据和校核结果")
    parser.add_argument("--only", default="", help="只写这些格式，用逗号分隔，例如 docx,pdf")
    parser.epilog = "退出状态：0 没有错误和警告；1 有错误或警告（提示不计）；2 年报或文件无法生成。"


def run(args: argparse.Namespace) -> int:
    """Compute, check, print; write the files when a folder is given."""
    start_framework()
    require_database(with_tables=True)
    from gongkai.law.report.narrative import NarrativeError
    from gongkai.reports.drafting import report_of_year

    body = body_named(args.body)
    if body is None:
        return REFUSED
    try:
        draft = report_of_year(body, args.year)
    except (ValueError, NarrativeError) as error:
        return _refuse(str(error))
    status = tell(body, draft)
    if args.out and not write(draft, args.out, _endings(args.only)):
        return REFUSED
    return status


def tell(body: Body, draft: Draft) -> int:
    """Print what the report is and what the checks say; the exit status."""
    from gongkai.cli.check import counts
    from gongkai.cli.check_output import as_text
    from gongkai.reports.drafting import check_draft

    findings = check_draft(body, draft)
    print(as_text(draft.report.title, draft.report, findings))
    return FINDINGS if any(counts(finding) for finding in findings) else CLEAN


def write(draft: Draft, folder: Path, endings: Sequence[str]) -> bool:
    """Write the files, one line each; what cannot be made is told and the rest still written."""
    from django.utils import timezone

    from gongkai.reports.export import export_draft
    from gongkai.reports.writing.pdf import PdfUnavailable

    whole = True
    for ending in endings:
        try:
            file = export_draft(draft, ending, at=timezone.now())
            folder.mkdir(parents=True, exist_ok=True)
            (folder / file.name).write_bytes(file.content)
        except PdfUnavailable as error:
            print(f"未写出 {ending.upper()}：{error}", file=sys.stderr)
        except OSError as error:
            whole = False
            print(f"不能写入“{folder}”：{error.strerror}。请换一个有写入权限的目录。", file=sys.stderr)
        else:
            print(f"已写出 {folder / file.name}")
    return whole


def _endings(only: str) -> list[str]:
    from gongkai.reports.writing.outputs import OUTPUTS

    chosen = [word.strip().lower() for word in only.split(",") if word.strip()] or list(OUTPUTS)
    unknown = [word for word in chosen if word not in OUTPUTS]
    if unknown:
        sys.exit(_refuse(f"没有这样的格式：{'、'.join(unknown)}。可用的格式：{'、'.join(OUTPUTS)}。"))
    return chosen


def body_named(name: str) -> Body | None:
    """The body of a slug or full name, or the only one there is; None after saying which there are."""
    from django.db.models import Q

    from gongkai.organisations.models import Body

    found = Body.objects.filter(Q(slug=name) | Q(name=name) if name else Q(is_active=True))
    bodies = list(found[:2])
    if len(bodies) == 1:
        return bodies[0]
    known = "、".join(f"{body.slug}（{body.name}）" for body in Body.objects.filter(is_active=True)[:20])
    _refuse(f"{'没有这个机关' if name else '请写明机关'}。系统中的机关：{known or '还没有机关'}。")
    return None


def _refuse(message: str) -> int:
    print(message, file=sys.stderr)
    return REFUSED
