"""The names a letter's text may use in double braces, what each stands for, and its value for a case.

A value is text, or for the few that stand on a line of their own (``is_block``) tables and codes. An ``optional`` one
may be unknown: the line that names it is then left out of the letter.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from gongkai.foi.letters import tables
from gongkai.foi.letters.facts import LetterFacts
from gongkai.foi.letters.kinds import LetterKind, Recipient, Remedies
from gongkai.law.fees import FEE_NOTICE_CONSEQUENCE
from gongkai.law.outcomes import OUTCOMES, outcome, remedy
from gongkai.law.report.numerals import show
from gongkai.typesetting.document import Block, chinese_date

Blocks = tuple[Block, ...]
ValueOf = Callable[[LetterKind, LetterFacts], str]
BlocksOf = Callable[[LetterFacts], Blocks]


@dataclass(frozen=True)
class Placeholder:
    """One name. ``field`` is the attribute of the facts an officer fills in for it, if there is just one."""

    name: str
    about: str
    value: ValueOf
    field: str = ""
    optional: bool = False
    blocks: BlocksOf | None = None

    @property
    def is_block(self) -> bool:
        """Whether it stands alone on its line."""
        return self.blocks is not None


def _field(name: str, field: str, about: str, *, optional: bool = False) -> Placeholder:
    return Placeholder(name, about, lambda _kind, facts: _text(getattr(facts, field)), field, optional)


def _body(name: str, field: str, about: str, *, optional: bool = False) -> Placeholder:
    path = f"body.{field}"
    return Placeholder(name, about, lambda _kind, facts: _text(getattr(facts.body, field)), path, optional)


def _block(name: str, field: str, about: str, blocks: BlocksOf, *, optional: bool = False) -> Placeholder:
    return Placeholder(name, about, lambda _kind, _facts: "", field, optional, blocks)


def _text(value: object) -> str:
    """A date in Chinese, several items numbered line by line, anything else as it is."""
    if isinstance(value, dt.date):
        return chinese_date(value)
    if isinstance(value, tuple):
        return _listed(value)
    return "" if value is None else str(value).strip()


def _listed(items: tuple[str, ...]) -> str:
    if len(items) < 2:  # noqa: PLR2004 - one alone needs no number
        return "".join(items)
    return "\n".join(f"{at}. {item}" for at, item in enumerate(items, start=1))


def _you(_kind: LetterKind, facts: LetterFacts) -> str:
    return "您" if facts.applicant_is_person else "你单位"


def _you_asked(_kind: LetterKind, facts: LetterFacts) -> str:
    return "您" if facts.recipient_is_person else "你单位"


def _remedies(kind: LetterKind, facts: LetterFacts) -> str:
    """The paragraph by the day of the letter; empty when the body's data names no reviewing organ."""
    if kind.remedies is Remedies.NONE or not facts.body.review_organ.strip():
        return ""
    told = kind.outcome or facts.outcome
    if kind.remedies is Remedies.OUTCOME and told not in OUTCOMES:
        return ""
    ending = OUTCOMES["granted"] if kind.remedies is Remedies.EITHER else outcome(told)
    body = facts.body
    court = body.court.strip() or "人民法院"
    return remedy(ending, facts.issued_on, body.review_organ.strip(), body.review_policy, court=court)


def _tariff(_kind: LetterKind, facts: LetterFacts) -> str:
    return facts.fee.tariff.label if facts.fee else ""


def _amount(_kind: LetterKind, facts: LetterFacts) -> str:
    return show(facts.fee.amount) if facts.fee else ""


def _consequence(_kind: LetterKind, _facts: LetterFacts) -> str:
    return FEE_NOTICE_CONSEQUENCE


_OF_BODY = (
    _body("机关名称", "name", "发文机关全称"),
    _body("公开工作机构", "office", "政府信息公开工作机构名称", optional=True),
    _body("办公地址", "address", "公开工作机构的办公地址", optional=True),
    _body("办公时间", "office_hours", "公开工作机构的办公时间", optional=True),
    _body("联系电话", "phone", "公开工作机构的电话", optional=True),
)
_OF_CASE = (
    _field("文书编号", "number", "本文书的编号"),
    _field("成文日期", "issued_on", "本文书的日期"),
    _field("申请人", "applicant", "申请人姓名或者名称"),
    Placeholder("称谓", "对申请人的称呼：个人为“您”，单位为“你单位”", _you),
    _field("申请编号", "request_number", "政府信息公开申请的编号"),
    _field("收到日期", "received_on", "收到申请的日期（条例第三十一条）"),
    _field("提交方式", "channel", "申请人提交申请的渠道", optional=True),
    _field("所需信息", "subject", "申请公开的信息名称、文号"),
    _field("特征描述", "description", "便于查询的其他特征描述", optional=True),
    _field("获取方式", "wanted_form", "申请人要求的获取信息的方式、途径", optional=True),
    _field("答复期限", "due_on", "应当答复的最后一日；延期、延迟的为新的期限"),
    _field("期限说明", "due_note", "答复期限的计算说明", optional=True),
    _field("查询码", "query_code", "申请人查询进度用的查询码", optional=True),
    _block("申请信息表", "subject", "申请编号、申请人、所需信息等的登记表", tables.request_table),
    _block("查询二维码", "query_address", "查询进度的二维码及查询码", tables.query_code, optional=True),
    Placeholder("救济途径", "行政复议和行政诉讼的途径、期限，按文书日期和办理结果确定", _remedies),
)
_OF_STEPS = (
    _field("补正事项", "clarify", "需要补正的事项，一次性告知"),
    _field("补正期限", "clarify_by", "提交补正的最后一日"),
    _field("补正通知日期", "clarify_notified_on", "告知补正的日期"),
    _field("补正收到日期", "clarify_received_on", "收到补正材料的日期", optional=True),
    _field("申请数量频次", "requests_counted", "一段时间内申请的数量、频次"),
    _field("说明理由期限", "reasons_by", "提交理由说明的最后一日"),
    _field("说明理由通知日期", "reasons_requested_on", "要求说明理由的日期"),
    _field("延长工作日", "extension_workdays", "延长的工作日数，最长20个工作日（条例第三十三条）"),
    _field("延期理由", "extension_reasons", "延长答复期限的理由", optional=True),
    _field("原答复期限", "former_due_on", "延期之前的答复期限", optional=True),
    _field("延迟理由", "delay_reasons", "理由合理但无法按期答复的情况"),
    _field("征求意见对象", "consulted", "被征求意见的第三方或者机关；不宜写明第三方姓名"),
    _field("征求意见日期", "consulted_on", "发出征求意见文书的日期"),
    Placeholder("收费方式", "按件计收或者按量计收", _tariff, "fee"),
    _block("收费计算表", "fee", "收费标准和计算过程", tables.fee_table),
    Placeholder("收费金额", "应缴金额，单位为元", _amount, "fee"),
    _field("缴费通知日期", "fee_notified_on", "发出缴费通知书的日期"),
    _field("缴纳方式", "how_to_pay", "缴费的方式和账户"),
    Placeholder("缴费期限", "缴费期限和逾期不缴的后果", _consequence),
)
_OF_OTHERS = (
    _field("收文方", "recipient", "第三方或者其他机关的名称"),
    Placeholder("收文方称谓", "对第三方的称呼：个人为“您”，单位为“你单位”", _you_asked),
    _field("征求意见内容", "consulted_content", "拟公开、需要征求意见的信息内容"),
    _field("第三方意见", "opinion", "第三方提出的意见，或者逾期未提出意见"),
    _field("处理情况", "handling", "处理结果"),
    _field("决定公开的内容", "disclosed_content", "决定公开的政府信息内容"),
    _field("决定公开的理由", "disclosed_reasons", "不公开可能对公共利益造成重大影响的理由"),
    _field("协助事项", "task", "请对方协商、确认或者协助查找的事项"),
    _field("协助期限", "task_due_on", "请对方复函的最后一日"),
    _field("转送事项", "transferred", "转送的申请及材料"),
    _field("转送理由", "transfer_reasons", "本机关无权处理、对方有权处理的理由"),
)
_OF_ANSWERS = (
    _field("提供方式", "provision", "提供信息，或者获取信息的方式、途径和时间"),
    _field("获取途径", "where_to_find", "已经公开的信息、出版物或者查询事项的获取方式、途径"),
    _block("不予公开内容表", "withheld", "不予公开的内容、理由和依据", tables.withheld_table),
    _field("理由", "reasons", "事实和理由"),
    _field("征求意见结果", "opinion", "第三方的意见（条例第三十二条）", optional=True),
    _field("检索情况", "search", "检索的范围、方式和结果"),
    _field("特别规定", "special_rules", "对信息获取有特别规定的法律、行政法规"),
    _field("其他渠道", "other_channel", "信访、投诉、举报的渠道", optional=True),
    _field("负责机关", "responsible_body", "能够确定的负责机关名称", optional=True),
    _field("负责机关联系方式", "responsible_contact", "负责机关的联系方式", optional=True),
    _field("原答复文号", "former_number", "此前答复的文书编号"),
    _field("原答复日期", "former_on", "此前答复的日期"),
    _field("撤回日期", "withdrawn_on", "申请人撤回申请的日期"),
    _field("更正申请内容", "record_request", "请求更正的与自身相关的信息及证据"),
    _field("更正结果", "record_result", "更正后的信息"),
    _field("更正后内容", "corrected_text", "答复更正后的内容"),
    _field("后续处理", "next_step", "撤销原答复以后如何处理"),
    _block("送达回证表", "service", "受送达人、文书、方式、签收的表格", tables.service_form),
)

PLACEHOLDERS: Mapping[str, Placeholder] = MappingProxyType(
    {one.name: one for one in (*_OF_BODY, *_OF_CASE, *_OF_STEPS, *_OF_OTHERS, *_OF_ANSWERS)}
)
"""All of them by their Chinese name."""

_CONFIDENTIAL = frozenset({"申请人", "申请信息表", "查询码", "查询二维码"})
"""Who applied is nothing a third party or another body needs to know."""


def available(kind: LetterKind) -> tuple[Placeholder, ...]:
    """What a text of this kind may name: the applicant only in letters to the applicant, remedies where there are any."""
    outside = kind.recipient in {Recipient.THIRD_PARTY, Recipient.OTHER_BODY}
    left_out = {
        *(_CONFIDENTIAL if outside else ()),
        *(("救济途径",) if kind.remedies is Remedies.NONE else ()),
    }
    return tuple(one for name, one in PLACEHOLDERS.items() if name not in left_out)
