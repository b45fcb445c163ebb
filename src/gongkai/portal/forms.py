"""Forms of the public site."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongkai.law.report.figures import Level
from gongkai.reports.reading.limits import DEFAULT_LIMITS, MEBIBYTE

ACCEPTED = ".html,.htm,.docx,.pdf,.txt,.xlsx,.json"
LEVELS = (
    ("", "按报告标题判断"),
    (Level.GOVERNMENT.value, "县级以上人民政府"),
    (Level.DEPARTMENT.value, "政府部门"),
    (Level.TOWNSHIP.value, "乡镇、街道"),
)


def file_limit() -> int:
    """How large one file may be, in bytes: what the installation takes and the reader reads."""
    return min(settings.GONGKAI_UPLOAD_LIMIT, DEFAULT_LIMITS.file_bytes)


class CheckForm(forms.Form):
    """One report, or two of following years, to be checked. What kind of body it is decides deadline and contents."""

    report = forms.FileField(
        label="要体检的年报",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        error_messages={"required": "请选择要体检的年报文件。"},
    )
    previous = forms.FileField(
        label="上一年度的年报",
        required=False,
        allow_empty_file=True,
        help_text="一并上传的，还会核对两年之间的结转、现行有效件数和雷同情况。",
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    level = forms.ChoiceField(
        label="报告机关",
        required=False,
        choices=LEVELS,
        widget=forms.RadioSelect,
        help_text="政府年报应于3月31日前公布，部门年报应于1月31日前公布，内容要求也不同。",
    )

    def clean_report(self) -> UploadedFile:
        """Not larger than the limit."""
        return _within_limit(self.cleaned_data["report"])

    def clean_previous(self) -> UploadedFile | None:
        """Not larger than the limit."""
        file = self.cleaned_data["previous"]
        return _within_limit(file) if file else None


def _within_limit(file: UploadedFile) -> UploadedFile:
    if (file.size or 0) > file_limit():
        message = f"文件超过 {file_limit() // MEBIBYTE} MB。请只保留年度报告本身，压缩其中的图片后再试。"
        raise forms.ValidationError(message, code="too_large")
    return file
