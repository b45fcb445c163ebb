"""The two official formats of the annual report, as data.

* ``FORMAT_2019``: 国办公开办函〔2019〕60号 (trial), for the reports of 2019 and 2020.
* ``FORMAT_2021``: 国办公开办函〔2021〕30号 (2021-09-26), for the reports of 2021 and later.

Row and column keys are stable names used in files we write; labels are the official wording.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gongkai.law.report.cells import Cell


@dataclass(frozen=True)
class Column:
    """A column: its key, the official heading and the unit of its numbers (件, 项, 万元)."""

    key: str
    label: str
    unit: str = "件"
    signed: bool = False


@dataclass(frozen=True)
class Table2Row:
    """A row of table 2 with the clause of 条例 art. 20 it belongs to and the columns it has."""

    key: str
    label: str
    clause: str
    columns: tuple[Column, ...]


@dataclass(frozen=True)
class Table3Row:
    """A row of table 3. ``group`` is the heading it stands under (``""`` for a row of its own)."""

    key: str
    label: str
    group: str = ""


@dataclass(frozen=True)
class Table4Group:
    """Five columns of table 4 under one heading: upheld, corrected, other, pending, total."""

    key: str
    label: str


@dataclass(frozen=True)
class Section:
    """One of the six parts of the report (条例 art. 50)."""

    key: str
    number: str
    title: str


@dataclass(frozen=True)
class ReportFormat:
    """An official format: who issued it, for which years, and every row and column it has."""

    id: str
    notice: str
    first_year: int
    last_year: int | None
    table2: tuple[Table2Row, ...]
    table3: tuple[Table3Row, ...]

    def covers(self, year: int) -> bool:
        """Whether a report on ``year`` must use this format."""
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @cached_property
    def table2_cells(self) -> tuple[Cell, ...]:
        """All cells of table 2 in reading order."""
        return tuple(Cell(2, row.key, column.key) for row in self.table2 for column in row.columns)

    @cached_property
    def table3_cells(self) -> tuple[Cell, ...]:
        """All cells of table 3 in reading order."""
        return tuple(Cell(3, row.key, column.key) for row in self.table3 for column in TABLE3_COLUMNS)

    @cached_property
    def table4_cells(self) -> tuple[Cell, ...]:
        """The fifteen cells of table 4 in reading order."""
        return tuple(Cell(4, group.key, column.key) for group in TABLE4_GROUPS for column in TABLE4_COLUMNS)

    @cached_property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell of the format in reading order."""
        return self.table2_cells + self.table3_cells + self.table4_cells

    @cached_property
    def result_rows(self) -> tuple[str, ...]:
        """Keys of the rows of item three (办理结果) that add up to its total."""
        return tuple(row.key for row in self.table3 if row.key not in NON_RESULT_ROWS)

    def table2_row(self, key: str) -> Table2Row:
        """The row of table 2 with this key. Raises ``KeyError``."""
        return self._table2_by_key[key]

    def table3_row(self, key: str) -> Table3Row:
        """The row of table 3 with this key. Raises ``KeyError``."""
        return self._table3_by_key[key]

    def label(self, cell: Cell) -> str:
        """The place of a cell in words, e.g. ``表三“（一）予以公开”自然人``. Raises ``KeyError``."""
        return f"{self.row_label(cell)}{self.column_label(cell)}"

    def row_label(self, cell: Cell) -> str:
        """The table and row of a cell in words. Raises ``KeyError``."""
        match cell.table:
            case 2:
                return f"表二“{self.table2_row(cell.row).label}”"
            case 3:
                return f"表三“{self.table3_row(cell.row).label}”"
            case _:
                return f"表四“{TABLE4_GROUP_LABELS[cell.row]}”"

    def column_label(self, cell: Cell) -> str:
        """The column of a cell in words. Raises ``KeyError``."""
        return self.column(cell).label

    def column(self, cell: Cell) -> Column:
        """The column a cell stands in. Raises ``KeyError``."""
        match cell.table:
            case 2:
                columns: tuple[Column, ...] = self.table2_row(cell.row).columns
            case 3:
                columns = TABLE3_COLUMNS
            case _:
                columns = TABLE4_COLUMNS
        return {column.key: column for column in columns}[cell.column]

    def clauses(self) -> Iterator[tuple[str, tuple[Table2Row, ...]]]:
        """The rows of table 2 grouped by clause of 条例 art. 20, in order."""
        names = list(dict.fromkeys(row.clause for row in self.table2))
        for name in names:
            yield name, tuple(row for row in self.table2 if row.clause == name)

    @cached_property
    def _table2_by_key(self) -> dict[str, Table2Row]:
        return {row.key: row for row in self.table2}

    @cached_property
    def _table3_by_key(self) -> dict[str, Table3Row]:
        return {row.key: row for row in self.table3}


SECTIONS = (
    Section("overview", "一", "总体情况"),
    Section("proactive", "二", "主动公开政府信息情况"),
    Section("requests", "三", "收到和处理政府信息公开申请情况"),
    Section("disputes", "四", "政府信息公开行政复议、行政诉讼情况"),
    Section("problems", "五", "存在的主要问题及改进情况"),
    Section("other", "六", "其他需要报告的事项"),
)
"""The six parts, alike in both formats. The text before part one has the key ``lead``."""

OVERVIEW_ASPECTS = ("主动公开", "依申请公开", "政府信息管理", "政府信息公开平台建设", "监督保障")
"""What 总体情况 must speak of: 国办公开办函〔2021〕30号, 一、报告内容（一）."""

GOVERNMENT_TOPICS = ("工作考核", "社会评议", "责任追究")
"""What the report of a people's government must add: 条例 art. 50(4)."""

TABLE3_COLUMNS = (
    Column("natural", "自然人"),
    Column("business", "商业企业"),
    Column("research", "科研机构"),
    Column("public_good", "社会公益组织"),
    Column("legal_service", "法律服务机构"),
    Column("other", "其他"),
    Column("total", "总计"),
)
APPLICANT_COLUMNS = tuple(column.key for column in TABLE3_COLUMNS[:-1])
ORGANISATION_HEADING = "法人或其他组织"
TABLE3_NOTE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"

NON_RESULT_ROWS = frozenset({"new", "carried_in", "total", "carried_out"})
"""Rows of table 3 that are not one of the ways a request ended."""

TABLE4_COLUMNS = (
    Column("upheld", "结果维持"),
    Column("corrected", "结果纠正"),
    Column("other", "其他结果"),
    Column("pending", "尚未审结"),
    Column("total", "总计"),
)
TABLE4_GROUPS = (
    Table4Group("review", "行政复议"),
    Table4Group("direct", "未经复议直接起诉"),
    Table4Group("after_review", "复议后起诉"),
)
TABLE4_GROUP_LABELS = {group.key: group.label for group in TABLE4_GROUPS}

_CLAUSE_1 = "第二十条第（一）项"
_CLAUSE_5 = "第二十条第（五）项"
_CLAUSE_6 = "第二十条第（六）项"
_CLAUSE_8 = "第二十条第（八）项"
_CLAUSE_9 = "第二十条第（九）项"

_MADE_2019 = (
    Column("made", "本年新制作数量"),
    Column("published", "本年新公开数量"),
    Column("total", "对外公开总数量"),
)
_MATTERS_2019 = (Column("previous", "上一年项目数量", "项"), Column("change", "本年增/减", "项", signed=True))
_DECISIONS_2019 = (*_MATTERS_2019, Column("decisions", "处理决定数量"))
_MADE_2021 = (
    Column("made", "本年制发件数"),
    Column("repealed", "本年废止件数"),
    Column("in_force", "现行有效件数"),
)
_DECISIONS_2021 = (Column("decisions", "本年处理决定数量"),)

_TABLE2_2019 = (
    Table2Row("rules", "规章", _CLAUSE_1, _MADE_2019),
    Table2Row("normdoc", "规范性文件", _CLAUSE_1, _MADE_2019),
    Table2Row("licence", "行政许可", _CLAUSE_5, _DECISIONS_2019),
    Table2Row("other_mgmt", "其他对外管理服务事项", _CLAUSE_5, _DECISIONS_2019),
    Table2Row("penalty", "行政处罚", _CLAUSE_6, _DECISIONS_2019),
    Table2Row("coercion", "行政强制", _CLAUSE_6, _DECISIONS_2019),
    Table2Row("fee", "行政事业性收费", _CLAUSE_8, _MATTERS_2019),
    Table2Row(
        "procurement",
        "政府集中采购",
        _CLAUSE_9,
        (Column("count", "采购项目数量", "项"), Column("amount_wan", "采购总金额", "万元")),
    ),
)
_TABLE2_2021 = (
    Table2Row("rules", "规章", _CLAUSE_1, _MADE_2021),
    Table2Row("normdoc", "行政规范性文件", _CLAUSE_1, _MADE_2021),
    Table2Row("licence", "行政许可", _CLAUSE_5, _DECISIONS_2021),
    Table2Row("penalty", "行政处罚", _CLAUSE_6, _DECISIONS_2021),
    Table2Row("coercion", "行政强制", _CLAUSE_6, _DECISIONS_2021),
    Table2Row(
        "fee_wan", "行政事业性收费", _CLAUSE_8, (Column("amount_wan", "本年收费金额（单位：万元）", "万元"),)
    ),
)

_DENIED = "（三）不予公开"
_UNABLE = "（四）无法提供"
_REJECTED = "（五）不予处理"
_OTHER = "（六）其他处理"

_RECEIVED = (
    Table3Row("new", "一、本年新收政府信息公开申请数量"),
    Table3Row("carried_in", "二、上年结转政府信息公开申请数量"),
)
_RESULTS = (
    Table3Row("granted", "（一）予以公开"),
    Table3Row("partial", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）"),
    Table3Row("denied_1_secret", "1.属于国家秘密", _DENIED),
    Table3Row("denied_2_law", "2.其他法律行政法规禁止公开", _DENIED),
    Table3Row("denied_3_safety", "3.危及“三安全一稳定”", _DENIED),
    Table3Row("denied_4_third_party", "4.保护第三方合法权益", _DENIED),
    Table3Row("denied_5_internal", "5.属于三类内部事务信息", _DENIED),
    Table3Row("denied_6_process", "6.属于四类过程性信息", _DENIED),
    Table3Row("denied_7_case_file", "7.属于行政执法案卷", _DENIED),
    Table3Row("denied_8_query", "8.属于行政查询事项", _DENIED),
    Table3Row("unable_1_not_held", "1.本机关不掌握相关政府信息", _UNABLE),
    Table3Row("unable_2_need_create", "2.没有现成信息需要另行制作", _UNABLE),
    Table3Row("unable_3_unclear", "3.补正后申请内容仍不明确", _UNABLE),
    Table3Row("reject_1_petition", "1.信访举报投诉类申请", _REJECTED),
    Table3Row("reject_2_repeat", "2.重复申请", _REJECTED),
    Table3Row("reject_3_publication", "3.要求提供公开出版物", _REJECTED),
    Table3Row("reject_4_excessive", "4.无正当理由大量反复申请", _REJECTED),
    Table3Row("reject_5_confirm", "5.要求行政机关确认或重新出具已获取信息", _REJECTED),
)
_OTHER_2019 = (Table3Row("other_total", "（六）其他处理"),)
_OTHER_2021 = (
    Table3Row(
        "other_1_no_correction",
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        _OTHER,
    ),
    Table3Row(
        "other_2_unpaid",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        _OTHER,
    ),
    Table3Row("other_3_other", "3.其他", _OTHER),
)
_CLOSING = (Table3Row("total", "（七）总计"), Table3Row("carried_out", "四、结转下年度继续办理"))

FORMAT_2019 = ReportFormat(
    id="2019",
    notice="国办公开办函〔2019〕60号",
    first_year=2019,
    last_year=2020,
    table2=_TABLE2_2019,
    table3=(*_RECEIVED, *_RESULTS, *_OTHER_2019, *_CLOSING),
)
FORMAT_2021 = ReportFormat(
    id="2021",
    notice="国办公开办函〔2021〕30号",
    first_year=2021,
    last_year=None,
    table2=_TABLE2_2021,
    table3=(*_RECEIVED, *_RESULTS, *_OTHER_2021, *_CLOSING),
)
FORMATS = {FORMAT_2019.id: FORMAT_2019, FORMAT_2021.id: FORMAT_2021}


def format_for(year: int) -> ReportFormat:
    """The format a report on ``year`` must use.

    Raises ``ValueError`` for years before 2019, when no national format existed.
    """
    for candidate in FORMATS.values():
        if candidate.covers(year):
            return candidate
    message = f"{year}年度没有全国统一的年度报告格式（统一格式自2019年度起使用）"
    raise ValueError(message)
