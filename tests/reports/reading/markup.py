"""Samples as HTML, in the manners of real websites."""

from __future__ import annotations

import html as html_lib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.law.report.formats import SECTIONS

from .sample import NOTE, Sample

Show = Callable[[Any], str]


def shown(value: Any) -> str:
    """A value as a clerk types it; nothing for a blank."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value)


@dataclass(frozen=True)
class Manner:
    """How a site writes its tables."""

    name: str
    cell: str = "<td{spans}>{text}</td>"
    show: Show = shown
    label: Callable[[str], str] = str
    blank: str = "&nbsp;"
    part_label: str = "三、本年度办理结果"
    split: bool = False
    """Every clause of table 2 and every half of table 3 is a table of its own."""
    chrome: bool = False
    layout: bool = False
    heading: str = "<p>{}</p>"
    lost_spans: bool = False
    """Row labels do not span: empty cells stand in for the merged ones."""
    group_rows: bool = False
    """Groups are full-width rows of their own instead of spanning cells."""
    stacked4: bool = False
    """Table 4 as three tables."""
    turned4: bool = False
    """Table 4 with the results down the side."""
    rows4: bool = False
    """Table 4 with a row for each group."""
    two4: bool = False
    """Table 4 as one table for reviews and one for litigation."""
    clause_column: bool = False
    """The clauses of table 2 stand in a column of their own."""


def _cell(manner: Manner, text: str, colspan: int = 1, rowspan: int = 1) -> str:
    spans = (f' colspan="{colspan}"' if colspan > 1 else "") + (
        f' rowspan="{rowspan}"' if rowspan > 1 else ""
    )
    return manner.cell.format(spans=spans, text=html_lib.escape(text, quote=False) if text else manner.blank)


def _row(cells: list[str]) -> str:
    return "<tr>" + "".join(cells) + "</tr>"


def _table(rows: list[str]) -> str:
    return '<table border="1" cellspacing="0"><tbody>' + "\n".join(rows) + "</tbody></table>"


def table2(sample: Sample, manner: Manner) -> str:
    tables: list[list[str]] = []
    for clause, rows in sample.fmt.clauses():
        columns = rows[0].columns
        widths = {1: [3], 2: [1, 2], 3: [1, 1, 1]}[len(columns)]
        lines = [] if manner.clause_column else [_row([_cell(manner, clause, 4)])]
        margin = [_cell(manner, clause, 1, len(rows) + 1)] if manner.clause_column else []
        heads = [_cell(manner, manner.label(c.label), w) for c, w in zip(columns, widths, strict=True)]
        lines.append(_row([*margin, _cell(manner, "信息内容"), *heads]))
        for row in rows:
            values = sample.table2[row.key]
            values = values if isinstance(values, list) else [values]
            cells = [_cell(manner, manner.show(v), w) for v, w in zip(values, widths, strict=True)]
            lines.append(_row([_cell(manner, manner.label(row.label)), *cells]))
        tables.append(lines)
    if manner.split:
        return "<p>&nbsp;</p>".join(_table(lines) for lines in tables)
    return _table([line for lines in tables for line in lines])


def table3(sample: Sample, manner: Manner) -> str:
    head = [
        _row([_cell(manner, NOTE, 3, 3), _cell(manner, "申请人情况", 7)]),
        _row(
            [_cell(manner, "自然人", 1, 2), _cell(manner, "法人或其他组织", 5), _cell(manner, "总计", 1, 2)]
        ),
        _row(
            [_cell(manner, name) for name in ("商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他")]
        ),
    ]
    body: list[str] = []
    results = [row for row in sample.fmt.table3 if row.key not in {"new", "carried_in", "carried_out"}]
    groups: list[str] = []
    for row in sample.fmt.table3:
        values = [_cell(manner, manner.show(value)) for value in sample.table3[row.key]]
        body.append(_row(_labels(sample, manner, row, results, groups) + values))
        if manner.group_rows and row.group and row.group not in groups:
            body.insert(len(body) - 1, _row([_cell(manner, row.group, 10)]))
            groups.append(row.group)
        elif row.group and row.group not in groups:
            groups.append(row.group)
    if manner.split:
        middle = len(body) // 2
        return _table(head + body[:middle]) + "<p>&nbsp;</p>" + _table(head + body[middle:])
    return _table(head + body)


def _labels(sample: Sample, manner: Manner, row: Any, results: list[Any], groups: list[str]) -> list[str]:
    label = manner.label(row.label)
    if row.key in {"new", "carried_in", "carried_out"}:
        return (
            [_cell(manner, label), _cell(manner, ""), _cell(manner, "")]
            if manner.lost_spans
            else [_cell(manner, label, 3)]
        )
    if manner.split or manner.group_rows:
        return [_cell(manner, label, 3)]
    first = (
        [_cell(manner, manner.part_label, 1, 1 if manner.lost_spans else len(results))]
        if row.key == "granted"
        else []
    )
    if manner.lost_spans and row.key != "granted":
        first = [_cell(manner, "")]
    if not row.group:
        return (
            [*first, _cell(manner, label), _cell(manner, "")]
            if manner.lost_spans
            else [*first, _cell(manner, label, 2)]
        )
    size = sum(1 for other in sample.fmt.table3 if other.group == row.group)
    fresh = row.group not in groups
    if manner.lost_spans:
        return [*first, _cell(manner, row.group if fresh else ""), _cell(manner, label)]
    return [*first, *([_cell(manner, row.group, 1, size)] if fresh else []), _cell(manner, label)]


def table4(sample: Sample, manner: Manner) -> str:
    heads = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    groups = ["行政复议", "未经复议直接起诉", "复议后起诉"]
    if manner.stacked4:
        return "".join(
            _table(
                [
                    _row([_cell(manner, group, 5)]),
                    _row([_cell(manner, head) for head in heads]),
                    _row([_cell(manner, manner.show(value)) for value in sample.table4[i * 5 : i * 5 + 5]]),
                ]
            )
            for i, group in enumerate(groups)
        )

    def values(start: int, end: int) -> list[str]:
        return [_cell(manner, manner.show(value)) for value in sample.table4[start:end]]

    names = [_cell(manner, head) for head in heads]
    if manner.rows4:
        label = [_cell(manner, "行政诉讼", 1, 2)]
        return _table(
            [
                _row([_cell(manner, "类别", 2), *names]),
                _row([_cell(manner, groups[0], 2), *values(0, 5)]),
                _row([*label, _cell(manner, groups[1]), *values(5, 10)]),
                _row([_cell(manner, groups[2]), *values(10, 15)]),
            ]
        )
    if manner.two4:
        litigation = [_cell(manner, groups[1], 5), _cell(manner, groups[2], 5)]
        return _table([_row([_cell(manner, groups[0], 5)]), _row(names), _row(values(0, 5))]) + _table(
            [_row([_cell(manner, "行政诉讼", 10)]), _row(litigation), _row(names * 2), _row(values(5, 15))]
        )
    if manner.turned4:
        lines = [_row([_cell(manner, "结果")] + [_cell(manner, group) for group in groups])]
        for number, head in enumerate(heads):
            across = [_cell(manner, manner.show(sample.table4[number + 5 * group])) for group in range(3)]
            lines.append(_row([_cell(manner, head), *across]))
        return _table(lines)
    return _table(
        [
            _row([_cell(manner, "行政复议", 5), _cell(manner, "行政诉讼", 10)]),
            _row(
                [_cell(manner, head, 1, 2) for head in heads]
                + [_cell(manner, "未经复议直接起诉", 5), _cell(manner, "复议后起诉", 5)]
            ),
            _row([_cell(manner, head) for head in heads * 2]),
            _row([_cell(manner, manner.show(value)) for value in sample.table4]),
        ]
    )


def article(sample: Sample, manner: Manner) -> str:
    parts = [manner.heading.format(sample.title), f"<p>{sample.prose['lead']}</p>"]
    tables = {"proactive": table2, "requests": table3, "disputes": table4}
    for section in SECTIONS:
        parts.append(manner.heading.format(f"{section.number}、{section.title}"))
        if section.key in tables:
            parts.append(tables[section.key](sample, manner))
        else:
            parts.append(f"<p>{sample.prose[section.key]}</p>")
    return "\n".join(parts)


CHROME = """<div class="top"><ul><li><a href="/">首页</a></li><li>政务公开</li><li>2025年政府工作报告</li></ul>
<table><tr><td>索引号</td><td>1134/2024-00013</td></tr><tr><td>发布机构</td><td>某某办公室</td></tr></table></div>"""
FOOT = """<div class="foot"><p>上一篇：关于放假的通知</p><table><tr><td>主办单位</td><td>某某政府</td></tr></table>
<p>版权所有 网站标识码：1234567890</p></div>"""


def page(sample: Sample, manner: Manner) -> str:
    body = article(sample, manner)
    if manner.layout:
        body = f'<table width="100%"><tr><td><table><tr><td>{body}</td></tr></table></td></tr></table>'
    if manner.chrome:
        meta = f'<meta name="ArticleTitle" content="{sample.title}"><meta name="PubDate" content="{sample.year + 1}-01-20 10:30">'
        body = f'{CHROME}<div id="zoom"><div>{body}</div></div>{FOOT}'
        return f"<html><head>{meta}<title>{sample.title}-某某网</title></head><body>{body}</body></html>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8><title>{sample.title}</title></head><body>{body}</body></html>"


def _full_width(value: Any) -> str:
    return shown(value).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))


def _with_commas(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else shown(value)


def _with_counter(value: Any) -> str:
    return f"{value} 件" if isinstance(value, int) and 0 < value < 300_000 else shown(value)


def _half_width(label: str) -> str:
    return label.translate(str.maketrans("（）：，、“”", '():,,""'))


def _spaced_out(label: str) -> str:
    return " ".join(label)


def _broken(label: str) -> str:
    return "\n".join(label[i : i + 4] for i in range(0, len(label), 4))


def _unnumbered(label: str) -> str:
    return (
        label.split("、", 1)[1] if label[1:2] == "、" else label.split(".", 1)[-1].split("）", 1)[-1] or label
    )


WORD_CELL = (
    '<td{spans} style="width:12pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt"><p class="MsoNormal" align="center">'
    '<span lang="EN-US" style="font-size:10.5pt">{text}<o:p></o:p></span></p></td>'
)
MANNERS = [
    Manner("plain"),
    Manner("word", cell=WORD_CELL, blank="&nbsp;<o:p></o:p>"),
    Manner("chrome", chrome=True),
    Manner("layout", layout=True, chrome=True),
    Manner("split", split=True),
    Manner("full width digits", show=_full_width),
    Manner("thousands", show=_with_commas),
    Manner("counters", show=_with_counter),
    Manner("half width labels", label=_half_width),
    Manner("spaced labels", label=_spaced_out),
    Manner("broken labels", label=_broken, part_label="三\n、\n本\n年\n度\n办\n理\n结\n果"),
    Manner("no numbers", label=_unnumbered),
    Manner("lost spans", lost_spans=True),
    Manner("group rows", group_rows=True),
    Manner("stacked", stacked4=True),
    Manner("turned", turned4=True),
    Manner("rows of groups", rows4=True),
    Manner("two tables of disputes", two4=True),
    Manner("clause column", clause_column=True),
    Manner("headings", heading="<h2><strong>{}</strong></h2>"),
    Manner("th", cell="<th{spans}><div><font>{text}</font></div></th>"),
    Manner("unclosed", cell="<td{spans}><p>{text}"),
]
