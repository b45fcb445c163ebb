"""The usual Excel table: what is read, what is refused with its place, and that writing and reading are one."""

import datetime as dt
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.catalogue.conftest import BELOW, HEAD_MERGES, LINE, TOP, line, official_workbook, saved, sheet_of

from gongkai.catalogue.reference import compulsory_education
from gongkai.catalogue.tables.comparing import compare
from gongkai.catalogue.tables.opening import FILE_LIMIT, ROW_LIMIT
from gongkai.catalogue.tables.reading import read_table
from gongkai.catalogue.tables.rows import (
    ASPECTS,
    CHANNELS,
    Row,
    as_json,
    audience_parts,
    canonical,
    from_json,
    name,
)
from gongkai.catalogue.tables.writing import workbook
from gongkai.core.errors import RefusedError


def read(rows, **kw):
    book, _ = sheet_of(rows, **kw)
    return read_table(saved(book)).rows


def told(content):
    with pytest.raises(RefusedError) as refused:
        read_table(content)
    return [str(one) for one in refused.value.obstacles]


def told_of(rows, **kw):
    book, _ = sheet_of(rows, **kw)
    return told(saved(book))


def test_the_official_workbook_has_10_and_34_and_every_cell():
    table = read_table(official_workbook())
    expected = [
        canonical(
            Row(
                level1=name_,
                level2=row.name,
                content=row.content,
                basis=row.basis,
                time_limit=row.time_limit,
                publisher=row.publisher,
                channels=row.channels,
                audience=row.audience,
                method=row.method,
                level=row.level,
            )
        )
        for name_, children in compulsory_education().items
        for row in children
    ]
    assert table.title == "义务教育领域基层政务公开标准目录"
    assert len({row.level1 for row in table.rows}) == 10
    assert len(table.rows) == 34
    assert list(table.rows) == expected


def test_a_line_is_read():
    assert read([LINE]) == (
        Row(
            level1="政策文件",
            level2="教育法律",
            content="法律文本",
            basis="《条例》",
            time_limit="20个工作日内",
            publisher="教育局",
            channels=("政府网站",),
            audience="全社会",
            method="主动公开",
            level="县级",
        ),
    )


@pytest.mark.parametrize(
    ("cells", "field", "value"),
    [
        ({"H": "☑政府网站 ☐政府公报"}, "channels", ("政府网站",)),
        ({"H": "√两微一端\n□其他"}, "channels", ("两微一端",)),
        ({"H": "√政府网站\n公告栏"}, "channels", ("政府网站",)),
        ({"H": "政府网站√、公告栏"}, "channels", ("政府网站",)),
        ({"H": "\uf052政府网站\uf0a8公告栏"}, "channels", ("政府网站",)),
        ({"I": "\uf0fc"}, "audience", "全社会"),
        ({"H": "政府网站、县融媒体中心"}, "channels", ("政府网站", "县融媒体中心")),
        ({"H": "■社区/企事业单位/村公示栏(电子屏)"}, "channels", ("社区/企事业单位/村公示栏（电子屏）",)),
        ({"I": None, "J": "在校学生"}, "audience", "特定群体：在校学生"),
        ({"J": "√"}, "audience", "全社会；特定群体"),
        ({"L": "✓"}, "method", "主动公开、依申请公开"),
        ({"M": "□", "N": "☑"}, "level", "乡级"),
        ({"B": "一、政策文件"}, "level1", "政策文件"),
        ({"B": "1．政 策 文 件"}, "level1", "政策文件"),
        ({"C": "（一）教育法律"}, "level2", "教育法律"),
        ({"F": dt.datetime(2024, 5, 1)}, "time_limit", "2024-05-01"),  # noqa: DTZ001
        ({"D": " 一\n\n 二 "}, "content", "一\n二"),
        ({"C": 12.0}, "level2", "12"),
    ],
)
def test_ways_of_writing_a_cell(cells, field, value):
    assert getattr(read([line(**cells)])[0], field) == value


def test_the_number_may_stand_before_the_second_level_or_nowhere():
    top = ("公开事项", None, None, *TOP[3:])
    below = ("一级事项", "序号", "二级事项", *BELOW[3:])
    moved = [LINE[1], LINE[0], *LINE[2:]]
    merges = ("A2:C2", *HEAD_MERGES[2:])
    assert read([moved], top=top, below=below, merges=merges) == read([LINE])
    without = [[*LINE[1:]]]
    assert read(without, top=TOP[1:], below=BELOW[1:], merges=()) == read([LINE])


def test_a_head_of_one_line_with_words():
    top = (
        "序号", "一级事项", "二级事项", "公开内容(要素)", "公开依据", "公开时限", "公开主体", "公开渠道和载体",
        "公开对象（全社会/特定群体）", "公开方式（主动/依申请）", "公开层级（县级/乡、村级）", "五公开", "责任科室",
    )  # fmt: skip
    row = [*LINE[:8], "全社会", "主动公开", "县级、乡级", "结果公开、服务公开", "基教股"]
    found = read([row], top=top, below=None, merges=())[0]
    assert (found.audience, found.method, found.level) == ("全社会", "主动公开", "县级、乡级")
    assert (found.aspects, found.unit) == (("服务公开", "结果公开"), "基教股")


def test_a_first_level_item_is_carried_down_and_heads_on_every_page_are_passed_over():
    rows = read([LINE, line(B=None, C="教育法规"), list(TOP), list(BELOW), [], line(B="招生", C="计划")])
    assert [row.key for row in rows] == [
        ("政策文件", "教育法律"),
        ("政策文件", "教育法规"),
        ("招生", "计划"),
    ]


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"B": None}, "第4行B列（一级事项）：一级事项为空（请填写）"),
        ({"C": None}, "第4行C列（二级事项）：二级事项为空（请填写）"),
        ({"D": None}, "第4行D列（公开内容（要素））：公开内容（要素）为空（请填写）"),
        ({"F": None}, "第4行F列（公开时限）：公开时限为空（请填写）"),
        ({"G": " "}, "第4行G列（公开主体）：公开主体为空（请填写）"),
        ({"H": "□政府网站"}, "第4行H列（公开渠道和载体）：没有选中任何公开渠道（请在选用的渠道前打■）"),
        ({"H": "公报 ■政府网站"}, "第4行H列（公开渠道和载体）：有的渠道前没有方框（每个渠道前应有■或□）"),
        ({"I": None}, "第4行I列（公开对象）：公开对象没有打√（请在选用的一栏打√）"),
        ({"K": None}, "第4行K列（公开方式）：公开方式没有打√（请在选用的一栏打√）"),
        ({"K": "主"}, "第4行K列（公开方式）：“主”不是√也不是空白（选用的打√，不选用的留空）"),
        ({"M": None}, "第4行M列（公开层级）：公开层级没有打√（请在选用的一栏打√）"),
        ({"C": "长" * 121}, "第4行C列（二级事项）：二级事项超过120个字（请缩短）"),
    ],
)
def test_a_wrong_cell_is_named_by_row_and_column(cells, message):
    assert told_of([line(**cells)]) == [message]


def test_every_wrong_cell_is_told_at_once_up_to_a_hundred():
    assert len(told_of([line(D=None, F=None), line(C="乙", K=None)])) == 3
    many = told_of([line(C=f"事项{n}甲", F=None) for n in range(150)])
    assert len(many) == 101
    assert many[-1].startswith("另有50处错误未列出")


def test_the_same_item_twice_names_both_rows():
    assert told_of([LINE, line(C="1.教育法律")]) == [
        "第5行C列（二级事项）：与第4行是同一事项（请删去重复的一行）"
    ]


def test_a_table_without_head_columns_or_rows():
    assert told_of([], top=("姓名", "电话"), below=None, merges=())[0].startswith("没有找到目录的表头")
    cut = told_of([LINE[:6]], top=TOP[:6], below=BELOW[:6], merges=())
    assert cut[0].startswith("表头缺少：公开主体、公开渠道和载体、公开对象、公开方式、公开层级")
    assert told_of([]) == ["表头下面没有事项（请填写后重新上传）"]


def test_files_that_are_no_small_whole_xlsx():
    content = official_workbook()
    assert told(b"")[0].startswith("文件是空的")
    assert told(b"\xd0\xcf\x11\xe0" + b"\0" * 512)[0].startswith("这是旧版XLS文件，或者是加了密码的文件")
    assert told(b"a,b\n1,2")[0].startswith("文件不是XLSX表格")
    assert told(content[: len(content) // 2])[0].startswith("文件已损坏")
    assert told(content + b"\0" * FILE_LIMIT)[0].startswith("文件超过5MB")
    assert told(repacked(content, {"[Content_Types].xml": None}))[0].startswith("文件里没有工作表")


def repacked(content, changed):
    """The archive with some members otherwise, None without them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for one in old.namelist():
            data = changed.get(one, old.read(one))
            if data is not None:
                new.writestr(one, data)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_hostile_files_are_refused_before_they_are_unpacked():
    content = official_workbook()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        xml = archive.read(SHEET).decode()
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(SHEET, b"\0" * (41 * 1024 * 1024))
    assert told(bomb.getvalue())[0].startswith("文件展开后过大")
    everything = xml.replace('ref="A1:N1"', 'ref="A1:XFD1048576"')
    assert everything != xml
    assert told(repacked(content, {SHEET: everything}))[0].startswith("工作表的单元格过多")
    entity = '<!DOCTYPE x [<!ENTITY a "b">]>' + xml
    assert told(repacked(content, {SHEET: entity}))[0].startswith("文件中含有不允许的XML内容")
    assert told(repacked(content, {SHEET: xml[:500]}))[0].startswith("文件已损坏")
    assert told_of([LINE] * (ROW_LIMIT + 1))[0].startswith(f"工作表“Sheet”超过{ROW_LIMIT}行")


WORDS = st.text(alphabet="政策文件招生管理AB（）/12、。=+-@\n 　", min_size=1, max_size=20)
NAMES = WORDS.map(name).filter(bool)
FILLED = WORDS.filter(lambda text: text.strip())
GROUPS = st.sampled_from(["全社会", "特定群体", "特定群体：教师", "全社会；特定群体：学生家长"])
ROWS = st.builds(
    Row,
    level1=NAMES,
    level2=NAMES,
    content=FILLED,
    basis=WORDS,
    time_limit=FILLED,
    publisher=FILLED,
    channels=st.lists(st.sampled_from([*CHANNELS, "县融媒体中心"]), min_size=1, max_size=5).map(tuple),
    audience=GROUPS,
    method=st.sampled_from(["主动公开", "依申请公开", "主动公开、依申请公开"]),
    level=st.sampled_from(["县级", "乡级", "县级、乡级"]),
    aspects=st.lists(st.sampled_from(ASPECTS), max_size=3).map(tuple),
    unit=WORDS,
    not_applicable=WORDS,
).map(canonical)
TABLES = st.lists(
    ROWS.filter(lambda row: all((row.content, row.time_limit, row.publisher))),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row.key,
)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_what_is_written_is_read_again_without_differences(rows):
    rows = sorted(rows, key=lambda row: row.level1)
    again = read_table(workbook(rows, title="某领域标准目录"))
    assert list(again.rows) == rows
    assert not compare(rows, again.rows)
    assert again.title == "某领域标准目录"


@given(ROWS)
def test_the_one_spelling_is_stable_and_survives_storage(row):
    assert canonical(row) == row
    assert from_json(as_json(row)) == row
    everybody, group = audience_parts(row.audience)
    assert everybody or group is not None


def test_text_that_begins_like_a_formula_or_an_escape_stays_text():
    row = canonical(
        Row(
            level1="甲",
            level2="乙",
            content="=1+1\n_x0041_",
            basis="@SUM(A1)",
            time_limit="=cmd|' /C calc'!A0",
            publisher="某局",
            channels=("政府网站",),
        )
    )
    assert read_table(workbook([row], title="目录")).rows == (row,)
