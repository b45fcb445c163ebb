"""Imports of odd sources: names that lead out of the archive, files that would burst, files named twice, merged cells."""

import io
import zipfile

import pytest
from openpyxl import Workbook
from tests.disclosure.importing import HEAD, checked, imported, line, table, told

from gongkai.disclosure.models import Attachment

pytestmark = pytest.mark.django_db


def archive(**entries):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in entries.items():
            package.writestr(name, content)
    return target.getvalue()


def test_a_name_that_leads_out_of_the_archive_is_only_a_name(body, tmp_path):
    outside = tmp_path / "secret.txt"
    outside.write_text("secret")
    packed = archive(**{"../../etc/名单.txt": "甲乙丙".encode(), str(outside): b"inside"})
    rows = table(
        line(1, 附件="../../etc/名单.txt"), line(2, 附件="名单.txt"), line(3, 附件="../../../etc/passwd")
    )
    job = imported(body, rows, archive=packed, start={"skip_wrong": True})
    assert (job.imported, [row for row, *_ in told(job)]) == (2, [4])
    kept = Attachment.objects.filter(edition__document__body=body)
    assert {(one.name, one.file.read().decode()) for one in kept} == {("名单.txt", "甲乙丙")}
    assert outside.read_text() == "secret"


def test_a_file_that_would_burst_is_an_error_of_its_row(body, settings):
    settings.GONGKAI_UPLOAD_LIMIT = 1024 * 1024
    packed = archive(**{"大.txt": b"0" * 50 * 1024 * 1024, "小.txt": b"1"})
    assert len(packed) < 1024 * 1024
    job = checked(body, table(line(1, 附件="大.txt"), line(2, 附件="小.txt")), archive=packed)
    assert [(row, column, is_error) for row, column, _, is_error in told(job)] == [(2, "附件", True)]


def test_a_file_named_in_two_rows_goes_with_both(body):
    packed = archive(**{"申请表.txt": b"form"})
    job = imported(body, table(line(1, 附件="申请表.txt"), line(2, 附件="申请表.txt")), archive=packed)
    assert job.imported == 2
    assert Attachment.objects.filter(edition__document__body=body, name="申请表.txt").count() == 2


def test_merged_cells_give_their_value_once(body):
    book = Workbook()
    sheet = book.active
    sheet.append(["旧网站公开信息"])
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(HEAD))
    sheet.append(HEAD)
    for number in (1, 2):
        sheet.append([line(number).get(name, "") for name in HEAD])
    sheet.merge_cells("F3:F4")  # the kind stands once for both
    target = io.BytesIO()
    book.save(target)
    job = checked(body, target.getvalue(), name="旧站.xlsx")
    assert [(row, column, is_error) for row, column, _, is_error in told(job)] == [(4, "类别", True)]
    whole = imported(body, target.getvalue(), name="旧站.xlsx", default_kind="notice")
    assert whole.imported == 2
