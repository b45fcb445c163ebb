"""Forms of opinions and letters, made from what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.engagement.acts import Words
from gongkai.engagement.acts.comments import LONGEST, LONGEST_NAME
from gongkai.engagement.acts.mailbox import LONGEST_SUBJECT
from gongkai.engagement.enums import Naming, QuestionKind
from gongkai.portal.engagement.fence import FencedForm

if TYPE_CHECKING:
    from gongkai.engagement.models import Consultation, Question


def _words(
    label: str, longest: int, *, help_text: str = "", rows: int = 6, missing: str = ""
) -> forms.CharField:
    return _line(
        label, longest, help_text=help_text, missing=missing, widget=forms.Textarea(attrs={"rows": rows})
    )


def _line(label: str, longest: int = LONGEST_NAME, *, missing: str = "", **more: Any) -> forms.CharField:
    """A text; ``missing`` is said when it has to be filled in and is not."""
    return forms.CharField(
        label=label,
        required=bool(missing),
        max_length=longest,
        error_messages={"max_length": f"最多{longest}个字，请写短一些。", "required": missing},
        **more,
    )


class OpinionForm(FencedForm):
    """An opinion on what a consultation asks."""

    def __init__(self, *args: Any, consultation: Consultation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(consultation.questions.all())
        for question in self.questions:
            self.fields[f"question_{question.pk}"] = _question_field(question)
        alone = "" if self.questions else "请写下您的意见。"
        about = "请针对征求意见的内容提出，最多5000字。"
        self.fields["text"] = _words("您的意见", LONGEST, help_text=about, missing=alone)
        if consultation.naming != Naming.ANONYMOUS:
            named = consultation.naming == Naming.NAMED
            missing = "本次征集须署名，请填写姓名或单位名称。" if named else ""
            self.fields["name"] = _line("姓名或单位", help_text="不对外公开。", missing=missing)
            self.fields["contact"] = _line("联系方式", help_text="电话或者邮箱，只用于向您核实。")

    def words(self) -> Words:
        """What was said, as the act takes it."""
        data = self.cleaned_data
        answers: dict[int, str | tuple[str, ...]] = {}
        for question in self.questions:
            given = data.get(f"question_{question.pk}", "")
            answers[question.pk] = tuple(given) if isinstance(given, list) else given
        return Words(
            text=data.get("text", ""),
            answers=answers,
            name=data.get("name", ""),
            contact=data.get("contact", ""),
        )


def _question_field(question: Question) -> forms.Field:
    label, required = question.text, question.is_required
    missing = "请回答这个问题。" if required else ""
    if question.kind == QuestionKind.TEXT:
        return _words(label, LONGEST, rows=3, missing=missing)
    choices = [(one, one) for one in question.choices]
    told = {"required": missing}
    if question.kind == QuestionKind.ONE:
        return forms.ChoiceField(
            label=label, choices=choices, required=required, widget=forms.RadioSelect, error_messages=told
        )
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        required=required,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选多项。",
        error_messages=told,
    )


class LetterForm(FencedForm):
    """A letter to the office."""

    subject = _line("标题", LONGEST_SUBJECT, help_text="用一句话写明要说的事。", missing="请写明要说的事。")
    text = _words(
        "内容",
        LONGEST,
        help_text="最多5000字。请不要写身份证号、银行卡号等个人信息。",
        rows=8,
        missing="请写下您的意见或问题。",
    )
    name = _line("姓名或单位", help_text="不对外公开。")
    contact = _line("联系方式", help_text="需要我们联系您的，请留电话或者邮箱。")
    may_publish = forms.BooleanField(
        label="同意在网站公开来信和答复", required=False, help_text="公开时不显示姓名和联系方式。"
    )

    field_order = ("subject", "text", "name", "contact", "may_publish")


class TrackForm(forms.Form):
    """Number and code of a letter."""

    use_required_attribute = False

    number = forms.CharField(label="编号", max_length=40, error_messages={"required": "请填写编号。"})
    code = forms.CharField(
        label="查询码",
        max_length=20,
        error_messages={"required": "请填写查询码。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
