"""Whose report it is, for which year, published when: out of titles, leads and what pages say of themselves."""

import datetime as dt

import pytest

from gongkai.law.report.figures import Level
from gongkai.reports.reading import read
from gongkai.reports.reading.facts import gather, level_of

from .markup import MANNERS, page
from .sample import made_up

PARTS = "<p>一、总体情况</p><p>好。</p><p>五、存在的主要问题及改进情况</p><p>二、主动公开政府信息情况</p><p>六、其他需要报告的事项</p>"


def report(above):
    return read(f"<html><body>{above}{PARTS}</body></html>".encode())


def facts(*lead, title="", prose="", tail=(), meta=()):
    return gather(titles=[title], lead=lead, prose=prose, tail=tail, meta=meta)


@pytest.mark.parametrize(
    ("title", "agency", "year"),
    [
        ("2019年上海市人民政府办公厅政府信息公开工作年度报告", "上海市人民政府办公厅", 2019),
        ("金湖县2023年政府信息公开工作年度报告", "金湖县人民政府", 2023),
        ("2022年上海市政府信息公开工作年度报告", "上海市人民政府", 2022),
        ("淮安市人民政府2024年政府信息公开工作年度报告", "淮安市人民政府", 2024),
        ("霞山区教育局2022年度政府信息公开工作年度报告", "霞山区教育局", 2022),
        ("临河县卫生健康委员会关于2021年度政府信息公开工作年度报告", "临河县卫生健康委员会", 2021),
        ("市政府研究室2019年政府信息公开工作年度报告", "市政府研究室", 2019),
        ("葫芦岛高新技术产业开发区2024年政府信息公开工作年度报告", "葫芦岛高新技术产业开发区", 2024),
        ("湘桥区教育局政府信息公开工作年度报告", "湘桥区教育局", None),
        ("东大街街道办事处2020年政府信息公开工作报告", "东大街街道办事处", 2020),
        ("关于2021年度临河县财政局政府信息公开年报", "临河县财政局", 2021),
        ("临河市教育局二〇二三年政府信息公开工作年度报告", "临河市教育局", 2023),
        ("临河市教育局2023年政府信息公开工作年度报告（全文）", "临河市教育局", 2023),
        ("临河市教育局2023年政府信息公开工作年度报告-临河市人民政府门户网站", "临河市教育局", 2023),
        ("政府信息公开年报_临河市教育局2023年政府信息公开工作年度报告_临河市人民政府", "临河市教育局", 2023),
    ],
)
def test_agency_and_year_out_of_the_title(title, agency, year):
    found = facts("一段导语。", title=title)
    assert (found.agency, found.year) == (agency, year)


def test_a_title_broken_over_lines():
    found = facts(
        "洪泽区人民政府",
        "2023 年政府信息公开工作年度报告",
        "本报告由淮安市洪泽区人民政府办公室根据要求编制。",
    )
    assert (found.title, found.agency, found.year) == (
        "洪泽区人民政府2023年政府信息公开工作年度报告",
        "淮安市洪泽区人民政府",
        2023,
    )


def test_a_short_name_is_completed_from_the_report_itself():
    found = facts(
        "教育体育局2020年政府信息公开工作年度报告", prose="《济源示范区教育体育局致家长的一封信》已发布。"
    )
    assert found.agency == "济源示范区教育体育局"


def test_a_name_that_begins_with_a_bare_place_is_completed_too():
    found = facts("区教育局2023年政府信息公开工作年度报告", prose="2023年，于洪区教育局认真贯彻落实条例。")
    assert found.agency == "于洪区教育局"


def test_the_year_out_of_the_period_when_the_title_has_none():
    found = facts(
        "湘桥区教育局政府信息公开工作年度报告", "所列数据的统计期限自2023年1月1日起至2023年12月31日止。"
    )
    assert found.year == 2023


def test_the_year_out_of_the_text_when_nothing_else_tells():
    assert (
        facts(
            "政府信息公开工作年度报告", prose="2022年，我局公开信息。2022年全年未收到申请。2021年结转0件。"
        ).year
        == 2022
    )


def test_the_agency_out_of_the_lead_when_the_title_has_none():
    found = facts("2021年政府信息公开工作年度报告", "本报告由临河县周湾镇人民政府编制，内容包括六个部分。")
    assert (found.agency, found.level) == ("临河县周湾镇人民政府", Level.TOWNSHIP)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("青川市人民政府", Level.GOVERNMENT),
        ("青川市临河区人民政府", Level.GOVERNMENT),
        ("青川市人民政府办公室", Level.DEPARTMENT),
        ("临河区教育局", Level.DEPARTMENT),
        ("国家统计局青川调查队", Level.DEPARTMENT),
        ("白石县石桥镇人民政府", Level.TOWNSHIP),
        ("石桥乡人民政府", Level.TOWNSHIP),
        ("牛华镇", Level.TOWNSHIP),
        ("临河区人民政府东关街道办事处", Level.TOWNSHIP),
        ("东关街道", Level.TOWNSHIP),
        ("", Level.UNKNOWN),
    ],
)
def test_level_by_the_name(name, level):
    assert level_of(name) is level


@pytest.mark.parametrize(
    "line",
    [
        "发布日期：2024-01-20",
        "发布时间: 2024-01-20 10:30 来源：某某局",
        "【发布时间：2024年1月20日】",
        "2024-01-20 16:45 稿件作者： 浏览量：-",
        "2024年01月20日来源:临河区教育局",
        "信息来源：办公室 更新日期：2024/1/20 浏览：12",
        "（2024年1月20日）",
    ],
)
def test_the_day_of_publication_near_the_title(line):
    assert facts("临河区教育局2023年政府信息公开工作年度报告", line).published_on == dt.date(2024, 1, 20)


def test_the_day_of_publication_from_the_signature():
    found = facts("临河区教育局2023年政府信息公开工作年度报告", tail=["临河区教育局", "2024年1月20日"])
    assert found.published_on == dt.date(2024, 1, 20)


@pytest.mark.parametrize(
    "line",
    ["2023年1月20日我局制定了办法", "发布日期：2023-02-30", "成立于2019年5月1日", "发布日期：2022-01-01"],
)
def test_other_days_are_not_taken_for_it(line):
    assert facts("临河区教育局2023年政府信息公开工作年度报告", line).published_on is None


def test_what_a_government_page_says_of_itself():
    sample = made_up(3, "2021")
    report = read(page(sample, next(manner for manner in MANNERS if manner.name == "chrome")).encode())
    assert (report.agency, report.year, report.published_on) == (
        sample.agency,
        sample.year,
        dt.date(sample.year + 1, 1, 20),
    )


TABLE_ABOVE = """<table><tr><td>名称</td><td colspan=3>临河区教育局2023年政府信息公开年度报告</td></tr>
<tr><td>索引号</td><td>014314799/2024-00002</td><td>成文日期</td><td>2024-01-16</td></tr>
<tr><td>发布机构</td><td>临河区教育局</td><td>公开日期</td><td><time>2024-01-17</time></td></tr></table>"""


def test_the_small_table_above_an_article_tells_the_day_of_publication():
    page = f"<div>采集时间：2025-12-30</div>{TABLE_ABOVE}<h1>临河区教育局2023年政府信息公开年度报告</h1>"
    found = report(page)
    assert (found.agency, found.year, str(found.published_on)) == ("临河区教育局", 2023, "2024-01-17")


@pytest.mark.parametrize(
    "line", ["日期：2024-01-15 浏览次数：55", "来源：局办公室　时间：2024-01-15　点击：8"]
)
def test_a_day_only_called_day_or_time(line):
    found = report(f"<h1>临河区教育局2023年政府信息公开工作年度报告</h1><p>{line}</p>")
    assert str(found.published_on) == "2024-01-15"


@pytest.mark.parametrize("above", [TABLE_ABOVE, "<p>发布机构：临河区教育局　发布日期：2024年1月17日</p>"])
def test_a_report_that_does_not_name_its_body_is_the_publishers(above):
    above = above.replace("临河区教育局2023年政府信息公开年度报告", "政府信息公开年度报告")
    found = report(f"{above}<h1>2023年政府信息公开工作年度报告</h1>")
    assert (found.agency, str(found.published_on)) == ("临河区教育局", "2024-01-17")


@pytest.mark.parametrize(
    ("title", "agency", "level"),
    [
        ("关于青山区2023年政府信息公开工作情况的报告", "青山区人民政府", Level.GOVERNMENT),
        ("佳荣里街2023年政府信息公开工作年度报告", "佳荣里街", Level.TOWNSHIP),
        ("白石县东关街道2023年政府信息公开年报", "白石县东关街道", Level.TOWNSHIP),
    ],
)
def test_less_common_titles(title, agency, level):
    found = report(f"<h1>{title}</h1>")
    assert (found.agency, found.year, found.level) == (agency, 2023, level)
