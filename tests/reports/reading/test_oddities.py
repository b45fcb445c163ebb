"""Deformed reports: what is understood, what is only uncertain, and what is said about it."""

import re

import pytest

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Standing
from gongkai.law.report.formats import TABLE3_COLUMNS
from gongkai.reports.reading import ReadingError, read
from gongkai.reports.reading.transcript import to_transcript

from .markup import MANNERS, article, page
from .sample import made_up

PLAIN = MANNERS[0]
SAMPLE = made_up(8, "2021")
OLD = made_up(8, "2019")


def kinds(report):
    return sorted({note.kind for note in report.shape})


def rows(report):
    return to_transcript(report)["table3"]["rows"]


def read_changed(old, new, sample=SAMPLE, count=1):
    text = page(sample, PLAIN)
    assert old in text
    return read(text.replace(old, new, count).encode())


def row_of(sample, key):
    """The HTML of one row of table 3."""
    label = sample.fmt.table3_row(key).label
    return re.search(rf"<tr>(?:(?!<tr>).)*?{re.escape(label)}</td>.*?</tr>", page(sample, PLAIN)).group(0)


def test_a_mistyped_row_name_is_understood_and_noted():
    report = read_changed("2.其他法律行政法规禁止公开", "2.其他法律行政止公开")
    assert rows(report) == SAMPLE.table3
    assert [(note.kind, note.found) for note in report.shape] == [("row_label", "2.其他法律行政止公开")]


def test_a_row_name_that_cannot_be_read_is_told_by_its_place():
    report = read_changed("4.保护第三方合法权益", "4.乱码乱码乱码")
    assert rows(report) == SAMPLE.table3
    figures = report.row(3, "denied_4_third_party")
    assert {figure.standing for figure in figures} == {Standing.ASSIGNED}
    assert kinds(report) == ["row_label"]


def test_a_missing_row_is_missing_and_not_zero():
    report = read_changed(row_of(SAMPLE, "reject_2_repeat"), "")
    assert {figure.standing for figure in report.row(3, "reject_2_repeat")} == {Standing.MISSING}
    assert kinds(report) == ["row_missing"]
    others = {key: values for key, values in SAMPLE.table3.items() if key != "reject_2_repeat"}
    assert rows(report) == others


def test_a_subtotal_row_is_set_aside():
    subtotal = "<tr><td colspan=3>小计</td>" + "<td>9</td>" * 7 + "</tr>"
    target = row_of(SAMPLE, "reject_1_petition")
    report = read_changed(target, subtotal + target)
    assert rows(report) == SAMPLE.table3
    assert kinds(report) == ["row_extra"]


def test_rows_in_another_order_keep_their_names():
    first, second = row_of(SAMPLE, "denied_2_law"), row_of(SAMPLE, "denied_5_internal")
    text = page(SAMPLE, PLAIN).replace(first, "@").replace(second, first).replace("@", second)
    assert rows(read(text.encode())) == SAMPLE.table3


def test_a_report_of_2021_that_did_not_split_other_handling():
    old_rows = page(OLD, PLAIN)
    text = page(SAMPLE, PLAIN)
    table = re.search(r"<p>三、收到.*?</table>", old_rows, re.DOTALL).group(0)
    report = read(re.sub(r"<p>三、收到.*?</table>", lambda _: table, text, flags=re.DOTALL).encode())
    assert (report.format.id, rows(report)) == ("2021", OLD.table3)
    assert kinds(report) == ["other_not_split"]


def test_a_report_of_2021_in_the_format_of_2019_follows_its_own_format():
    report = read(page(OLD.with_(year=2021), PLAIN).encode())
    assert (report.format.id, report.year) == ("2019", 2021)


@pytest.mark.parametrize("sign", ["/", "-", "—", "——", "无", "", "&nbsp;", "　", "－"])
def test_signs_for_nothing_are_blank_never_zero(sign):
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(target, label + f"<td>{sign}</td>" * 7 + "</tr>")
    assert {(figure.value, figure.standing) for figure in report.row(3, "new")} == {(None, Standing.BLANK)}


def test_only_the_total_is_filled_in():
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(target, label + "<td></td>" * 6 + "<td>0</td></tr>")
    assert rows(report)["new"] == [None] * 6 + [0]


def test_words_where_a_number_should_stand_are_uncertain():
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(target, label + "<td>见附件</td>" + "<td>0</td>" * 6 + "</tr>")
    figure = report[Cell(3, "new", "natural")]
    assert (figure.value, figure.standing, figure.raw) == (None, Standing.UNCERTAIN, "见附件")
    assert rows(report)["new"][1:] == [0] * 6


def test_a_row_with_a_cell_too_few_is_never_shifted_silently():
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(target, label + "".join(f"<td>{n}</td>" for n in (5, 1, 0, 0, 0, 6)) + "</tr>")
    assert {figure.standing for figure in report.row(3, "new")} == {Standing.UNCERTAIN}


def test_a_row_with_a_cell_too_many_is_settled_by_its_total():
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(
        target, label + "".join(f"<td>{n}</td>" for n in (5, 1, 0, 0, 2, 0, 9, 8)) + "</tr>"
    )
    assert rows(report)["new"] == [5, 1, 0, 0, 2, 0, 8]
    assert "cell_extra" in kinds(report)


def test_sixteen_zeros_under_fifteen_columns():
    text = page(SAMPLE.with_(table4=[0] * 15), PLAIN).replace(
        "<tr>" + "<td>0</td>" * 15, "<tr>" + "<td>0</td>" * 16
    )
    report = read(text.encode())
    assert to_transcript(report)["table4"] == [0] * 15
    assert kinds(report) == ["cell_extra"]


def test_sixteen_different_numbers_are_settled_by_the_totals():
    values = [1, 0, 2, 0, 3, 4, 0, 0, 0, 4, 0, 7, 0, 1, 8]
    cells = "".join(f"<td>{value}</td>" for value in [*values[:5], 9, *values[5:]])
    text = page(SAMPLE.with_(table4=values), PLAIN)
    text = text.replace("".join(f"<td>{value}</td>" for value in values), cells)
    assert to_transcript(read(text.encode()))["table4"] == values


def test_all_numbers_of_a_row_in_one_cell():
    target = row_of(SAMPLE, "new")
    label = target.split("</td>")[0] + "</td>"
    report = read_changed(target, label + '<td colspan="7">3 1 0 0 0 0 4</td></tr>')
    assert rows(report)["new"] == [3, 1, 0, 0, 0, 0, 4]


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_missing_table_is_missing(number):
    heading = {2: "二、主动", 3: "三、收到", 4: "四、政府"}[number]
    text = re.sub(
        rf"(<p>{heading}.*?</p>).*?</table>",
        r"\1<p>本年度无此项情况。</p>",
        page(SAMPLE, PLAIN),
        flags=re.DOTALL,
    )
    report = read(text.encode())
    assert [report.has_table(table) for table in (2, 3, 4)] == [table != number for table in (2, 3, 4)]
    assert kinds(report) == ["table_missing"]


def test_a_fee_written_in_yuan_is_counted_in_wan():
    text = page(SAMPLE.with_(table2={**SAMPLE.table2, "fee_wan": "251000元"}), PLAIN)
    figure = read(text.encode())[Cell(2, "fee_wan", "amount_wan")]
    assert (str(figure.value), figure.unit, figure.raw) == ("25.1", "元", "251000元")


def test_a_heading_that_asks_for_yuan_is_noted():
    text = page(SAMPLE.with_(table2={**SAMPLE.table2, "fee_wan": 5000}), PLAIN)
    report = read(text.replace("本年收费金额（单位：万元）", "本年收费金额（单位：元）").encode())
    assert str(report[Cell(2, "fee_wan", "amount_wan")].value) == "0.5"
    assert kinds(report) == ["unit"]


def test_a_heading_cut_short():
    text = page(OLD, PLAIN).replace("本年新制作数量", "本年新").replace("本年新公开数量", "本年新")
    assert to_transcript(read(text.encode()))["table2"] == OLD.table2


def test_rows_of_table_two_missing():
    text = re.sub(r"<tr><td>行政强制</td>.*?</tr>", "", page(SAMPLE, PLAIN))
    report = read(text.encode())
    assert report[Cell(2, "coercion", "decisions")].standing is Standing.MISSING
    assert kinds(report) == ["row_missing"]


def test_every_cell_knows_its_place_and_raw_text():
    report = read(page(SAMPLE, PLAIN).encode())
    figure = report[Cell(3, "new", "natural")]
    assert (figure.raw, figure.place) == (str(SAMPLE.table3["new"][0]), "表2 第4行第2列")
    assert all(figure.place for figure in report.figures.values())
    assert len(report.row(3, "granted")) == len(TABLE3_COLUMNS)


def test_the_whole_report_pasted_into_one_cell_after_another():
    body = article(SAMPLE, PLAIN)
    text = f"<html><body><table>{''.join(f'<tr><td>{part}</td></tr>' for part in re.split('(?=<p>[一二三四五六]、)', body))}</table>"
    report = read(text.encode())
    assert to_transcript(report) == {**to_transcript(report), **SAMPLE.transcript()}


def test_a_page_about_something_else_is_no_report():
    with pytest.raises(ReadingError, match="没有找到") as caught:
        read(
            "<html><body><h1>关于放假的通知</h1><table><tr><td>行政许可</td><td>3</td></tr></table></body></html>".encode()
        )
    assert caught.value.reason == "no_report"
