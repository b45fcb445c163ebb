"""On which day a request counts as received (art. 31), from dated evidence per channel.

The 207号 letter of 2015 adds: a plain letter without a reachable phone number is registered, and the clock
starts on the day contact is restored. Where that letter and the Regulation of 2019 differ (e-mail), the
Regulation wins from the day it came into force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

REGULATION_REVISED_ON = date(2019, 5, 15)  # 国务院令第711号
_LETTER_207 = "国办公开办函〔2015〕207号"


class ReceiptError(ValueError):
    """Evidence that contradicts itself; the message is Chinese."""


class Channel(StrEnum):
    """How a request came in."""

    IN_PERSON = "in_person"
    ORAL = "oral"
    SIGNED_MAIL = "signed_mail"
    ORDINARY_MAIL = "ordinary_mail"
    MISDIRECTED_MAIL = "misdirected_mail"
    FAX = "fax"
    ONLINE = "online"
    EMAIL = "email"

    @property
    def label(self) -> str:
        """The Chinese name shown to the clerk."""
        return _LABELS[self]


_LABELS = {
    Channel.IN_PERSON: "当面提交",
    Channel.ORAL: "口头提出（工作机构代填）",
    Channel.SIGNED_MAIL: "邮寄（需签收）",
    Channel.ORDINARY_MAIL: "平常信函等无需签收的邮寄",
    Channel.MISDIRECTED_MAIL: "寄错机构后转来的邮件",
    Channel.FAX: "传真",
    Channel.ONLINE: "互联网渠道",
    Channel.EMAIL: "电子邮件",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is on file about the arrival of a request; a date is None until it is known.

    `arrived_on` is when it lay before the office (or in its system); `confirmed_on` when office and applicant
    confirmed it to each other; `unreachable_on` when the office tried and could not reach him.
    """

    channel: Channel
    submitted_on: date | None = None
    signed_on: date | None = None
    arrived_on: date | None = None
    confirmed_on: date | None = None
    unreachable_on: date | None = None
    contact_restored_on: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """The day of receipt with its reason; None with what is missing while the request is not received yet."""

    received_on: date | None
    explanation: str
    article: str
    missing: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


def received(evidence: Evidence) -> Receipt:
    """The day on which the request counts as received. Raises ReceiptError for dates that contradict."""
    _check_order(evidence)
    return _RULES[evidence.channel](evidence)


def _check_order(evidence: Evidence) -> None:
    arrived_on = evidence.arrived_on
    later = (
        ("确认日期", evidence.confirmed_on),
        ("联系不上申请人的日期", evidence.unreachable_on),
        ("恢复联络日期", evidence.contact_restored_on),
    )
    for name, day in later:
        if arrived_on is not None and day is not None and day < arrived_on:
            raise ReceiptError(f"{name}{day}早于到件日期{arrived_on}，请核对")
    unreachable_on, restored_on = evidence.unreachable_on, evidence.contact_restored_on
    if restored_on is not None and (unreachable_on is None or restored_on < unreachable_on):
        raise ReceiptError("登记恢复联络前，须先登记联系不上申请人的日期，且不能晚于恢复联络日期")


def _pending(article: str, *missing: str) -> Receipt:
    return Receipt(None, f"尚不能视为收到：缺少{'、'.join(missing)}", article, missing)


def _in_person(evidence: Evidence) -> Receipt:
    article = "条例第三十一条第（一）项"
    day = evidence.submitted_on
    if day is None:
        return _pending(article, "提交日期")
    return Receipt(day, f"申请人当面提交，以提交之日{day}为收到申请之日", article)


def _oral(evidence: Evidence) -> Receipt:
    """Art. 29: who cannot write may ask orally and the office fills in the form; then as in person."""
    article = "条例第二十九条、第三十一条第（一）项"
    day = evidence.submitted_on
    if day is None:
        return _pending(article, "代填申请的日期")
    return Receipt(day, f"申请人口头提出、工作机构代填，以当日{day}为收到申请之日", article)


def _signed_mail(evidence: Evidence) -> Receipt:
    article = "条例第三十一条第（二）项"
    day = evidence.signed_on
    if day is None:
        return _pending(article, "签收日期")
    return Receipt(day, f"申请以邮寄方式提交，以签收之日{day}为收到申请之日", article)


def _plain_mail(evidence: Evidence) -> Receipt:
    """Art. 31(2): confirmed on the day of arrival; 207号: unreachable, from the day contact is restored."""
    article = f"条例第三十一条第（二）项、{_LETTER_207}"
    arrived_on = evidence.arrived_on
    if arrived_on is None:
        return _pending(article, "到件日期")
    if evidence.unreachable_on is not None and evidence.confirmed_on is None:
        return _restored(evidence, article)
    day = evidence.confirmed_on
    if day is None:
        return _pending(article, "与申请人确认的日期（应于收到当日确认）")
    reason = f"{evidence.channel.label}，{arrived_on}到件，以与申请人确认之日{day}为收到申请之日"
    if day == arrived_on:
        return Receipt(day, reason, article)
    notice = f"应当于收到当日（{arrived_on}）与申请人确认，{day}才确认，请在卷内说明原因"
    return Receipt(day, reason, article, notices=(notice,))


def _restored(evidence: Evidence, article: str) -> Receipt:
    day = evidence.contact_restored_on
    if day is None:
        return _pending(article, "与申请人恢复联络的日期（联系不上时先登记，恢复联络之日起算）")
    reason = f"{evidence.unreachable_on}联系不上申请人，已登记；以恢复联络之日{day}为收到申请之日"
    return Receipt(day, reason, article)


def _confirmed(evidence: Evidence) -> Receipt:
    """Art. 31(3): by the internet or fax, the day both sides confirmed."""
    article = "条例第三十一条第（三）项"
    day = evidence.confirmed_on
    if day is None:
        return _pending(article, "双方确认的日期")
    return Receipt(day, f"申请以{evidence.channel.label}提交，以双方确认之日{day}为收到申请之日", article)


def _email(evidence: Evidence) -> Receipt:
    """Before the Regulation of 2019 the mailbox's own date counted (207号); since then e-mail is internet."""
    arrived_on = evidence.arrived_on
    if arrived_on is not None and arrived_on < REGULATION_REVISED_ON:
        return Receipt(
            arrived_on, f"申请以电子邮件提交，以系统接收之日{arrived_on}为收到申请之日", _LETTER_207
        )
    return _confirmed(evidence)


_RULES: dict[Channel, Callable[[Evidence], Receipt]] = {
    Channel.IN_PERSON: _in_person,
    Channel.ORAL: _oral,
    Channel.SIGNED_MAIL: _signed_mail,
    Channel.ORDINARY_MAIL: _plain_mail,
    Channel.MISDIRECTED_MAIL: _plain_mail,
    Channel.FAX: _confirmed,
    Channel.ONLINE: _confirmed,
    Channel.EMAIL: _email,
}
