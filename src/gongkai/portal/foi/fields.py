"""Fields and cleaning that the forms of 依申请公开 share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from gongkai.foi.identity import plain

DAY_FORMATS = ["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]


class DayField(forms.DateField):
    """A day, however Chinese hands write it; the browser's own picker where there is one."""

    def __init__(self, **options: Any) -> None:
        errors = {"invalid": "日期不正确，请写成 2025-03-01 的样子。"} | options.pop("error_messages", {})
        super().__init__(
            input_formats=DAY_FORMATS,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            error_messages=errors,
            **options,
        )

    def to_python(self, value: Any) -> dt.date | None:
        """Full-width digits and stray spaces do no harm."""
        return super().to_python(plain(value) if isinstance(value, str) else value)


def tidy(text: str) -> str:
    """One line: ends removed, every run of white space one space."""
    return " ".join(text.split())
