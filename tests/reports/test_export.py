"""A report as a file: what the file is called."""

import datetime as dt

import pytest
from tests.factories import at, make_body

from gongkai.reports.drafting import report_of_year
from gongkai.reports.export import export_draft

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("清溪县教育局", "清溪县教育局2024年政府信息公开工作年度报告（试算）.csv"),
        ("../../甲局/乙局", "..／..／甲局／乙局2024年政府信息公开工作年度报告（试算）.csv"),
        ('甲\\局:"?<b>|', "甲＼局：＂？＜b＞｜2024年政府信息公开工作年度报告（试算）.csv"),
        ("甲\r\n局\x00", "甲局2024年政府信息公开工作年度报告（试算）.csv"),
    ],
)
def test_a_name_of_a_body_never_leads_elsewhere(name, file):
    draft = report_of_year(make_body(name="某局"), 2024)
    report = draft.report.with_(agency=name, title=f"{name}2024年政府信息公开工作年度报告")
    exported = export_draft(type(draft)(draft.body, report, {}), "csv", at=at() + dt.timedelta(days=1))
    assert exported.name == file
