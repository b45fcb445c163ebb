"""Forms of the report workbench."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.law.report.formats import FORMAT_2019
from gongkai.organisations.models import Body


class OpenReportForm(forms.Form):
    """Which body's report on which year to open."""

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none())
    year = forms.IntegerField(label="年度", min_value=FORMAT_2019.first_year, max_value=2100)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        field.queryset = bodies


class ReasonForm(forms.Form):
    """A reason, for what must be accounted for."""

    reason = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )


class SectionForm(forms.Form):
    """The text of a section with its placeholders."""

    template = forms.CharField(
        label="正文",
        required=False,
        strip=False,
        max_length=40_000,
        widget=forms.Textarea(attrs={"rows": 22}),
    )


class AdjustForm(forms.Form):
    """A figure set by hand and why."""

    value = forms.DecimalField(label="调整为", max_digits=18, decimal_places=4)
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="公布后随年报一并显示",
    )


class ProblemForm(forms.Form):
    """A problem and the measure against it."""

    problem = forms.CharField(label="存在的问题", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    measure = forms.CharField(label="改进措施", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class FollowUpForm(forms.Form):
    """What became of last year's measure."""

    text = forms.CharField(label="落实情况", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    done_on = forms.DateField(
        label="完成日期",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="尚未完成时留空",
    )
