"""The form of a subscription: where to, and how often."""

from __future__ import annotations

from django import forms

from gongkai.portal.engagement.fence import FencedForm
from gongkai.subscriptions.enums import Rhythm


class SubscriptionForm(FencedForm):
    """An address and a rhythm; what it is about stands in the address of the page."""

    address = forms.CharField(
        label="电子邮箱",
        max_length=254,
        help_text="只用来寄送订阅的内容；退订后即删除。",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        error_messages={
            "required": "请填写接收邮件的地址。",
            "max_length": "电子邮箱地址太长，请核对。",
        },
    )
    rhythm = forms.ChoiceField(
        label="多久告知一次",
        choices=Rhythm.choices,
        initial=Rhythm.DAILY.value,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择其中一项。", "invalid_choice": "请选择其中一项。"},
    )
    field_order = ("address", "rhythm", "website", "opened")
