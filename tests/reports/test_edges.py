"""Reports at the edges: the last half hour of a year, bodies of every kind, hostile words in every field."""

import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import pytest
from openpyxl import load_workbook
from tests.factories import at, close, make_body, make_handler, make_request

from gongkai.disclosure.enums import Attribute, DocumentKind
from gongkai.disclosure.models import Document
from gongkai.law.report.cells import Cell
from gongkai.organisations.enums import Role
from gongkai.reports import acts
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import compute_figures
from gongkai.reports.compute.sources import source_of
from gongkai.reports.drafting import check_draft, draft_of, report_of_year
from gongkai.reports.export import export, export_draft
from gongkai.reports.writing.outputs import OUTPUTS

pytestmark = pytest.mark.django_db
EVIL = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
FORMULA = '=HYPERLINK("http://example.cn","x")'


def document(body, moment, index, **fields):
    values = {"kind": DocumentKind.RULE, "attribute": Attribute.PROACTIVE, "made_on": dt.date(2020, 3, 1)}
    return Document.objects.create(
        body=body, index_number=f"I{index}", title="某规章", first_published_at=moment, **(values | fields)
    )


def test_the_last_and_the_first_half_hour_of_a_year_are_told_by_china_s_clock():
    body = make_body(makes_rules=True)
    document(body, at(2020, 12, 31, 23, 30), 1)
    document(body, at(2021, 1, 1, 0, 30), 2)
    document(body, at(2019, 12, 31, 23, 59), 3)
    cell = Cell(2, "rules", "published")
    assert compute_figures(body, 2020)[cell] == source_of(cell, body, 2020).value() == 1
    assert [row.index_number for row in source_of(cell, body, 2020).records] == ["I1"]
    report = report_of_year(body, 2020).report
    assert facts_of(body, report)["docs_total"] == 1


def test_the_29th_of_february_is_a_day_of_its_year():
    body = make_body()
    close(make_request(body, submitted_on=dt.date(2024, 2, 29)), served_on=dt.date(2024, 2, 29))
    values = compute_figures(body, 2024)
    assert (values[Cell(3, "new", "total")], values[Cell(3, "total", "total")]) == (1, 1)


@pytest.mark.parametrize("kind", ["government", "department", "township", "organisation"])
@pytest.mark.parametrize("year", [2020, 2024])
def test_a_body_of_any_kind_without_anything_has_a_report_without_errors(kind, year):
    body = make_body(kind=kind, name="清溪")
    draft = report_of_year(body, year)
    wrong = [
        finding.message
        for finding in check_draft(body, draft)
        if finding.severity == "error" and finding.verdict in {"fail", "uncertain"}
    ]
    assert wrong == []
    for ending in ("html", "docx", "xlsx", "json", "csv"):
        assert len(export_draft(draft, ending, at=at()).content) > 500


def hostile():
    body = make_body(name=f"局{EVIL}", slug="evil", office=FORMULA, address=EVIL, phone=EVIL)
    close(make_request(body))
    handler = make_handler(body, role=Role.APPROVER)
    now = at(2025, 1, 10)
    version = acts.open_report(body=body, year=2024, actor=handler, at=now)
    acts.note_problem(
        body=body, year=2024, problem=f"{{{{机关名称}}}}{EVIL}", measure=FORMULA, actor=handler, at=now
    )
    acts.set_section_text(version=version, key="other", template=f"{FORMULA}\n{EVIL}", actor=handler, at=now)
    acts.adjust(
        version=version, cell=Cell(3, "new", "natural"), value=Decimal(1), reason=FORMULA + EVIL, actor=handler, at=now
    )  # fmt: skip
    return version


def test_what_people_write_is_text_in_every_file():
    version = hostile()
    files = {ending: export(version, ending, at=at()) for ending in OUTPUTS if ending != "pdf"}
    page = files["html"].content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 2
    for row in files["csv"].content.decode("utf-8-sig").splitlines():
        assert not row.lstrip('"').startswith(("=", "+", "@"))
    book = load_workbook(io.BytesIO(files["xlsx"].content))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds
    with zipfile.ZipFile(io.BytesIO(files["docx"].content)) as word:
        assert b"<script" not in word.read("word/document.xml")
        assert b"HYPERLINK" not in word.read("word/document.xml").replace(b"=HYPERLINK(", b"")
    assert json.loads(files["json"].content)["adjustments"]["t3.new.natural"]["reason"] == FORMULA + EVIL


@pytest.mark.fonts
def test_what_people_write_is_text_in_the_pdf_too():
    assert export(hostile(), "pdf", at=at()).content.startswith(b"%PDF-")


def test_words_that_look_like_placeholders_inside_a_problem_are_left_as_they_are():
    text = draft_of(hostile()).report.sections["problems"]
    assert f"{{{{机关名称}}}}{EVIL}" in text
