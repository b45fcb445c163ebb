"""What every form that changes a record has in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.utils import timezone

from gongkai.console.once import fresh_number
from gongkai.organisations.models import Body, Unit

if TYPE_CHECKING:
    from django.db.models import QuerySet

AMENDMENT_LENGTH = 300
TOO_LONG = "最多%(limit_value)d个字，现在有%(show_value)d个，请写短一些。"
NO_DAY = "日期不正确，请写成 2025-03-01 的样子。"


class DayInput(forms.DateInput):
    """A day, picked in the browser's own way."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """A day and an hour, picked in the browser's own way."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


def day_field(
    label: str, *, required: bool = True, help_text: str = "", initial: Any = None
) -> forms.DateField:
    """A day."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=initial,
        widget=DayInput(),
        error_messages={"invalid": NO_DAY},
    )


def text_area(rows: int = 3) -> forms.Textarea:
    """Room for so many lines."""
    return forms.Textarea(attrs={"rows": rows})


def _form_field(field: models.Field[Any, Any], **kwargs: Any) -> Any:
    if isinstance(field, models.DateTimeField):
        kwargs["widget"] = MomentInput()
    elif isinstance(field, models.DateField):
        kwargs["widget"] = DayInput()
    elif isinstance(field, models.URLField):
        kwargs["assume_scheme"] = "https"
    elif isinstance(field, models.TextField):
        kwargs.setdefault("widget", text_area(4))
    made: Any = field.formfield(**kwargs)
    words = "请选择" if made.required else "不指定"
    if isinstance(made, forms.ModelChoiceField):
        made.empty_label = words
    elif hasattr(made, "choices"):
        made.choices = [("", words) if value == "" else (value, label) for value, label in made.choices]
    return made


class Reference(forms.CharField):
    """Another record of the same body, told by its number; ``find`` looks it up among the body's own."""

    def __init__(self, find: Callable[[Body, str], models.Model | None], missing: str, **kwargs: Any) -> None:
        super().__init__(max_length=120, required=kwargs.pop("required", False), **kwargs)
        self.find, self.missing = find, missing


class RecordForm(forms.Form):
    """Fields taken from a model so that labels and lengths stand in one place, and the two fields all share.

    ``once`` makes a double click harmless. ``amendment`` appears only after an act asked for it.
    """

    model: type[models.Model] | None = None
    of_model: tuple[str, ...] = ()
    amendable = True
    """Whether the act behind it takes the reason for an amendment."""
    ALIASES: ClassVar[dict[str, str]] = {}
    """What an act calls something the form calls otherwise."""

    once = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput, initial=fresh_number)

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.of_body = body
        if self.model is not None:
            taken = fields_for_model(self.model, fields=self.of_model, formfield_callback=_form_field)
            self.fields |= {name: field for name, field in taken.items() if name not in self.fields}
        for field in self.fields.values():
            if isinstance(field, forms.CharField) and field.max_length is not None:
                field.error_messages["max_length"] = TOO_LONG
            elif isinstance(field, forms.DateField):
                field.error_messages["invalid"] = NO_DAY
        if self.is_bound and self.data.get(self.add_prefix("amendment")):
            self.ask_amendment()

    def ask_amendment(self) -> None:
        """Show the field for the reason why records of a published year are changed."""
        if self.amendable and "amendment" not in self.fields:
            self.fields["amendment"] = forms.CharField(
                label="更正理由",
                required=False,
                max_length=AMENDMENT_LENGTH,
                widget=text_area(2),
                help_text="该年度的年报已经公布。填写理由后仍可保存，本次更正将单独记录。",
            )

    def clean(self) -> dict[str, Any]:
        """Turn references into the records they name."""
        data = super().clean() or self.cleaned_data
        body = data["body"] if isinstance(data.get("body"), Body) else self.of_body
        for name, field in self.fields.items():
            if isinstance(field, Reference) and name in data:
                data[name] = self._referred(name, field, body, str(data[name]).strip())
        return data

    def _referred(self, name: str, field: Reference, body: Body | None, text: str) -> models.Model | None:
        if not text or body is None:
            return None
        found = field.find(body, text)
        if found is None:
            self.add_error(name, field.missing.format(text))
        return found

    def arguments(self) -> dict[str, Any]:
        """What was entered, as an act takes it."""
        return {name: value for name, value in self.cleaned_data.items() if name != "once"}


class BodyForm(RecordForm):
    """A form for a record of a body still to be chosen; with a single body there is nothing to choose."""

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none(), empty_label="请选择")

    def __init__(self, *args: Any, bodies: QuerySet[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bodies = bodies
        field = self.fields["body"]
        field.queryset = bodies  # type: ignore[attr-defined]
        found = list(bodies[:2])
        if len(found) == 1:
            field.widget, field.initial = forms.HiddenInput(), found[0].pk
            field.choices = [(found[0].pk, "")]  # type: ignore[attr-defined]
        if "unit" in self.fields:
            self._limit_units()

    def _limit_units(self) -> None:
        several = len(self.bodies[:2]) > 1
        field = self.fields["unit"]
        units = Unit.objects.filter(body__in=self.bodies, is_active=True).select_related("body")
        field.queryset = units  # type: ignore[attr-defined]
        field.label_from_instance = (  # type: ignore[attr-defined]
            lambda unit: f"{unit.name}（{unit.body.display_name}）" if several else unit.name
        )


class ReasonForm(RecordForm):
    """A reason and nothing else."""

    reason = forms.CharField(label="理由", max_length=200, widget=text_area(2))


class PlainReasonForm(ReasonForm):
    """A reason, of records that lock with no year."""

    amendable = False


def today_field(label: str, help_text: str = "") -> forms.DateField:
    """A day that is mostly today."""
    return day_field(label, help_text=help_text, initial=timezone.localdate)
