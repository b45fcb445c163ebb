"""The page of a check: every problem in the list and on its cell, with ways both ways."""

from lxml import html as parser

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import MISSING, Figure, Standing
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.reports.writing import html

from .builders import HOSTILE, a_hostile_presentation, a_hostile_report, a_report, with_figure

TOTAL = Cell(4, "review", "total")
NATURAL = Cell(3, "new", "natural")
NOTICE = Finding("R10", Severity.NOTICE, Verdict.FAIL, "零值应填0。", cells=(NATURAL,))
ERROR = Finding(
    "R4",
    Severity.ERROR,
    Verdict.FAIL,
    "表四“行政复议”总计不等于前四项之和。",
    cells=(TOTAL, Cell(4, "review", "upheld")),
    expected="11",
    found="0",
    remedy="把总计改为11。",
    basis="国办公开办函〔2021〕30号",
)
PROSE = Finding(
    "R7", Severity.WARNING, Verdict.UNCERTAIN, "件数对不上。", section="overview", quote="收到申请21件"
)
LEFT = Finding("R5", Severity.WARNING, Verdict.NOT_ASSESSABLE, "没有上一年度的报告。")
PASSED = Finding("R1", Severity.ERROR, Verdict.PASS, "成立。")
FINDINGS = (NOTICE, PASSED, ERROR, LEFT, PROSE)


def checked(report, findings=FINDINGS):
    return parser.document_fromstring(html.render_check(report, findings))


def cell_of(root, cell):
    return root.xpath(f'//*[@id="rep-{cell}"]')[0]


def test_problems_are_listed_gravest_first_and_nothing_else():
    items = checked(a_report()).xpath('//li[starts-with(@id, "rep-finding-")]')
    assert [item.find("strong").text for item in items] == ["错误1", "警告2", "提示3"]


def test_a_problem_says_both_values_the_remedy_and_the_basis():
    first = checked(a_report()).xpath('//li[@id="rep-finding-1"]')[0]
    assert [node.text_content() for node in first.xpath("./p")] == [
        "应为：11",
        "实为：0",
        "处理办法：把总计改为11。",
        "依据：国办公开办函〔2021〕30号",
        "位置：表四“行政复议”总计、表四“行政复议”结果维持",
    ]


def test_each_cell_of_a_problem_carries_its_number_in_words():
    root = checked(a_report())
    marks = {
        cell: cell_of(root, cell).findtext("sup/a") for cell in (TOTAL, Cell(4, "review", "upheld"), NATURAL)
    }
    assert marks == {TOTAL: "错误1", Cell(4, "review", "upheld"): "错误1", NATURAL: "提示3"}


def test_ways_lead_both_ways_and_all_arrive():
    root = checked(a_report())
    assert cell_of(root, TOTAL).find("sup/a").get("href") == "#rep-finding-1"
    assert root.xpath('//li[@id="rep-finding-1"]//a/@href') == [f"#rep-{TOTAL}", "#rep-t4.review.upheld"]
    names = root.xpath("//@id")
    assert len(names) == len(set(names))
    assert {link[1:] for link in root.xpath("//@href")} - set(names) == set()


def test_the_words_of_a_prose_finding_are_marked():
    mark = checked(a_report()).xpath("//mark")[0]
    assert (mark.text, mark.findtext("a")) == ("收到申请21件", "警告2")


def test_two_quotes_in_one_paragraph_are_both_marked():
    more = Finding("R8", Severity.WARNING, Verdict.FAIL, "合计不符。", section="overview", quote="均按期答复")
    assert [mark.text for mark in checked(a_report(), (PROSE, more)).xpath("//mark")] == [
        "收到申请21件",
        "均按期答复",
    ]


def test_what_could_not_be_assessed_is_said():
    details = checked(a_report()).xpath("//details")[0]
    assert details.text_content() == "无法核对的1项（R5）没有上一年度的报告。"


def test_the_summary_counts():
    terms = checked(a_report()).xpath("//dl//dd")
    assert [node.text for node in terms][-2:] == [
        "错误1项，警告1项，提示1项",
        "通过1项，不通过2项，存疑1项，无法核对1项",
    ]


def test_a_report_without_problems_says_so():
    root = checked(a_report(), (PASSED,))
    assert root.xpath("//ol") == []
    assert "各项核对均未发现问题。" in root.text_content()


def test_blank_missing_and_converted_cells_are_told_apart():
    blank, missing, converted = (Cell(3, "new", key) for key in ("business", "research", "other"))
    report = with_figure(a_report(), blank, Figure(None, Standing.BLANK))
    report = with_figure(report, missing, MISSING)
    report = with_figure(report, converted, Figure(3, Standing.NORMALISED, raw="３件"))
    root = checked(report, ())
    assert [cell_of(root, cell).text_content() for cell in (blank, missing, converted)] == [
        "空",
        "缺",
        "3原文“３件”",
    ]


def test_figures_outside_the_format_are_shown_and_reached():
    cell = Cell(3, "other_total", "natural")
    finding = Finding("R11", Severity.ERROR, Verdict.FAIL, "应分三行填写。", cells=(cell,))
    root = checked(with_figure(a_report(), cell, Figure(4, raw="4")), (finding,))
    assert cell_of(root, cell).text_content() == "表三“（六）其他处理”自然人：4 错误1"
    assert root.xpath('//li[@id="rep-finding-1"]//a/@href') == [f"#rep-{cell}"]


def test_nothing_in_a_checked_report_becomes_markup():
    findings = (
        *a_hostile_presentation().findings,
        Finding("R7", *PROSE_KIND, HOSTILE, section="lead", quote="<script>"),
    )
    root = checked(a_hostile_report(), findings)
    assert root.xpath("//script | //img | //@style") == []
    assert [name for node in root.iter() for name in node.attrib if name.startswith("on")] == []
    assert root.xpath("//mark")[0].text == "<script>"


PROSE_KIND = (Severity.WARNING, Verdict.FAIL)


def test_the_fragment_for_a_page_has_no_style_of_its_own():
    made = html.render_check_body(a_report(), FINDINGS, heading_level=2)
    assert ("<style" in made, "style=" in made, "<h1" in made) == (False, False, False)
