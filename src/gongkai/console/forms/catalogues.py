"""Forms of catalogues: taking a table over, changing an item, determining what a term means."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone

from gongkai.catalogue.models import Catalogue, Field, KeyArea
from gongkai.catalogue.queries import row_of
from gongkai.catalogue.tables.opening import FILE_LIMIT
from gongkai.catalogue.tables.rows import (
    ASPECTS,
    CHANNELS,
    COUNTY,
    LABELS,
    LIMITS,
    ON_REQUEST,
    PROACTIVE,
    TOWNSHIP,
    Row,
    audience,
    audience_parts,
)
from gongkai.console.forms.base import (
    BodyForm,
    ReasonForm,
    RecordForm,
    text_area,
    today_field,
)
from gongkai.law.duty_terms import Duty, Rhythm, Span

if TYPE_CHECKING:
    from gongkai.catalogue.models import Item


class AdoptForm(BodyForm):
    """An official catalogue taken over."""

    amendable = False

    catalogue = forms.ModelChoiceField(
        label="标准目录",
        queryset=Catalogue.objects.filter(body=None, retired_on__isnull=True),
        empty_label="请选择",
    )
    adopted_on = today_field("发布日期")


class KeyAreaForm(BodyForm):
    """A column of key-area information."""

    amendable = False
    model = KeyArea
    of_model = ("name",)


class KeyAreaNameForm(RecordForm):
    """Another name for a column."""

    amendable = False
    model = KeyArea
    of_model = ("name",)


class KeyAreaCloseForm(RecordForm):
    """Why a column is used no longer."""

    amendable = False

    reason = forms.CharField(label="停用理由", max_length=200, widget=text_area(2))


class TableForm(BodyForm):
    """A table for a catalogue of the body, or for a new one."""

    amendable = False

    catalogue = forms.ModelChoiceField(
        label="导入到", queryset=Catalogue.objects.none(), required=False, empty_label="新建目录"
    )
    field = forms.ModelChoiceField(
        label="领域",
        queryset=Field.objects.all(),
        required=False,
        empty_label="请选择",
        help_text="新建目录时选择",
    )
    title = forms.CharField(
        label="目录名称",
        max_length=200,
        required=False,
        help_text="新建目录时填写；不填则用表格上方的标题",
    )
    file = forms.FileField(
        label="表格文件",
        help_text=f"XLSX，不超过{FILE_LIMIT // 1024 // 1024}MB；表头按官方标准目录的式样，可有合并单元格、■□和√",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Catalogue.objects.filter(body__in=self.bodies, retired_on__isnull=True).select_related("body")
        self.fields["catalogue"].queryset = own  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The catalogue is the body's, and a new one has a field."""
        data = super().clean()
        catalogue, body = data.get("catalogue"), data.get("body")
        if catalogue is None and data.get("field") is None:
            self.add_error("field", "新建目录须选择领域")
        if catalogue is not None:
            data["field"] = catalogue.field
            if body is not None and catalogue.body_id != body.pk:
                self.add_error("catalogue", f"《{catalogue.title}》不是{body.display_name}的目录")
        return data

    def clean_file(self) -> Any:
        """No larger than what is read anyway."""
        file = self.cleaned_data["file"]
        if file.size > FILE_LIMIT:
            message = f"文件超过{FILE_LIMIT // 1024 // 1024}MB，请删去图片和多余的工作表后重试"
            raise forms.ValidationError(message)
        return file


class StandardTableForm(RecordForm):
    """A new table for a standard catalogue."""

    amendable = False
    file = TableForm.base_fields["file"]


class ConfirmForm(RecordForm):
    """Take a previewed table over."""

    amendable = False

    adopted_on = today_field("发布日期", "确认后形成目录的新一版，以此日期发布")
    note = forms.CharField(label="本版说明", required=False, max_length=300, widget=text_area(2))


class RetireCatalogueForm(ReasonForm):
    """Stop using a catalogue."""

    amendable = False
    on = today_field("停用日期")


class NotApplicableForm(RecordForm):
    """Why an item does not occur in this body."""

    amendable = False
    reason = forms.CharField(
        label="未涉及说明",
        max_length=300,
        widget=text_area(2),
        help_text="例如：本镇无民办学校。说明随目录一并公开，该事项不再列入应公开。",
    )


def _several(label: str, options: tuple[str, ...], *, required: bool = True) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        choices=[(one, one) for one in options],
        widget=forms.CheckboxSelectMultiple,
    )


class ItemForm(RecordForm):
    """The cells of an item, as the table has them."""

    amendable = False

    level1 = forms.CharField(label=LABELS["level1"], max_length=LIMITS["level1"])
    level2 = forms.CharField(label=LABELS["level2"], max_length=LIMITS["level2"])
    content = forms.CharField(label=LABELS["content"], max_length=LIMITS["content"], widget=text_area(4))
    basis = forms.CharField(
        label=LABELS["basis"], max_length=LIMITS["basis"], required=False, widget=text_area(3)
    )
    time_limit = forms.CharField(
        label=LABELS["time_limit"],
        max_length=LIMITS["time_limit"],
        help_text="例如：信息形成或者变更之日起20个工作日内；每年3月底前；每季度公开；实时公开",
    )
    publisher = forms.CharField(label=LABELS["publisher"], max_length=LIMITS["publisher"])
    channels = _several(LABELS["channels"], CHANNELS, required=False)
    other_channels = forms.CharField(
        label="其他渠道的名称", required=False, max_length=200, help_text="多个用顿号分开"
    )
    everybody = forms.BooleanField(label="公开对象：全社会", required=False)
    group = forms.CharField(
        label="公开对象：特定群体", required=False, max_length=80, help_text="例如：在校学生家长"
    )
    method = _several(LABELS["method"], (PROACTIVE, ON_REQUEST))
    level = _several(LABELS["level"], (COUNTY, TOWNSHIP))
    aspects = _several(LABELS["aspects"], ASPECTS, required=False)
    unit = forms.ChoiceField(label=LABELS["unit"], required=False)

    def __init__(self, *args: Any, item: Item | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = (
            self.of_body.units.filter(is_active=True).values_list("name", flat=True) if self.of_body else []
        )
        names = dict.fromkeys([*units, *([item.unit.name] if item and item.unit else [])])
        self.fields["unit"].choices = [("", "不指定"), *((one, one) for one in names)]  # type: ignore[attr-defined]
        if item is not None:
            self.fields["level1"].disabled = True

    @staticmethod
    def started_with(row: Row) -> dict[str, Any]:
        """What stands in the form at first."""
        everybody, group = audience_parts(row.audience)
        return {
            **{name: getattr(row, name) for name in LABELS if name not in {"channels", "audience"}},
            "channels": [one for one in row.channels if one in CHANNELS],
            "other_channels": "、".join(one for one in row.channels if one not in CHANNELS),
            "everybody": everybody,
            "group": "未写明" if group == "" else group or "",
            "method": row.method.split("、"),
            "level": row.level.split("、"),
            "aspects": list(row.aspects),
        }

    @classmethod
    def of(cls, item: Item) -> dict[str, Any]:
        """An item's own cells."""
        return cls.started_with(row_of(item))

    def row(self) -> Row:
        """The cells as a line of the table."""
        data = self.cleaned_data
        others = data["other_channels"].replace("，", "、").split("、")
        group = data["group"].strip() or None
        return Row(
            level1=data["level1"],
            level2=data["level2"],
            content=data["content"],
            basis=data["basis"],
            time_limit=data["time_limit"],
            publisher=data["publisher"],
            channels=(*data["channels"], *filter(None, (one.strip() for one in others))),
            audience=audience(everybody=data["everybody"], group="" if group == "未写明" else group),
            method="、".join(data["method"]),
            level="、".join(data["level"]),
            aspects=tuple(data["aspects"]),
            unit=data["unit"],
        )


class DutyForm(RecordForm):
    """What the term of an item means."""

    amendable = False

    rhythm = forms.ChoiceField(
        label="公开义务", choices=[(one.value, one.label) for one in Rhythm if one is not Rhythm.UNKNOWN]
    )
    term = forms.IntegerField(
        label="期限", required=False, min_value=0, max_value=400, help_text="形成变更之日起，或者周期结束后"
    )
    span = forms.ChoiceField(label="期限单位", choices=[(one.value, one.label) for one in Span])
    month = forms.IntegerField(label="每年的截止月", required=False, min_value=1, max_value=12)
    day = forms.IntegerField(label="每年的截止日", required=False, min_value=1, max_value=31)
    stale_days = forms.IntegerField(
        label="更新间隔上限（日）",
        required=False,
        min_value=1,
        max_value=400,
        help_text="超过这么多日没有更新即为长期未更新；动态要闻类14日，通知公告、政策文件类180日",
    )
    reason = forms.CharField(label="核定理由", max_length=200, widget=text_area(2))

    def duty(self) -> Duty:
        """The duty that was entered."""
        data = self.cleaned_data
        return Duty(
            Rhythm(data["rhythm"]),
            data["term"],
            Span(data["span"]),
            data["month"],
            data["day"],
            data["stale_days"],
        )

    def clean(self) -> dict[str, Any]:
        """What cannot be kept is told at once."""
        data = super().clean()
        if not self.errors:
            for problem in self.duty().problems():
                self.add_error(None, problem)
        return data

    @staticmethod
    def of(item: Item) -> dict[str, Any]:
        """The duty as it stands."""
        duty = item.duty
        rhythm = Rhythm.ON_EVENT if duty.rhythm is Rhythm.UNKNOWN else duty.rhythm
        return {
            "rhythm": rhythm.value,
            "term": duty.term,
            "span": duty.span.value,
            "month": duty.month,
            "day": duty.day,
            "stale_days": duty.stale_days,
        }


class YearChoice(forms.Form):
    """A year."""

    year = forms.IntegerField(
        label="年度", min_value=2008, max_value=2100, initial=lambda: timezone.localdate().year
    )
