"""On which day a letter to the applicant counts as delivered: 国办公开办函〔2016〕235号.

Direct and entrusted delivery count on the day the applicant signs; mail on the day it is handed to the post.
That day, not the day of drafting, is compared with the due date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_LETTER_235 = "国办公开办函〔2016〕235号"


class DeliveryMethod(StrEnum):
    """How a letter goes out."""

    DIRECT = "direct"
    ENTRUSTED = "entrusted"
    MAIL = "mail"
    ELECTRONIC = "electronic"

    @property
    def label(self) -> str:
        """The Chinese name shown to the clerk."""
        return _LABELS[self]


_LABELS = {
    DeliveryMethod.DIRECT: "直接送达",
    DeliveryMethod.ENTRUSTED: "委托其他行政机关送达",
    DeliveryMethod.MAIL: "邮寄送达",
    DeliveryMethod.ELECTRONIC: "电子方式送达",
}


@dataclass(frozen=True, slots=True)
class Dispatch:
    """What is on file about one letter. `sent_on` is the posting or sending day."""

    method: DeliveryMethod
    sent_on: date | None = None
    signed_on: date | None = None
    by_postal_enterprise: bool = True
    paid_by_recipient: bool = False


@dataclass(frozen=True, slots=True)
class Delivery:
    """The day that counts; None with what is missing or wrong."""

    delivered_on: date | None
    explanation: str
    basis: str
    problems: tuple[str, ...] = ()


def delivered(dispatch: Dispatch) -> Delivery:
    """The day the letter counts as delivered, and everything wrong with the way it was sent."""
    if dispatch.method is DeliveryMethod.MAIL:
        return _mailed(dispatch)
    if dispatch.method is DeliveryMethod.ELECTRONIC:
        return _sent(dispatch)
    day = dispatch.signed_on
    if day is None:
        return Delivery(None, "尚未送达", _LETTER_235, ("缺少申请人（或法定代理人）签收日期",))
    return Delivery(day, f"{dispatch.method.label}，以签收当日{day}为准", _LETTER_235)


def _mailed(dispatch: Dispatch) -> Delivery:
    problems = []
    if not dispatch.by_postal_enterprise:
        problems.append("邮寄送达须通过邮政企业，不得使用不具备资格的快递企业，请改用邮政寄送")
    if dispatch.paid_by_recipient:
        problems.append("邮寄送达不得“到付”，请由本机关付费重新寄送")
    if dispatch.sent_on is None:
        problems.append("缺少交邮日期")
    if problems:
        return Delivery(None, "尚未送达", _LETTER_235, tuple(problems))
    return Delivery(dispatch.sent_on, f"邮寄送达，以交邮当日{dispatch.sent_on}为准", _LETTER_235)


def _sent(dispatch: Dispatch) -> Delivery:
    """常识: the 235号 letter is silent on electronic delivery; art. 40 allows the form, sending counts."""
    basis = "条例第四十条"
    if dispatch.sent_on is None:
        return Delivery(None, "尚未送达", basis, ("缺少发送日期",))
    day = dispatch.sent_on
    return Delivery(day, f"电子方式送达，以发送当日{day}为准", basis)
