"""Forms of answers to what applicants ask after the answer: corrections (条例 art. 41), proposals (art. 44)."""

from __future__ import annotations

from django import forms

from gongkai.console.forms.base import RecordForm, text_area
from gongkai.foi.models import InformationCorrection
from gongkai.foi.models.online import CorrectionResult

LONGEST = 2000


class CorrectionAnswerForm(RecordForm):
    """What becomes of a request to correct information about oneself."""

    amendable = False
    model = InformationCorrection

    result = forms.ChoiceField(label="处理", choices=[("", "请选择"), *CorrectionResult.choices])
    answer = forms.CharField(
        label="答复",
        max_length=LONGEST,
        widget=text_area(5),
        help_text="不予更正的写明理由；转送或者告知的写明有权机关及联系方式。申请人在查询页面看到",
    )


class ProposalAnswerForm(RecordForm):
    """Whether information will be public to all."""

    amendable = False

    accepted = forms.TypedChoiceField(
        label="是否采纳",
        choices=[("", "请选择"), ("yes", "采纳，纳入主动公开范围"), ("no", "不采纳")],
        coerce=lambda value: value == "yes",
    )
    answer = forms.CharField(
        label="答复",
        max_length=500,
        widget=text_area(4),
        help_text="写明理由；采纳的写明何时、在何处公开。申请人在查询页面看到",
    )
