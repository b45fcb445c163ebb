"""The named facts an officer may put into the prose of the report: {{新收申请件数}}.

Some are figures of the tables (and are taken from there, so that prose and table cannot differ), the others are
counted elsewhere and handed in: documents per channel, consultations, trainings, processing fees …
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Number, Report
from gongkai.law.report.formats import (
    APPLICANT_COLUMNS,
    FORMAT_2019,
    FORMAT_2021,
    TABLE4_COLUMNS,
    ReportFormat,
)

Value = Number | str


@dataclass(frozen=True)
class Fact:
    """A fact: its stable key, the Chinese name used in placeholders, its unit and where it comes from.

    ``cells`` are the cells whose sum it is, over both formats; empty when it is counted elsewhere. ``unit`` is ``""``
    for words.
    """

    key: str
    name: str
    unit: str = "件"
    cells: tuple[Cell, ...] = ()
    group: str = ""

    def cells_in(self, form: ReportFormat) -> tuple[Cell, ...]:
        """Those of its cells that a format has."""
        own = set(form.cells)
        return tuple(cell for cell in self.cells if cell in own)


def _requests(key: str, name: str, *rows: str) -> Fact:
    return Fact(key, name, cells=tuple(Cell(3, row, "total") for row in rows), group="依申请公开")


def _rows(prefix: str) -> tuple[str, ...]:
    rows = dict.fromkeys((*FORMAT_2019.result_rows, *FORMAT_2021.result_rows))
    return tuple(row for row in rows if row.startswith(f"{prefix}_"))


def _disputes() -> tuple[Fact, ...]:
    groups = {"review": ("行政复议", ("review",)), "litigation": ("行政诉讼", ("direct", "after_review"))}
    return tuple(
        Fact(
            f"{key}_{column.key}",
            f"{name}{'' if column.key == 'total' else column.label}件数",
            cells=tuple(Cell(4, group, column.key) for group in members),
            group="复议诉讼",
        )
        for key, (name, members) in groups.items()
        for column in TABLE4_COLUMNS
    )


def _table2() -> tuple[Fact, ...]:
    rows = {row.key: row.label for form in (FORMAT_2021, FORMAT_2019) for row in form.table2}
    columns = {
        (row.key, column.key): column
        for form in (FORMAT_2019, FORMAT_2021)
        for row in form.table2
        for column in row.columns
    }
    return tuple(
        Fact(
            f"{row}_{column}",
            f"{rows[row]}{words.label.partition('（')[0].replace('/', '')}".replace("采购采购", "采购"),
            words.unit,
            (Cell(2, row, column),),
            "主动公开",
        )
        for (row, column), words in columns.items()
    )


_WORDS = (
    Fact("agency", "机关名称", "", group="报告"),
    Fact("year", "年度", "", group="报告"),
    Fact("next_year", "下一年度", "", group="报告"),
    Fact("notice", "格式文号", "", group="报告"),
    Fact("main_problems", "主要问题", "", group="问题与改进"),
    Fact("measures", "改进措施", "", group="问题与改进"),
    Fact("follow_up", "上年问题落实情况", "", group="问题与改进"),
)
_CHANNELS = (
    Fact("docs_total", "主动公开信息条数", "条", group="渠道"),
    Fact("deliveries_website", "政府网站公开条数", "条", group="渠道"),
    Fact("deliveries_portal", "部门门户网站公开条数", "条", group="渠道"),
    Fact("deliveries_wechat", "微信公开条数", "条", group="渠道"),
    Fact("deliveries_weibo", "微博公开条数", "条", group="渠道"),
    Fact("deliveries_newspaper", "报刊公开条数", "条", group="渠道"),
    Fact("deliveries_media", "报刊微博微信公开条数", "条", group="渠道"),
    Fact("deliveries_gazette", "政府公报公开条数", "条", group="渠道"),
    Fact("deliveries_broadcast", "广播电视公开条数", "条", group="渠道"),
    Fact("deliveries_board", "公示栏公开条数", "条", group="渠道"),
    Fact("press_conferences", "新闻发布会场数", "场", group="渠道"),
)
_WORK = (
    Fact("catalogue_level1", "一级事项数", "项", group="目录"),
    Fact("catalogue_level2", "二级事项数", "项", group="目录"),
    Fact("catalogue_published", "按目录公开条数", "条", group="目录"),
    Fact("key_area", "重点领域信息条数", "条", group="目录"),
    Fact("interpretations", "政策解读篇数", "篇", group="互动"),
    Fact("consultations", "意见征集期数", "期", group="互动"),
    Fact("responses", "回应关切次数", "次", group="互动"),
    Fact("trainings", "培训次数", "次", group="监督保障"),
    Fact("training_people", "培训人次", "人次", group="监督保障"),
    Fact("assessments", "工作考核次数", "次", group="监督保障"),
    Fact("appraisals", "社会评议次数", "次", group="监督保障"),
    Fact("accountability", "责任追究人次", "人次", group="监督保障"),
    Fact("overdue", "逾期答复件数", "件", group="依申请公开"),
    Fact("fee_notices", "收费通知件数", "件", group="信息处理费"),
    Fact("fee_notified_yuan", "收费通知金额", "元", group="信息处理费"),
    Fact("fee_received_yuan", "信息处理费实收金额", "元", group="信息处理费"),
)
_REQUESTS = (
    _requests("requests_new", "新收申请件数", "new"),
    _requests("requests_carried_in", "上年结转件数", "carried_in"),
    _requests("requests_received", "收办申请件数", "new", "carried_in"),
    _requests("requests_answered", "答复申请件数", "total"),
    _requests("requests_carried_out", "结转下年度件数", "carried_out"),
    Fact("requests_natural", "自然人申请件数", cells=(Cell(3, "new", "natural"),), group="依申请公开"),
    Fact(
        "requests_organisation",
        "组织申请件数",
        cells=tuple(Cell(3, "new", column) for column in APPLICANT_COLUMNS if column != "natural"),
        group="依申请公开",
    ),
    _requests("granted", "予以公开件数", "granted"),
    _requests("partial", "部分公开件数", "partial"),
    _requests("denied", "不予公开件数", *_rows("denied")),
    _requests("unable", "无法提供件数", *_rows("unable")),
    _requests("rejected", "不予处理件数", *_rows("reject")),
    _requests("other_handled", "其他处理件数", *_rows("other")),
)

FACTS: tuple[Fact, ...] = (*_WORDS, *_CHANNELS, *_WORK, *_REQUESTS, *_disputes(), *_table2())
"""Every fact a placeholder may name, in the order they are offered."""

BY_NAME: Mapping[str, Fact] = MappingProxyType(
    {name: fact for fact in FACTS for name in (fact.key, fact.name)}
)
"""The facts by their Chinese name and by their key; a placeholder may use either."""


def facts_from_figures(report: Report) -> dict[str, Value]:
    """The facts a report itself knows, by key. A fact with an unknown cell is left out, never taken as 0."""
    facts: dict[str, Value] = {"agency": report.agency, "notice": report.format.notice}
    if report.year is not None:
        facts |= {"year": str(report.year), "next_year": str(report.year + 1)}
    for fact in FACTS:
        cells = fact.cells_in(report.format)
        numbers = [number for cell in cells if (number := report[cell].value) is not None]
        if cells and len(numbers) == len(cells):
            total: Number = sum(numbers)
            facts[fact.key] = total
    return facts
