"""Pages of imports: opened by a handler, started by an approver, watched, stopped, reported; nothing of another body."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tests.disclosure.importing import checked, line, table

from gongkai.console.views import importing as views
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.importing.acts import start_import
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.importing.running import run
from gongkai.disclosure.models import Document, ImportJob
from gongkai.organisations.acts import lock_year

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def queued(monkeypatch):
    """What the pages hand to the worker."""
    found = []
    monkeypatch.setattr(type(views.check_import), "enqueue", lambda task, key: found.append((task.name, key)))
    return found


def at(name, row):
    return reverse(f"console:{name}", args=[row.pk])


def upload(as_, who, content, body, **given):
    file = SimpleUploadedFile("旧站.csv", content) if content else ""
    data = {"file": file, "on_change": "report", "mapping": "", "default_kind": "", "body": body.pk} | given
    return as_(who).post(reverse("console:import_add"), data)


@pytest.fixture
def job(bureau):
    return checked(bureau, table(line(1), line(2, 标题="")))


def test_an_upload_is_kept_and_checked_by_the_worker(as_, bureau, queued, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = upload(as_, "handler", table(line(1)), bureau, mapping="信息标题文字=标题\n乙＝published_at")
    job = ImportJob.objects.get()
    assert (answer.status_code, answer.url) == (302, at("import", job))
    assert (job.name, job.body, job.mapping) == (
        "旧站.csv",
        bureau,
        {"信息标题文字": "title", "乙": "published_at"},
    )
    assert queued == [("check_import", job.pk)]
    assert "等待检查" in as_("handler").get(answer.url).content.decode()


@pytest.mark.parametrize(
    ("content", "given", "said"),
    [
        (b"", {}, "没有选择来源"),
        (b"", {"address": "http://127.0.0.1/feed"}, "内部网络"),
        (table(line(1)), {"address": "https://example.gov.cn/feed"}, "只能选择一个来源"),
        (table(line(1)), {"mapping": "甲=诗歌"}, "看不懂“甲=诗歌”"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(as_, bureau, content, given, said):
    answer = upload(as_, "handler", content, bureau, **given)
    assert (answer.status_code, said in answer.content.decode(), ImportJob.objects.count()) == (422, True, 0)


def test_who_may_what(as_, job):
    allowed = {
        "import": {"handler", "approver"},
        "import_report": {"handler", "approver"},
        "import_start": {"approver"},
    }
    for name, who in allowed.items():
        for one in ("handler", "approver", "reader", "stranger"):
            status = as_(one).get(at(name, job)).status_code
            expected = 404 if one == "stranger" else 200 if one in who or name != "import_start" else 403
            assert (name, one, status) == (name, one, expected)
    assert as_("reader").get(reverse("console:import_add")).status_code == 403
    for name in ("import_stop", "import_check", "import_discard"):
        assert as_("approver").get(at(name, job)).status_code == 405
        assert as_("reader").post(at(name, job)).status_code == 403
        assert as_("stranger").post(at(name, job)).status_code == 404


def test_the_page_tells_what_is_wrong_and_the_start_asks(
    as_, bureau, job, queued, django_capture_on_commit_callbacks
):
    page = as_("approver").get(at("import", job)).content.decode()
    assert "名称不能为空" in page
    assert "开始导入" in page
    assert as_("approver").post(at("import_start", job), {}).status_code == 422
    lock_year(body=bureau, year=2023, actor=SYSTEM, at=job.made_at)
    asked = as_("approver").post(at("import_start", job), {"skip_wrong": "on"})
    assert (asked.status_code, "更正理由" in asked.content.decode()) == (422, True)
    with django_capture_on_commit_callbacks(execute=True):
        done = as_("approver").post(at("import_start", job), {"skip_wrong": "on", "amendment": "补录"})
    assert (done.status_code, queued) == (302, [("run_import", job.pk)])
    moving = as_("approver").get(at("import", job)).content.decode()
    assert 'max="1" value="0"' in moving
    assert "刷新进度" in moving
    run(ImportJob.objects.get(pk=job.pk))
    page = as_("approver").get(at("import", job)).content.decode()
    assert ("已完成" in page, Document.objects.filter(body=bureau).count()) == (True, 1)


def test_stop_check_again_and_give_up(as_, job, queued):
    as_("handler").post(at("import_check", job))
    assert queued == [("check_import", job.pk)]
    start_import(job=job, actor=SYSTEM, at=job.made_at, skip_wrong=True)
    assert "停止" in as_("handler").get(at("import", job)).content.decode()
    as_("handler").post(at("import_stop", job))
    job.refresh_from_db()
    assert job.state == "stopped"
    refused = as_("handler").post(at("import_stop", job), follow=True)
    assert "无须停止" in refused.content.decode()
    as_("handler").post(at("import_discard", job))
    job.refresh_from_db()
    assert (job.state, job.staged.name) == ("discarded", "")


def test_the_report_and_the_template_are_spreadsheets(as_, job):
    book = load_workbook(io.BytesIO(as_("handler").get(at("import_report", job)).content))
    assert [cell.value for cell in book["检查结果"][2]] == [
        3,
        "标题",
        "错误",
        "名称不能为空",
        "请填写文件名称",
    ]
    template = as_("handler").get(reverse("console:import_template")).content
    assert load_workbook(io.BytesIO(template)).active["B1"].value == "标题"


def test_the_list_costs_the_same_with_more_rows(as_, bureau, job):
    address = reverse("console:imports")
    client = as_("handler")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for number in (5, 6):
        checked(bureau, table(line(number)))
    with CaptureQueriesContext(connection) as three:
        answer = client.get(address)
    assert len(one) == len(three)
    assert answer.content.decode().count("旧站.csv") == 3
    assert "旧站.csv" not in as_("stranger").get(address).content.decode()


def test_a_failed_check_says_why_and_can_be_done_again(as_, bureau, job):
    ImportJob.objects.update(state="new", failure="表头缺少：公开时间")
    page = as_("handler").get(at("import", job)).content.decode()
    assert ("表头缺少" in page, "重新检查" in page) == (True, True)
    job.refresh_from_db()
    assert check(job).state == "checked"
