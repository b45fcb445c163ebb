"""Every usual letter of a request: its title, its article, who gets it, what it belongs to, what it must say.

``fact`` is the value of the dated fact (``foi.enums.FactKind``) the letter goes with, ``outcome`` the key of the
outcome (``law.outcomes``) it tells; either may be empty. ``needs`` are the placeholders its text must have.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from gongkai.law.outcomes import OUTCOMES
from gongkai.law.outcomes import outcome as outcome_of


class Recipient(StrEnum):
    """Who a letter is written to."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"
    OTHER_BODY = "other_body"
    ON_FILE = "on_file"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _RECIPIENTS[self]


_RECIPIENTS = {
    Recipient.APPLICANT: "申请人",
    Recipient.THIRD_PARTY: "第三方",
    Recipient.OTHER_BODY: "其他行政机关",
    Recipient.ON_FILE: "存卷",
}


class Remedies(StrEnum):
    """Which paragraph on remedies a letter carries."""

    NONE = "none"
    """A step on the way: it is attacked together with the decision, if at all."""
    OUTCOME = "outcome"
    """By the outcome and the day (行政复议法 art. 23)."""
    EITHER = "either"
    """Review or court, as the addressee likes: nothing is being withheld from him."""


@dataclass(frozen=True)
class LetterKind:
    """One form."""

    key: str
    title: str
    article: str
    recipient: Recipient
    remedies: Remedies = Remedies.NONE
    fact: str = ""
    outcome: str = ""
    needs: tuple[str, ...] = ()
    opinion_slip: bool = False

    @property
    def required(self) -> tuple[str, ...]:
        """Placeholders no text of this kind may lack."""
        return self.needs if self.remedies is Remedies.NONE else (*self.needs, "救济途径")

    @property
    def is_decision(self) -> bool:
        """Whether it ends the case."""
        return bool(self.outcome)


_CASE = ("申请编号", "所需信息")
_APPLICANT, _THIRD, _OTHER = Recipient.APPLICANT, Recipient.THIRD_PARTY, Recipient.OTHER_BODY
_FEES = "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）"


def _step(key: str, title: str, article: str, fact: str, *needs: str) -> LetterKind:
    """A letter to the applicant on the way to the answer."""
    return LetterKind(key, title, article, _APPLICANT, fact=fact, needs=("申请编号", *needs))


def _decision(key: str, *needs: str, title: str = "", fact: str = "answered") -> LetterKind:
    """The letter that tells an outcome; title and article are the outcome's.

    Where no article speaks, the outcome names the report's form; that is no ground for a letter.
    """
    ending = OUTCOMES[key]
    article = ending.article if ending.article.startswith(("条例", "《")) else ""
    remedies = Remedies.NONE if key == "withdrawn" else Remedies.OUTCOME
    return LetterKind(
        key,
        title or ending.letter.value,
        article,
        _APPLICANT,
        remedies,
        fact=fact,
        outcome=key,
        needs=(*_CASE, *needs),
    )


def _on_the_way() -> tuple[LetterKind, ...]:
    return (
        LetterKind(
            "receipt",
            "政府信息公开申请登记回执",
            "条例第三十一条",
            _APPLICANT,
            fact="received",
            needs=("申请信息表", "收到日期", "答复期限"),
        ),
        _step(
            "clarification",
            "政府信息公开申请补正告知书",
            "条例第三十条",
            "clarification_notified",
            "补正事项",
            "补正期限",
        ),
        _step(
            "reasons_request",
            "政府信息公开申请说明理由告知书",
            "条例第三十五条",
            "reasons_requested",
            "申请数量频次",
            "说明理由期限",
        ),
        _step(
            "extension",
            "政府信息公开延期答复告知书",
            "条例第三十三条第二款",
            "extended",
            "延长工作日",
            "答复期限",
        ),
        _step(
            "reasonable_term",
            "政府信息公开延迟答复告知书",
            "条例第三十五条",
            "term_set",
            "延迟理由",
            "答复期限",
        ),
        _step(
            "consultation_notice",
            "政府信息公开征求意见情况告知书",
            "条例第三十三条第三款",
            "",
            "征求意见对象",
            "征求意见日期",
        ),
        _step(
            "fee_notice",
            "政府信息公开信息处理费缴费通知书",
            _FEES,
            "fee_notified",
            "收费方式",
            "收费计算表",
            "收费金额",
            "缴纳方式",
            "缴费期限",
        ),
    )


def _to_others() -> tuple[LetterKind, ...]:
    return (
        LetterKind(
            "third_party_consultation",
            "政府信息公开征求第三方意见书",
            "条例第三十二条",
            _THIRD,
            fact="third_party_consulted",
            needs=("征求意见内容",),
            opinion_slip=True,
        ),
        LetterKind(
            "third_party_result",
            "政府信息公开第三方意见处理情况告知书",
            "条例第三十二条",
            _THIRD,
            Remedies.EITHER,
            needs=("第三方意见", "处理情况"),
        ),
        LetterKind(
            "third_party_override",
            "政府信息公开决定告知书（第三方）",
            "条例第三十二条",
            _THIRD,
            Remedies.EITHER,
            fact="third_party_overridden",
            needs=("决定公开的内容", "决定公开的理由"),
        ),
        LetterKind(
            "co_author_consultation",
            "政府信息公开征求意见函",
            "条例第三十四条",
            _OTHER,
            fact="co_author_consulted",
            needs=("征求意见内容",),
            opinion_slip=True,
        ),
        LetterKind(
            "assistance", "政府信息公开协助函", "条例第十一条", _OTHER, needs=("协助事项", "协助期限")
        ),
        LetterKind(
            "transfer", "政府信息公开转送函", "条例第四十一条", _OTHER, needs=("转送事项", "转送理由")
        ),
    )


_DENIALS = (
    "denied_secret",
    "denied_law",
    "denied_safety",
    "denied_third_party",
    "denied_internal",
    "denied_process",
    "denied_case_file",
)


def _decisions() -> tuple[LetterKind, ...]:
    return (
        _decision("granted", "提供方式"),
        _decision("already_public", "获取途径"),
        _decision("partial", "提供方式", "不予公开内容表"),
        *(_decision(key, "理由") for key in _DENIALS),
        _decision("query_regime", "特别规定", "获取途径"),
        _decision("not_exist", "检索情况"),
        _decision("not_our_remit", "理由"),
        _decision("need_create", "理由"),
        _decision("unclear", "补正通知日期", "理由"),
        _decision("reject_petition", "理由"),
        _decision("reject_repeat", "原答复文号", "原答复日期"),
        _decision("reject_publication", "获取途径"),
        _decision("reject_excessive", "说明理由通知日期", "理由"),
        _decision("reject_confirm", "理由"),
        _decision("other", "理由", "处理情况", title="政府信息公开申请处理结果告知书"),
        _decision("lapse_no_correction", "补正通知日期", "补正期限", fact="clarification_lapsed"),
        _decision("lapse_unpaid", "缴费通知日期", "收费金额", fact="fee_lapsed"),
        _decision("withdrawn", "撤回日期", title="政府信息公开申请撤回确认书", fact="withdrawn"),
    )


def _afterwards() -> tuple[LetterKind, ...]:
    article, answer = "条例第四十一条", ("原答复文号", "原答复日期", "理由")
    return (
        LetterKind(
            "record_corrected", "政府信息更正告知书", article, _APPLICANT, needs=("更正申请内容", "更正结果")
        ),
        LetterKind(
            "record_not_corrected",
            "政府信息不予更正告知书",
            article,
            _APPLICANT,
            Remedies.EITHER,
            needs=("更正申请内容", "理由"),
        ),
        LetterKind(
            "record_forwarded",
            "政府信息更正申请转送告知书",
            article,
            _APPLICANT,
            needs=("更正申请内容", "负责机关"),
        ),
        LetterKind(
            "answer_corrected",
            "政府信息公开答复更正告知书",
            "",
            _APPLICANT,
            Remedies.OUTCOME,
            needs=("申请编号", *answer, "更正后内容"),
        ),
        LetterKind(
            "answer_withdrawn",
            "政府信息公开答复撤销告知书",
            "",
            _APPLICANT,
            Remedies.EITHER,
            needs=("申请编号", *answer, "后续处理"),
        ),
        LetterKind(
            "service_receipt", "政府信息公开文书送达回证", "", Recipient.ON_FILE, needs=("送达回证表",)
        ),
    )


KINDS: Mapping[str, LetterKind] = MappingProxyType(
    {one.key: one for one in (*_on_the_way(), *_to_others(), *_decisions(), *_afterwards())}
)
"""All of them, in the order a case meets them."""


def kind_of(key: str) -> LetterKind:
    """The kind of that key. Raises ``ValueError`` naming the keys there are."""
    try:
        return KINDS[key]
    except KeyError:
        raise ValueError(f"没有“{key}”这种文书，可用的是：{'、'.join(KINDS)}") from None


def of_outcome(outcome: str) -> LetterKind:
    """The letter that tells an outcome. Raises ``ValueError`` for an unknown one."""
    return KINDS[outcome_of(outcome).key]
