"""How long one report takes to write, per kind of file: milliseconds, and files per second.

Run `python benchmarks/bench_writing.py`. The first file of a kind is told apart: it loads the library (and, for PDF,
the fonts). Compare the rows of one run with each other, not with another machine's.
"""

from __future__ import annotations

import datetime as dt
import platform
from decimal import Decimal
from statistics import median
from time import perf_counter

from gongkai.law.report.figures import Figure, Report
from gongkai.law.report.formats import FORMATS, ReportFormat
from gongkai.reports.writing.canonical import digest
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.pdf import PdfUnavailable

ROUNDS = 9
AT = dt.datetime(2025, 1, 20, tzinfo=dt.UTC)
PARAGRAPH = "全年主动公开政府信息1136条，受理政府信息公开申请21件，均在法定期限内答复。" * 6
SECTIONS = ("overview", "problems", "other")


def report(form: ReportFormat) -> Report:
    """A report with a number in every cell and some three pages of prose."""
    return Report(
        format=form,
        year=form.first_year,
        agency="江东市文化局",
        title=f"江东市文化局{form.first_year}年政府信息公开工作年度报告",
        figures={
            cell: Figure(Decimal(number) if form.column(cell).unit == "万元" else number)
            for number, cell in enumerate(form.cells)
        },
        sections=dict.fromkeys(SECTIONS, "\n\n".join([PARAGRAPH] * 4)),
    )


def seconds(ending: str, given: Report) -> tuple[float, int]:
    """How long one file takes and how large it is."""
    start = perf_counter()
    made = OUTPUTS[ending].render(given, at=AT)
    return perf_counter() - start, len(made)


def measure(form: ReportFormat) -> None:
    """A line per kind of file."""
    given = report(form)
    for ending in OUTPUTS:
        try:
            first, size = seconds(ending, given)
        except PdfUnavailable as error:
            print(f"{form.id}  {ending:<5} {error}")
            continue
        again = median(seconds(ending, given)[0] for _ in range(ROUNDS))
        print(
            f"{form.id}  {ending:<5} {again * 1000:8.1f} ms  {1 / again:8.1f}/s  {size / 1024:7.1f} KiB"
            f"  (first {first * 1000:.0f} ms)"
        )
    start = perf_counter()
    for _ in range(ROUNDS):
        digest(given)
    print(f"{form.id}  digest {(perf_counter() - start) / ROUNDS * 1000:7.2f} ms")


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, median of {ROUNDS}")
    for each in FORMATS.values():
        measure(each)
