"""Forms of reviews and lawsuits."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.console.forms.base import BodyForm, RecordForm, Reference, text_area, today_field
from gongkai.console.references import NO_REQUEST, request_numbered
from gongkai.disputes.models import Dispute, Result

FIELDS = ("route", "number", "organ", "matter", "filed_on", "as_reviewing_organ")
REVIEWING_HELP = "本机关只作为复议机关被列为共同被告的案件，由原行为机关统计，不计入本机关年报"


def _request_field() -> Reference:
    return Reference(
        request_numbered, NO_REQUEST, label="所涉申请", help_text="填写申请编号；不是因申请引起的案件不填"
    )


class DisputeForm(BodyForm):
    """A case that was accepted."""

    model = Dispute
    of_model = FIELDS

    request = _request_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_reviewing_organ"].help_text = REVIEWING_HELP
        self.order_fields(["body", "route", "request", "number", "organ", "matter", "filed_on"])


class ConcludeForm(RecordForm):
    """How a case ended."""

    result = forms.ChoiceField(label="结果", choices=Result.choices)
    concluded_on = today_field("审结日期")


class DisputeCorrection(RecordForm):
    """A case put right."""

    model = Dispute
    of_model = (*FIELDS, "concluded_on", "result")

    request = _request_field()
    reason = forms.CharField(label="更正原因", max_length=300, widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_reviewing_organ"].help_text = REVIEWING_HELP
        self.order_fields(["route", "request", *self.of_model[1:5], "concluded_on", "result"])
