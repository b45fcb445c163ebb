"""Web pages whose tables depart from the form: wrong spans, serial numbers, foreign tables, everything twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gongkai.law.report.formats import SECTIONS, TABLE3_COLUMNS

from .markup import shown
from .papers import Cell, Rows, grid2, grid3, grid4
from .sample import NOTE, T4_HEADS, Sample

Layout = Callable[[Sample], str]


def markup(rows: Rows, show: Callable[[str], str] = str) -> str:
    body = "".join("<tr>" + "".join(_cell(cell, show) for cell in row) + "</tr>" for row in rows)
    return f"<table border=1><tbody>{body}</tbody></table>"


def _cell(cell: Cell, show: Callable[[str], str]) -> str:
    spans = f' colspan="{cell.colspan}"' if cell.colspan > 1 else ""
    spans += f' rowspan="{cell.rowspan}"' if cell.rowspan > 1 else ""
    text = show(cell.text) if _is_number(cell.text) else cell.text
    return f"<td{spans}>{text or '&nbsp;'}</td>"


def _is_number(text: str) -> bool:
    return text.removeprefix("-").replace(".", "").isdigit()


def web(
    sample: Sample, two: str = "", three: str = "", four: str = "", *, before: str = "", after: str = ""
) -> str:
    """A page with the given tables, the official ones where none is given, and tables of another kind around them."""
    tables = {
        "proactive": two or markup(grid2(sample)),
        "requests": three or markup(grid3(sample)),
        "disputes": four or markup(grid4(sample)),
    }
    parts = [f"<h1>{sample.title}</h1><p>{sample.prose['lead']}</p>"]
    for section in SECTIONS:
        parts.append(f"<p>{section.number}、{section.title}</p>")
        parts.append(before if section.key == "overview" else "")
        parts.append(tables.get(section.key) or f"<p>{sample.prose[section.key]}</p>")
    body = "\n".join(parts) + after
    return f"<html><head><meta charset=utf-8><title>{sample.title}</title></head><body>{body}</body></html>"


def changed(rows: Rows, change: Callable[[Cell], Cell]) -> Rows:
    return [[change(cell) for cell in row] for row in rows]


def headings_without_row_spans(sample: Sample) -> str:
    three, four = grid3(sample), grid4(sample)
    three[1] = [Cell("自然人"), Cell("法人或其他组织", 5), Cell("总计")]
    three[2] = [Cell(""), *three[2], Cell("")]
    four[1] = [*map(Cell, T4_HEADS), Cell("未经复议直接起诉", 5), Cell("复议后起诉", 5)]
    four[2] = [*[Cell("")] * 5, *four[2]]
    return web(sample, three=markup(three), four=markup(four))


def row_of_widths(sample: Sample) -> str:
    """The empty row of bare widths Word puts under a table with misaligned columns."""
    widths = "<![if !supportMisalignedColumns]><tr height=0>" + "<td width=50></td>" * 10 + "</tr><![endif]>"
    return web(sample, three=markup(grid3(sample)).replace("</tbody>", widths + "</tbody>"))


def _label_spans(width: int) -> Layout:
    def narrow(cell: Cell) -> Cell:
        return replace(cell, colspan=width) if cell.colspan == 3 and cell.text != NOTE else cell

    return lambda sample: web(sample, three=markup(changed(grid3(sample), narrow)))


def _row_spans(label: str, by: int) -> Layout:
    def stretched(cell: Cell) -> Cell:
        return (
            replace(cell, rowspan=cell.rowspan + by)
            if cell.text.startswith(label) and cell.rowspan > 1
            else cell
        )

    return lambda sample: web(sample, three=markup(changed(grid3(sample), stretched)))


def serial_numbers(sample: Sample) -> str:
    rows = grid3(sample)
    numbered = [[Cell(str(number)), *row] for number, row in enumerate(rows[3:], start=1)]
    return web(sample, three=markup([[Cell("序号", 1, 3), *rows[0]], *rows[1:3], *numbered]))


def groups_as_rows(sample: Sample) -> Rows:
    """Table 3 with every label on its own over three columns, the groups as rows of blanks."""
    rows: Rows = []
    for row in grid3(sample):
        spanning = (cell for cell in row if cell.rowspan in {3, 5, 8} and cell.text != NOTE)
        group = next((cell for cell in spanning if cell.text.startswith("（")), None)
        if group is not None:
            rows.append([Cell(group.text, 3), *[Cell("")] * 7])
        rows.append([Cell(row[-8].text, 3), *row[-7:]] if len(row) >= 8 and len(rows) > 2 else row)
    return rows


def heading_repeated(sample: Sample) -> str:
    rows = groups_as_rows(sample)
    return web(sample, three=markup([*rows[:14], *rows[:3], *rows[14:]]))


def heading_without_total(sample: Sample) -> str:
    rows = grid3(sample)
    rows[1] = rows[1][:2]
    return web(sample, three=markup(rows))


def disputes_with_label(sample: Sample) -> str:
    four = grid4(sample)
    rows = [[Cell("类型"), *four[0]], [Cell("", 1, 2), *four[1]], four[2], [Cell("数量（件）"), *four[3]]]
    return web(sample, four=markup(rows))


def disputes_as_rows(sample: Sample) -> str:
    names = ("行政复议", "行政诉讼（未经复议直接起诉）", "行政诉讼（复议后起诉）")
    values = grid4(sample)[-1]
    rows = [[Cell(""), *map(Cell, T4_HEADS)]]
    rows += [[Cell(name), *values[i * 5 : i * 5 + 5]] for i, name in enumerate(names)]
    return web(sample, four=markup(rows))


def boxed_cells(sample: Sample) -> str:
    def boxed(text: str) -> str:
        return f"<table><tr><td>{text}</td></tr></table>"

    return web(sample, three=markup(grid3(sample), boxed), four=markup(grid4(sample), boxed))


def other_tables(sample: Sample) -> str:
    courses = [["序号", "培训内容", "人次", "总计"], ["1", "政务公开", "30", "30"]]
    ways = [["公开方式", "数量"], ["政府网站", "12"], ["其他", "7"], ["总计", "19"]]
    site = [["网站名称", "某区人民政府"], ["信息发布（单位：条）", "888"], ["总计", "3"], ["其他", "2"]]
    tables = [markup([[Cell(text) for text in row] for row in table]) for table in (courses, ways, site)]
    return web(sample, before=tables[0] + tables[1], after=tables[2])


def annex_of_statistics(sample: Sample) -> str:
    lines = [
        ("统计指标", "单位", "统计数"),
        ("（一）收到申请数", "件", "14"),
        ("2.同意公开答复数", "件", "5"),
        ("其中：涉及国家秘密", "件", "0"),
        ("四、行政复议数量", "件", "1"),
        ("（一）维持具体行政行为数", "件", "1"),
        ("五、行政诉讼数量", "件", "0"),
    ]
    return web(sample, after="<p>附件</p>" + markup([[Cell(text) for text in line] for line in lines]))


def twice(sample: Sample) -> str:
    """The article once for wide screens and once for phones."""
    page = web(sample)
    body = page[page.index("<body>") + 6 : page.index("</body>")]
    return page.replace("</body>", f'<div class="mobile">{body}</div></body>')


def lying_on_its_side(sample: Sample) -> str:
    rows = [[Cell("项目"), *(Cell(row.label) for row in sample.fmt.table3)]]
    for number, column in enumerate(TABLE3_COLUMNS):
        values = (sample.table3[row.key][number] for row in sample.fmt.table3)
        rows.append([Cell(column.label), *(Cell(shown(value)) for value in values)])
    return web(sample, three=markup(rows))


def total_first(sample: Sample) -> str:
    names = [column.label for column in TABLE3_COLUMNS]
    rows = [[Cell("项目", 3), Cell(names[-1]), *map(Cell, names[:-1])]]
    rows += [[*row[:-7], row[-1], *row[-7:-1]] for row in grid3(sample)[3:]]
    return web(sample, three=markup(rows))


def disputes_in_another_order(sample: Sample) -> str:
    four = grid4(sample)
    values = four[3]
    four[1] = [*four[1][:5], Cell("复议后起诉", 5), Cell("未经复议直接起诉", 5)]
    return web(sample, four=markup([*four[:3], [*values[:5], *values[10:], *values[5:10]]]))


def last_column_first(sample: Sample) -> str:
    rows = [[row[0], row[3], row[1], row[2]] if len(row) == 4 else row for row in grid2(sample)]
    return web(sample, two=markup(rows))


def blank_form_first(sample: Sample) -> str:
    blank = [changed(build(sample), _emptied) for build in (grid2, grid3, grid4)]
    return web(sample, before="".join(map(markup, blank)))


def _emptied(cell: Cell) -> Cell:
    return replace(cell, text="") if _is_number(cell.text) or cell.text.endswith("万元") else cell


def _numbers(show: Callable[[str], str]) -> Layout:
    return lambda sample: web(
        sample, markup(grid2(sample), show), markup(grid3(sample), show), markup(grid4(sample), show)
    )


LAYOUTS: dict[str, Layout] = {
    "headings without row spans": headings_without_row_spans,
    "row of widths": row_of_widths,
    "labels too narrow": _label_spans(2),
    "labels too wide": _label_spans(4),
    "part spans a row too many": _row_spans("三、", 1),
    "part spans two rows too few": _row_spans("三、", -2),
    "group spans a row too few": _row_spans("（三）", -1),
    "group spans a row too many": _row_spans("（四）", 1),
    "serial numbers": serial_numbers,
    "groups as rows": lambda sample: web(sample, three=markup(groups_as_rows(sample))),
    "heading repeated": heading_repeated,
    "heading without total": heading_without_total,
    "disputes with label": disputes_with_label,
    "disputes as rows": disputes_as_rows,
    "boxed cells": boxed_cells,
    "other tables": other_tables,
    "annex of statistics": annex_of_statistics,
    "twice": twice,
    "lying on its side": lying_on_its_side,
    "total first": total_first,
    "disputes in another order": disputes_in_another_order,
    "last column first": last_column_first,
    "blank form first": blank_form_first,
    "full stop behind zero": _numbers(lambda text: text + "。" if text == "0" else text),
    "digits apart": _numbers(" ".join),
    "remarks": _numbers(lambda text: text + "（其中网上办理1件）" if text == "7" else text),
    "counters": _numbers(lambda text: text + "件" if text == "0" else text),
}
