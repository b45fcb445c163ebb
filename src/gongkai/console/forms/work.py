"""Forms of the work on cases: assigning, handing back, sub-tasks, remarks, handing over; splitting and merging."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.console.forms.base import RecordForm, day_field, text_area, today_field
from gongkai.foi.acts import Ground, Part
from gongkai.foi.models import Request
from gongkai.foi.reminders import handlers_of
from gongkai.organisations.models import Officer, Unit

if TYPE_CHECKING:
    from gongkai.organisations.models import Body

LEAST, PARTS = 2, 6
"""Matters an application is split into, and those there is room for on the page."""


def unit_field(body: Body | None, label: str) -> forms.ModelChoiceField[Unit]:
    """One of the body's units."""
    units = Unit.objects.filter(body=body, is_active=True)
    return forms.ModelChoiceField(label=label, queryset=units, required=False, empty_label="不指定")


def officer_field(
    body: Body | None, label: str, *, required: bool = False, but: Officer | None = None
) -> forms.ModelChoiceField[Officer]:
    """One of those who handle the body's requests, ``but`` not this one."""
    found = handlers_of(body, timezone.localdate()) if body is not None else ()
    officers = Officer.objects.filter(pk__in=[one.pk for one in found if one != but]).order_by("name")
    return forms.ModelChoiceField(
        label=label,
        queryset=officers,
        required=required,
        empty_label="请选择" if required else "不指定",
    )


class AssignForm(RecordForm):
    """To whom a case is given."""

    amendable = False

    note = forms.CharField(label="交办意见", required=False, max_length=300, widget=text_area(2))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.of_body, "承办机构")
        self.fields["officer"] = officer_field(self.of_body, "承办人")
        self.order_fields(["unit", "officer", "note"])


class TaskForm(RecordForm):
    """A sub-task with its own due day."""

    amendable = False

    title = forms.CharField(label="事项", max_length=200)
    due_on = day_field("要求完成日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.of_body, "协办机构")
        self.fields["officer"] = officer_field(self.of_body, "协办人")


class TaskResultForm(RecordForm):
    """What came of a sub-task."""

    amendable = False

    result = forms.CharField(label="办理情况", max_length=5000, widget=text_area(4))


class RemarkForm(RecordForm):
    """A word to one's colleagues."""

    amendable = False

    text = forms.CharField(
        label="内容", max_length=5000, widget=text_area(4), help_text="仅本机关人员可见，不对申请人公开"
    )


class BackForm(RecordForm):
    """Why a case is given back."""

    amendable = False

    reason = forms.CharField(label="理由", max_length=200, widget=text_area(2))


class HandOverForm(RecordForm):
    """Who leaves, who takes over, why."""

    amendable = False

    to = forms.ModelChoiceField(label="接收人", queryset=Officer.objects.none())
    reason = forms.CharField(label="理由", max_length=200, widget=text_area(2))

    def __init__(self, *args: Any, leaving: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"] = officer_field(self.of_body, "接收人", required=True, but=leaving)


class SplitForm(RecordForm):
    """The matters of an application."""

    reason = forms.CharField(
        label="拆分理由",
        max_length=200,
        widget=text_area(2),
        initial="一份申请中有多项内容，按一事一申请办理",
    )

    ALIASES: ClassVar[dict[str, str]] = {"parts": "part_1"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for at in range(1, PARTS + 1):
            self.fields[f"part_{at}"] = forms.CharField(
                label=f"第{at}项所需信息",
                required=at <= LEAST,
                max_length=200,
            )
        self.order_fields([*(f"part_{at}" for at in range(1, PARTS + 1)), "reason"])

    def arguments(self) -> dict[str, Any]:
        """The matters that were named."""
        data = super().arguments()
        said = [str(data.pop(f"part_{at}")).strip() for at in range(1, PARTS + 1)]
        return {**data, "parts": [Part(subject=one) for one in said if one]}


class MergeForm(RecordForm):
    """Which later application is handled with this one."""

    duplicate = forms.ModelChoiceField(
        label="并入本件的申请",
        queryset=Request.objects.none(),
        empty_label="请选择",
        help_text="同一申请人收到在后的未办结申请",
    )
    reason = forms.CharField(label="合并理由", max_length=200, widget=text_area(2))

    def __init__(self, *args: Any, case: Request, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = Request.objects.filter(body=case.body, closed_on=None, standing="").exclude(pk=case.pk)
        if case.applicant.identity_index:
            others = others.filter(applicant__identity_index=case.applicant.identity_index)
        else:
            others = others.filter(applicant=case.applicant)
        field = self.fields["duplicate"]
        field.queryset = others.order_by("received_on", "pk")  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: f"{one.number}　{one.subject}"  # type: ignore[attr-defined]


class ReopenForm(RecordForm):
    """Why a closed request is answered anew, and from when."""

    ground = forms.ChoiceField(label="依据", choices=Ground.choices)
    received_on = today_field("收到决定、判决的日期，或者自行撤销的日期", "答复期限从次日起重新计算")
    due_on = day_field("决定或者判决指定的答复期限", required=False, help_text="没有指定的留空")
    reason = forms.CharField(
        label="理由", required=False, max_length=200, widget=text_area(2), help_text="自行撤销的，必须填写"
    )
