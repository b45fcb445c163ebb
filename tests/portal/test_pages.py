"""The front page, the pages of bodies, published reports and their files."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_body
from tests.portal.made import make_version, report_with

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import MISSING
from gongkai.portal.views.report import big_figures
from gongkai.reports.enums import VersionState
from gongkai.reports.writing import pdf
from gongkai.reports.writing.outputs import OUTPUTS

pytestmark = pytest.mark.django_db


def text(response):
    return response.content.decode()


def test_a_site_of_one_body_bears_its_name(client):
    make_body(name="测试县教育局")
    assert '<a class="masthead__name" href="/">测试县教育局</a>' in text(client.get("/"))


def test_a_site_of_several_bodies_lists_them(client):
    make_body(slug="edu", name="测试县教育局")
    make_body(slug="water", name="测试县水利局")
    page = text(client.get("/"))
    assert '<a class="masthead__name" href="/">政府信息公开</a>' in page
    assert 'href="/bodies/edu/">测试县教育局</a>' in page
    assert 'href="/bodies/water/">测试县水利局</a>' in page


def test_a_page_of_a_body_bears_the_name_of_that_body(client):
    make_body(slug="edu", name="测试县教育局")
    make_body(slug="water", name="测试县水利局", phone="0000-1234")
    page = text(client.get("/bodies/water/"))
    assert '<a class="masthead__name" href="/bodies/water/">测试县水利局</a>' in page
    assert "0000-1234" in page


@pytest.mark.parametrize("address", ["/bodies/edu/", "/bodies/edu/reports/2023/", "/bodies/none/"])
def test_a_body_out_of_use_is_not_found(client, address):
    body = make_body(slug="edu", is_active=False)
    make_version(body)
    assert client.get(address).status_code == 404
    assert "2023年政府信息公开工作年度报告" not in text(client.get("/reports/"))


@pytest.mark.parametrize("state", [VersionState.DRAFT, VersionState.CHECKED, VersionState.APPROVED])
def test_what_is_not_published_does_not_exist(client, state):
    make_version(make_body(slug="edu"), state=state)
    assert client.get("/bodies/edu/reports/2023/").status_code == 404
    assert client.get("/bodies/edu/reports/2023/json/").status_code == 404
    assert "还没有公布的年度报告" in text(client.get("/reports/"))


def test_a_published_report_shows_its_year_in_large_figures(client):
    make_version(make_body(slug="edu"))
    response = client.get("/bodies/edu/reports/2023/")
    assert [(figure.label, figure.value) for figure in response.context["figures"]] == [
        ("新收政府信息公开申请", "3"),
        ("予以公开", "3"),
        ("结转下年度继续办理", "0"),
        ("行政许可处理决定", "0"),
        ("行政复议", "0"),
        ("行政诉讼", "0"),
    ]
    page = text(response)
    assert page.count("<h1>测试县教育局2023年政府信息公开工作年度报告</h1>") == 1
    assert 'id="rep-t3.granted.natural"' in page


def test_a_corrected_report_shows_both_versions_and_the_reason(client):
    body = make_body(slug="edu")
    make_version(body, number=1, state=VersionState.SUPERSEDED)
    make_version(body, number=2, reason="更正申请人类别")
    current = text(client.get("/bodies/edu/reports/2023/"))
    assert "第2版（本页）" in current
    assert "更正理由：更正申请人类别" in current
    assert "这是已被更正的" not in current
    former = text(client.get("/bodies/edu/reports/2023/?version=1"))
    assert "这是已被更正的第1版" in former
    assert client.get("/bodies/edu/reports/2023/?version=3").status_code == 404


def test_a_figure_nobody_stated_is_left_out_of_the_summary():
    report = report_with()
    report = report.with_(figures={**report.figures, Cell(4, "direct", "total"): MISSING})
    assert "行政诉讼" not in [figure.label for figure in big_figures(report)]


@pytest.mark.parametrize("ending", ["html", "docx", "xlsx", "json", "csv"])
def test_a_published_report_comes_as_a_file(client, ending):
    make_version(make_body(slug="edu"))
    response = client.get(f"/bodies/edu/reports/2023/{ending}/")
    assert (response.status_code, response["Content-Type"]) == (200, OUTPUTS[ending].media_type)
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert len(response.content) > 500


def test_the_json_file_holds_the_figures(client):
    make_version(make_body(slug="edu"))
    content = json.loads(client.get("/bodies/edu/reports/2023/json/").content)
    assert content["table3"]["rows"]["granted"] == [3, 0, 0, 0, 0, 0, 3]


def test_a_pdf_that_cannot_be_made_is_explained(client, monkeypatch):
    def no_font(*_args, **_kwargs):
        raise pdf.FontMissing

    monkeypatch.setattr(pdf, "render", no_font)
    make_version(make_body(slug="edu"))
    response = client.get("/bodies/edu/reports/2023/pdf/")
    assert response.status_code == 503
    assert "其他格式不受影响" in text(response)


def test_an_unknown_kind_of_file_is_not_found(client):
    make_version(make_body(slug="edu"))
    assert client.get("/bodies/edu/reports/2023/exe/").status_code == 404


@pytest.mark.parametrize("address", ["/", "/reports/", "/bodies/edu/"])
def test_lists_ask_the_same_number_of_questions_whatever_their_length(client, address):
    body = make_body(slug="edu")
    make_version(body, year=2021)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    make_version(body, year=2022)
    make_version(body, year=2023)
    with CaptureQueriesContext(connection) as three:
        client.get(address)
    assert len(three) == len(one)


def test_a_missing_page_is_explained_in_the_look_of_the_site(client):
    response = client.get("/nothing/")
    assert response.status_code == 404
    assert "没有找到这个页面" in text(response)
    assert 'class="masthead__name"' in text(response)


@pytest.mark.parametrize("path", ["/", "/reports/", "/appearance/", "/bodies/edu/"])
def test_public_pages_only_answer_reading(client, path):
    make_body(slug="edu")
    assert client.post(path).status_code == 405
