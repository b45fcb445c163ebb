"""Charts: well-formed, named, numbered in text, told apart without colour."""

from decimal import Decimal

import pytest
from lxml import etree

from gongkai.reports.writing.charts import Series, bar_chart, figure_with_table, line_chart, stacked_bar_chart
from gongkai.reports.writing.svg import text_width, wrapped

from .builders import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2022", "2023", "2024")
SERIES = (Series("收到", (21, None, 36)), Series("办结", (20, 19, 33)))


def bars(**changes):
    given = {"name": "c", "title": "申请人", "items": [("自然人", 21), ("商业企业", 0)], "unit": "件"}
    return bar_chart(**{**given, **changes})


def stacked():
    return stacked_bar_chart(
        name="c", title="复议诉讼", categories=("复议", "诉讼"), series=SERIES_OF_RESULTS, unit="件"
    )


SERIES_OF_RESULTS = (Series("维持", (10, 0)), Series("纠正", (1, 0)), Series("其他", (None, 0)))


def lines():
    return line_chart(name="c", title="三年", categories=YEARS, series=SERIES, unit="件")


def parsed(chart):
    return etree.fromstring(chart)


def texts(chart):
    return [node.text for node in parsed(chart).iter(f"{SVG}text")]


@pytest.mark.parametrize("chart", [bars(), stacked(), lines()])
def test_a_chart_has_a_name_and_a_description(chart):
    root = parsed(chart)
    named = [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")]
    assert (root.get("role"), root.get("aria-labelledby")) == ("img", " ".join(named))


@pytest.mark.parametrize(
    ("chart", "said"),
    [
        (bars(), "自然人21件；商业企业0件"),
        (stacked(), "复议 11件（维持10，纠正1，其他0）；诉讼 0件（维持0，纠正0，其他0）"),
        (lines(), "收到：202221件，2023无数据，202436件；办结：202220件，202319件，202433件"),
    ],
)
def test_the_description_holds_every_number(chart, said):
    assert parsed(chart).find(f"{SVG}desc").text == said


@pytest.mark.parametrize("chart", [bars(), stacked(), lines()])
def test_a_chart_has_no_styles_and_no_width_of_its_own(chart):
    names = {name for node in parsed(chart).iter() for name in node.attrib}
    assert names & {"style", "onload", "onclick"} == set()
    assert (parsed(chart).get("width"), parsed(chart).get("viewBox").split()[2]) == (None, "400")


def test_every_bar_is_named_and_numbered():
    assert texts(bars()) == ["自然人", "21件", "商业企业", "0件"]


def test_the_largest_bar_fills_the_width_and_zero_has_none():
    drawn = [rect.get("width") for rect in parsed(bars()).iterfind(f"{SVG}rect")]
    assert drawn == ["398"]


def test_a_small_value_stays_visible():
    chart = bars(items=[("大", 1_000_000), ("小", 1)])
    assert [rect.get("width") for rect in parsed(chart).iterfind(f"{SVG}rect")] == ["398", "2"]


def test_parts_of_a_stack_differ_by_pattern_and_are_named_below():
    fills = [rect.get("fill") for rect in parsed(stacked()).iterfind(f"{SVG}rect")]
    assert fills == ["url(#c-p1)", "url(#c-p2)", "url(#c-p1)", "url(#c-p2)"]
    assert texts(stacked()) == ["复议 11件", "维持 10", "纠正 1", "诉讼 0件"]


def test_a_line_is_broken_where_there_is_no_number():
    strokes = [node.get("d") for node in parsed(lines()).iter(f"{SVG}path") if node.get("fill") == "none"]
    drawn = [stroke for stroke in strokes if not stroke.startswith(("M0 220", "M0 240"))]
    patterns = list(parsed(lines()).iter(f"{SVG}pattern"))
    assert ([stroke.count("M") + stroke.count("L") for stroke in drawn], patterns) == ([1, 1, 3], [])


def test_lines_name_years_numbers_and_themselves():
    assert sorted(texts(lines())) == sorted([*YEARS, "21", "36", "20", "19", "33", "收到", "办结"])


def test_one_category_and_all_zeros_can_be_drawn():
    chart = line_chart(name="c", title="t", categories=("2024",), series=(Series("收到", (0,)),))
    assert texts(chart) == ["2024", "0", "收到"]


def test_nothing_can_be_drawn():
    assert texts(bars(items=[])) == []


def test_hostile_words_stay_words():
    chart = figure_with_table(
        bars(title=HOSTILE, items=[(HOSTILE, 1)]), caption=HOSTILE, header=(HOSTILE,), rows=[]
    )
    root = etree.fromstring(chart)
    assert [node.tag for node in root.iter() if node.tag in {"script", "img", f"{SVG}script"}] == []


def test_the_table_beside_the_chart_holds_its_numbers():
    made = figure_with_table(
        bars(),
        caption="申请人",
        header=("申请人", "件数"),
        rows=[("自然人", Decimal("21.00")), ("其他", None)],
    )
    rows = [[cell.text for cell in row] for row in etree.fromstring(made).iter("tr")]
    assert rows == [["申请人", "件数"], ["自然人", "21"], ["其他", "—"]]


def test_long_labels_are_wrapped():
    assert wrapped("申请人无正当理由逾期不补正", 70, 14) == ["申请人无正", "当理由逾期", "不补正"]
    assert text_width("A股", 10) == 16
