"""The HTML: the layout, the marks, the notes; and nothing in a report becomes markup."""

import re

import pytest
from lxml import html as parser

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import MISSING, Figure, Standing
from gongkai.reports.writing import html
from gongkai.reports.writing.presentation import Adjustment, Presentation

from .builders import HOSTILE, a_hostile_presentation, a_hostile_report, a_report, with_figure

NATURAL = Cell(3, "granted", "natural")


def parsed(markup):
    return parser.fragment_fromstring(markup, create_parent="div")


def cell_of(markup, cell):
    return parsed(markup).xpath(f'//td[@id="rep-{cell}"]')[0]


def fragments(report, presentation):
    return [html.render_tables(report, presentation), html.render_report(report, presentation)]


def test_the_parts_of_the_report_in_order():
    root = parsed(html.render_report(a_report()))
    assert [node.text_content() for node in root.xpath("//h1 | //h2")] == [
        "江东市文化局2024年政府信息公开工作年度报告",
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


def test_subheadings_and_run_in_headings():
    root = parsed(html.render_report(a_report()))
    assert [node.text_content() for node in root.xpath("//h3")] == ["（一）主动公开情况"]
    assert [node.text for node in root.xpath('//strong[@class="rep-run-in"]')] == ["（二）依申请公开情况。"]


def test_headings_start_at_the_level_of_the_page():
    root = parsed(html.render_report(a_report(), Presentation(heading_level=2)))
    assert [len(root.xpath(f"//{name}")) for name in ("h1", "h2", "h3", "h4")] == [0, 1, 6, 1]


def test_each_table_stands_in_its_part_in_a_box_that_scrolls():
    root = parsed(html.render_report(a_report()))
    boxes = root.xpath('//section/div[@class="rep-scroll"]')
    assert [(box.get("tabindex"), box.get("role"), box.get("aria-label")) for box in boxes] == [
        ("0", "region", "表二 主动公开政府信息情况，可左右滚动"),
        ("0", "region", "表三 收到和处理政府信息公开申请情况，可左右滚动"),
        ("0", "region", "表四 政府信息公开行政复议、行政诉讼情况，可左右滚动"),
    ]


def test_headings_of_tables_say_what_they_head():
    root = parsed(html.render_table(a_report(), 3))
    scopes = {node.text_content(): node.get("scope") for node in root.xpath("//th")}
    named = ("自然人", "法人或其他组织", "三、本年度办理结果", "（三）不予公开", "（一）予以公开")
    assert [scopes[name] for name in named] == ["col", "colgroup", "rowgroup", "rowgroup", "row"]
    assert [node for node in root.xpath("//th") if not node.get("scope")] == []


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (Figure(0), "0"),
        (Figure(1234567), "1234567"),
        (Figure(None, Standing.BLANK, raw="/"), "/"),
        (Figure(None, Standing.UNCERTAIN, raw="约12"), "约12"),
        (MISSING, ""),
    ],
)
def test_a_figure_is_shown_as_it_is(figure, text):
    assert (
        cell_of(html.render_tables(with_figure(a_report(), NATURAL, figure)), NATURAL).text_content() == text
    )


def test_a_figure_opens_its_records():
    made = html.render_tables(
        a_report(), Presentation(links={NATURAL: "/records?cell=t3.granted.natural&page=1"})
    )
    link = cell_of(made, NATURAL).find("a")
    assert (link.get("href"), link.text, link.get("aria-label")) == (
        "/records?cell=t3.granted.natural&page=1",
        "24",
        "24，表三“（一）予以公开”自然人，查看所依据的记录",
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x"])
def test_only_web_addresses_become_links(address):
    made = html.render_tables(a_report(), Presentation(links=lambda _cell: address))
    assert parsed(made).xpath("//td//a") == []


def test_an_adjusted_figure_says_so_and_why():
    made = html.render_tables(a_report(), Presentation(adjustments={NATURAL: Adjustment(23, "漏登一件。")}))
    assert cell_of(made, NATURAL).text_content() == "24调1"
    assert [node.text_content() for node in parsed(made).xpath('//div[@class="rep-adjustments"]//li')] == [
        "调1 表三“（一）予以公开”自然人：按记录计算为23，填报为24。理由：漏登一件。"
    ]


def test_adjustments_are_numbered_table_by_table():
    cells = (Cell(4, "review", "total"), Cell(2, "licence", "decisions"), NATURAL)
    made = Presentation(adjustments={cell: Adjustment(None, "补录") for cell in cells})
    assert made.adjusted == {cells[1]: 1, cells[2]: 2, cells[0]: 3}


def test_the_foot_names_contact_version_and_digest():
    made = html.render_report(a_report(), Presentation(contact="电话 12345", version=2, digest="ab12"))
    assert [node.text for node in parsed(made).xpath("//footer/p")] == [
        "联系方式：电话 12345",
        "版本：第2版",
        "数据摘要（SHA-256）：ab12",
    ]


def test_charts_can_be_left_out():
    with_charts = parsed(html.render_report(a_report()))
    without = parsed(html.render_report(a_report(), Presentation(charts=False)))
    assert (len(with_charts.xpath("//figure")), len(without.xpath("//figure"))) == (4, 0)


def test_no_chart_of_nothing_but_zeros():
    report = a_report()
    zeros = report.with_(figures=dict.fromkeys(report.format.cells, Figure(0, raw="0")))
    assert parsed(html.render_report(zeros)).xpath("//figure") == []


@pytest.mark.parametrize("made", fragments(a_hostile_report(), a_hostile_presentation()))
def test_nothing_in_a_report_becomes_markup(made):
    root = parsed(made)
    assert root.xpath("//script | //img | //style | //@style") == []
    assert [name for node in root.iter() for name in node.attrib if name.startswith("on")] == []
    assert [link for link in root.xpath("//@href") if link.startswith("javascript")] == []
    assert "\x07" not in made


def test_hostile_text_is_shown_as_text():
    shown = parsed(html.render_report(a_hostile_report())).xpath("//h1")[0].text_content()
    assert shown == HOSTILE.replace("\x07", "")


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_ids_are_unique_and_every_anchor_has_a_target(form):
    adjusted = Presentation(adjustments={NATURAL: Adjustment(23, "漏登一件。")})
    root = parsed(html.render_report(a_report(form), adjusted))
    names = root.xpath("//@id")
    anchors = {link.removeprefix("#") for link in root.xpath("//@href") if link.startswith("#")}
    assert len(names) == len(set(names))
    assert anchors - set(names) == set()


def test_every_class_has_our_prefix():
    names = {
        name for value in parsed(html.render_report(a_report())).xpath("//@class") for name in value.split()
    }
    assert {name for name in names if not name.startswith("rep-")} == set()


def test_the_page_stands_alone():
    page = html.render_page(a_report())
    assert page.startswith("<!DOCTYPE html>")
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert "<title>江东市文化局2024年政府信息公开工作年度报告</title>" in page
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page
