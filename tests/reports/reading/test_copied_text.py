"""Text as it comes out of a browser, a search engine's store or a converter: bars, lone cells, glued digits."""

import pytest

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Standing
from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import to_transcript

from .copies import COPIES, WITHOUT_BLANKS, text
from .papers import tabbed
from .sample import made_up

TITLE = "临河区教育局2022年政府信息公开工作年度报告\n一、总体情况\n2022年，我局主动公开信息20条。\n"
BARS = (
    TITLE
    + """二、主动公开政府信息情况
第二十条第(一)项 | |||
信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
规章 | 0 | 0 | 0 |
行政规范性文件 | 5 | 1 | 25 |
第二十条第(五)项 | |||
信息内容 | 本年处理决定数量 | ||
行政许可 | 460 | ||
第二十条第(六)项 | |||
信息内容 | 本年处理决定数量 | ||
行政处罚 | 7 | ||
行政强制 | 0 | ||
第二十条第(八)项 | |||
信息内容 | 本年收费金额(单位:万元) | ||
行政事业性收费 | 12.5 |
三、收到和处理政府信息公开申请情况
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) | 申请人情况 | ||||||||
自然人 | 法人或其他组织 | 总计 | |||||||
商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | |||||
一、本年新收政府信息公开申请数量 | 58 | 7 | | | 1 | | 66 | ||
二、上年结转政府信息公开申请数量 | 2 | | | | | | 2 | ||
三、本年度办理结果 | (一)予以公开 | 2 | 1 | 0 | 0 | 0 | 0 | 3 | |
(二)部分公开(区分处理的,只计这一情形,不计其他情形) | 16 | 1 | 0 | 0 | 0 | 0 | 17 | |
(三)不予公开 | 1.属于国家秘密 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |
2.其他法律行政法规禁止公开 | / | / | / | / | / | / | / |
四、政府信息公开行政复议、行政诉讼情况
行政复议 | 行政诉讼 | |||||||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 | ||||||||
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | |||||
1 | 0 | 0 | 0 | 1 | 2 | 0 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 |
五、存在的主要问题及改进情况
无。
六、其他需要报告的事项
无。
"""
)


def test_bars_with_the_spans_lost():
    found = to_transcript(read(BARS.encode()))
    assert found["table2"] == {
        "rules": [0, 0, 0],
        "normdoc": [5, 1, 25],
        "licence": 460,
        "penalty": 7,
        "coercion": 0,
        "fee_wan": 12.5,
    }
    assert found["table3"]["rows"] == {
        "new": [58, 7, None, None, 1, None, 66],
        "carried_in": [2, None, None, None, None, None, 2],
        "granted": [2, 1, 0, 0, 0, 0, 3],
        "partial": [16, 1, 0, 0, 0, 0, 17],
        "denied_1_secret": [0, 0, 0, 0, 0, 0, 0],
        "denied_2_law": [None] * 7,
    }
    assert found["table4"] == [1, 0, 0, 0, 1, 2, 0, 0, 0, 2, 0, 0, 0, 0, 0]


LONE_BARS = (
    TITLE
    + """二、主动公开政府信息情况
第二十条第(一)项 |
|||
信息内容 |
本年制发件数 |
本年废止件数 |
现行有效件数 |
规章 |
/ |
/ |
/ |
行政规范性文件 |
0 |
3 |
4 |
第二十条第(五)项 |
|||
信息内容 |
本年处理决定数量 |
||
行政许可 |
21 |
||
第二十条第(六)项 |
|||
信息内容 |
本年处理决定数量 |
||
行政处罚 |
0 |
||
行政强制 |
0 |
||
第二十条第(八)项 |
|||
信息内容 |
本年收费金额(单位:万元) |
||
行政事业性收费 |
0 |
三、收到和处理政府信息公开申请情况
(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和) |
申请人情况 |
||||||||
自然人 |
法人或其他组织 |
总计 |
|||||||
商业企业 |
科研机构 |
社会公益组织 |
法律服务机构 |
其他 |
|||||
一、本年新收政府信息公开申请数量 |
|
|
|
|
|
|
4 |
||
二、上年结转政府信息公开申请数量 |
|
|
|
|
|
|
0 |
||
"""
)


def test_a_cell_a_line_with_bars_and_empty_cells():
    report = read(LONE_BARS.encode())
    found = to_transcript(report)
    assert found["table2"] == {
        "rules": [None, None, None],
        "normdoc": [0, 3, 4],
        "licence": 21,
        "penalty": 0,
        "coercion": 0,
        "fee_wan": 0,
    }
    assert found["table3"]["rows"] == {
        "new": [None, None, None, None, None, None, 4],
        "carried_in": [None, None, None, None, None, None, 0],
    }
    assert [report[Cell(3, "new", key)].standing for key in ("natural", "other")] == [Standing.BLANK] * 2


GLUED = (
    TITLE
    + """三、收到和处理政府信息公开申请情况

(本列数据的勾稽关系为:第一项加第二项之和,等于第三项加第四项之和)

申请人情况

自然人

法人或其他组织

总计

商业企业

科研机构

社会公益组织

法律服务机构

其他

一、本年新收政府信息公开申请数量

0000000

二、上年结转政府信息公开申请数量

210000021

三、本年度办理结果

(一)予以公开

0000000

(二)部分公开(区分处理的,只计这一情形,不计其他情形)

1111004
"""
)


def test_digits_glued_together_are_parted_only_when_there_is_one_way():
    report = read(GLUED.encode())
    assert to_transcript(report)["table3"]["rows"] == {
        "new": [0, 0, 0, 0, 0, 0, 0],
        "carried_in": [21, 0, 0, 0, 0, 0, 21],
        "granted": [0, 0, 0, 0, 0, 0, 0],
        "partial": [1, 1, 1, 1, 0, 0, 4],
    }


INSTRUCTED = """临河区东关街道办事处2020年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第(一)项 | |||
信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |
规章(设区的市、自治州人民政府应提供相关数据) | 0 | 0 | 0 |
规范性文件(行政机关制定发布的决定、公告、通告、意见、通 知，以及标题采用“规定”“办法”“细则”等字样的公文，一般情况下属于规范性文件) | 87 | 0 | 0 |
其他主动公开文件(含以本单位名义正式签发的、除规范性文件以外的主动公开文件) | 3 | 3 | 3 |
第二十条第(五)项 | |||
信息内容 | 上一年项目数量 (指2019年事项数) | 本年增/减 (指2020年增加或减 少的事项 数,减用负 值表示,如 -8) | 处理决定数量 (指2020年办 件量) |
行政许可 | 8 | 增10 | 18 |
其他对外管理服务事项(指行政许可以外的政务服务事项，含行政确认、行政处罚、行政强制和其他类) | 21 | +19 | 40 |
第二十条第(六)项 | |||
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
行政处罚 | 37 | 减3 | 1125 |
行政强制 | 716 | -417 | 298 |
第二十条第(八)项 | |||
信息内容 | 上一年项目数量 | 本年增/减 |
行政事业性收费 | 43 | +(0) -(0) |
第二十条第(九)项 | |||
信息内容 | 采购项目数量 | 采购总金额 |
政府集中采购 | 3 | 1035000 |
三、收到和处理政府信息公开申请情况
"""


def test_definitions_left_in_labels_rows_of_ones_own_and_signed_changes():
    report = read(INSTRUCTED.encode())
    assert to_transcript(report)["table2"] == {
        "rules": [0, 0, 0],
        "normdoc": [87, 0, 0],
        "licence": [8, 10, 18],
        "other_mgmt": [21, 19, 40],
        "penalty": [37, -3, 1125],
        "coercion": [716, -417, 298],
        "fee": [43, 0],
        "procurement": [3, "1035000"],
    }
    assert report[Cell(2, "procurement", "amount_wan")].standing is Standing.UNCERTAIN
    kinds = [note.kind for note in report.shape]
    assert kinds.count("leftover_instruction") == 3
    assert "row_extra" in kinds


LINES = {
    "（二）部分公开（区分处理的，只计这一情形，不计其他情形）": (
        "（二）部分公开（区分处理的，只计这一情 形，不",
        "计其他情形）",
    ),
    "1.本机关不掌握相关政府信息": ("1.本机关不掌握相关政府信息", "（四）无法提供"),
    "2.没有现成信息需要另行制作": ("（四）无", "2.没有现成信息需要另行制作"),
    "5.要求行政机关确认或重新出具已获取信息": ("5.要求行政机关确认或重新出具", "已获取信息"),
    "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请": (
        "2.申请人逾期未按收费通知要求缴纳费用、",
        "行政机关不再处理其政府信息公开申请",
    ),
}


@pytest.mark.parametrize("where", ["between", "before", "behind"])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_numbers_beside_the_middle_of_a_name_of_two_lines(form, where):
    """What PDF viewers put on the clipboard: the numbers stand between, before or behind the halves of their name."""
    sample = made_up(7, form)
    lines = ["三、收到和处理政府信息公开申请情况", "申请人情况", "自然人 商业 科研 公益 法律 其他 总计"]
    for row in sample.fmt.table3:
        numbers = " ".join(map(str, sample.table3[row.key]))
        halves = LINES.get(row.label)
        if halves is None:
            lines.append(f"{row.label} {numbers}")
            continue
        at = {"before": 0, "between": 1, "behind": 2}[where]
        lines += [*halves[:at], numbers, *halves[at:]]
    page = (
        f"{sample.title}\n一、总体情况\n略。\n"
        + "\n".join(lines)
        + "\n四、政府信息公开行政复议、行政诉讼情况\n略。"
    )
    report = read(page.encode())
    assert to_transcript(report)["table3"]["rows"] == sample.table3


def test_fifteen_numbers_in_pieces_that_do_not_add_up_are_doubtful():
    text = (
        "四、政府信息公开行政复议、行政诉讼情况\n行政复议\n结果维持\n结果纠正\n其他结果\n尚未审结\n72\n64\n178\n37\n复议后起诉\n12\n1\n1\n6\n"
        "总计\n351\n未经复议直接起诉\n13\n4\n8\n1\n26\n总计\n20\n五、存在的主要问题及改进情况\n无。"
    )
    page = f"某县2024年政府信息公开工作年度报告\n一、总体情况\n好。\n二、主动公开政府信息情况\n略。\n{text}"
    report = read(page.encode())
    assert {figure.standing for cell, figure in report.figures.items() if cell.table == 4} == {
        Standing.UNCERTAIN
    }


def test_a_page_that_wraps_plain_text():
    sample = made_up(3, "2021")
    page = f"<html><head><title>{sample.title}</title></head><body><pre>{tabbed(sample)}</pre></body></html>"
    transcript = to_transcript(read(page.encode()))
    assert {key: transcript[key] for key in sample.transcript()} == sample.transcript()


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", COPIES)
def test_tables_as_copied(name, form):
    for seed in range(3):
        for blanks in (False, True):
            sample = made_up(seed, form, blanks=blanks)
            transcript = to_transcript(read(text(sample, COPIES[name]).encode()))
            assert {key: transcript[key] for key in sample.transcript()} == sample.transcript()


def test_names_wrapped_in_narrow_columns():
    sample = made_up(5, "2021")
    transcript = to_transcript(read(text(sample, WITHOUT_BLANKS["narrow"]).encode()))
    assert transcript["table3"]["rows"] == sample.table3
    assert transcript["table4"] == sample.table4


@pytest.mark.parametrize("blanks", [False, True])
def test_no_way_of_copying_puts_a_number_into_a_wrong_cell(blanks):
    """Blanks lost in copying leave cells open; a number is in its own cell or in none."""
    for seed in range(3):
        sample = made_up(seed, "2021", blanks=blanks)
        for copy in ({**COPIES, **WITHOUT_BLANKS, "spaces": _spaces, "lines": _lines}).values():
            rows = (to_transcript(read(text(sample, copy).encode()))["table3"] or {"rows": {}})["rows"]
            for key, values in rows.items():
                assert [
                    v for v, own in zip(values, sample.table3[key], strict=True) if v not in {None, own}
                ] == []


def _spaces(rows):
    return "\n".join(" ".join(cell.text for cell in row if cell.text) for row in rows)


def _lines(rows):
    return "\n\n".join(cell.text for row in rows for cell in row if cell.text)
