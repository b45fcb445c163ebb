"""Forms of channels and of where editions appeared."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.utils import timezone

from gongkai.channels.models import Channel, Delivery
from gongkai.console.access import reach
from gongkai.console.forms.base import MomentInput, RecordForm
from gongkai.console.forms.filters import ALL, Narrowing, YearFilter


class DeliveryFilter(Narrowing):
    """By channel and year."""

    body_path = "channel__body"

    channel = filters.ModelChoiceFilter(
        queryset=lambda request: reach(request, Channel), label="发布渠道", empty_label=ALL
    )
    year = YearFilter("delivered_at", "发布年度")


class DeliveryForm(RecordForm):
    """Where and when an edition appeared."""

    model = Delivery
    of_model = ("channel", "address", "issue", "page", "readers")

    delivered_at = forms.DateTimeField(label="发布时间", widget=MomentInput(), initial=timezone.localtime)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].queryset = Channel.objects.filter(body=self.of_body, is_active=True)  # type: ignore[attr-defined]
        self.fields["address"].help_text = "网页的完整网址，报刊可不填"
        self.fields["issue"].help_text = self.fields["page"].help_text = "报刊、公报填写"
        self.order_fields(["channel", "delivered_at"])
