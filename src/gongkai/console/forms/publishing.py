"""Forms of the way to publication: the text, its files, the reviews, leaving and returning, plans, a body's rules."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from gongkai.console.forms.base import MomentInput, ReasonForm, RecordForm, Reference, day_field, text_area
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.disclosure.enums import (
    AttachmentRole,
    Attribute,
    DocumentKind,
    InterpretationForm,
    LeavingWay,
    Opinion,
    Receiver,
    ReviewStep,
    WordKind,
)
from gongkai.disclosure.procedure import rules_of
from gongkai.organisations.models import Body

if TYPE_CHECKING:
    from gongkai.disclosure.models import Edition

TEXT_LIMIT = 500_000  # characters of a text; the longest laws have a tenth


class WordsField(forms.CharField):
    """Several words in one line, parted by commas, semicolons, the Chinese enumeration comma or line breaks."""

    def to_python(self, value: Any) -> Any:
        """As a list without blanks and repetitions."""
        text = super().to_python(value) or ""
        parts = (part.strip() for part in re.split(r"[,，;；、\n\r]+", text))
        return list(dict.fromkeys(part for part in parts if part))

    def prepare_value(self, value: Any) -> Any:
        """As one line."""
        return "、".join(value) if isinstance(value, list) else value


class LinesField(forms.CharField):
    """A list, one entry per line."""

    widget = text_area(8)

    def to_python(self, value: Any) -> Any:
        """As a list without blank lines."""
        text = super().to_python(value) or ""
        return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))

    def prepare_value(self, value: Any) -> Any:
        """As lines."""
        return "\n".join(value) if isinstance(value, list) else value


class TextForm(RecordForm):
    """Title and text of an edition; ``seen`` tells what the page showed, so that nobody writes over another."""

    amendable = False

    title = forms.CharField(label="标题", max_length=300)
    text = forms.CharField(
        label="正文",
        required=False,
        max_length=TEXT_LIMIT,
        strip=False,
        widget=text_area(22),
        help_text="纯文本（每行一段）或HTML，可直接粘贴；表格用 table、tr、td 书写，图片须有 alt 替代文字",
    )
    reason = forms.CharField(label="变更理由", required=False, max_length=300)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean_seen(self) -> dt.datetime | None:
        """The moment the page was made from; what is not one is passed over."""
        try:
            return dt.datetime.fromisoformat(str(self.cleaned_data["seen"]))
        except ValueError:
            return None


class GuideForm(RecordForm):
    """What a body adds to a section of its guide; ``seen`` is the row the page was made from."""

    amendable = False

    text = forms.CharField(
        label="补充内容",
        required=False,
        max_length=TEXT_LIMIT,
        strip=False,
        widget=text_area(12),
        help_text="纯文本（每行一段）或HTML；留空为不再补充",
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)


class FileForm(RecordForm):
    """A file for an edition."""

    amendable = False

    role = forms.ChoiceField(label="用途", choices=AttachmentRole.choices)
    file = forms.FileField(label="文件", help_text="PDF、DOCX、XLSX、图片或者 TXT；文件属性将自动清除")
    alternative = forms.CharField(
        label="替代文字", required=False, max_length=300, help_text="正文图片必填：用一句话说明图片内容"
    )


class ReplaceForm(RecordForm):
    """Another file under the same address."""

    amendable = False

    file = forms.FileField(label="新文件", help_text="网址不变，公开后替换原文件")


class DescribeForm(RecordForm):
    """What a file is called and shows."""

    amendable = False

    name = forms.CharField(label="文件名", max_length=120)
    alternative = forms.CharField(label="替代文字", required=False, max_length=300)


class PassForm(ReasonForm):
    """Why a finding is no reason against publication."""

    amendable = False


class ReviewForm(RecordForm):
    """An opinion on the step whose turn it is."""

    amendable = False

    step = forms.ChoiceField(choices=ReviewStep.choices, widget=forms.HiddenInput)
    opinion = forms.ChoiceField(
        label="意见",
        choices=[(Opinion.PASSED.value, "同意"), (Opinion.RETURNED.value, "退回修改")],
        widget=forms.RadioSelect,
    )
    basis = forms.CharField(
        label="审查依据",
        required=False,
        max_length=300,
        help_text="保密审查必填，如：保守国家秘密法第十六条、本机关定密事项一览表",
    )
    ready_made = forms.ChoiceField(label="退回理由", required=False)
    remark = forms.CharField(label="说明", required=False, max_length=480, widget=text_area(3))
    override = forms.CharField(
        label="例外理由",
        required=False,
        max_length=200,
        help_text="本应由他人办理而确无他人时填写；将列入待复核清单，由第二人复核",
    )

    def __init__(self, *args: Any, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reasons = rules_of(edition.document.body).return_reasons
        choices = [("", "不选"), *((one, one) for one in reasons)]
        self.fields["ready_made"].choices = choices  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        """A ready-made reason and the free text are one remark."""
        data = super().arguments()
        ready = data.pop("ready_made")
        if data["opinion"] == Opinion.RETURNED and ready:
            data["remark"] = "；".join(filter(None, (ready, data["remark"])))
        return data


class RecheckForm(RecordForm):
    """What the public page looks like."""

    amendable = False

    opinion = forms.ChoiceField(
        label="核查结果",
        choices=[(Opinion.PASSED.value, "页面、附件、链接均正常"), (Opinion.RETURNED.value, "发现问题")],
        widget=forms.RadioSelect,
    )
    remark = forms.CharField(label="说明", required=False, max_length=500, widget=text_area(2))


class ConfirmForm(RecordForm):
    """A second person stands by an exception."""

    amendable = False

    remark = forms.CharField(label="说明", required=False, max_length=200)


class ScheduleForm(RecordForm):
    """When the clock publishes it."""

    amendable = False

    publish_at = forms.DateTimeField(
        label="定时发布时间",
        required=False,
        widget=MomentInput(),
        help_text="到时自动发布；留空为取消定时",
    )


class LeaveForm(RecordForm):
    """How and why a document leaves the site or its lists."""

    amendable = False

    way = forms.ChoiceField(
        label="方式",
        choices=[(way.value, way.label) for way in LeavingWay if way != LeavingWay.ENDED],
        help_text="误发和依法撤下后页面只说明原因；归档后仍可凭网址查阅，不再列入目录和检索",
    )
    reason = forms.CharField(label="理由", max_length=300, widget=text_area(2), help_text="将向公众说明")
    basis = forms.CharField(
        label="依据", required=False, max_length=300, help_text="依法撤下必填：法律条款或者决定文号"
    )
    into = Reference(document_named, NO_DOCUMENT, label="并入的文件", help_text=DOCUMENT_HELP)


class ReturnForm(RecordForm):
    """Why it comes back."""

    reason = forms.CharField(label="理由", max_length=200, widget=text_area(2))


class AttributeForm(RecordForm):
    """Whether information is public, and why not."""

    amendable = False

    attribute = forms.ChoiceField(label="公开属性", choices=Attribute.choices)
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=300,
        widget=text_area(2),
        help_text="依申请公开、不予公开的，写明理由和条例条款",
    )

    ALIASES: ClassVar[dict[str, str]] = {"attribute_reason": "reason"}


class PlanForm(RecordForm):
    """The plan of an interpretation, or why there is none."""

    amendable = False

    is_needed = forms.TypedChoiceField(
        label="是否解读",
        choices=[("yes", "需要解读"), ("no", "不解读")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="不解读的理由", required=False, max_length=300)
    responsible = forms.CharField(label="负责人", required=False, max_length=60)
    planned_on = day_field("计划发布日期", required=False)
    ways = forms.MultipleChoiceField(
        label="解读形式",
        required=False,
        choices=InterpretationForm.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    ALIASES: ClassVar[dict[str, str]] = {"forms": "ways"}
    field_order = ("is_needed", "reason", "ways", "responsible", "planned_on")

    def arguments(self) -> dict[str, Any]:
        """As the act calls them."""
        data = super().arguments()
        return {**{name: value for name, value in data.items() if name != "ways"}, "forms": data["ways"]}


class DropForm(RecordForm):
    """A Word file or PDF that becomes a document."""

    amendable = False

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none(), empty_label="请选择")
    file = forms.FileField(label="文件", help_text="DOCX 或者有文字层的 PDF")

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.queryset = bodies  # type: ignore[attr-defined]
        found = list(bodies[:2])
        if len(found) == 1:
            field.widget, field.initial = forms.HiddenInput(), found[0].pk


class HandOverForm(RecordForm):
    """To whom."""

    amendable = False

    body = forms.ModelChoiceField(label="机关", queryset=Body.objects.none(), empty_label="请选择")
    receiver = forms.ChoiceField(label="移交对象", choices=Receiver.choices)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body"]
        field.queryset = bodies  # type: ignore[attr-defined]
        found = list(bodies[:2])
        if len(found) == 1:
            field.widget, field.initial = forms.HiddenInput(), found[0].pk


class RulesForm(RecordForm):
    """What a body settles for its publishing."""

    amendable = False

    legal_kinds = forms.MultipleChoiceField(
        label="须合法性审核的类别",
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="规章和行政规范性文件必须审核",
    )
    interpretation_kinds = forms.MultipleChoiceField(
        label="签发前须提出解读方案的类别",
        required=False,
        choices=DocumentKind.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    interpretation_workdays = forms.IntegerField(
        label="解读期限（工作日）", min_value=0, max_value=3, help_text="最迟3个工作日；0为与文件同日"
    )
    reassessment_months = forms.IntegerField(label="不予公开信息的评估间隔（月）", min_value=1, max_value=120)
    return_reasons = LinesField(label="常用退回理由", required=False, help_text="每行一条")


class WordForm(RecordForm):
    """A word to watch for."""

    amendable = False

    word = forms.CharField(label="词语", max_length=40)
    kind = forms.ChoiceField(label="类别", choices=WordKind.choices)
    suggestion = forms.CharField(label="建议改为", required=False, max_length=80)
