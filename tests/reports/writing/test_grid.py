"""The statutory layout: every place of every table is covered once, and the headings stand where the forms have them."""

from collections import Counter

import pytest

from gongkai.law.report.formats import FORMATS
from gongkai.reports.writing.grid import Role, fitting_size, grid, grids


def covered(layout):
    places = Counter()
    for box in layout.boxes():
        for row in range(box.row, box.row + box.rowspan):
            for column in range(box.column, box.column + box.colspan):
                places[row, column] += 1
    return places


@pytest.mark.parametrize("form", sorted(FORMATS))
@pytest.mark.parametrize("table", [2, 3, 4])
def test_every_place_is_covered_exactly_once(form, table):
    layout = grid(FORMATS[form], table)
    every = {(row, column): 1 for row in range(len(layout.rows)) for column in range(len(layout.widths))}
    assert covered(layout) == every


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_cell_of_the_format_has_its_box(form):
    shown = [box.cell for layout in grids(FORMATS[form]) for box in layout.boxes() if box.cell]
    assert shown == list(FORMATS[form].cells)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_columns_fill_the_type_area(form):
    assert [round(sum(layout.widths), 6) for layout in grids(FORMATS[form])] == [156, 156, 156]


def placed(layout, rows):
    return [
        [(box.text, box.rowspan, box.colspan) for box in row if box.role is not Role.FIGURE]
        for row in layout.rows[rows]
    ]


def test_table_2_of_2021():
    assert placed(grid(FORMATS["2021"], 2), slice(None)) == [
        [("第二十条第（一）项", 1, 4)],
        [("信息内容", 1, 1), ("本年制发件数", 1, 1), ("本年废止件数", 1, 1), ("现行有效件数", 1, 1)],
        [("规章", 1, 1)],
        [("行政规范性文件", 1, 1)],
        [("第二十条第（五）项", 1, 4)],
        [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
        [("行政许可", 1, 1)],
        [("第二十条第（六）项", 1, 4)],
        [("信息内容", 1, 1), ("本年处理决定数量", 1, 3)],
        [("行政处罚", 1, 1)],
        [("行政强制", 1, 1)],
        [("第二十条第（八）项", 1, 4)],
        [("信息内容", 1, 1), ("本年收费金额（单位：万元）", 1, 3)],
        [("行政事业性收费", 1, 1)],
    ]


def test_table_2_of_2019_says_the_unit_of_procurement():
    assert placed(grid(FORMATS["2019"], 2), slice(-3, None)) == [
        [("第二十条第（九）项", 1, 4)],
        [("信息内容", 1, 1), ("采购项目数量", 1, 1), ("采购总金额（单位：万元）", 1, 2)],
        [("政府集中采购", 1, 1)],
    ]


def test_head_of_table_3():
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    assert placed(grid(FORMATS["2021"], 3), slice(3)) == [
        [(note, 3, 3), ("申请人情况", 1, 7)],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(text, 1, 1) for text in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")],
    ]


@pytest.mark.parametrize(("form", "rows"), [("2019", 20), ("2021", 22)])
def test_the_vertical_cell_spans_all_results(form, rows):
    layout = grid(FORMATS[form], 3)
    assert [(box.text, box.rowspan) for box in layout.boxes() if box.vertical] == [
        ("三、本年度办理结果", rows)
    ]


def test_groups_of_table_3_of_2021():
    groups = [
        (box.text, box.rowspan)
        for box in grid(FORMATS["2021"], 3).boxes()
        if box.role is Role.GROUP and not box.vertical
    ]
    assert groups == [
        ("（三）不予公开", 8),
        ("（四）无法提供", 3),
        ("（五）不予处理", 5),
        ("（六）其他处理", 3),
    ]


def test_other_results_of_2019_are_one_row():
    assert [("（六）其他处理", 1, 2)] in placed(grid(FORMATS["2019"], 3), slice(None))


def test_head_of_table_4():
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    assert placed(grid(FORMATS["2021"], 4), slice(3)) == [
        [("行政复议", 1, 5), ("行政诉讼", 1, 10)],
        [*((text, 2, 1) for text in leaves), ("未经复议直接起诉", 1, 5), ("复议后起诉", 1, 5)],
        [(text, 1, 1) for text in leaves * 2],
    ]


def test_narrow_headings_break_two_by_two():
    broken = {box.text: box.lines for box in grid(FORMATS["2021"], 3).boxes() if box.narrow}
    assert broken == {
        "自然人": ("自然人",),
        "商业企业": ("商业", "企业"),
        "科研机构": ("科研", "机构"),
        "社会公益组织": ("社会", "公益", "组织"),
        "法律服务机构": ("法律", "服务", "机构"),
        "其他": ("其他",),
        "总计": ("总计",),
    }


@pytest.mark.parametrize(("text", "smaller"), [("1", False), ("4119", False), ("123456789", True)])
def test_long_numbers_are_set_smaller(text, smaller):
    assert (fitting_size(text, 11.6, 10.5) < 10.5) is smaller
