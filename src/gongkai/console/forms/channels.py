"""Forms of channels and of where editions appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

import django_filters as filters
from django import forms
from django.db.models import Q
from django.utils import timezone

from gongkai.channels.enums import ChannelKind, DeliveryState, Takes
from gongkai.channels.kinds import configurable
from gongkai.channels.models import Channel, Delivery
from gongkai.console.access import reach
from gongkai.console.forms.base import MomentInput, ReasonForm, RecordForm, text_area
from gongkai.console.forms.filters import ALL, Narrowing, YearFilter, choice
from gongkai.disclosure.enums import DocumentKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.channels.kinds.base import Setting

STATES = [
    ("attention", "需要处理"),
    ("open", "正在进行"),
    ("reached", "已发布"),
    *((state.value, state.label) for state in DeliveryState),
]
GROUPS = {
    "attention": Q(state__in=["failed_permanent", "awaiting_hand", "follow_up_by_hand"]),
    "open": Q(state__in=["queued", "sending", "submitted", "in_draft_box", "failed_retryable", "follow_up"]),
    "reached": Q(delivered_at__isnull=False),
}


class DeliveryFilter(Narrowing):
    """By title, channel, kind, state and year."""

    body_path = "channel__body"

    q = filters.CharFilter(field_name="edition__title", lookup_expr="icontains", label="文件名称")
    channel = filters.ModelChoiceFilter(
        queryset=lambda request: reach(request, Channel), label="发布渠道", empty_label=ALL
    )
    kind = choice("channel__kind", "渠道类别", ChannelKind.choices)
    state = choice("state", "状态", STATES, method="by_state")
    year = YearFilter("delivered_at", "发布年度")

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """One state, or several that belong together."""
        return rows.filter(GROUPS.get(state, Q(state=state)))


class ChannelFilter(Narrowing):
    """By kind and whether it is in use."""

    kind = choice("kind", "渠道类别", ChannelKind.choices)
    state = choice(
        "is_active",
        "状态",
        [("active", "在用"), ("trouble", "暂停或出错"), ("closed", "已停用")],
        method="by_state",
    )

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """In use, in trouble, closed."""
        trouble = Q(paused_at__isnull=False) | ~Q(last_error="")
        wanted = {
            "active": Q(is_active=True),
            "closed": Q(is_active=False),
            "trouble": Q(is_active=True) & trouble,
        }
        return rows.filter(wanted[state])


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


class FinishForm(RecordForm):
    """A person published, changed or withdrew it there."""

    model = Delivery
    of_model = ("address", "issue", "page", "readers")
    ALIASES: ClassVar[dict[str, str]] = {"delivered_at": "on"}

    on = forms.DateTimeField(label="办理时间", widget=MomentInput(), initial=timezone.localtime)
    scan = forms.FileField(label="扫描件", required=False, help_text="刊登页面的PDF或图片，仅供本机关查阅")

    def __init__(self, *args: Any, is_publication: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].help_text = "网页的完整网址，报刊可不填"
        self.fields["issue"].help_text = self.fields["page"].help_text = "报刊、公报填写"
        self.order_fields(["on", "address", "issue", "page", "readers", "scan"])
        if not is_publication:
            for name in ("issue", "page", "readers"):
                del self.fields[name]


class CancelForm(ReasonForm):
    """Why it need not be done."""

    amendable = False


class SendForm(RecordForm):
    """One more channel for an edition that is online."""

    amendable = False

    channel = forms.ModelChoiceField(label="渠道", queryset=Channel.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, edition: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Channel.objects.filter(body=self.of_body, is_active=True).exclude(deliveries__edition=edition)
        self.fields["channel"].queryset = free  # type: ignore[attr-defined]


class ChosenChannelsForm(RecordForm):
    """Where a document goes when it is published."""

    amendable = False

    channels = forms.ModelMultipleChoiceField(
        label="发布渠道", queryset=Channel.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].queryset = Channel.objects.filter(body=self.of_body, is_active=True)  # type: ignore[attr-defined]


class ChannelSettingsForm(RecordForm):
    """How the machine gets in, and which documents go there. A secret is never shown; left blank it stays."""

    amendable = False

    takes = forms.ChoiceField(label="自动发布", choices=Takes.choices)
    default_kinds = forms.MultipleChoiceField(
        label="文件类别",
        choices=DocumentKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="选“所选类别的文件”时有效；目录事项规定了该类渠道的文件也自动发布",
    )

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        kind = configurable(channel)
        self.parts: tuple[Setting, ...] = kind.settings if kind is not None else ()
        kept = set(channel.secrets)
        told = {one.name: channel.settings.get(one.name, one.default) for one in self.parts if not one.secret}
        initial = {"takes": channel.takes, "default_kinds": channel.default_kinds, **told}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.fields |= {one.name: _setting_field(one, is_kept=one.name in kept) for one in self.parts}
        self.order_fields([*(one.name for one in self.parts), "takes", "default_kinds"])

    def arguments(self) -> dict[str, Any]:
        """Settings and secrets apart, as the act takes them."""
        data = self.cleaned_data
        plain = {one.name: data.get(one.name) for one in self.parts if not one.secret}
        secret = {one.name: str(data.get(one.name) or "") for one in self.parts if one.secret}
        return {
            "settings": plain,
            "secrets": secret,
            "takes": data["takes"],
            "default_kinds": data["default_kinds"],
        }


def _setting_field(one: Setting, *, is_kept: bool) -> forms.Field:
    """Required is judged by the act, so that a channel can also be left without an interface."""
    if one.is_flag:
        return forms.BooleanField(label=one.label, help_text=one.help_text, required=False)
    given: dict[str, Any] = {"label": one.label, "help_text": one.help_text, "required": False}
    if one.secret:
        given["widget"] = forms.PasswordInput(render_value=False, attrs={"autocomplete": "new-password"})
        if is_kept:
            given["help_text"] = "已设置；不修改请留空"
    elif one.is_long:
        given["widget"] = text_area(6)
    return forms.CharField(max_length=one.limit, **given)
