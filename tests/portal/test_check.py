"""年报体检: what a report read back shows, what is refused and how, and that nothing is kept."""

import datetime as dt
import json
import re

import pytest
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.portal.made import page_of, report_with

from gongkai.law.report.checks import RULES
from gongkai.law.report.findings import Verdict
from gongkai.portal import checking, throttle
from gongkai.portal.views import check as view
from gongkai.reports.writing.json import render as render_json

pytestmark = pytest.mark.django_db
ADDRESS = "/report-check/"
WRONG_TOTAL = {"t4__review__upheld": 10, "t4__review__corrected": 1}


def upload(client, content=None, name="report.html", **fields):
    content = page_of(report_with()) if content is None else content
    return client.post(ADDRESS, {"report": SimpleUploadedFile(name, content), **fields})


def text(response):
    return response.content.decode()


def errors_of(response, field):
    return list(response.context["form"].errors.get(field, []))


def test_a_problem_stands_on_its_cell_and_in_the_list_with_both_values_and_the_remedy(client):
    page = text(upload(client, page_of(report_with(**WRONG_TOTAL))))
    cell = re.search(r'<td id="rep-t4\.review\.total" class="([^"]*)".*?</td>', page, re.DOTALL)
    assert "rep-cell--error" in cell.group(1).split()
    number = re.search(r'href="#rep-finding-(\d+)"', cell.group(0)).group(1)
    finding = re.search(
        rf'<li class="finding finding--error" id="rep-finding-{number}">.*?</li>', page, re.DOTALL
    )
    for words in ('finding__found">0<', "<dd>11</dd>", "怎样改", "依据", 'href="#rep-t4.review.total"', "R4"):
        assert words in finding.group(0)


def test_a_sound_report_has_no_errors(client):
    result = upload(client).context["result"]
    assert [item.mark.finding.message for item in result.groups[0].marks] == []
    assert "R1" in {finding.rule for finding in result.passed}


def verdict(response, rule):
    findings = response.context["result"].findings
    return next(finding.verdict for finding in findings if finding.rule == rule)


def test_days_of_rest_and_today_count_as_they_do_on_the_command_line(client):
    """31 January 2025 fell into the Spring Festival, whose last day off was 4 February."""
    late = report_with().with_(year=2024, published_on=dt.date(2025, 2, 5))
    assert verdict(upload(client, render_json(late), "report.json"), "R13") is Verdict.UNCERTAIN
    coming = report_with().with_(published_on=dt.date(2099, 1, 1))
    assert verdict(upload(client, render_json(coming), "report.json"), "R31") is Verdict.FAIL


def test_every_severity_is_counted_even_when_there_is_none(client):
    page = text(upload(client))
    tally = page[page.index('<ul class="tally">') : page.index("</ul>", page.index('<ul class="tally">'))]
    assert re.findall(r"错误 <strong>(\d+)</strong>", tally) == ["0"]


def test_the_report_of_the_year_before_is_compared(client):
    before = page_of(report_with(t3__carried_out__natural=5, t3__carried_out__total=5).with_(year=2022))
    previous = SimpleUploadedFile("2022.html", before.replace(b"2023", b"2022"))
    result = upload(client, previous=previous).context["result"]
    assert "R5" in {mark.finding.rule for mark in result.presentation.problems}
    assert "R5" not in {finding.rule for finding in result.unassessed}


def test_a_missing_table_names_a_few_rows_and_counts_the_rest(client):
    report = report_with()
    without = {cell: figure for cell, figure in report.figures.items() if cell.table != 3}
    page = page_of(report.with_(figures=without))
    item = next(
        item
        for group in upload(client, page).context["result"].groups
        for item in group.marks
        if item.unnamed
    )
    assert (len(item.places), len(item.places) + item.unnamed) == (6, 25)


def test_the_chosen_level_counts(client):
    def obliged(level):
        result = upload(client, level=level).context["result"]
        return result.report.level.value

    assert [obliged("government"), obliged("township")] == ["government", "township"]


def test_nothing_uploaded_touches_the_disk_or_the_database(client, settings, tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a temporary file was about to be written")

    monkeypatch.setattr(TemporaryFileUploadHandler, "new_file", refuse)
    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", refuse)
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    large = (
        page_of(report_with(**WRONG_TOTAL))
        + b"<!--"
        + b" " * (settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1)
        + b"-->"
    )
    with CaptureQueriesContext(connection) as queries:
        response = upload(client, large)
    assert response.context["result"].problems > 0
    written = [query["sql"] for query in queries if not query["sql"].lstrip().startswith("SELECT")]
    assert [sql.split("(")[0] for sql in written] == [
        "INSERT INTO core_rate "
    ]  # the address's share, as a digest
    assert "127.0.0.1" not in written[0]
    assert list(tmp_path.iterdir()) == []
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "文件是空的"),
        ("今天天气很好。".encode(), "没有找到政府信息公开工作年度报告"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
        (b"%PDF-1.4 nonsense", "PDF"),
    ],
    ids=["empty", "no report", "picture", "broken pdf"],
)
def test_what_cannot_be_read_is_said_at_the_field_with_the_remedy(client, content, words):
    response = upload(client, content, level="township")
    assert words in errors_of(response, "report")[0]
    assert response.context["result"] is None
    assert re.search(r'value="township"[^>]* checked', text(response))


def test_the_field_of_the_unreadable_file_is_named(client):
    response = upload(client, previous=SimpleUploadedFile("x.html", b"nothing"))
    assert (errors_of(response, "report"), len(errors_of(response, "previous"))) == ([], 1)


def test_no_file_is_said_at_the_field(client):
    assert errors_of(client.post(ADDRESS, {}), "report") == ["请选择要体检的年报文件。"]


def test_a_file_over_the_limit_is_refused_before_reading(client, settings):
    settings.GONGKAI_UPLOAD_LIMIT = 1024 * 1024
    response = upload(client, b"x" * (1024 * 1024 + 1))
    assert "超过 1 MB" in errors_of(response, "report")[0]


def test_names_and_contents_of_files_are_text_and_not_markup(client):
    hostile = report_with().with_(agency="<script>alert(1)</script>", title="<img src=x onerror=alert(1)>")
    page = text(upload(client, page_of(hostile), name='"><script>alert(2)</script>.html'))
    assert "<script" not in page
    assert "<img" not in page


def test_a_form_from_elsewhere_is_refused():
    assert upload(Client(enforce_csrf_checks=True)).status_code == 403


def test_a_form_of_ours_passes_and_needs_no_account():
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text(client.get(ADDRESS))).group(1)
    assert upload(client, csrfmiddlewaretoken=token).context["result"] is not None


def test_too_many_checks_from_one_address_are_put_off(client, monkeypatch):
    monkeypatch.setattr(view, "CHECKS_PER_MINUTE", 2)
    monkeypatch.setattr(throttle.timezone, "now", lambda: dt.datetime.fromtimestamp(1_000_020, dt.UTC))
    answers = [client.post(ADDRESS, {}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"] == str(60 - 1_000_020 % 60)
    assert "操作太频繁" in text(answers[2])
    assert client.post(ADDRESS, {}, REMOTE_ADDR="10.0.0.9").status_code == 200


def saved(client, kind, token=None):
    if token is None:
        page = text(upload(client, page_of(report_with(**WRONG_TOTAL))))
        token = re.search(r'name="result" value="([^"]+)"', page).group(1)
    return client.post("/report-check/result/", {"result": token, "as": kind})


def test_the_result_is_saved_as_json_with_every_cell_and_finding(client):
    response = saved(client, "json")
    content = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="report-check.json"'
    assert content["table4"][:5] == [10, 1, 0, 0, 0]
    failed = [one for one in content["findings"] if one["rule"] == "R4" and one["verdict"] == "fail"]
    assert [(one["expected"], one["found"]) for one in failed] == [("11", "0")]
    assert "t4.review.total" in failed[0]["cells"]


def test_the_result_is_saved_as_a_page_of_its_own(client):
    response = saved(client, "html")
    assert response["Content-Disposition"] == 'attachment; filename="report-check.html"'
    assert 'id="rep-t4.review.total"' in text(response)


@pytest.mark.parametrize(
    "token",
    ["", "nonsense", signing.dumps({"json": "{}"}, salt="another")],
    ids=["nothing", "nonsense", "another"],  # the signature holds the second in which a worker made it
)
def test_only_results_made_here_are_handed_out(client, token):
    response = saved(client, "json", token)
    assert response.status_code == 400
    assert "体检结果已失效" in text(response)


def test_a_result_is_handed_out_for_an_hour_only(client, monkeypatch):
    monkeypatch.setattr("gongkai.portal.checking.RESULT_AGE", -1)
    assert saved(client, "json").status_code == 400


def test_every_rule_is_told(client):
    page = text(client.get("/report-check/rules/"))
    assert re.findall(r'<tr id="(R\d+)">', page) == list(RULES)


def test_other_methods_are_refused(client):
    assert [client.put(ADDRESS).status_code, client.get("/report-check/result/").status_code] == [405, 405]


def test_a_result_too_long_for_a_form_is_not_offered_as_a_file(client, monkeypatch):
    monkeypatch.setattr(checking, "MOST_SEALED", 1000)
    page = text(upload(client))
    assert 'name="result"' not in page
    assert "结果不能从本页保存为文件" in page
