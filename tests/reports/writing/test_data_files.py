"""JSON with its schema, CSV, the digest, and what the list of outputs promises."""

import csv as reader
import io
import json as plain_json
import subprocess
import sys
from decimal import Decimal

import pytest
from hypothesis import given, settings

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import MISSING, Figure, Standing
from gongkai.reports.reading import read
from gongkai.reports.writing import csv, json
from gongkai.reports.writing.canonical import digest
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.presentation import Adjustment, Presentation

from .builders import AT, a_hostile_presentation, a_hostile_report, a_report, reports, with_figure

NATURAL = Cell(3, "new", "natural")
FEE = Cell(2, "fee_wan", "amount_wan")


def test_the_tables_have_the_shape_transcribers_use():
    made = json.document(a_report())
    assert (made["format"], made["year"], made["agency"]) == ("2021", 2024, "江东市文化局")
    assert made["table2"] == {
        "rules": [0, 1, 2],
        "normdoc": [3, 4, 5],
        "licence": 6,
        "penalty": 7,
        "coercion": 8,
        "fee_wan": 9.5,
    }
    assert made["table3"]["rows"]["new"] == list(range(10, 17))
    assert made["table4"] == list(range(185, 200))


def test_a_cell_says_everything_about_itself():
    figure = Figure(
        Decimal("25.1"), Standing.NORMALISED, raw="251000元", place="第3页", unit="元", note="已换算为万元"
    )
    assert json.document(with_figure(a_report(), FEE, figure))["cells"][str(FEE)] == {
        "label": "表二“行政事业性收费”本年收费金额（单位：万元）",
        "value": "25.1",
        "measure": "万元",
        "standing": "normalised",
        "raw": "251000元",
        "unit": "元",
        "place": "第3页",
        "note": "已换算为万元",
    }


def test_edition_contact_and_adjustments():
    made = json.document(
        a_report(),
        Presentation(version=3, contact="电话 12345", adjustments={NATURAL: Adjustment(None, "补录。")}),
    )
    assert (made["edition"], made["contact"], made["adjustments"]) == (
        3,
        "电话 12345",
        {"t3.new.natural": {"computed": None, "reason": "补录。"}},
    )


def test_an_amount_keeps_every_digit():
    report = with_figure(a_report(), FEE, Figure(Decimal("9999999999999999.9999")))
    assert read(json.render(report))[FEE].value == Decimal("9999999999999999.9999")


@settings(max_examples=25, deadline=None)
@given(report=reports())
def test_the_digest_survives_the_file(report):
    found = read(json.render(report))
    assert digest(found) == digest(report) == plain_json.loads(json.render(report))["digest"]


def validator():
    return pytest.importorskip("jsonschema").Draft202012Validator(json.schema())


def test_the_schema_is_one():
    validator().check_schema(json.schema())


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_what_we_write_fits_the_schema(form):
    full = Presentation(version=1, adjustments={NATURAL: Adjustment(2, "补录。")})
    assert list(validator().iter_errors(json.document(a_report(form), full))) == []


def test_hostile_and_empty_reports_fit_the_schema():
    empty = a_report(figures={}, sections={}, year=None, agency="", title="")
    errors = [
        *validator().iter_errors(json.document(a_hostile_report(), a_hostile_presentation())),
        *validator().iter_errors(json.document(empty)),
    ]
    assert errors == []


@pytest.mark.parametrize(
    ("key", "value"),
    [("format", "2018"), ("table4", [0] * 14), ("digest", "x"), ("version", 2), ("cells", {"t9.a.b": {}})],
)
def test_the_schema_refuses_what_does_not_fit(key, value):
    assert list(validator().iter_errors({**json.document(a_report()), key: value})) != []


def rows_of(report):
    made = csv.render(report)
    assert made.startswith(b"\xef\xbb\xbf")
    return list(reader.reader(io.StringIO(made.decode("utf-8-sig"), newline="")))


def test_csv_has_a_row_per_cell():
    rows = rows_of(a_report())
    assert rows[:2] == [
        ["单元格", "表", "行", "列", "数值", "单位", "原文", "状态"],
        ["t2.rules.made", "表二", "规章", "本年制发件数", "0", "件", "0", "明确"],
    ]
    assert [row[0] for row in rows[1:]] == [str(cell) for cell in a_report().format.cells]


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("-", "'-"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        (" =1", "' =1"),
        ("＝1", "'＝1"),
        ("12件", "12件"),
    ],
)
def test_csv_text_never_begins_a_formula(raw, written):
    report = with_figure(a_report(), NATURAL, Figure(None, Standing.UNCERTAIN, raw=raw))
    row = next(row for row in rows_of(report) if row[0] == str(NATURAL))
    assert row[4:] == ["", "件", written, "存疑"]


def test_csv_keeps_negative_numbers_numbers():
    cell = Cell(2, "licence", "change")
    row = next(row for row in rows_of(with_figure(a_report("2019"), cell, Figure(-3))) if row[0] == str(cell))
    assert row[4] == "-3"


@pytest.mark.parametrize(
    "changed",
    [
        with_figure(a_report(), NATURAL, Figure(11)),
        with_figure(a_report(), NATURAL, MISSING),
        with_figure(a_report(), Cell(3, "other_total", "natural"), Figure(0)),
        a_report(title="另一个标题"),
        a_report(agency="另一个机关"),
        a_report(year=2023),
        a_report(sections={**a_report().sections, "other": "无。"}),
    ],
)
def test_the_digest_sees_every_change(changed):
    assert digest(changed) != digest(a_report())


@pytest.mark.parametrize(
    "same",
    [
        with_figure(
            a_report(), NATURAL, Figure(Decimal("10.00"), Standing.NORMALISED, raw="10件", place="表3")
        ),
        a_report(source="a.docx", published_on=AT.date()),
        a_report(sections={**a_report().sections, "other": "\n 本年度收取信息处理费0元。 \n\n"}),
        a_report(figures=dict(reversed(a_report().figures.items()))),
    ],
)
def test_the_digest_is_of_the_content_alone(same):
    assert digest(same) == digest(a_report())


def test_a_missing_and_a_blank_cell_are_alike_to_the_digest():
    blank = with_figure(a_report(), NATURAL, Figure(None, Standing.BLANK, raw="/"))
    assert digest(blank) == digest(with_figure(a_report(), NATURAL, MISSING))


def test_the_outputs():
    assert {ending: output.name for ending, output in OUTPUTS.items()} == {
        "html": "网页",
        "docx": "Word文档",
        "pdf": "PDF",
        "xlsx": "Excel工作簿",
        "json": "JSON数据",
        "csv": "CSV数据",
    }


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "json", "csv"])
def test_every_output_writes_a_report_with_nothing_in_it(ending):
    empty = a_report(figures={}, sections={}, year=None, agency="", title="")
    assert OUTPUTS[ending].render(empty, at=AT) != b""


def test_writing_needs_no_django():
    names = ("html", "docx", "pdf", "xlsx", "json", "csv", "outputs")
    code = "import sys\n" + "".join(f"import gongkai.reports.writing.{name}\n" for name in names)
    ran = subprocess.run(
        [sys.executable, "-c", f"{code}print('django' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout == "False\n"
