"""Reports to write: one with plain numbers, one with everything that has to be escaped, and random ones."""

import datetime as dt
from decimal import Decimal

from hypothesis import strategies as st

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Report, Standing
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.law.report.formats import FORMATS
from gongkai.reports.writing.presentation import Adjustment, Presentation

AT = dt.datetime(2025, 1, 20, 9, 30, tzinfo=dt.UTC)
HOSTILE = """<script>alert(1)</script>"'><img src=x onerror=alert(2)> #panic() =1+1 &amp; ]]> \x07end"""
SECTIONS = {
    "lead": "本报告依据《中华人民共和国政府信息公开条例》编制。",
    "overview": "（一）主动公开情况\n全年主动公开政府信息1136条。\n\n（二）依申请公开情况。收到申请21件，均按期答复。",
    "problems": "一是公开的深度不够。\n\n二是解读的形式单一。",
    "other": "本年度收取信息处理费0元。",
}
BLANKS = ("", "/", "-", "—")


def a_report(form="2021", **changes):
    """Every cell holds its place in reading order; amounts have four decimals."""
    chosen = FORMATS[form]
    figures = {cell: figure_of(chosen, cell, number) for number, cell in enumerate(chosen.cells)}
    report = Report(
        format=chosen,
        year={"2019": 2020, "2021": 2024}[form],
        agency="江东市文化局",
        title=f"江东市文化局{ {'2019': 2020, '2021': 2024}[form] }年政府信息公开工作年度报告",
        figures=figures,
        sections=SECTIONS,
    )
    return report.with_(**changes)


def figure_of(form, cell, number):
    value = Decimal(number) + Decimal("0.5000") if form.column(cell).unit == "万元" else number
    return Figure(value, Standing.CLEAR, raw=str(value))


def with_figure(report, cell, figure):
    return report.with_(figures={**report.figures, cell: figure})


def a_hostile_report():
    report = a_report(title=HOSTILE, agency=HOSTILE, sections=dict.fromkeys(SECTIONS, HOSTILE))
    return with_figure(report, Cell(3, "new", "natural"), Figure(None, Standing.UNCERTAIN, raw=HOSTILE))


def a_hostile_presentation():
    cell = Cell(3, "granted", "natural")
    finding = Finding(
        "R1", Severity.ERROR, Verdict.FAIL, *[HOSTILE], cells=(cell,), expected=HOSTILE, found=HOSTILE
    )
    return Presentation(
        adjustments={cell: Adjustment(1, HOSTILE)},
        findings=(finding,),
        links={cell: "javascript:alert(1)", Cell(3, "granted", "total"): f"/x?a=1&b={HOSTILE}"},
        contact=HOSTILE,
        version=2,
        digest=HOSTILE,
    )


def _figures(form, cell):
    column = form.column(cell)
    if column.unit == "万元":
        numbers = st.decimals(min_value=0, max_value=99_999, places=5, allow_nan=False)
    else:
        numbers = st.integers(min_value=-99_999 if column.signed else 0, max_value=10**8)
    known = numbers.map(lambda value: Figure(value, Standing.CLEAR, raw=str(value)))
    blank = st.sampled_from(BLANKS).map(lambda raw: Figure(None, Standing.BLANK, raw=raw))
    return st.one_of(known, known, known, blank)


@st.composite
def reports(draw):
    """A report of either format, every cell a random number or blank."""
    report = a_report(draw(st.sampled_from(sorted(FORMATS))))
    figures = {cell: draw(_figures(report.format, cell)) for cell in report.format.cells}
    return report.with_(figures=figures)


def values(report):
    return {str(cell): report[cell].value for cell in report.format.cells}
