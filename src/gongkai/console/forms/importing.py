"""Forms of imports: the source with what it does not say itself, and the start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings

from gongkai.console.forms.base import AMENDMENT_LENGTH, BodyForm, RecordForm, text_area
from gongkai.disclosure.enums import DocumentKind
from gongkai.disclosure.importing.enums import OnChange
from gongkai.disclosure.importing.headings import FIELDS, LABELS, plain

if TYPE_CHECKING:
    from gongkai.disclosure.models import ImportJob

MEBIBYTE = 1024 * 1024


def limit_told() -> str:
    """The size an upload may have, in words."""
    return f"不超过{settings.GONGKAI_UPLOAD_LIMIT // MEBIBYTE}MB"


class ImportForm(BodyForm):
    """A table with its files, or the address of a feed."""

    amendable = False

    file = forms.FileField(label="表格", required=False)
    archive = forms.FileField(
        label="附件压缩包", required=False, help_text="ZIP；表格“附件”一栏写其中的文件名，几个用分号隔开"
    )
    address = forms.URLField(
        label="或者：其他网站的订阅网址",
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text="RSS、Atom 或 JSON Feed；会沿翻页链接读完",
    )
    origin = forms.CharField(
        label="来源系统",
        required=False,
        max_length=80,
        help_text="旧网站的简称，同一系统每次写得一样，用来识别重复；表格没有信息编号的可不填",
    )
    default_kind = forms.ChoiceField(
        label="没有写明类别的，作为", required=False, choices=[("", "必须写明"), *DocumentKind.choices]
    )
    on_change = forms.ChoiceField(
        label="以前导入过、内容有变的", choices=OnChange.choices, initial=OnChange.REPORT
    )
    mapping = forms.CharField(
        label="栏目对应",
        required=False,
        widget=text_area(3),
        help_text="表头与通常的叫法不同时填写，每行一个，例如：信息标题文字=标题",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[
            "file"
        ].help_text = f"XLSX 或 CSV（UTF-8、GB18030），{limit_told()}；更大的请管理员用命令行导入"

    def clean_mapping(self) -> dict[str, str]:
        """Lines of heading=field; the field by our heading or its code."""
        codes = {plain(label): name for name, label in LABELS.items()} | {name: name for name in FIELDS}
        found = {}
        for line in str(self.cleaned_data["mapping"]).splitlines():
            if not line.strip():
                continue
            heading, _, meant = line.replace("＝", "=").rpartition("=")
            code = codes.get(plain(meant)) or codes.get(meant.strip())
            if not heading.strip() or code is None:
                known = "、".join(LABELS.values())
                message = f"看不懂“{line.strip()[:60]}”，请写成“表头=字段”，字段可用：{known}"
                raise forms.ValidationError(message)
            found[heading.strip()] = code
        return found


class StartImportForm(RecordForm):
    """The go-ahead: wrong rows left out or not, and the reason where a published year is touched."""

    skip_wrong = forms.BooleanField(label="跳过有错误的行，导入其余", required=False)

    def __init__(self, *args: Any, job: ImportJob, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not job.wrong or job.skip_wrong:
            del self.fields["skip_wrong"]
        if job.amendment:
            self.ask_amendment()
            self.fields["amendment"].initial = job.amendment[:AMENDMENT_LENGTH]
