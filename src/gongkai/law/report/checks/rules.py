"""Every rule of the check as data: its id, its name, how grave a breach is, what it rests on and what it looks at.

R1–R16 are the cross-checks of the two official formats; the later ones come from mistakes found in real reports.
The functions that apply the rules live in the modules beside this one.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TypedDict, Unpack

from gongkai.law.report.cells import Cell
from gongkai.law.report.findings import Finding, Severity, Verdict

ARTICLE_49 = "《政府信息公开条例》第四十九条"
ARTICLE_50 = "《政府信息公开条例》第五十条"
NOTICE_60 = "国办公开办函〔2019〕60号"
NOTICE_30 = "国办公开办函〔2021〕30号"
BOTH_NOTICES = f"{NOTICE_60}、{NOTICE_30}"


class Details(TypedDict, total=False):
    """The optional fields of a finding."""

    severity: Severity
    expected: str
    found: str
    remedy: str
    section: str
    quote: str


@dataclass(frozen=True)
class Rule:
    """One rule; its methods make the findings, so that id, severity and basis are written down once."""

    id: str
    title: str
    severity: Severity
    basis: str
    checks: str

    def passed(self, message: str, cells: tuple[Cell, ...] = (), **details: Unpack[Details]) -> Finding:
        """The rule was applied and holds."""
        return self._finding(Verdict.PASS, self.severity, message, cells, details)

    def failed(self, message: str, cells: tuple[Cell, ...] = (), **details: Unpack[Details]) -> Finding:
        """The rule was applied and is broken."""
        return self._finding(Verdict.FAIL, self.severity, message, cells, details)

    def uncertain(self, message: str, cells: tuple[Cell, ...] = (), **details: Unpack[Details]) -> Finding:
        """Somebody must look; never graver than a warning, because it may turn out to be right."""
        severity = Severity.WARNING if self.severity is Severity.ERROR else self.severity
        return self._finding(Verdict.UNCERTAIN, severity, message, cells, details)

    def not_assessable(
        self, message: str, cells: tuple[Cell, ...] = (), **details: Unpack[Details]
    ) -> Finding:
        """What the rule needs is not there."""
        return self._finding(Verdict.NOT_ASSESSABLE, self.severity, message, cells, details)

    def _finding(
        self, verdict: Verdict, severity: Severity, message: str, cells: tuple[Cell, ...], details: Details
    ) -> Finding:
        return Finding(
            rule=self.id,
            severity=details.get("severity", severity),
            verdict=verdict,
            message=message,
            cells=cells,
            expected=details.get("expected", ""),
            found=details.get("found", ""),
            remedy=details.get("remedy", ""),
            basis=self.basis,
            section=details.get("section", ""),
            quote=details.get("quote", ""),
        )


_E, _W, _N = Severity.ERROR, Severity.WARNING, Severity.NOTICE

_ALL = (
    Rule(
        "R1",
        "收办与结转平衡",
        _E,
        BOTH_NOTICES,
        "表三逐列核对：本年新收加上年结转，等于办理结果总计加结转下年度。",
    ),
    Rule("R2", "办理结果合计", _E, BOTH_NOTICES, "表三逐列核对：（七）总计等于各类办理结果之和。"),
    Rule("R3", "申请人合计", _E, BOTH_NOTICES, "表三逐行核对：总计等于六类申请人之和。"),
    Rule(
        "R4",
        "复议诉讼合计",
        _E,
        BOTH_NOTICES,
        "表四三组各自核对：总计等于维持、纠正、其他结果、尚未审结之和。",
    ),
    Rule("R5", "跨年结转", _W, BOTH_NOTICES, "本年“上年结转”逐列等于上一年度报告的“结转下年度继续办理”。"),
    Rule(
        "R6",
        "现行有效件数递推",
        _W,
        NOTICE_30,
        "现行有效件数等于上一年度现行有效件数加本年制发、减本年废止。",
    ),
    Rule(
        "R7",
        "叙述数与表格数",
        _W,
        NOTICE_60,
        "正文写到的申请、办理结果、复议诉讼、许可处罚等数字与表格一致。",
    ),
    Rule(
        "R8",
        "叙述内部合计",
        _W,
        ARTICLE_50,
        "正文一句话里列出的分项之和等于该句的总数（写明“等”“主要”的不判）。",
    ),
    Rule("R9", "占比", _N, ARTICLE_50, "正文写的占比等于件数除以答复总数（允许四舍五入）。"),
    Rule("R10", "零值写0", _E, BOTH_NOTICES, "没有数量的单元格写0，不留空白，不用“/”“-”等符号代替。"),
    Rule("R11", "格式与年度相符", _E, BOTH_NOTICES, "表格的行、列和名称与该年度应使用的统一格式一致。"),
    Rule(
        "R12",
        "统计期限与依据文号",
        _W,
        ARTICLE_50,
        "统计期限为当年1月1日至12月31日，引用的格式文号与年度相符。",
    ),
    Rule("R13", "公布时间", _W, ARTICLE_49, "部门年报不晚于次年1月31日公布，政府年报不晚于次年3月31日公布。"),
    Rule(
        "R14",
        "总体情况的内容",
        _W,
        f"{NOTICE_30}一（一）；{ARTICLE_50}",
        "总体情况写到五个方面，政府年报还写到工作考核、社会评议和责任追究。",
    ),
    Rule("R15", "金额单位", _W, BOTH_NOTICES, "金额以万元填报，数额没有明显误把元当万元的情形。"),
    Rule("R16", "与上一年度雷同", _N, ARTICLE_50, "正文不照抄上一年度报告。"),
    Rule(
        "R17",
        "处理决定数疑似误填",
        _W,
        NOTICE_60,
        "处理决定数量不是把“上一年项目数量加本年增减”的结果填了进去。",
    ),
    Rule(
        "R18", "规章制定权限", _W, "《立法法》关于规章制定权限的规定", "没有规章制定权的机关，“规章”各项为0。"
    ),
    Rule("R19", "文件数量关系", _W, BOTH_NOTICES, "制作、公开、现行有效等文件数量之间不矛盾。"),
    Rule("R20", "项目数量异常", _N, NOTICE_60, "许可、收费的“项目数量”填的是事项数，不是办件量或金额。"),
    Rule(
        "R21",
        "直接起诉复核",
        _N,
        "《行政复议法》第二十三条（2024年1月1日起施行）",
        "2024年以后，不予公开决定须先复议，“未经复议直接起诉”不为0时提示复核。",
    ),
    Rule("R22", "导语所列部分", _W, BOTH_NOTICES, "导语所说的组成部分为六个，并且列全。"),
    Rule("R23", "项目数跨年", _W, NOTICE_60, "上一年项目数量等于上一年度报告的项目数量加增减。"),
    Rule("R24", "数字合理", _E, BOTH_NOTICES, "件数、项数为不小于0的整数，金额不小于0。"),
    Rule(
        "R25", "办结叙述与结转", _W, BOTH_NOTICES, "正文称全部办结或无结转时，表三“结转下年度继续办理”为0。"
    ),
    Rule("R26", "信息处理费", _N, f"{NOTICE_30}；国办函〔2020〕109号", "第六部分报告收取信息处理费情况。"),
    Rule("R27", "问题与改进", _W, f"{ARTICLE_50}第四项", "第五部分既写主要问题，也写改进情况。"),
    Rule("R28", "残留编写说明", _W, BOTH_NOTICES, "正式报告里没有模板说明文字和未填写的空位。"),
    Rule("R29", "年份照抄", _W, ARTICLE_50, "正文叙述的年份与报告年度相符。"),
    Rule(
        "R30",
        "预决算年度",
        _N,
        "《政府信息公开条例》第二十条第七项",
        "正文所说公开的预算、决算年度与报告年度相符。",
    ),
    Rule("R31", "公布日期合理", _W, ARTICLE_49, "公布日期晚于统计期限的最后一天，并且不是将来的日期。"),
)

RULES = MappingProxyType({rule.id: rule for rule in _ALL})
"""All rules by id, in order."""
