"""Forms of requests: who asks and what, when it was received, what happened, how it ended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.console.forms.base import (
    RecordForm,
    Reference,
    day_field,
    text_area,
    today_field,
)
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.foi.acts.closing import WITHOUT_DECISION
from gongkai.foi.details import NOTES, Note
from gongkai.foi.enums import IntakeChannel, ServiceMethod
from gongkai.foi.models import FeeBasis
from gongkai.law.outcomes import OUTCOMES
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Officer

if TYPE_CHECKING:
    from gongkai.foi.models import CaseFact

EVIDENCE = {
    "signed_on": ("签收日期", "邮寄（需签收）的，以签收之日为收到"),
    "arrived_on": ("到件日期", "平常信函、寄错转来、传真、互联网和电子邮件的到达日期"),
    "confirmed_on": ("与申请人确认日期", "平常信函、传真、互联网和电子邮件的，以双方确认之日为收到"),
    "unreachable_on": ("联系不上申请人日期", "平常信函无法联系申请人时填写"),
    "contact_restored_on": ("恢复联络日期", "此后联系上申请人的日期，以此日为收到"),
}
"""What is on file about the arrival, and for which ways in it counts (条例 art. 31)."""

_PLAIN_MAIL = ("arrived_on", "confirmed_on", "unreachable_on", "contact_restored_on")
_CONFIRMED = ("arrived_on", "confirmed_on")
EVIDENCE_OF: dict[str, tuple[str, ...]] = {
    IntakeChannel.IN_PERSON: (),
    IntakeChannel.ORAL: (),
    IntakeChannel.REGISTERED_MAIL: ("signed_on",),
    IntakeChannel.ORDINARY_MAIL: _PLAIN_MAIL,
    IntakeChannel.MISDIRECTED_MAIL: _PLAIN_MAIL,
    IntakeChannel.FAX: _CONFIRMED,
    IntakeChannel.ONLINE: _CONFIRMED,
    IntakeChannel.EMAIL: _CONFIRMED,
}


def evidence_fields(names: Iterable[str]) -> dict[str, forms.Field]:
    """A day for each piece of evidence."""
    return {name: day_field(EVIDENCE[name][0], required=False, help_text=EVIDENCE[name][1]) for name in names}


class ReceiptForm(RecordForm):
    """The evidence of arrival the channel asks for."""

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= evidence_fields(EVIDENCE_OF[channel])


class ReceiptCorrection(ReceiptForm):
    """The same, with the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"] = forms.CharField(label="更正原因", max_length=200, widget=text_area(2))


def _note_field(note: Note) -> forms.Field:
    common: dict[str, Any] = {"label": note.label, "required": note.required}
    if note.type == "date":
        return day_field(note.label, required=note.required)
    if note.type == "int":
        return forms.IntegerField(min_value=0, max_value=1000, **common)
    if note.type == "bool":
        return forms.TypedChoiceField(
            choices=[("", "未表示"), ("yes", "是"), ("no", "否")],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **common,
        )
    return forms.CharField(max_length=200, **common)


def _given(data: dict[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """Take these notes out of the data; those that say something."""
    found = {key: data.pop(key, None) for key in keys}
    return {key: value for key, value in found.items() if value is not None and value != ""}


NOTE_HELP = {
    "deadline_on": "补正通知书中写明的合理期限",
    "workdays": "不超过20个工作日（条例第三十三条）",
    "told_on": "还没有告知的留空，告知后补充",
    "received_on": "还不知道的留空，知道后补充",
    "late_reason": "在补正期限之后收到、但有正当理由时填写",
}


class FactForm(RecordForm):
    """Something that happened, with what belongs to it."""

    on = today_field("日期")
    document_number = forms.CharField(label="文书编号", required=False, max_length=60)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.notes = NOTES[kind]
        for note in self.notes.values():
            self.fields[note.key] = _note_field(note)
            self.fields[note.key].help_text = NOTE_HELP.get(note.key, "")
        self.order_fields(["on", *self.notes, "document_number"])

    def arguments(self) -> dict[str, Any]:
        """The notes apart from the rest; those without a word keep the law's own."""
        data = super().arguments()
        return {"detail": _given(data, self.notes), **data}


class SupplementForm(RecordForm):
    """What was not yet known when a fact was recorded."""

    def __init__(self, *args: Any, fact: CaseFact, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = [note for note in NOTES[fact.kind].values() if note.key not in fact.detail]
        for note in self.missing:
            self.fields[note.key] = _note_field(note)

    def arguments(self) -> dict[str, Any]:
        """What was given."""
        data = super().arguments()
        return {"detail": _given(data, [note.key for note in self.missing]), **data}


def _outcome_choices() -> list[Any]:
    """The outcomes of a decision, in the order of the report's rows."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for one in OUTCOMES.values():
        if one.key not in WITHOUT_DECISION:
            groups.setdefault(one.family.value, []).append((one.key, one.name))
    return [("", "请选择"), *groups.items()]


class CloseForm(RecordForm):
    """The answer and how it was served."""

    ALIASES: ClassVar[dict[str, str]] = {"on": "served_on"}

    outcome = forms.ChoiceField(label="办理结果", choices=_outcome_choices)
    number = forms.CharField(label="文书编号", max_length=60)
    decided_on = today_field("作出日期")
    served_by = forms.ChoiceField(label="送达方式", choices=ServiceMethod.choices, initial=ServiceMethod.POST)
    served_on = today_field("送达日期", "邮寄的为交邮当日，直接或者委托送达的为签收当日")
    signed_by = forms.ModelChoiceField(
        label="签发人", queryset=Officer.objects.none(), required=False, empty_label="不填"
    )
    document = Reference(
        document_named, NO_DOCUMENT, label="提供的文件", help_text=f"提供已登记的文件时，{DOCUMENT_HELP}"
    )
    wording = forms.CharField(label="答复内容", required=False, widget=text_area(5), max_length=20_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signers = Officer.objects.filter(posts__body=self.of_body, posts__role=Role.APPROVER).distinct()
        self.fields["signed_by"].queryset = signers  # type: ignore[attr-defined]


class DecisionCorrection(CloseForm):
    """A decision put right."""

    reissued = forms.BooleanField(
        label="已重新制发答复文书",
        required=False,
        help_text="勾选：原文书有误、另发新文书，办结日期不变。不勾选：文书无误、只是登记有误",
    )
    reason = forms.CharField(label="更正原因", max_length=200, widget=text_area(2))


class EndingForm(RecordForm):
    """The day on which a case ended without a decision."""

    on = today_field("日期")


class FeeForm(RecordForm):
    """A notice of the processing fee; the amount is the law's."""

    basis = forms.ChoiceField(label="计收方式", choices=FeeBasis.choices)
    quantity = forms.IntegerField(label="件数或页数", min_value=1, max_value=1_000_000)
    already = forms.IntegerField(
        label="本月已计件数",
        min_value=0,
        max_value=100_000,
        required=False,
        help_text="按件计收时，同一申请人本自然月此前的件数",
    )
    notified_on = today_field("通知日期")
    received_by_applicant_on = day_field(
        "申请人收到日期", required=False, help_text="还不知道的留空，知道后在办理事实中补充"
    )
    document_number = forms.CharField(label="文书编号", required=False, max_length=60)

    ALIASES: ClassVar[dict[str, str]] = {"on": "notified_on"}

    def clean_already(self) -> int:
        """None before is zero before."""
        return self.cleaned_data["already"] or 0


class PaymentForm(RecordForm):
    """The fee was paid."""

    paid_on = today_field("缴纳日期")
    paid_yuan = forms.DecimalField(label="实收金额（元）", max_digits=18, decimal_places=2, min_value=0)

    ALIASES: ClassVar[dict[str, str]] = {"on": "paid_on"}


def first_of_month(day: dt.date | None) -> dt.date:
    """The month a fee by item is counted in."""
    return (day or timezone.localdate()).replace(day=1)
