"""Forms of consultations and public concern."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.console.forms.base import BodyForm, MomentInput, RecordForm, Reference, text_area, today_field
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.engagement.models import Concern, Consultation


class ConsultationForm(BodyForm):
    """The public is asked."""

    model = Consultation
    of_model = ("title", "text", "opens_on", "closes_on")

    document = Reference(document_named, NO_DOCUMENT, label="征求意见稿", help_text=DOCUMENT_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["body", *self.of_model, "document"])


class FeedbackForm(RecordForm):
    """What was received and adopted, and why."""

    amendable = False

    received = forms.IntegerField(label="收到意见数", min_value=0)
    adopted = forms.IntegerField(label="采纳意见数", min_value=0)
    feedback = forms.CharField(
        label="采纳情况", widget=text_area(6), max_length=20_000, help_text="说明采纳情况和未采纳的理由"
    )
    on = today_field("公布日期")

    ALIASES: ClassVar[dict[str, str]] = {"feedback_published_on": "on"}


class ConcernForm(BodyForm):
    """A concern that was found."""

    model = Concern
    of_model = ("topic", "severity", "arose_at")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arose_at"].initial = timezone.localtime


class AnswerForm(RecordForm):
    """The answer to a concern."""

    at = forms.DateTimeField(label="回应时间", widget=MomentInput(), initial=timezone.localtime)
    document = Reference(document_named, NO_DOCUMENT, label="回应文件", help_text=DOCUMENT_HELP)

    ALIASES: ClassVar[dict[str, str]] = {"answered_at": "at"}
