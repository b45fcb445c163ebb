"""Forms of public concern, of the library of questions and of the mailbox."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils import timezone

from gongkai.console.forms.base import BodyForm, MomentInput, RecordForm, Reference, text_area
from gongkai.console.forms.work import unit_field
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.engagement.acts.mailbox import LONGEST, LONGEST_NAME, LONGEST_SUBJECT
from gongkai.engagement.enums import IntakeWay, StepKind
from gongkai.engagement.models import Concern, FaqEntry

BY_HAND = [one for one in IntakeWay.choices if one[0] not in (IntakeWay.ONLINE, IntakeWay.MEETING)]


class ConcernForm(BodyForm):
    """A concern that was found."""

    model = Concern
    of_model = ("topic", "severity", "arose_at", "source", "summary", "unit")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["arose_at"].initial = timezone.localtime
        self.fields["source"].help_text = "例如网站留言、微博、媒体报道"
        self.fields[
            "severity"
        ].help_text = "重大突发事件5小时内发布权威信息、24小时内举行新闻发布会；其他48小时内回应"


class StepForm(RecordForm):
    """The first word, or the briefing."""

    amendable = False

    kind = forms.ChoiceField(label="环节", choices=StepKind.choices[:2])
    at = forms.DateTimeField(label="时间", widget=MomentInput(), initial=timezone.localtime)
    document = Reference(document_named, NO_DOCUMENT, label="发布的文件", help_text=DOCUMENT_HELP)
    note = forms.CharField(label="说明", required=False, max_length=300, widget=text_area(2))


class AnswerForm(RecordForm):
    """The answer to a concern."""

    at = forms.DateTimeField(label="回应时间", widget=MomentInput(), initial=timezone.localtime)
    document = Reference(document_named, NO_DOCUMENT, label="回应文件", help_text=DOCUMENT_HELP)

    ALIASES: ClassVar[dict[str, str]] = {"answered_at": "at"}


class FaqForm(BodyForm):
    """A question with its answer."""

    amendable = False
    model = FaqEntry
    of_model = ("topic", "question", "answer", "keywords", "unit")

    document = Reference(document_named, NO_DOCUMENT, label="依据的文件", help_text=DOCUMENT_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].label = "答复"
        self.fields["answer"].widget = text_area(8)
        self.fields["topic"].help_text = "例如招生入学、学生资助；同一专题的问答排在一起"
        self.fields["keywords"].help_text = "群众可能用的其他说法，用空格分开，供检索"
        self.order_fields(["body", *self.of_model, "document"])


class FaqEditForm(RecordForm):
    """The same, for an entry that is there."""

    amendable = False
    model = FaqEntry
    of_model = ("topic", "question", "answer", "keywords")

    document = Reference(document_named, NO_DOCUMENT, label="依据的文件", help_text=DOCUMENT_HELP)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.of_body, "答复机构")
        self.fields["answer"].label = "答复"
        self.fields["answer"].widget = text_area(8)


class LetterForm(BodyForm):
    """A letter that did not come by the site."""

    amendable = False

    way = forms.ChoiceField(label="途径", choices=BY_HAND)
    received_at = forms.DateTimeField(label="收到时间", widget=MomentInput(), initial=timezone.localtime)
    subject = forms.CharField(label="标题", max_length=LONGEST_SUBJECT)
    text = forms.CharField(label="内容", widget=text_area(6), max_length=LONGEST)
    name = forms.CharField(label="姓名或单位", required=False, max_length=LONGEST_NAME)
    contact = forms.CharField(label="联系方式", required=False, max_length=LONGEST_NAME)


class LetterAnswerForm(RecordForm):
    """The answer to a letter."""

    amendable = False

    answer = forms.CharField(label="答复", widget=text_area(8), max_length=LONGEST)
    is_public = forms.BooleanField(
        label="在网站公开来信和答复",
        required=False,
        help_text="来信人同意公开的，审核签发人员可以公开；不显示姓名",
    )

    def __init__(self, *args: Any, may_publish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_publish:
            del self.fields["is_public"]


class GiveForm(RecordForm):
    """The unit that prepares the answer."""

    amendable = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = unit_field(self.of_body, "承办机构")


class SetAsideForm(RecordForm):
    """Why a letter is not dealt with."""

    amendable = False

    reason = forms.CharField(
        label="理由", max_length=200, widget=text_area(2), help_text="来信人查询时会看到这个理由"
    )
