"""Forms of administration: bodies, units, channels, accounts, posts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from gongkai.channels.models import Channel
from gongkai.console.forms.base import RecordForm, text_area, today_field
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, Unit


class _Administrative(RecordForm):
    """Nothing here belongs to a year's report."""

    amendable = False


IDENTITY = ("name", "short_name", "kind", "tier", "credit_code", "makes_rules")
GUIDE = ("office", "address", "postcode", "office_hours", "phone", "fax", "email", "website")
REMEDIES = ("review_organ", "court", "report_due")


class BodyDataForm(_Administrative):
    """What a body is and what its guide (公开指南, 条例 art. 12) says."""

    model = Body
    of_model = (*IDENTITY, *GUIDE, *REMEDIES, "is_active")

    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """In parts, as the page lays it out."""
        parts = [
            ("机关", ("slug", *IDENTITY)),
            ("公开指南：工作机构和联系方式", GUIDE),
            ("公开指南：监督和救济", REMEDIES),
            ("使用状态", ("is_active",)),
        ]
        found = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in parts]
        return [(legend, fields) for legend, fields in found if fields]


class NewBodyForm(BodyDataForm):
    """A body that is added."""

    of_model = (*IDENTITY, "slug", *GUIDE, *REMEDIES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slug"].help_text = "小写字母、数字和连字符，用在本机关的公开网址中，登记后不能修改"


class UnitForm(_Administrative):
    """A unit of a body."""

    model = Unit
    of_model: tuple[str, ...] = ("name", "kind")


class UnitChangeForm(UnitForm):
    """A unit as it is now."""

    of_model = ("name", "kind", "is_active")


class ChannelForm(_Administrative):
    """A place where a body publishes."""

    model = Channel
    of_model = ("kind", "name", "address")


class CloseForm(_Administrative):
    """Why something is used no longer."""

    reason = forms.CharField(label="理由", required=False, max_length=200, widget=text_area(2))


def _unit_field(form: RecordForm) -> None:
    field = form.fields["unit"]
    field.queryset = Unit.objects.filter(body=form.of_body, is_active=True)  # type: ignore[attr-defined]


class AccountForm(_Administrative):
    """A new account with its first post."""

    username = forms.CharField(
        label="登录名", max_length=150, help_text="字母、数字和 @ . + - _；登记后不能修改"
    )
    name = forms.CharField(label="姓名", max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="用于登录和自助重设密码")
    role = forms.ChoiceField(label="岗位", choices=Role.choices, initial=Role.HANDLER)
    unit = forms.ModelChoiceField(
        label="内设机构", queryset=Unit.objects.none(), required=False, empty_label="不指定"
    )
    since = today_field("任职起始日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _unit_field(self)


class AccountChangeForm(_Administrative):
    """What an account says of its officer."""

    name = forms.CharField(label="姓名", max_length=40)
    email = forms.EmailField(label="电子邮箱", required=False, help_text="用于登录和自助重设密码")


class PostForm(_Administrative):
    """A post for somebody who has an account."""

    officer = forms.CharField(label="登录名", max_length=150, help_text="已有账号的人员")
    role = forms.ChoiceField(label="岗位", choices=Role.choices, initial=Role.HANDLER)
    unit = forms.ModelChoiceField(
        label="内设机构", queryset=Unit.objects.none(), required=False, empty_label="不指定"
    )
    since = today_field("任职起始日")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _unit_field(self)

    def clean_officer(self) -> Officer:
        """The account of that name."""
        name = self.cleaned_data["officer"].strip()
        officer = Officer.objects.filter(username__iexact=name).first()
        if officer is None:
            message = f"没有登录名为“{name}”的账号，请核对，或先开设账号"
            raise forms.ValidationError(message)
        return officer


class EndPostForm(_Administrative):
    """The last day of a post."""

    until = today_field("任职终止日", "终止日当天仍有效")

    ALIASES: ClassVar[dict[str, str]] = {}
