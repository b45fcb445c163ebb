"""The form in which a year's State Council arrangement is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.calendars.acts import FIRST_YEAR, LAST_YEAR, NOTICE_LENGTH
from gongkai.console.forms.base import RecordForm
from gongkai.law.arrangements import ArrangementError, YearArrangement, parse_arrangement

if TYPE_CHECKING:
    from datetime import date

EXAMPLE = "元旦 1.1-1.3\n春节 2.10-2.17 | 2.4 2.18"


class ArrangementForm(RecordForm):
    """One holiday a line: its name, the days off, and after a bar the days worked in return."""

    amendable = False

    year = forms.IntegerField(label="年份", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    notice = forms.CharField(
        label="通知名称及文号",
        max_length=NOTICE_LENGTH,
        help_text="如“国务院办公厅关于2027年部分节假日安排的通知（国办发明电〔2026〕×号）”",
    )
    text = forms.CharField(
        label="放假安排",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 9, "spellcheck": "false"}),
        help_text="每行一个节日：名称、空格、放假起止日；有调休的，在竖线后写上班日。"
        "例如“春节 2.10-2.17 | 2.4 2.18”；上一年的日期写明年份，如“元旦 2026.12.31-1.2”。",
    )

    def clean(self) -> dict[str, Any]:
        """Read the text; every line that cannot be read, and everything that cannot be right, is told at it."""
        data = super().clean()
        if {"year", "notice", "text"} <= set(data):
            try:
                arrangement = parse_arrangement(data["year"], (data["notice"],), data["text"])
            except ArrangementError as error:
                self._tell(list(error.problems))
                return data
            self._tell(arrangement.problems())
            data["arrangement"] = arrangement
        return data

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            self.add_error("text", problem)

    def lines(self) -> dict[str, Any]:
        """What was entered, as the act takes it."""
        arrangement: YearArrangement = self.cleaned_data["arrangement"]
        return {
            "year": arrangement.year,
            "notice": self.cleaned_data["notice"],
            "holidays": [
                {"name": one.name, "first": one.first.isoformat(), "last": one.last.isoformat()}
                for one in arrangement.holidays
            ],
            "workdays": [
                {"day": day.isoformat(), "name": one.name}
                for one in arrangement.holidays
                for day in one.makeup
            ],
        }


def as_text(arrangement: YearArrangement) -> str:
    """An arrangement the way it is entered; the reverse of ``parse_arrangement``."""

    def day(one: date) -> str:
        year = "" if one.year == arrangement.year else f"{one.year}."
        return f"{year}{one.month}.{one.day}"

    lines = []
    for holiday in arrangement.holidays:
        span = (
            day(holiday.first)
            if holiday.first == holiday.last
            else f"{day(holiday.first)}-{day(holiday.last)}"
        )
        worked = f" | {' '.join(day(one) for one in holiday.makeup)}" if holiday.makeup else ""
        lines.append(f"{holiday.name} {span}{worked}")
    return "\n".join(lines)
