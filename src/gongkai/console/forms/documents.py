"""Forms of documents, their editions and where they appeared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms

from gongkai.catalogue.models import Item, KeyArea
from gongkai.console.forms.base import (
    BodyForm,
    ReasonForm,
    RecordForm,
    Reference,
    text_area,
    today_field,
)
from gongkai.console.forms.publishing import WordsField
from gongkai.console.references import DOCUMENT_HELP, NO_DOCUMENT, document_named
from gongkai.disclosure.enums import Ending
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from gongkai.drafting import Picture


TEXT_LIMIT = 500_000  # characters of a text; the longest laws have a tenth


def _grouped_items(bodies: Iterable[Body]) -> list[Any]:
    """Second-level items below their first-level ones, as a list to choose from."""
    groups: dict[str, list[tuple[int, str]]] = {}
    found = Item.objects.current().filter(catalogue__body__in=bodies, parent__isnull=False)
    for item in found.select_related("parent", "catalogue").order_by("catalogue", "parent", "pk"):
        groups.setdefault(f"{item.parent.name}", []).append((item.pk, item.name))  # type: ignore[union-attr]
    return [("", "不归入目录事项"), *groups.items()]


GROUPS = (
    ("文件", ("title", "document_number", "kind", "made_on", "unit", "joint_issuers", "is_lead")),
    ("公开属性", ("attribute", "attribute_reason")),
    ("目录信息", ("genre", "subject", "keywords", "summary", "item", "key_area", "is_institution")),
    ("施行与效力", ("effective_on", "valid_until", "amended_on", "amended_basis")),
    ("政策解读", ("interprets", "interpretation_form")),
    ("正文", ("text", "keep_original", "publish", "override", "amendment")),
)


class DocumentForm(BodyForm):
    """A document with its first text, published at once when asked to."""

    model = Document
    of_model = (
        "title",
        "document_number",
        "kind",
        "made_on",
        "effective_on",
        "valid_until",
        "genre",
        "subject",
        "summary",
        "attribute",
        "attribute_reason",
        "unit",
        "item",
        "key_area",
        "is_institution",
        "is_lead",
        "interpretation_form",
    )
    keywords = WordsField(label="关键词", required=False, help_text="用顿号或逗号分开")
    joint_issuers = WordsField(label="联合发文机关", required=False, help_text="不含本机关，用顿号或逗号分开")

    interprets = Reference(
        document_named,
        NO_DOCUMENT,
        label="解读的文件",
        help_text=f"类别为政策解读时，{DOCUMENT_HELP}",
    )
    text = forms.CharField(
        label="正文",
        required=False,
        max_length=TEXT_LIMIT,
        strip=False,
        widget=text_area(14),
        help_text="可以粘贴纯文本（每行一段）或HTML；不安全的内容会自动去除",
    )
    publish = forms.BooleanField(label="登记后立即发布", required=False, help_text="以当前时间为首次公开时间")

    override = forms.CharField(
        label="例外理由",
        required=False,
        max_length=300,
        widget=text_area(2),
        help_text="由一人直接发布时填写；将列入待复核清单，由第二人复核",
    )

    def __init__(self, *args: Any, may_publish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = Item.objects.filter(catalogue__body__in=self.bodies)  # type: ignore[attr-defined]
        self.fields["item"].choices = _grouped_items(self.bodies)  # type: ignore[attr-defined]
        self.fields["key_area"].queryset = KeyArea.objects.filter(body__in=self.bodies, closed_on=None)  # type: ignore[attr-defined]
        self.fields["key_area"].empty_label = "不归入重点领域"  # type: ignore[attr-defined]
        if not may_publish:
            del self.fields["publish"], self.fields["override"]
        self.fields["is_lead"].initial = True
        self.order_fields(["body", *(name for _, names in GROUPS for name in names)])

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The fields as the page lays them out."""
        return [
            (legend, [self[name] for name in names if name in self.fields])
            for legend, names in GROUPS
            if any(name in self.fields for name in names)
        ]

    def clean(self) -> dict[str, Any]:
        """What is published has a text."""
        data = super().clean()
        if data.get("publish") and not str(data.get("text", "")).strip():
            self.add_error("text", "没有正文，不能发布；请填写正文，或者先不发布")
        return data


class ConfirmDropForm(DocumentForm):
    """The same, filled from a file; the file itself may be kept as the original."""

    keep_original = forms.BooleanField(
        label="同时将原文件作为附件公开", required=False, help_text="文件属性将自动清除"
    )

    def __init__(self, *args: Any, pictures: Sequence[Picture] = (), **kwargs: Any) -> None:
        super().__init__(*args, may_publish=False, **kwargs)
        self.pictures = {f"picture_{place}": one.name for place, one in enumerate(pictures, start=1)}
        for place, one in enumerate(pictures, start=1):
            self.fields[f"picture_{place}"] = forms.CharField(
                label=f"图{place}的替代文字",
                required=False,
                max_length=300,
                initial=one.alternative or "",
                help_text=f"{one.place}：用一句话说明图片内容，供读屏软件朗读；可以稍后补写，送审前必须写明",
            )

    @property
    def groups(self) -> list[tuple[str, list[Any]]]:
        """The pictures before the text they stand in."""
        found = super().groups
        words = [self[name] for name in self.pictures]
        return [*found[:-1], ("图片", words), found[-1]] if words else found

    def alternatives(self) -> dict[str, str]:
        """What was said of each picture, by its name."""
        return {name: str(self.cleaned_data.get(field, "")) for field, name in self.pictures.items()}

    def arguments(self) -> dict[str, Any]:
        """The words of the pictures go another way."""
        return {name: value for name, value in super().arguments().items() if name not in self.pictures}


class MetadataForm(RecordForm):
    """The metadata of the directory guide, corrected."""

    model = Document
    of_model = (
        "document_number",
        "kind",
        "made_on",
        "unit",
        "is_lead",
        "genre",
        "subject",
        "summary",
        "item",
        "key_area",
        "is_institution",
        "effective_on",
        "valid_until",
        "amended_on",
        "amended_basis",
        "interpretation_form",
    )
    keywords = WordsField(label="关键词", required=False, help_text="用顿号或逗号分开")
    joint_issuers = WordsField(label="联合发文机关", required=False, help_text="不含本机关，用顿号或逗号分开")
    interprets = Reference(document_named, NO_DOCUMENT, label="解读的文件", help_text=DOCUMENT_HELP)

    def __init__(self, *args: Any, body: Body, **kwargs: Any) -> None:
        super().__init__(*args, body=body, **kwargs)
        self.fields["unit"].queryset = Unit.objects.filter(body=body)  # type: ignore[attr-defined]
        self.fields["item"].queryset = Item.objects.filter(catalogue__body=body)  # type: ignore[attr-defined]
        self.fields["item"].choices = _grouped_items([body])  # type: ignore[attr-defined]
        self.fields["key_area"].queryset = KeyArea.objects.filter(body=body)  # type: ignore[attr-defined]
        self.order_fields([name for _, names in GROUPS for name in names])

    groups = DocumentForm.groups

    def arguments(self) -> dict[str, Any]:
        """As the act takes them: the values, and the reason for an amendment beside them."""
        data = super().arguments()
        amendment = data.pop("amendment", "")
        return {"values": data, "amendment": amendment}


class EditionForm(RecordForm):
    """The next text of a document."""

    amendable = False

    title = forms.CharField(label="标题", max_length=300)
    text = forms.CharField(
        label="正文", max_length=TEXT_LIMIT, strip=False, widget=text_area(18), help_text="纯文本或HTML"
    )
    reason = forms.CharField(label="变更理由", required=False, max_length=300)


class EndForm(RecordForm):
    """How and when a document ceased to be in force."""

    how = forms.ChoiceField(label="终止方式", choices=Ending.choices)
    on = today_field("日期")
    basis = forms.CharField(label="依据", required=False, max_length=300, help_text="如废止决定的名称及文号")

    ALIASES: ClassVar[dict[str, str]] = {"ended_how": "how", "ended_on": "on"}


class PublishForm(RecordForm):
    """What is not signed is published only as an exception, with its reason."""

    override = forms.CharField(
        label="例外理由",
        required=False,
        max_length=300,
        widget=text_area(2),
        help_text="已签发的不用填写；由一人直接发布时填写，将列入待复核清单",
    )


class WithdrawForm(ReasonForm):
    """Why a text is taken offline."""

    amendable = False
