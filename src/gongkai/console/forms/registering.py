"""The form on which an officer registers a request that came in by the counter, by post, by fax or by mail."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django import forms

from gongkai.console.forms.base import BodyForm, today_field
from gongkai.console.forms.requests import EVIDENCE, evidence_fields
from gongkai.core.fields import blind_index
from gongkai.foi.enums import ApplicantKind
from gongkai.foi.identity import IdentityType, clean_credit_code, clean_identity_number, plain
from gongkai.foi.models import Applicant, Request

if TYPE_CHECKING:
    from django.forms import BoundField

USUAL = "居民身份证；单位为统一社会信用代码"
IDENTITY_TYPES = [
    ("", USUAL),
    *(choice for choice in IdentityType.choices if choice[0] != IdentityType.RESIDENT),
]
WAY_OUT = "申请材料上就是这样写的，先留空登记，再与申请人核对"
OTHER_DOCUMENT = "不是居民身份证的，请改选证件种类"


def checked_number(kind: str, chosen: str, number: str) -> str:
    """The number as it is kept. ``chosen`` is empty for what is usual. Raises ``ValidationError``."""
    if kind == ApplicantKind.NATURAL:
        return clean_identity_number(chosen or IdentityType.RESIDENT, number)
    if chosen not in {"", IdentityType.OTHER}:
        message = f"单位没有{IdentityType(chosen).label}，请选“{USUAL}”或者“{IdentityType.OTHER.label}”。"
        raise forms.ValidationError(message, code="type")
    return clean_identity_number(chosen, number) if chosen else clean_credit_code(number)


def _with_way_out(error: forms.ValidationError) -> forms.ValidationError:
    """A wrong number does not keep an officer from registering what lies before him."""
    if error.code == "type":
        return error
    said = error.messages[0].rstrip("。")
    return forms.ValidationError(f"{said}。{OTHER_DOCUMENT}；{WAY_OUT}。", code=error.code)


class RequestForm(BodyForm):
    """A request with its applicant; the applicant's part is left out for one who is already known."""

    APPLICANT = ("kind", "name", "identity_type", "identity_number", "phone", "address", "email")
    AGENT = ("agent_name", "agent_phone")
    WHAT = ("subject", "description", "special_needs", "wanted_form", "wanted_delivery", "unit")

    def __init__(self, *args: Any, applicant: Applicant | None = None, **kwargs: Any) -> None:
        self.known = applicant
        super().__init__(*args, **kwargs)
        self.fields["submitted_on"] = today_field(
            "提交日期", "当面提交的为提交当日；邮寄的为投寄日期，不清楚时填到件日期"
        )
        self.fields |= evidence_fields(EVIDENCE)
        self._limit_units()
        if applicant is not None:
            for name in self.APPLICANT:
                del self.fields[name]
        if self.is_bound and self.data.get(self.add_prefix("duplicate_confirmed")):
            self.ask_duplicate()

    model = Request
    of_model = ("channel", *WHAT)

    agent_name = forms.CharField(
        label="代理人姓名",
        required=False,
        max_length=60,
        help_text="委托他人代为申请的填写；登记后请在案卷材料中上传授权委托书",
    )
    agent_phone = forms.CharField(label="代理人电话", required=False, max_length=60)
    kind = forms.ChoiceField(label="申请人类别", choices=ApplicantKind.choices)
    name = forms.CharField(label="姓名或名称", max_length=120)
    identity_type = forms.ChoiceField(
        label="证件种类",
        required=False,
        choices=IDENTITY_TYPES,
        help_text="护照等其他证件，请在这里选择",
    )
    identity_number = forms.CharField(
        label="证件号码",
        required=False,
        max_length=60,
        help_text="公民填身份证件号码，单位填统一社会信用代码；已登记过的申请人将自动沿用",
    )
    phone = forms.CharField(label="联系电话", required=False, max_length=60)
    address = forms.CharField(label="通信地址", required=False, max_length=200)
    email = forms.EmailField(label="电子邮箱", required=False)

    def clean(self) -> dict[str, Any]:
        """The number fits its kind of document, as on the public form."""
        data = super().clean()
        kind, chosen, number = (
            str(data.get(key) or "") for key in ("kind", "identity_type", "identity_number")
        )
        if not (kind and number):
            return data
        try:
            data["identity_number"] = checked_number(kind, chosen, number)
        except forms.ValidationError as error:
            self.add_error(
                "identity_type" if error.code == "type" else "identity_number", _with_way_out(error)
            )
        return data

    def ask_duplicate(self) -> None:
        """Let the officer say that it is another request, after the act found the very same one."""
        if "duplicate_confirmed" not in self.fields:
            self.fields["duplicate_confirmed"] = forms.BooleanField(
                label="确为另一件申请，仍要登记", required=False
            )

    def applicant(self) -> Applicant | None:
        """Who asks, as far as it was filled in: the known one, or a row that is not kept."""
        if self.known is not None:
            return self.known
        data = getattr(self, "cleaned_data", {})
        name, number = str(data.get("name") or ""), str(data.get("identity_number") or "")
        if "body" not in data or not (name or number):
            return None
        return Applicant(
            body=data["body"], name_index=blind_index(name), identity_index=blind_index(plain(number))
        )

    def groups(self) -> list[tuple[str, list[BoundField]]]:
        """The form in parts, as the page lays it out."""
        parts = [
            ("申请人", self.APPLICANT),
            ("代理人", self.AGENT),
            ("申请内容", self.WHAT),
            ("提交与收到", ("channel", "submitted_on", *EVIDENCE)),
            ("确认", ("duplicate_confirmed", "amendment")),
        ]
        found = [(legend, [self[name] for name in names if name in self.fields]) for legend, names in parts]
        return [(legend, fields) for legend, fields in found if fields]

    def split(self) -> tuple[dict[str, Any], dict[str, Any], dict[str, dt.date]]:
        """The applicant's data, the request's, and the evidence of arrival that was given."""
        data = self.arguments()
        applicant = {name: data.pop(name) for name in self.APPLICANT if name in data}
        applicant.pop("identity_type", None)
        evidence = {name: day for name in EVIDENCE if (day := data.pop(name, None)) is not None}
        return applicant, data, evidence
