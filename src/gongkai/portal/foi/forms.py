"""The steps of an online application. What 条例 art. 29 asks for, nothing beyond it: no purpose, no reasons."""

from __future__ import annotations

from typing import Any

from django import forms

from gongkai.foi.enums import ApplicantKind
from gongkai.foi.identity import IdentityType, clean_credit_code, clean_identity_number, clean_phone, plain
from gongkai.portal.foi.fields import tidy

LONGEST_TEXT = 4000  # characters of one field that a draft keeps
FORMS_OF_INFORMATION = (
    ("电子文件", "电子文件"),
    ("纸质", "纸质"),
    ("光盘等", "光盘等介质"),
    ("其他", "其他（在下面写明）"),
)
WAYS_TO_GET = (
    ("电子邮件", "电子邮件"),
    ("邮寄", "邮寄"),
    ("自行领取", "自行领取"),
    ("当面查阅、抄录", "当面查阅、抄录"),
)
KIND_ABOUT = {
    ApplicantKind.NATURAL: "自己（个人）申请",
    ApplicantKind.BUSINESS: "公司、企业、个体工商户",
    ApplicantKind.RESEARCH: "研究院所、高等院校等",
    ApplicantKind.PUBLIC_GOOD: "基金会、社会团体、民办非企业单位等",
    ApplicantKind.LEGAL_SERVICE: "律师事务所、基层法律服务所等",
    ApplicantKind.OTHER: "以上都不是的单位",
}


def kind_name(kind: str) -> str:
    """How a kind of applicant is called to his face: the table's 自然人 is a 公民 of the Regulation."""
    if kind not in ApplicantKind.values:
        return ""
    return "公民" if kind == ApplicantKind.NATURAL else ApplicantKind(kind).label


class KindForm(forms.Form):
    """Who asks: decides which questions follow and which column of table 3 counts the case."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        label="您以什么身份申请",
        choices=[(kind.value, f"{kind_name(kind)}（{KIND_ABOUT[kind]}）") for kind in ApplicantKind],
        widget=forms.RadioSelect(attrs={"class": "choices--down"}),
        error_messages={"required": "请选择一种身份。"},
    )


class StepForm(forms.Form):
    """A step whose raw words go into the draft, right or wrong."""

    use_required_attribute = False

    @property
    def words(self) -> dict[str, str]:
        """What was typed, as it was typed."""
        return {name: str(self.data.get(self.add_prefix(name), ""))[:LONGEST_TEXT] for name in self.fields}

    def clean_phone(self) -> str:
        """A number one can call, or nothing."""
        return clean_phone(self.cleaned_data["phone"]) if self.cleaned_data["phone"] else ""

    def clean_agent_phone(self) -> str:
        """A number one can call, or nothing."""
        return clean_phone(self.cleaned_data["agent_phone"]) if self.cleaned_data["agent_phone"] else ""

    def clean_postcode(self) -> str:
        """Six digits, or nothing."""
        postcode = plain(self.cleaned_data["postcode"])
        if postcode and not (len(postcode) == 6 and postcode.isdigit()):  # noqa: PLR2004 - 邮政编码
            raise forms.ValidationError("邮政编码是6位数字，不知道可以不填。")
        return postcode


def _text(
    label: str, longest: int, *, required: str = "", autocomplete: str = "", **options: Any
) -> forms.CharField:
    attributes = options.pop("attrs", {}) | ({"autocomplete": autocomplete} if autocomplete else {})
    errors = {"required": required} if required else {}
    return forms.CharField(
        label=label,
        max_length=longest,
        required=bool(required),
        widget=options.pop("widget", forms.TextInput)(attrs=attributes),
        error_messages=errors | {"max_length": f"最多{longest}个字，请写短一些。"},
        **options,
    )


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="电子邮箱",
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "电子邮箱不对，应像 name@example.cn 这样。"},
    )


def _phone() -> forms.CharField:
    return _text(
        "联系电话",
        40,
        required="请填写联系电话，工作机构要与您确认收到申请。",
        autocomplete="tel",
        attrs={"inputmode": "tel"},
        help_text="手机，或者带区号的固定电话。工作机构用它与您确认收到申请的日期。",
    )


class AgentFields(StepForm):
    """Somebody who acts for the applicant; he needs an authority in writing."""

    agent_name = _text("代理人姓名", 60)
    agent_phone = _text("代理人电话", 40, attrs={"inputmode": "tel"})

    AGENT = ("agent_name", "agent_phone")

    def clean(self) -> dict[str, Any]:
        """Name and phone go together."""
        data: dict[str, Any] = super().clean() or {}
        if data.get("agent_name") and not data.get("agent_phone") and "agent_phone" not in self.errors:
            self.add_error("agent_phone", "填了代理人姓名，也请填写代理人电话。")
        if data.get("agent_phone") and not data.get("agent_name") and "agent_name" not in self.errors:
            self.add_error("agent_name", "填了代理人电话，也请填写代理人姓名。")
        return data


class PersonForm(AgentFields):
    """A citizen."""

    name = _text("姓名", 60, required="请填写姓名，与身份证件一致。", autocomplete="name")
    identity_type = forms.ChoiceField(
        label="证件种类", choices=IdentityType.choices, initial=IdentityType.RESIDENT
    )
    identity_number = _text(
        "证件号码", 40, required="请填写证件号码。", autocomplete="off", help_text="居民身份证为18位。"
    )
    phone = _phone()
    address = _text(
        "通信地址",
        200,
        autocomplete="street-address",
        help_text="希望邮寄答复的，请写清楚省、市、县、街道和门牌。",
    )
    postcode = _text("邮政编码", 10, autocomplete="postal-code", attrs={"inputmode": "numeric"})
    email = _email()
    field_order = (
        "name",
        "identity_type",
        "identity_number",
        "phone",
        "address",
        "postcode",
        "email",
        *AgentFields.AGENT,
    )

    def clean_name(self) -> str:
        """Without stray spaces."""
        return tidy(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        """The number fits its document."""
        data = super().clean()
        if data.get("identity_number"):
            try:
                data["identity_number"] = clean_identity_number(
                    data.get("identity_type", ""), data["identity_number"]
                )
            except forms.ValidationError as error:
                self.add_error("identity_number", error)
        return data


class OrganisationForm(AgentFields):
    """A legal person or another organisation."""

    name = _text("名称", 120, required="请填写单位全称，与证照一致。", autocomplete="organization")
    credit_code = _text(
        "统一社会信用代码",
        30,
        required="请填写统一社会信用代码。",
        autocomplete="off",
        help_text="营业执照或者登记证书上的18位代码。",
    )
    representative = _text("法定代表人或者负责人", 60, required="请填写法定代表人或者负责人姓名。")
    contact_name = _text("联系人", 60, required="请填写联系人姓名。", autocomplete="name")
    phone = _phone()
    address = _text(
        "通信地址",
        200,
        autocomplete="street-address",
        help_text="希望邮寄答复的，请写清楚省、市、县、街道和门牌。",
    )
    postcode = _text("邮政编码", 10, autocomplete="postal-code", attrs={"inputmode": "numeric"})
    email = _email()
    field_order = (
        "name", "credit_code", "representative", "contact_name", "phone", "address", "postcode", "email",
        *AgentFields.AGENT,
    )  # fmt: skip

    def clean_name(self) -> str:
        """Without stray spaces."""
        return tidy(self.cleaned_data["name"])

    def clean_credit_code(self) -> str:
        """18 characters with the right check character."""
        return clean_credit_code(self.cleaned_data["credit_code"])


def applicant_form(kind: str) -> type[AgentFields]:
    """The questions for this kind of applicant."""
    return PersonForm if kind == ApplicantKind.NATURAL else OrganisationForm


class InformationForm(StepForm):
    """What is wanted, and how it is to be given. A requester who knows no title describes it."""

    subject = _text(
        "信息名称",
        300,
        required="请写出想要的信息叫什么，或者用一句话概括。",
        help_text="知道文件名称就写名称；不知道就用一句话概括，例如“2024年某某小学招生范围划定方案”。一件申请写一项。",
    )
    document_number = _text("文号", 80, help_text="例如“教基〔2024〕1号”，不知道可以不填。")
    description = _text(
        "便于查找的特征",
        2000,
        widget=forms.Textarea,
        help_text="什么时间、什么地方、什么事项、涉及哪个单位。写得越清楚，查得越快。",
    )
    wanted_form = forms.ChoiceField(
        label="希望的信息形式",
        choices=FORMS_OF_INFORMATION,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择信息的形式。"},
    )
    wanted_delivery = forms.ChoiceField(
        label="希望怎样取得",
        choices=WAYS_TO_GET,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择取得信息的途径。"},
    )
    special_needs = _text(
        "需要的帮助",
        300,
        widget=forms.Textarea,
        attrs={"rows": 3, "class": "short"},
        help_text="阅读有困难、视力或者听力不便的，写明需要怎样的帮助，例如大字版、当面讲读（条例第四十三条）。对形式有其他要求的也写在这里。",
    )

    def __init__(self, *args: Any, applicant: dict[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.applicant = applicant or {}

    def clean_subject(self) -> str:
        """One line, more than a character."""
        subject = tidy(self.cleaned_data["subject"])
        if len(subject) < 2:  # noqa: PLR2004 - one character names nothing
            raise forms.ValidationError("请写得具体一些，至少两个字。")
        return subject

    def clean(self) -> dict[str, Any]:
        """What is to be posted needs an address, what is to be mailed a mailbox, another form a word about it."""
        data: dict[str, Any] = super().clean() or {}
        way = data.get("wanted_delivery")
        if way == "邮寄" and not self.applicant.get("address", "").strip():
            self.add_error(
                "wanted_delivery", "选了邮寄，但上一步没有填通信地址，请返回补填或者改选其他途径。"
            )
        if way == "电子邮件" and not self.applicant.get("email", "").strip():
            self.add_error(
                "wanted_delivery", "选了电子邮件，但上一步没有填电子邮箱，请返回补填或者改选其他途径。"
            )
        if data.get("wanted_form") == "其他" and not data.get("special_needs", "").strip():
            self.add_error("special_needs", "选了其他形式，请在这里写明是什么形式。")
        return data


class SearchForm(forms.Form):
    """What somebody is looking for, in his own words."""

    use_required_attribute = False
    q = forms.CharField(
        label="您想要什么信息",
        max_length=200,
        error_messages={"required": "请先写几个词，或者直接开始填写申请。"},
        widget=forms.TextInput(attrs={"type": "search"}),
        help_text="用几个词或者一句话，例如“2024年 义务教育 招生方案”。",
    )
