"""Tables that depart from the form are read all the same, and their figures raise no false error."""

import re

import pytest

from gongkai.law.report.checks import check
from gongkai.law.report.figures import Standing
from gongkai.law.report.findings import Severity, Verdict
from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import to_transcript

from .layouts import LAYOUTS, changed, groups_as_rows, markup, web
from .papers import Cell, grid3
from .sample import made_up

SAMPLES = [
    made_up(seed, form, blanks=blanks)
    for seed in range(2)
    for form in ("2019", "2021")
    for blanks in (False, True)
]
OF_THE_SAMPLE = {"R10", "R24"}
"""What is wrong with the made-up figures themselves: blanks, more items gone than there were."""


def told(report):
    transcript = to_transcript(report)
    return {key: transcript[key] for key in ("format", "year", "agency", "table2", "table3", "table4")}


@pytest.mark.parametrize("name", LAYOUTS)
def test_layout(name):
    for sample in SAMPLES:
        report = read(LAYOUTS[name](sample).encode())
        assert told(report) == sample.transcript()
        assert report.shape == ()
        errors = [
            finding
            for finding in check(report)
            if finding.verdict is Verdict.FAIL and finding.severity is Severity.ERROR
        ]
        assert {finding.rule for finding in errors} <= OF_THE_SAMPLE


def test_a_planted_mistake_is_found_in_every_layout():
    sample = made_up(2, "2021")
    rows = {
        **sample.table3,
        "granted": [value + (number == 0) for number, value in enumerate(sample.table3["granted"])],
    }
    for name, layout in LAYOUTS.items():
        findings = check(read(layout(sample.with_(table3=rows)).encode()))
        wrong = [
            (f.rule, str(f.cells[-1]))
            for f in findings
            if f.verdict is Verdict.FAIL and f.severity is Severity.ERROR
        ]
        assert wrong == [("R2", "t3.total.natural"), ("R3", "t3.granted.total")], name


def test_subtotals_and_added_rows_are_set_aside():
    sample = made_up(3, "2021")
    rows = groups_as_rows(sample)
    rows = [
        [row[0], *[Cell("3")] * 7] if row[0].text.startswith("（三）") and row[1].text == "" else row
        for row in rows
    ]
    rows.insert(4, [Cell("（其中：网上申请数量）", 3), *[Cell("1")] * 7])
    report = read(web(sample, three=markup(rows)).encode())
    assert told(report) == sample.transcript()
    assert [(note.kind, note.found) for note in report.shape] == [
        ("row_extra", "（其中：网上申请数量）"),
        ("row_extra", "（三）不予公开"),
    ]


SHORT = {
    "一、本年新收政府信息公开申请数量": "一、本年新收申请数量",
    "1.属于国家秘密": "国家秘密",
    "3.危及“三安全一稳定”": "3.三安全一稳定",
    "2.没有现成信息需要另行制作": "2.没有现成信息",
    "5.要求行政机关确认或重新出具已获取信息": "5.确认或重新出具",
}


def test_names_cut_short_are_understood_and_noted():
    sample = made_up(4, "2021")
    rows = changed(
        grid3(sample), lambda cell: Cell(SHORT.get(cell.text, cell.text), cell.colspan, cell.rowspan)
    )
    report = read(web(sample, three=markup(rows)).encode())
    assert told(report) == sample.transcript()
    assert {(note.kind, note.expected) for note in report.shape} == {
        ("row_label", official) for official in SHORT
    }


def test_a_remark_beside_the_number_stays_in_the_raw_text():
    sample = made_up(1, "2021")
    sample = sample.with_(table2={**sample.table2, "rules": [22, 3, 235]})
    page = web(sample).replace("<td>22</td>", "<td>22<br>（其中修订16件）</td>", 1)
    report = read(page.encode())
    assert told(report) == sample.transcript()
    figure = report.row(2, "rules")[0]
    assert (figure.raw, figure.standing) == ("22\n（其中修订16件）", Standing.NORMALISED)


def test_a_page_with_the_article_twice_tells_everything_once():
    sample = made_up(1, "2021")
    once, twice = (read(page.encode()) for page in (web(sample), LAYOUTS["twice"](sample)))
    assert twice.sections == once.sections


def test_of_two_reports_in_one_file_the_first_is_read():
    one = made_up(1, "2021").with_(agency="甲县财政局")
    two = made_up(2, "2021").with_(agency="乙县教育局", year=2022)
    two = two.with_(prose={**two.prose, "overview": "收到政府信息公开申请99999件。"})
    second = web(two)
    report = read(web(one).replace("</body></html>", second[second.index("<body>") + 6 :]).encode())
    assert told(report) == one.transcript()
    assert report.shape == ()
    assert report.sections == read(web(one).encode()).sections


def test_raised_marks_are_no_digits():
    sample = made_up(1, "2021")
    marked = re.sub(r"<td>(\d+)</td>", r"<td>\1<sup>注1</sup></td>", web(sample))
    assert told(read(marked.encode())) == sample.transcript()
    marked = re.sub(r"<td>(\d+)</td>", r"<td>\1<sup>1</sup></td>", web(sample))
    assert told(read(marked.encode())) == sample.transcript()
