import datetime as dt
import io

import pytest
from openpyxl import Workbook

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.ledgers.acts import cancel_matter, list_matter
from gongkai.ledgers.imports import import_tally_file, read_tally_file
from gongkai.ledgers.models import Tally

HEAD = "事项名称,期间起,期间止,处理决定数量（件）,类别,数据来源\n"


def xlsx(*rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.fixture
def matters(body):
    given = {"body": body, "since": dt.date(2019, 1, 1), "actor": SYSTEM}
    return [
        list_matter(kind="licence", name="教师资格认定", **given),
        list_matter(kind="licence", name="民办学校审批", **given),
        list_matter(kind="other_mgmt", name="民办学校审批", **given),
    ]


def messages(refused):
    return [obstacle.message for obstacle in refused.value.obstacles]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_file_as_systems_export_it(body, matters, encoding):
    text = HEAD + '教师资格认定,2024-01-01,2024年1月31日,"1,234",行政许可,一网通办\n\n'
    import_tally_file(body=body, content=text.encode(encoding), actor=SYSTEM)
    tally = Tally.objects.get()
    assert (tally.matter, tally.count, tally.source) == (matters[0], 1234, "一网通办")
    assert (tally.first_day, tally.last_day) == (dt.date(2024, 1, 1), dt.date(2024, 1, 31))


def test_a_spreadsheet_with_real_dates_and_numbers(body, matters):
    content = xlsx(
        ["期间起", "期间止", "事项名称", "处理决定数量"],
        [dt.datetime(2024, 1, 1), dt.date(2024, 1, 31), "教师资格认定", 12.0],  # noqa: DTZ001 - as in a cell
        [None, None, None, None],
        ["2024/2/1", "20240229", "教师资格认定", "0"],
    )
    import_tally_file(body=body, content=content, actor=SYSTEM, source="业务系统")
    found = list(Tally.objects.values_list("first_day", "last_day", "count", "source"))
    assert found == [
        (dt.date(2024, 1, 1), dt.date(2024, 1, 31), 12, "业务系统"),
        (dt.date(2024, 2, 1), dt.date(2024, 2, 29), 0, "业务系统"),
    ]


def test_every_wrong_row_is_named_and_nothing_is_half_done(body, matters):
    text = (
        HEAD
        + "教师资格认定,2024-01-01,2024-01-31,5,,\n"
        + "校车许可,2024-01-01,2024-01-31,5,,\n"
        + "民办学校审批,2024-01-01,2024-01-31,5,,\n"
        + "教师资格认定,2024-02-30,下旬,,,\n"
        + "教师资格认定,2024-02-01,2024-02-29,1.5,,\n"
    )
    with pytest.raises(RefusedError) as refused:
        import_tally_file(body=body, content=text.encode(), actor=SYSTEM)
    assert messages(refused) == [
        "第3行：没有找到事项“校车许可”",
        "第4行：有多个名为“民办学校审批”的事项（其他对外管理服务事项、行政许可）",
        "第5行：期间起“2024-02-30”不是日期",
        "第5行：期间止“下旬”不是日期",
        "第5行：处理决定数量“”不是整数",
        "第6行：处理决定数量“1.5”不是整数",
    ]
    assert Tally.objects.count() == 0


def test_the_kind_tells_matters_of_one_name_apart(body, matters):
    text = HEAD + "民办学校审批,2024-01-01,2024-01-31,5,其他对外管理服务事项,\n"
    (row,) = read_tally_file(body=body, content=text.encode())
    assert (row.matter, row.place) == (matters[2], "第2行")


def test_of_two_matters_of_one_name_the_one_on_the_list_that_day_counts(body, matters):
    cancel_matter(matter=matters[0], until=dt.date(2023, 12, 31), actor=SYSTEM)
    later = list_matter(
        body=body, kind="licence", name="教师资格认定", since=dt.date(2024, 1, 1), actor=SYSTEM
    )
    text = HEAD + "教师资格认定,2024-01-01,2024-01-31,5,,\n教师资格认定,2023-01-01,2023-01-31,6,,\n"
    rows = read_tally_file(body=body, content=text.encode())
    assert [row.matter for row in rows] == [later, matters[0]]


def test_an_overlap_is_told_with_its_row_in_the_file(body, matters):
    text = HEAD + "\n教师资格认定,2024-01-01,2024-01-31,5,,\n教师资格认定,2024-01-31,2024-02-01,5,,\n"
    with pytest.raises(RefusedError) as refused:
        import_tally_file(body=body, content=text.encode(), actor=SYSTEM)
    assert messages(refused) == ["第4行：“教师资格认定”在2024-01-01至2024-01-31已有统计，与本次期间重叠"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "表头缺少：事项名称、期间起、期间止、处理决定数量"),
        ("事项名称,期间起\n".encode(), "表头缺少：期间止、处理决定数量"),
        (b"PK\x03\x04 broken", "文件不是有效的XLSX表格"),
        (b"\xff\xfe\x00\x81\xff", "文件编码无法识别"),
        (HEAD.encode(), "没有可以导入的统计"),
    ],
)
def test_files_that_cannot_be_used(body, content, message):
    with pytest.raises(RefusedError) as refused:
        import_tally_file(body=body, content=content, actor=SYSTEM)
    assert messages(refused) == [message]
