"""Every way a request can end: its article, its wording, its letter, its row in the report, its remedy.

Each outcome has exactly one row in each report format; the row keys are those of the report's table three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Literal

REVIEW_FIRST_FROM = date(2024, 1, 1)  # 行政复议法 (2023 revision) art. 23
REVIEW_DAYS = 60  # 行政复议法 art. 20, calendar days from knowing
LITIGATION_MONTHS = 6  # 行政诉讼法 art. 46, suing directly
LITIGATION_DAYS_AFTER_REVIEW = 15  # 行政诉讼法 art. 45

ReportFormat = Literal["2019", "2021"]


class Letter(StrEnum):
    """The kinds of letters a case sends; the value is the Chinese title."""

    DISCLOSURE = "政府信息公开告知书"
    PARTIAL_DISCLOSURE = "政府信息部分公开告知书"
    DENIAL = "不予公开政府信息决定书"
    NOT_HELD = "政府信息不存在告知书"
    OTHER_BODY = "非本机关政府信息告知书"
    UNABLE = "政府信息无法提供告知书"
    NOT_PROCESSED = "政府信息公开申请不予处理告知书"
    DISCONTINUED = "政府信息公开申请不再处理告知书"
    CLARIFICATION = "政府信息公开申请补正告知书"
    EXTENSION = "政府信息公开延期答复告知书"
    THIRD_PARTY = "政府信息公开征求第三方意见书"
    CO_AUTHOR = "政府信息公开征求意见函"
    FEE = "政府信息公开信息处理费缴费通知书"
    REASONS = "政府信息公开申请说明理由告知书"
    REASONABLE_TERM = "政府信息公开延迟答复告知书"


class Family(StrEnum):
    """The heads of table three: what kind of ending it is."""

    GRANTED = "予以公开"
    PARTIAL = "部分公开"
    DENIED = "不予公开"
    UNABLE = "无法提供"
    NOT_PROCESSED = "不予处理"
    OTHER = "其他处理"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One ending. `wording` is a sentence for the letter; `rows` its report row by format."""

    key: str
    name: str
    family: Family
    article: str
    wording: str
    letter: Letter
    row_2019: str
    row_2021: str

    def row(self, form: ReportFormat) -> str:
        """The key of its one row in table three of that format."""
        return self.row_2019 if form == "2019" else self.row_2021


def _same(
    key: str, name: str, family: Family, article: str, wording: str, letter: Letter, row: str
) -> Outcome:
    return Outcome(key, name, family, article, wording, letter, row, row)


def _cited(article: str) -> str:
    """How the letter names the ground; only what the Regulation itself says is called by its full title."""
    clause = article.removeprefix("条例")
    return "据此" if clause == article else f"根据《中华人民共和国政府信息公开条例》{clause}的规定"


def _denied(key: str, name: str, article: str, reason: str, row: str) -> Outcome:
    wording = f"经审查，您申请公开的信息{reason}。{_cited(article)}，本机关决定不予公开。"
    return _same(key, name, Family.DENIED, article, wording, Letter.DENIAL, row)


def _rejected(key: str, name: str, article: str, reason: str, row: str) -> Outcome:
    wording = f"经审查，您提交的申请{reason}。{_cited(article)}，本机关不予处理。"
    return _same(key, name, Family.NOT_PROCESSED, article, wording, Letter.NOT_PROCESSED, row)


def _other(key: str, name: str, article: str, wording: str, row_2021: str) -> Outcome:
    return Outcome(key, name, Family.OTHER, article, wording, Letter.DISCONTINUED, "other_total", row_2021)


_ALL = (
    _same(
        "already_public",
        "已主动公开",
        Family.GRANTED,
        "条例第三十六条第（一）项",
        "经审查，您申请公开的信息已经主动公开，现将获取该信息的方式、途径告知如下。",
        Letter.DISCLOSURE,
        "granted",
    ),
    _same(
        "granted",
        "予以公开",
        Family.GRANTED,
        "条例第三十六条第（二）项",
        "经审查，您申请公开的信息可以公开，现予提供（或者将获取该信息的方式、途径和时间告知如下）。",
        Letter.DISCLOSURE,
        "granted",
    ),
    _same(
        "partial",
        "部分公开",
        Family.PARTIAL,
        "条例第三十七条",
        "经审查，您申请公开的信息中含有不应当公开的内容，但能够作区分处理，现提供可以公开的内容，并对不予公开的内容说明理由如下。",
        Letter.PARTIAL_DISCLOSURE,
        "partial",
    ),
    _denied("denied_secret", "属于国家秘密", "条例第十四条", "依法确定为国家秘密", "denied_1_secret"),
    _denied(
        "denied_law",
        "其他法律行政法规禁止公开",
        "条例第十四条",
        "属于法律、行政法规禁止公开的信息",
        "denied_2_law",
    ),
    _denied(
        "denied_safety",
        "危及“三安全一稳定”",
        "条例第十四条",
        "公开后可能危及国家安全、公共安全、经济安全、社会稳定",
        "denied_3_safety",
    ),
    _denied(
        "denied_third_party",
        "保护第三方合法权益",
        "条例第十五条、第三十二条",
        "涉及商业秘密、个人隐私等，公开会对第三方合法权益造成损害",
        "denied_4_third_party",
    ),
    _denied(
        "denied_internal",
        "属于三类内部事务信息",
        "条例第十六条第一款",
        "属于行政机关人事管理、后勤管理、内部工作流程等内部事务信息",
        "denied_5_internal",
    ),
    _denied(
        "denied_process",
        "属于四类过程性信息",
        "条例第十六条第二款",
        "属于行政机关在履行行政管理职能过程中形成的讨论记录、过程稿、磋商信函、请示报告等过程性信息",
        "denied_6_process",
    ),
    _denied(
        "denied_case_file",
        "属于行政执法案卷",
        "条例第十六条第二款",
        "属于行政执法案卷信息",
        "denied_7_case_file",
    ),
    _same(
        "query_regime",
        "属于行政查询事项",
        Family.DENIED,
        "条例第三十六条第（七）项",
        "经审查，您申请公开的信息属于工商、不动产登记资料等信息，有关法律、行政法规对该信息的获取有特别规定，请依照有关法律、行政法规的规定办理。",
        Letter.DENIAL,
        "denied_8_query",
    ),
    _same(
        "not_exist",
        "信息不存在",
        Family.UNABLE,
        "条例第三十六条第（四）项",
        "经检索，本机关没有您申请公开的信息，该信息不存在。",
        Letter.NOT_HELD,
        "unable_1_not_held",
    ),
    _same(
        "not_our_remit",
        "不属于本机关负责公开",
        Family.UNABLE,
        "条例第三十六条第（五）项",
        "经审查，您申请公开的信息不属于本机关负责公开，理由如下；能够确定负责公开该信息的行政机关的，将其名称、联系方式一并告知。",
        Letter.OTHER_BODY,
        "unable_1_not_held",
    ),
    _same(
        "need_create",
        "没有现成信息需要另行制作",
        Family.UNABLE,
        "条例第三十八条",
        "经审查，您申请公开的信息没有现成信息，需要本机关对现有政府信息进行加工、分析，本机关不予提供。",
        Letter.UNABLE,
        "unable_2_need_create",
    ),
    _same(
        "unclear",
        "补正后申请内容仍不明确",
        Family.UNABLE,
        "条例第三十条",
        "经审查，您的申请经补正后内容仍不明确，本机关无法提供。",
        Letter.UNABLE,
        "unable_3_unclear",
    ),
    _rejected(
        "reject_petition",
        "信访举报投诉类申请",
        "条例第三十九条第一款",
        "系以政府信息公开申请的形式进行信访、投诉、举报等活动，请通过相应渠道提出",
        "reject_1_petition",
    ),
    _rejected(
        "reject_repeat",
        "重复申请",
        "条例第三十六条第（六）项",
        "与此前已经答复的申请内容相同，属于重复申请",
        "reject_2_repeat",
    ),
    _rejected(
        "reject_publication",
        "要求提供公开出版物",
        "条例第三十九条第二款",
        "系要求提供政府公报、报刊、书籍等公开出版物，请按告知的途径获取",
        "reject_3_publication",
    ),
    _rejected(
        "reject_excessive",
        "无正当理由大量反复申请",
        "条例第三十五条",
        "数量、频次明显超过合理范围，经说明理由，本机关认为理由不合理",
        "reject_4_excessive",
    ),
    _rejected(
        # No article names this one; the row exists in both forms (常识)
        "reject_confirm",
        "要求行政机关确认或重新出具已获取信息",
        "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
        "系要求本机关确认或者重新出具已经获取的信息",
        "reject_5_confirm",
    ),
    _other(
        "lapse_no_correction",
        "无正当理由逾期不补正",
        "条例第三十条",
        "您无正当理由逾期不补正，视为放弃申请，本机关不再处理该政府信息公开申请。",
        "other_1_no_correction",
    ),
    _other(
        "lapse_unpaid",
        "逾期未按收费通知要求缴纳费用",
        "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
        "您未在规定期限内按收费通知要求缴纳信息处理费，视为放弃申请，本机关不再处理该政府信息公开申请。",
        "other_2_unpaid",
    ),
    _other(
        # 常识: real reports count withdrawals here (宿迁: “含申请人主动撤回申请”)
        "withdrawn",
        "申请人撤回申请",
        "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
        "您已撤回政府信息公开申请，本机关终止办理。",
        "other_3_other",
    ),
    _other(
        "other",
        "其他特殊情况",
        "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
        "经审查，您的申请属于其他特殊情况，处理结果和理由如下。",
        "other_3_other",
    ),
)

OUTCOMES: Mapping[str, Outcome] = MappingProxyType({one.key: one for one in _ALL})


def outcome(key: str) -> Outcome:
    """The outcome of that key. Raises ValueError naming the keys there are."""
    try:
        return OUTCOMES[key]
    except KeyError:
        raise ValueError(f"没有“{key}”这种处理结果，可用的是：{'、'.join(OUTCOMES)}") from None


class ReviewPolicy(StrEnum):
    """What local practice takes 不予公开 in 行政复议法 art. 23 to cover; no national ruling was found.

    Partial disclosure is always covered, for the part denied (常识).
    """

    DENIAL_ONLY = "denial_only"
    DENIAL_AND_UNABLE = "denial_and_unable"
    ALL_UNFAVOURABLE = "all_unfavourable"

    @property
    def families(self) -> frozenset[Family]:
        """The endings against which review comes first."""
        return _REVIEWED[self]


_REVIEWED = {
    ReviewPolicy.DENIAL_ONLY: frozenset({Family.DENIED, Family.PARTIAL}),
    ReviewPolicy.DENIAL_AND_UNABLE: frozenset({Family.DENIED, Family.PARTIAL, Family.UNABLE}),
    ReviewPolicy.ALL_UNFAVOURABLE: frozenset(set(Family) - {Family.GRANTED}),
}


def review_first(ending: Outcome, on: date, policy: ReviewPolicy = ReviewPolicy.DENIAL_ONLY) -> bool:
    """Whether the applicant must ask for review before suing (行政复议法 art. 23(1)(4)), decided on `on`."""
    return on >= REVIEW_FIRST_FROM and ending.family in policy.families


def review_first_for_silence(on: date) -> bool:
    """Not answering at all is not performing a statutory duty: review first too (art. 23(1)(3))."""
    return on >= REVIEW_FIRST_FROM


def remedy(
    ending: Outcome,
    on: date,
    reviewer: str,
    policy: ReviewPolicy = ReviewPolicy.DENIAL_ONLY,
    *,
    court: str = "人民法院",
) -> str:
    """The sentence on remedies the letter must carry (art. 23(2)): where, how soon, and in which order.

    `reviewer` and `court` are names in Chinese. The court's terms are 常识 (行政诉讼法 arts. 45, 46).
    """
    if review_first(ending, on, policy):
        return (
            f"如对本决定不服，应当自收到之日起{REVIEW_DAYS}日内先向{reviewer}申请行政复议；"
            f"对行政复议决定不服的，可以自收到行政复议决定书之日起{LITIGATION_DAYS_AFTER_REVIEW}日内"
            f"向{court}提起行政诉讼。"
        )
    return (
        f"如对本答复不服，可以自收到之日起{REVIEW_DAYS}日内向{reviewer}申请行政复议，"
        f"或者在{LITIGATION_MONTHS}个月内向{court}提起行政诉讼。"
    )
