"""The public calculator: from the day of receipt and what happened since to the due date, day by day.

A plain GET form on the law's own clock; the address holds dates alone, so that it can be sent to somebody.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.law import facts as law
from gongkai.law.clock import EXTENSION_WORKDAYS, ClockError, ClockResult, compute
from gongkai.law.receipt import Channel, Evidence, Receipt, ReceiptError, received
from gongkai.portal.foi.counting import Counting
from gongkai.portal.foi.fields import DayField

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest, HttpResponse

DECISIVE = {
    Channel.IN_PERSON: ("submitted_on", "提交的日期"),
    Channel.ORAL: ("submitted_on", "口头提出、工作人员代填的日期"),
    Channel.SIGNED_MAIL: ("signed_on", "机关签收的日期"),
    Channel.ORDINARY_MAIL: ("confirmed_on", "机关收到当日与申请人确认的日期"),
    Channel.FAX: ("confirmed_on", "双方确认的日期"),
    Channel.ONLINE: ("confirmed_on", "双方确认的日期"),
    Channel.EMAIL: ("confirmed_on", "双方确认的日期"),
}
"""By channel, the day that counts (条例 art. 31)."""
EARLIEST, LATEST = dt.date(2008, 5, 1), 3  # the first Regulation; so many years ahead of today
LONGEST_WAIT = dt.timedelta(days=3 * 366)


class DeadlineForm(forms.Form):
    """What happened and when. Everything but the day of receipt may be left out."""

    use_required_attribute = False
    channel = forms.ChoiceField(
        label="申请怎样提出",
        choices=[(channel.value, f"{channel.label}：{what}") for channel, (_, what) in DECISIVE.items()],
        widget=forms.RadioSelect(attrs={"class": "choices--down"}),
        error_messages={"required": "请选择申请怎样提出。"},
    )
    day = DayField(
        label="这一天是",
        help_text="填上面所选方式说明的那个日期，写成 2025-03-01 的样子。",
        error_messages={"required": "请填写日期。"},
    )
    clarify = DayField(label="告知补正的日期", required=False)
    clarify_by = DayField(label="要求补正的最后日期", required=False)
    clarified = DayField(label="收到补正的日期", required=False)
    third = DayField(label="向第三方发出征求意见书的日期", required=False)
    third_got = DayField(label="第三方签收的日期", required=False)
    third_back = DayField(label="收到第三方意见的日期", required=False)
    body = DayField(label="向其他机关发出征求意见函的日期", required=False)
    body_got = DayField(label="其他机关签收的日期", required=False)
    body_back = DayField(label="收到其他机关意见的日期", required=False)
    extend = DayField(label="告知申请人延期的日期", required=False)
    extend_days = forms.IntegerField(
        label="延长的工作日数",
        required=False,
        min_value=1,
        max_value=EXTENSION_WORKDAYS,
        help_text=f"最多{EXTENSION_WORKDAYS}个工作日，不填按{EXTENSION_WORKDAYS}个计算。",
        error_messages={
            "invalid": "请填整数。",
            "min_value": "至少1个工作日。",
            "max_value": f"最多只能延长{EXTENSION_WORKDAYS}个工作日（条例第三十三条）。",
        },
    )
    fee = DayField(label="发出收费通知的日期", required=False)
    fee_got = DayField(label="申请人收到收费通知的日期", required=False)
    paid = DayField(label="缴费的日期", required=False)
    answered = DayField(label="答复送达的日期", required=False, help_text="邮寄为交邮之日，当面为签收之日。")

    GROUPS = (
        (
            "补正",
            "内容不明确，机关要求补正的，答复期限自收到补正之日起重新计算。",
            ("clarify", "clarify_by", "clarified"),
        ),
        ("征求第三方意见", "征求意见的时间不计入答复期限。", ("third", "third_got", "third_back")),
        ("征求其他机关意见", "征求意见的时间不计入答复期限。", ("body", "body_got", "body_back")),
        ("延期", "经负责人同意并告知申请人，才发生延长的效果。", ("extend", "extend_days")),
        ("信息处理费", "缴费以后，答复期限重新计算。", ("fee", "fee_got", "paid")),
        ("答复", "填了可以看出是否按期。", ("answered",)),
    )
    NEEDS = {
        "clarify_by": "clarify",
        "clarified": "clarify",
        "third_got": "third",
        "third_back": "third",
        "body_got": "body",
        "body_back": "body",
        "extend_days": "extend",
        "fee_got": "fee",
        "paid": "fee",
    }

    def clean(self) -> dict[str, Any]:
        """Days within reason, none without the one it follows from."""
        data: dict[str, Any] = super().clean() or {}
        for later, earlier in self.NEEDS.items():
            if data.get(later) and not data.get(earlier) and earlier not in self.errors:
                self.add_error(earlier, f"填了“{self.fields[later].label}”，也请填写这一项。")
        if data.get("clarify") and not data.get("clarify_by") and "clarify_by" not in self.errors:
            self.add_error("clarify_by", "请填写告知书要求的补正期限。")
        self._check_range(data)
        return data

    def _check_range(self, data: dict[str, Any]) -> None:
        last = timezone.localdate().year + LATEST
        first = data.get("day")
        for name, day in list(data.items()):
            if not isinstance(day, dt.date):
                continue
            if not EARLIEST <= day <= dt.date(last, 12, 31):
                self.add_error(name, f"请填 {EARLIEST} 至 {last}-12-31 之间的日期。")
            elif first and day - first > LONGEST_WAIT:
                self.add_error(name, "与收到申请的日期相差三年以上，请核对。")

    def groups(self) -> Iterator[dict[str, Any]]:
        """The optional events by subject; one that holds something stands open."""
        for title, about, names in self.GROUPS:
            fields = [self[name] for name in names]
            told = any(field.value() or field.errors for field in fields)
            yield {"title": title, "about": about, "fields": fields, "open": told}


def facts_of(data: dict[str, Any], received_on: dt.date) -> list[law.Fact]:
    """The form's days as the facts the clock takes."""
    made: list[tuple[str, Any]] = [
        ("day", law.Received(received_on)),
        ("clarify", lambda day: law.ClarificationNotified(day, data["clarify_by"])),
        ("clarified", law.ClarificationReceived),
        ("third", lambda day: law.ThirdPartyConsulted(day, received_on=data.get("third_got"))),
        ("third_back", law.ThirdPartyAnswered),
        ("body", lambda day: law.CoAuthorConsulted(day, received_on=data.get("body_got"))),
        ("body_back", law.CoAuthorAnswered),
        (
            "extend",
            lambda day: law.Extended(day, data.get("extend_days") or EXTENSION_WORKDAYS, "负责人", day),
        ),
        ("fee", lambda day: law.FeeNotified(day, data.get("fee_got"))),
        ("paid", law.FeePaid),
        ("answered", law.Answered),
    ]
    return [make(data[name]) if callable(make) else make for name, make in made if data.get(name)]


def receipt_of(data: dict[str, Any]) -> Receipt:
    """The day of receipt with its reason. Raises ReceiptError."""
    channel = Channel(data["channel"])
    name, _ = DECISIVE[channel]
    days = {name: data["day"]}
    if channel is Channel.ORDINARY_MAIL:
        days["arrived_on"] = data["day"]
    return received(Evidence(channel, **days))


def reckoned(data: dict[str, Any], today: dt.date) -> tuple[Receipt, ClockResult]:
    """The count as it stands today, or on the last day entered. Raises ClockError, ReceiptError."""
    receipt = receipt_of(data)
    facts = facts_of(data, receipt.received_on or data["day"])
    as_of = max([today, *(fact.on for fact in facts)])
    return receipt, compute(facts, current_calendar(), as_of)


@require_safe
def deadline(request: HttpRequest) -> HttpResponse:
    """The form, and with a day in the address the answer."""
    form = DeadlineForm(request.GET if "day" in request.GET else None)
    counting: Counting | None = None
    receipt: Receipt | None = None
    if form.is_bound and form.is_valid():
        try:
            receipt, result = reckoned(form.cleaned_data, timezone.localdate())
            counting = Counting(result)
        except (ClockError, ReceiptError) as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "counting": counting,
        "receipt": receipt,
        "crumbs": [("首页", "/"), ("期限计算", "")],
    }
    status = 200 if not form.errors else 422
    return render(request, "portal/foi/deadline.html", context, status=status)
