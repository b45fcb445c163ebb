"""Forms of the ledgers."""

from __future__ import annotations

import calendar
import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from gongkai.console.forms.base import BodyForm, ReasonForm, RecordForm, text_area, today_field
from gongkai.console.forms.filters import FIRST_YEAR, LAST_YEAR
from gongkai.ledgers.imports import ZIP_MAGIC
from gongkai.ledgers.models import FeeReceipt, Matter, MatterKind, Procurement, Supervision, Tally, Training
from gongkai.organisations.models import Body
from gongkai.reports.reading.archive import open_archive
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet


COUNTED_KINDS = [one for one in MatterKind.choices if one[0] != MatterKind.FEE]
PERIODS = (
    ("year", "全年"),
    *((f"q{number}", f"第{name}季度") for number, name in enumerate("一二三四", start=1)),
    *((f"m{number}", f"{number}月") for number in range(1, 13)),
)
FILE_LIMIT = 5 * 1024 * 1024  # bytes; 20 000 rows, the most that are read, have about one


def period_of(year: int, period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day of ``year``, ``q1`` … ``q4``, ``m1`` … ``m12``."""
    if period == "year":
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    number = int(period[1:])
    first, last = (3 * number - 2, 3 * number) if period[0] == "q" else (number, number)
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


class MatterForm(BodyForm):
    """A matter put on the list of powers."""

    model = Matter
    of_model = ("kind", "name", "code", "unit", "since")


class CancelMatterForm(RecordForm):
    """A matter taken off the list."""

    until = today_field("取消日期")
    reason = forms.CharField(
        label="取消依据", required=False, max_length=300, widget=text_area(2), help_text="如文件名称及文号"
    )


class FeeReceiptForm(RecordForm):
    """Fees received in a period."""

    model = FeeReceipt
    of_model = ("matter", "first_day", "last_day", "amount_yuan", "source")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["matter"]
        several = len(bodies[:2]) > 1
        fees = Matter.objects.filter(body__in=bodies, kind=MatterKind.FEE).select_related("body")
        field.queryset = fees  # type: ignore[attr-defined]
        field.label_from_instance = (  # type: ignore[attr-defined]
            lambda matter: f"{matter.name}（{matter.body.display_name}）" if several else matter.name
        )
        self.fields["amount_yuan"].help_text = "单位：元，可带两位小数；年报中折算为万元"


class ProcurementForm(BodyForm):
    """A project of centralised procurement."""

    model = Procurement
    of_model = ("name", "concluded_on", "amount_yuan", "supplier")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["amount_yuan"].help_text = "单位：元，可带两位小数；年报中折算为万元"


class TrainingForm(BodyForm):
    """A training on disclosure work."""

    model = Training
    of_model = ("title", "held_on", "attendees", "organiser")


class SupervisionForm(BodyForm):
    """An assessment, an appraisal or a case of accountability."""

    model = Supervision
    of_model = ("kind", "title", "held_on", "people", "result")


class _Correction(ReasonForm):
    """An entry put right, with the reason."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "更正原因"
        self.order_fields([*self.of_model, "reason"])


class TallyCorrection(_Correction):
    """A count."""

    model = Tally
    of_model = ("count", "source")


class FeeReceiptCorrection(_Correction):
    """An amount received."""

    model = FeeReceipt
    of_model = ("amount_yuan", "source")


class ProcurementCorrection(_Correction):
    """A purchase."""

    model = Procurement
    of_model = ("name", "concluded_on", "amount_yuan", "supplier")


class TrainingCorrection(_Correction):
    """A training."""

    model = Training
    of_model = ("title", "held_on", "attendees", "organiser")


class SupervisionCorrection(_Correction):
    """An assessment, an appraisal or a case of accountability."""

    model = Supervision
    of_model = ("kind", "title", "held_on", "people", "result")


class SheetChoice(forms.Form):
    """Which sheet of counts to fill in: whose, of which kind, for which period."""

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label="类别", choices=COUNTED_KINDS)
    year = forms.IntegerField(label="年度", min_value=FIRST_YEAR, max_value=LAST_YEAR)
    period = forms.ChoiceField(label="期间", choices=PERIODS)

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.queryset = bodies  # type: ignore[attr-defined]
        if len(bodies[:2]) == 1:
            field.widget, field.initial = forms.HiddenInput(), bodies[0].pk
            field.choices = [(bodies[0].pk, "")]  # type: ignore[attr-defined]

    @staticmethod
    def usual(bodies: QuerySet[Body]) -> dict[str, Any]:
        """The sheet most probably wanted: last month's permits."""
        month = timezone.localdate().replace(day=1) - dt.timedelta(days=1)
        return {
            "body": bodies[0].pk,
            "kind": MatterKind.LICENCE,
            "year": month.year,
            "period": f"m{month.month}",
        }


class TallySheet(RecordForm):
    """One number per matter; an empty one is not entered, and never zero."""

    source = forms.CharField(
        label="数据来源", required=False, max_length=200, help_text="如“政务服务平台办件统计”"
    )

    def __init__(self, *args: Any, matters: Iterable[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.matters = list(matters)
        for matter in self.matters:
            self.fields[self.name_of(matter)] = forms.IntegerField(
                label=matter.name,
                required=False,
                min_value=0,
                max_value=2_147_483_647,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @staticmethod
    def name_of(matter: Matter) -> str:
        """The field of a matter."""
        return f"count_{matter.pk}"

    def rows(self) -> list[tuple[Matter, Any]]:
        """Each matter with its field, as the sheet shows them."""
        return [(matter, self[self.name_of(matter)]) for matter in self.matters]

    def entered(self) -> list[tuple[Matter, int]]:
        """The matters with a number."""
        found = [(matter, self.cleaned_data.get(self.name_of(matter))) for matter in self.matters]
        return [(matter, number) for matter, number in found if number is not None]

    def clean(self) -> dict[str, Any]:
        """At least one number."""
        data = super().clean()
        if not self.errors and not self.entered():
            self.add_error(None, "没有填写任何数字；没有办件的事项请填0")
        return data


class TallyFileForm(BodyForm):
    """A file of counts."""

    file = forms.FileField(
        label="文件",
        help_text="XLSX或CSV，第一行写明事项名称、期间起、期间止、处理决定数量；可先下载模板填写",
    )
    source = forms.CharField(
        label="数据来源", required=False, max_length=200, help_text="文件中没有“数据来源”一列时使用"
    )

    def clean_file(self) -> Any:
        """No larger than what is read anyway."""
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            message = f"文件超过{FILE_LIMIT // 1024 // 1024}MB，请分批导入"
            raise forms.ValidationError(message)
        self._refuse_bomb(file)
        return file

    @staticmethod
    def _refuse_bomb(file: Any) -> None:
        """A spreadsheet is an archive, and an archive may say it is a thousand times its size."""
        content = file.read()
        file.seek(0)
        if not content.startswith(ZIP_MAGIC):
            return
        try:
            open_archive(content, Limits())
        except ReadingError as error:
            raise forms.ValidationError(str(error)) from error
