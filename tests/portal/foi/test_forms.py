"""The forms of the application, as a table of what is typed and what is said to it."""

import pytest

from gongkai.portal.foi.forms import InformationForm, KindForm, OrganisationForm, PersonForm

PERSON = {
    "name": "王某某",
    "identity_type": "resident",
    "identity_number": "11010519491231002X",
    "phone": "13800000000",
}
FIRM = {
    "name": "某某有限公司",
    "credit_code": "91110000600037341L",
    "representative": "李某某",
    "contact_name": "赵某某",
    "phone": "0399-1234567",
}
WANTED = {"subject": "2024年招生方案", "wanted_form": "电子文件", "wanted_delivery": "自行领取"}


def wrong(form):
    """The fields that were refused."""
    return sorted(form.errors)


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"name": " "}, ["name"]),
        ({"name": "王" * 61}, ["name"]),
        ({"identity_number": ""}, ["identity_number"]),
        ({"identity_number": "110105194912310021"}, ["identity_number"]),
        ({"identity_type": "passport"}, ["identity_number"]),
        ({"identity_type": "passport", "identity_number": "E12345678"}, []),
        ({"identity_type": "nonsense"}, ["identity_type"]),
        ({"phone": ""}, ["phone"]),
        ({"phone": "1380000"}, ["phone"]),
        ({"email": "someone@"}, ["email"]),
        ({"email": "someone@example.cn"}, []),
        ({"postcode": "12345"}, ["postcode"]),
        ({"postcode": "１２３４５６"}, []),
        ({"agent_name": "孙某某"}, ["agent_phone"]),
        ({"agent_phone": "13800000001"}, ["agent_name"]),
        ({"agent_name": "孙某某", "agent_phone": "13800000001"}, []),
    ],
)
def test_a_person(changed, fields):
    assert wrong(PersonForm(PERSON | changed)) == fields


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({}, []),
        ({"credit_code": ""}, ["credit_code"]),
        ({"credit_code": "91110000600037341M"}, ["credit_code"]),
        ({"representative": ""}, ["representative"]),
        ({"contact_name": ""}, ["contact_name"]),
        ({"phone": "电话"}, ["phone"]),
        ({"agent_name": "孙某某"}, ["agent_phone"]),
    ],
)
def test_an_organisation(changed, fields):
    assert wrong(OrganisationForm(FIRM | changed)) == fields


@pytest.mark.parametrize(
    ("changed", "applicant", "fields"),
    [
        ({}, {}, []),
        ({"subject": ""}, {}, ["subject"]),
        ({"subject": "一"}, {}, ["subject"]),
        ({"subject": "字" * 301}, {}, ["subject"]),
        ({"description": "字" * 2001}, {}, ["description"]),
        ({"wanted_form": ""}, {}, ["wanted_form"]),
        ({"wanted_form": "其他"}, {}, ["special_needs"]),
        ({"wanted_form": "其他", "special_needs": "大字版"}, {}, []),
        ({"wanted_delivery": "邮寄"}, {}, ["wanted_delivery"]),
        ({"wanted_delivery": "邮寄"}, {"address": "某县某路1号"}, []),
        ({"wanted_delivery": "电子邮件"}, {}, ["wanted_delivery"]),
        ({"wanted_delivery": "电子邮件"}, {"email": "someone@example.cn"}, []),
        ({"wanted_delivery": "托梦"}, {}, ["wanted_delivery"]),
    ],
)
def test_what_is_wanted(changed, applicant, fields):
    assert wrong(InformationForm(WANTED | changed, applicant=applicant)) == fields


def test_the_words_are_kept_as_they_were_typed():
    typed = PERSON | {"identity_number": " 乱写 ", "phone": "x" * 5000}
    words = PersonForm(typed).words
    assert (words["identity_number"], len(words["phone"]), words["agent_name"]) == (" 乱写 ", 4000, "")


@pytest.mark.parametrize("kind", ["", "nobody"])
def test_somebody_must_be_asking(kind):
    assert wrong(KindForm({"kind": kind})) == ["kind"]


def test_nobody_is_asked_for_a_purpose():
    asked = {*PersonForm.base_fields, *OrganisationForm.base_fields, *InformationForm.base_fields}
    assert asked == {
        "name", "identity_type", "identity_number", "phone", "address", "postcode", "email", "agent_name",
        "agent_phone", "credit_code", "representative", "contact_name", "subject", "document_number", "description",
        "wanted_form", "wanted_delivery", "special_needs",
    }  # fmt: skip
