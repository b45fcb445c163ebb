"""Forms of consultations: preparing one, its questions and files, the opinions, the result."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.console.forms.base import (
    BodyForm,
    DayInput,
    RecordForm,
    Reference,
    day_field,
    text_area,
    today_field,
)
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.engagement.acts import Words
from gongkai.engagement.acts.comments import LONGEST, LONGEST_NAME
from gongkai.engagement.enums import CommentState, IntakeWay, QuestionKind, Verdict
from gongkai.engagement.models import Comment, Consultation, OpinionGroup

TYPES = "PDF、DOCX、XLSX、图片（PNG、JPG、TIFF、BMP）或者TXT"


class ConsultationForm(BodyForm):
    """The public is asked."""

    model = Consultation
    of_model = (
        "title",
        "text",
        "opens_on",
        "closes_on",
        "short_reason",
        "takes_online",
        "naming",
        "shows_comments",
        "other_ways",
        "feedback_workdays",
    )

    document = Reference(document_named, NO_DOCUMENT, label="征求意见稿", help_text=DOCUMENT_HELP)

    HELP: ClassVar[dict[str, str]] = {
        "text": "公众首先看到的说明，可以粘贴纯文本或HTML",
        "short_reason": "征集期少于30日的，应当说明理由（重大行政决策程序暂行条例第十五条）",
        "takes_online": "勾选后，征集期内公众可以在本网站提交意见，到期自动截止",
        "shows_comments": "只显示内容和日期，不显示姓名",
        "other_ways": "例如通讯地址、电子邮箱、电话",
        "feedback_workdays": "截止之后多少个工作日以内公布，最多20个",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.HELP.items():
            self.fields[name].help_text = words
        self.order_fields(["body", "title", "text", "document", *self.of_model[2:]])


class ClosingForm(RecordForm):
    """Another last day, and why."""

    amendable = False

    closes_on = day_field("截止日期")
    reason = forms.CharField(label="理由", max_length=200, widget=text_area(2))


class QuestionForm(RecordForm):
    """A question, with one choice on each line."""

    amendable = False

    text = forms.CharField(label="问题", max_length=200)
    kind = forms.ChoiceField(label="题型", choices=QuestionKind.choices)
    choices = forms.CharField(
        label="选项", required=False, widget=text_area(5), help_text="单选和多选填写，每行一个选项"
    )
    is_required = forms.BooleanField(label="必答", required=False)

    def arguments(self) -> dict[str, Any]:
        """The choices as a list."""
        data = super().arguments()
        return {**data, "choices": data["choices"].splitlines()}


class ConsultationFileForm(RecordForm):
    """A file that goes with it."""

    amendable = False

    file = forms.FileField(label="文件", help_text=TYPES)

    def arguments(self) -> dict[str, Any]:
        """The file as its name and its bytes."""
        sent = self.cleaned_data["file"]
        return {"name": sent.name, "content": sent.read()}


class CommentForm(RecordForm):
    """An opinion that did not come by the site."""

    amendable = False

    way = forms.ChoiceField(
        label="途径", choices=[one for one in IntakeWay.choices if one[0] != IntakeWay.ONLINE]
    )
    received_on = today_field("收到日期")
    text = forms.CharField(label="意见", widget=text_area(6), max_length=LONGEST)
    name = forms.CharField(label="姓名或单位", required=False, max_length=LONGEST_NAME)
    contact = forms.CharField(label="联系方式", required=False, max_length=LONGEST_NAME)

    def arguments(self) -> dict[str, Any]:
        """What is said, as the act takes it."""
        data = super().arguments()
        said = Words(text=data["text"], name=data["name"], contact=data["contact"])
        return {"way": data["way"], "received_on": data["received_on"], "words": said}


class ModerateForm(RecordForm):
    """Counted or not, and why not."""

    amendable = False

    state = forms.ChoiceField(
        label="处理",
        choices=CommentState.choices[1:],
        widget=forms.RadioSelect,
        initial=CommentState.ACCEPTED,
    )
    reason = forms.CharField(
        label="不计入的理由",
        required=False,
        max_length=200,
        widget=text_area(2),
        help_text="例如：与主题无关、广告、含有他人隐私。有效意见不用填",
    )


class GroupForm(RecordForm):
    """Opinions that say the same, and what became of them."""

    amendable = False
    model = OpinionGroup
    of_model = ("summary", "verdict", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["summary"].widget = text_area(3)
        self.fields["reason"].widget = text_area(3)
        self.fields["reason"].help_text = "部分采纳、未采纳的，应说明理由；采纳的可以说明怎样采纳"
        self.fields["verdict"].choices = Verdict.choices  # type: ignore[attr-defined]
        self.fields["verdict"].widget = forms.RadioSelect(choices=Verdict.choices)


class SortForm(RecordForm):
    """Which opinions, and what to do with them."""

    amendable = False

    ACCEPT = "accept"
    OUT = "out"

    comments = forms.ModelMultipleChoiceField(
        label="意见",
        queryset=Comment.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请先勾选意见"},
    )
    into = forms.ChoiceField(label="对勾选的意见")

    def __init__(self, *args: Any, consultation: Consultation, shown: Any, **kwargs: Any) -> None:
        super().__init__(*args, body=consultation.body, **kwargs)
        self.groups = {str(one.pk): one for one in consultation.groups.all()}
        self.fields["comments"].queryset = shown  # type: ignore[attr-defined]
        self.fields["into"].choices = [  # type: ignore[attr-defined]
            (self.ACCEPT, "计为有效意见"),
            *(
                (key, f"归入：{one.summary[:40]}（{one.get_verdict_display()}）")
                for key, one in self.groups.items()
            ),
            (self.OUT, "移出归类"),
        ]


class FeedbackForm(RecordForm):
    """What was received and adopted, and why. Numbers are asked only where they cannot be counted."""

    amendable = False

    received = forms.IntegerField(label="收到意见数", min_value=0)
    adopted = forms.IntegerField(label="采纳意见数", min_value=0)
    feedback = forms.CharField(
        label="采纳情况", widget=text_area(6), max_length=20_000, help_text="说明采纳情况和未采纳的理由"
    )
    on = forms.DateField(label="公布日期", widget=DayInput())

    ALIASES: ClassVar[dict[str, str]] = {"feedback_published_on": "on"}

    def __init__(self, *args: Any, counted: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if counted:
            del self.fields["received"], self.fields["adopted"]
