"""Forms of the letter templates an administrator keeps."""

from __future__ import annotations

from django import forms

from gongkai.console.forms.base import RecordForm, text_area

REASON_LENGTH = 200


def _reason() -> forms.CharField:
    return forms.CharField(
        label="修改说明",
        required=False,
        max_length=REASON_LENGTH,
        help_text="为什么修改，例如“按2024年统一的文书格式调整”；写入修改记录",
    )


class TemplateForm(RecordForm):
    """The text letters of a kind start from; ``seen`` stands for the text it was opened with."""

    amendable = False

    text = forms.CharField(
        label="正文模板",
        error_messages={"required": "模板没有文字（请填写，或者恢复原来的文字）"},
        max_length=100_000,
        widget=text_area(22),
        help_text="每行一段；以“一、”“（一）”开头的短行是小标题；“{{…}}”由案卷中的数据替换，表格和图码须独占一行",
    )
    reason = _reason()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)


class RestoreForm(RecordForm):
    """Give the own text up."""

    amendable = False

    reason = _reason()
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
