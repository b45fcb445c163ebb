"""An old site's table brought in at the console: uploaded, checked by the worker, started by another, seen by the public."""

import io

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from tests.browser.conftest import PHONE
from tests.browser.desks import address, follow, look_at, press, told
from tests.disclosure.importing import line, packed, workbook
from tests.factories import make_handler

from gongkai.disclosure.models import Document, ImportJob
from gongkai.organisations.enums import Role

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def work():
    """The worker does what is queued."""
    call_command(
        "db_worker", "--no-startup-delay", "--no-reload", "--batch", "--queue-name", "*", verbosity=0
    )


def test_an_old_sites_table_comes_in(body, visit, violations, overflow):
    handler = make_handler(body, name="周经办")
    approver = make_handler(body, role=Role.APPROVER, name="冯局长")
    page = visit(address("imports"), officer=handler, scripts=False)
    look_at(page, violations, overflow, "imports-empty")
    follow(page, "导入文件")
    look_at(page, violations, overflow, "import-add")
    rows = [line(n) for n in range(1, 6)] + [
        line(6, 标题=""),
        line(7, 附件="没有.txt"),
        line(8, 附件="甲.txt"),
    ]
    upload = {"name": "旧站.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(*rows)}
    files = {"name": "附件.zip", "mimeType": "application/zip", "buffer": packed(甲_dot_txt="内容".encode())}
    page.locator("input[name=file]").set_input_files(upload)
    page.locator("input[name=archive]").set_input_files(files)
    page.locator("input[name=origin]").fill("旧站")
    press(page, "上传并检查")
    assert "已收到，正在检查" in told(page)
    job = ImportJob.objects.get()
    work()

    page.goto(address("import", job.pk))
    shown = page.locator("main").inner_text()
    assert "名称不能为空" in shown
    assert "找不到附件“没有.txt”" in shown
    assert not Document.objects.exists()
    look_at(page, violations, overflow, "import-checked")
    with page.expect_download() as found:
        page.get_by_role("link", name="下载全部检查结果").click()
    assert load_workbook(io.BytesIO(found.value.path().read_bytes())).active.max_row >= 3

    page = visit(address("import", job.pk), officer=approver, scripts=False, viewport=PHONE)
    follow(page, "开始导入")
    look_at(page, violations, overflow, "import-start")
    page.get_by_role("button", name="开始导入").click()
    assert "错误" in page.locator("main").inner_text()
    page.get_by_label("跳过有错误的行").check()
    press(page, "开始导入")
    assert "已开始导入" in told(page)
    look_at(page, violations, overflow, "import-running")
    work()
    page.goto(address("import", job.pk))
    job.refresh_from_db()
    assert (job.state, job.imported, job.wrong) == ("done", 6, 2)
    assert "已完成" in page.locator("main").inner_text()
    look_at(page, violations, overflow, "import-done")
    page.goto(Document.objects.get(title="关于第8号事项的通知").public_path)
    assert "甲.txt" in page.locator("main").inner_text()
