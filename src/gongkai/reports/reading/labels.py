# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""Which row or column of the form a label means, however it is numbered, wrapped or mistyped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021, TABLE3_COLUMNS
from gongkai.reports.reading.words import core, fold, likeness, plain

OFFICIAL_ROWS: dict[str, str] = {
    row.key: row.label for fmt in (FORMAT_2019, FORMAT_2021) for row in fmt.table3
}
"""Row key of table 3 → official label, over both formats."""

ROW_ORDER: dict[str, int] = {
    key: number
    for number, key in enumerate(
        [row.key for row in FORMAT_2019.table3 if row.key not in {"total", "carried_out"}]
        + [row.key for row in FORMAT_2021.table3 if row.key.startswith("other_")]
        + ["total", "carried_out"]
    )
}

ROW_WORDINGS: dict[str, tuple[str, ...]] = {key: (core(label),) for key, label in OFFICIAL_ROWS.items()} | {
    "new": (core(OFFICIAL_ROWS["new"]), "本年新收政府信息公开申请", "本年新收"),
    "carried_in": (core(OFFICIAL_ROWS["carried_in"]), "上年度结转政府信息公开申请数量", "上年结转"),
    "carried_out": (core(OFFICIAL_ROWS["carried_out"]), "结转下一年度继续办理", "结转下年度"),
    "total": ("总计", "合计", "办理结果总计"),
    "other_1_no_correction": (
        core(OFFICIAL_ROWS["other_1_no_correction"]),
        "申请人无正当理由逾期不补正",
        "逾期不补正",
    ),
    "other_2_unpaid": (
        core(OFFICIAL_ROWS["other_2_unpaid"]),
        "申请人逾期未按收费通知要求缴纳费用",
        "逾期未缴纳费用",
        "逾期未缴费",
    ),
    "other_3_other": ("其他", "其它"),
    "other_total": ("其他处理", "其它处理"),
    "reject_2_repeat": ("重复申请",),
}
"""Accepted wordings as cores; the first is the official one."""

SHORTENED: dict[str, str] = {
    "国家秘密": "denied_1_secret",
    "涉及国家秘密": "denied_1_secret",
    "法律行政法规禁止公开": "denied_2_law",
    "三安全一稳定": "denied_3_safety",
    "第三方合法权益": "denied_4_third_party",
    "内部事务信息": "denied_5_internal",
    "三类内部事务信息": "denied_5_internal",
    "过程性信息": "denied_6_process",
    "四类过程性信息": "denied_6_process",
    "行政执法案卷": "denied_7_case_file",
    "行政查询事项": "denied_8_query",
    "本机关不掌握": "unable_1_not_held",
    "没有现成信息": "unable_2_need_create",
    "补正后仍不明确": "unable_3_unclear",
    "信访举报投诉": "reject_1_petition",
    "公开出版物": "reject_3_publication",
    "大量反复申请": "reject_4_excessive",
    "确认或重新出具": "reject_5_confirm",
    "要求确认或重新出具": "reject_5_confirm",
    "本年新收申请数量": "new",
    "上年结转申请数量": "carried_in",
}
"""Cores of names cut short, understood only when nothing else stands in the label."""

GROUPS: dict[str, str] = {
    "不予公开": "denied",
    "无法提供": "unable",
    "不予处理": "reject",
    "其他处理": "other",
    "其它处理": "other",
}
PARTS = ("本年度办理结果", "申请人情况", "法人或其他组织", "勾稽关系")
SHORT = 5
FUZZY, FUZZY_SHORT, MARGIN = 0.66, 0.86, 0.06


@dataclass(frozen=True)
class Match:
    """The row a label means and how sure that is (1 is word for word)."""

    key: str
    score: float


@lru_cache(maxsize=4096)
def match_row(label: str) -> Match | None:
    """The row of table 3 this label means; ``None`` when it is a group heading, a part heading or something else."""
    bare = core(label)
    if not bare or GROUPS.get(bare, "other") != "other":
        return None
    if exact := _exact(bare):
        return Match(exact, 1.0)
    if re.search(r"(?:^|\D)3[.、,:)]*(?:其他|其它)$", fold(label)):
        return Match("other_3_other", 0.95)
    if contained := _contained(bare):
        return Match(contained, 0.95)
    return None if any(part in bare for part in PARTS) else _fuzzy(bare)


def _exact(bare: str) -> str:
    return next((key for key, wordings in ROW_WORDINGS.items() if bare in wordings), SHORTENED.get(bare, ""))


def _contained(bare: str) -> str:
    """The row whose wording stands in the label: the longest, and of those the one that ends last."""
    found = [
        (len(wording), bare.rfind(wording), key)
        for key, wordings in ROW_WORDINGS.items()
        for wording in wordings
        if len(wording) >= 4 and (wording in bare if len(wording) > 4 else bare.endswith(wording))
    ]
    if not found:
        return ""
    length, _, key = max(found)
    return key if length * 4 >= min(len(bare), 24) else ""


def _fuzzy(bare: str) -> Match | None:
    scored = sorted(
        (
            (max(likeness(bare, wording) for wording in wordings[:1] + _long(wordings[1:])), key)
            for key, wordings in ROW_WORDINGS.items()
        ),
        reverse=True,
    )
    (best, key), (second, _) = scored[0], scored[1]
    if heading_key(bare):
        return None
    needed = FUZZY_SHORT if len(bare) < SHORT else FUZZY
    if best < needed or best - second < MARGIN:
        return None
    if any(likeness(bare, group) >= best for group in GROUPS):
        return None
    return Match(key, best)


def _long(wordings: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(wording for wording in wordings if len(wording) >= 8)


@lru_cache(maxsize=1024)
def match_group(label: str) -> str:
    """``denied``, ``unable``, ``reject`` or ``other`` when the label is such a group heading, else ``""``."""
    bare = core(label)
    if bare in GROUPS:
        return GROUPS[bare]
    close = [key for wording, key in GROUPS.items() if len(bare) >= 4 and likeness(bare, wording) >= 0.75]
    return close[0] if len(bare) <= SHORT and len(close) == 1 else ""


def official_wording(key: str, label: str) -> bool:
    """Whether a label is the official wording, leaving aside punctuation, spaces and bracketed remarks."""
    official = OFFICIAL_ROWS[key]
    return core(label) == core(official) or plain(label) == plain(official)


APPLICANTS: Mapping[str, Sequence[str]] = {
    "natural": ("自然人",),
    "business": ("商业企业", "企业"),
    "research": ("科研机构",),
    "public_good": ("社会公益组织", "公益组织"),
    "legal_service": ("法律服务机构",),
    "other": ("其他", "其它"),
    "total": ("总计", "合计"),
}
COLUMN_ORDER = tuple(column.key for column in TABLE3_COLUMNS)


def match_applicant(label: str) -> str:
    """The column of table 3 a heading means, else ``""``."""
    bare = core(label)
    for key, wordings in APPLICANTS.items():
        if bare in wordings:
            return key
    for key, wordings in APPLICANTS.items():
        if len(bare) >= 4 and likeness(bare, wordings[0]) >= 0.75:
            return key
    return ""


TABLE2_ROWS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("normdoc", ("行政规范性文件", "规范性文件")),
    ("rules", ("规章", "行政规章", "地方政府规章", "政府规章", "部门规章")),
    ("other_mgmt", ("其他对外管理服务事项", "其它对外管理服务事项")),
    ("licence", ("行政许可",)),
    ("penalty", ("行政处罚",)),
    ("coercion", ("行政强制", "行政强制措施")),
    ("fee", ("行政事业性收费", "行政事业收费")),
    ("procurement", ("政府集中采购", "集中采购", "政府采购")),
)
"""Row kind of table 2 → wordings. ``fee`` stands for the fee row of either format."""


@lru_cache(maxsize=2048)
def match_table2_row(label: str) -> str:
    """The kind of row of table 2 a label means, else ``""``. What follows the name (a definition) is ignored."""
    bare = core(label)
    for key, wordings in TABLE2_ROWS:
        if bare in wordings:
            return key
    for key, wordings in TABLE2_ROWS:
        if any(bare.startswith(wording) for wording in wordings) and not heading_key(label):
            return key
    for key, wordings in TABLE2_ROWS:
        if len(bare) >= 4 and likeness(bare, wordings[0]) >= 0.8:
            return key
    return ""


_HEADINGS: tuple[tuple[str, str], ...] = (
    ("made", r"制作|制发|制定"),
    ("published", r"新公开"),
    ("total", r"公开总"),
    ("repealed", r"废止"),
    ("in_force", r"现行有效|有效件|有效数"),
    ("previous", r"上一年|上年"),
    ("change", r"增/?减|增.?减"),
    ("decisions", r"处理决定|决定数量"),
    ("count", r"采购项目"),
    ("amount_wan", r"金额"),
)


@lru_cache(maxsize=2048)
def heading_key(label: str) -> str:
    """The column of table 2 a heading means, ``?`` for a cut-off 本年新, else ``""``."""
    folded = fold(label)
    if len(folded) > 60:
        return ""
    for key, pattern in _HEADINGS:
        if re.search(pattern, folded):
            return key
    return "?" if folded in {"本年新", "本年"} else ""


RESULTS: tuple[tuple[str, str], ...] = (
    ("upheld", "结果维持"),
    ("corrected", "结果纠正"),
    ("other", "其他结果"),
    ("pending", "尚未审结"),
    ("total", "总计"),
)


_RESULT_VARIANTS = {"other": ("其它结果",), "total": ("合计",)}


@lru_cache(maxsize=1024)
def match_result(label: str) -> str:
    """The column of table 4 a heading means (结果维持 …), else ``""``."""
    bare = core(label)
    for key, wording in RESULTS:
        if bare in {wording, wording.removeprefix("结果"), *_RESULT_VARIANTS.get(key, ())}:
            return key
        if len(bare) == 4 and len(wording) == 4 and likeness(bare, wording) >= 0.75:
            return key
    return ""


@lru_cache(maxsize=1024)
def match_dispute(label: str) -> str:
    """The group of table 4 a heading means: ``review``, ``direct``, ``after_review`` or ``""``."""
    bare = core(label)
    if bare == "行政诉讼":
        bare = plain(label)  # which of the two stands in brackets: 行政诉讼（复议后起诉）
    if len(bare) > 14:
        return ""
    if "复议后" in bare:
        return "after_review"
    if "直接起诉" in bare or "未经复议" in bare:
        return "direct"
    return "review" if "行政复议" in bare or bare == "复议" else ""
