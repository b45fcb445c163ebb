"""What applicants ask after the answer reaches an officer and is answered; a lost query code is given anew."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.console.test_forms import errors, register, send
from tests.factories import close, make_request

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import DisclosureProposal, InformationCorrection, Request
from gongkai.foi.queries import likeness, others_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(bureau):
    row = make_request(bureau)
    close(row)
    row.refresh_from_db()
    return row


@pytest.fixture
def correction(case):
    now = timezone.now()
    return InformationCorrection.objects.create(
        request=case, information="学籍登记", wanted="出生于2009年", evidence="户口簿", asked_at=now
    )


@pytest.fixture
def proposal(case):
    return DisclosureProposal.objects.create(request=case, text="请向社会公开", made_at=timezone.now())


def test_a_correction_is_seen_on_the_desk_in_the_list_and_answered(as_, correction):
    client = as_("handler")
    assert client.get(reverse("console:desk")).context["asked"] == 1
    listed = client.get(reverse("console:asked")).content.decode()
    assert reverse("console:correction_answer", args=[correction.pk]) in listed
    assert "出生于2009年" not in listed
    page = client.get(reverse("console:correction_answer", args=[correction.pk])).content.decode()
    assert "出生于2009年" in page
    data = {"result": "corrected", "answer": "已更正"}
    send(client, "correction_answer", data, correction.pk)
    correction.refresh_from_db()
    assert (correction.result, correction.answer) == ("corrected", "已更正")
    assert client.get(reverse("console:desk")).context["asked"] == 0
    again = send(client, "correction_answer", data, correction.pk)
    assert "已答复" in "".join(errors(again)["__all__"])


def test_a_proposal_is_answered(as_, proposal):
    client = as_("handler")
    assert list(errors(send(client, "proposal_answer", {"answer": "好"}, proposal.pk))) == ["accepted"]
    send(client, "proposal_answer", {"accepted": "no", "answer": "涉及第三方"}, proposal.pk)
    proposal.refresh_from_db()
    assert (proposal.accepted, proposal.answer) == (False, "涉及第三方")
    shown = client.get(reverse("console:request", args=[proposal.request_id])).content.decode()
    assert "涉及第三方" in shown


@pytest.mark.parametrize(("who", "status"), [("handler", 200), ("reader", 403), ("stranger", 404)])
def test_who_may_answer(as_, correction, proposal, who, status):
    for name, row in (("correction_answer", correction), ("proposal_answer", proposal)):
        assert as_(who).get(reverse(f"console:{name}", args=[row.pk])).status_code == status


def test_the_list_asks_as_often_for_three_as_for_one(as_, correction, django_assert_num_queries):
    client = as_("handler")
    client.get(reverse("console:asked"))
    with django_assert_num_queries(FIXED):
        client.get(reverse("console:asked"))
    for _ in range(2):
        correction.pk = None
        correction.save()
    with django_assert_num_queries(FIXED):
        client.get(reverse("console:asked"))


FIXED = 9


def test_a_new_query_code_is_shown_once_and_opens_the_case(as_, case):
    client = as_("handler")
    address = reverse("console:query_code", args=[case.pk])
    assert client.get(address).status_code == 405
    assert as_("reader").post(address).status_code == 403
    shown = client.post(address)
    code = shown.context["code"]
    assert code in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    found = acts.open_case(body=case.body, number=case.number, code=code, at=timezone.now())
    assert found == case
    assert code not in str(list(Entry.objects.values("detail", "reason")))


def test_an_agent_is_registered_masked_and_asked_for_his_authority(as_):
    client = as_("handler")
    assert list(errors(register(client, agent_name="欧阳代理"))) == ["agent_phone"]
    assert list(errors(register(client, agent_phone="13900139000"))) == ["agent_name"]
    register(client, agent_name="欧阳代理", agent_phone="13900139000")
    row = Request.objects.get()
    assert (row.agent_name, row.agent_phone) == ("欧阳代理", "13900139000")
    address = reverse("console:request", args=[row.pk])
    page = client.get(address).content.decode()
    assert "授权委托书" in page
    assert "欧***" in page
    assert "欧阳代理" not in page
    assert "13900139000" not in page
    assert "欧阳代理" in client.post(reverse("console:request_applicant", args=[row.pk])).content.decode()
    acts.add_material(
        request=row,
        kind="authority",
        name="委托书.pdf",
        content=b"%PDF-1.4\n",
        actor=SYSTEM,
        at=timezone.now(),
    )
    assert "代理人还没有提交授权委托书" not in client.get(address).content.decode()


def test_special_needs_are_told_to_the_officer(as_):
    client = as_("handler")
    register(client, special_needs="视力障碍，请提供大字版")
    page = client.get(reverse("console:request", args=[Request.objects.get().pk])).content.decode()
    assert "视力障碍，请提供大字版" in page


def test_likely_duplicates_and_the_months_count_stand_on_the_case(as_, bureau):
    first = make_request(bureau, subject="2024年小学招生方案")
    more = {"applicant": first.applicant, "submitted_on": dt.date(2024, 3, 4)}
    other = make_request(bureau, subject="学校食堂采购合同", **more)
    again = make_request(bureau, subject="2024年小学招生的方案", **more)
    found = others_of(again)
    assert ([one.pk for one in found.rows], found.alike, found.in_month) == (
        [first.pk, other.pk],
        {first.pk},
        3,
    )
    page = as_("handler").get(reverse("console:request", args=[again.pk])).content.decode()
    assert "可能重复" in page
    assert "10 件以内不收费" in page


@pytest.mark.parametrize(
    ("one", "other", "told"), [("甲乙丙", "甲乙丙", 1), ("甲乙", "丙丁", 0), ("甲", "甲", 1), ("甲", "乙", 0)]
)
def test_likeness(one, other, told):
    assert likeness(one, other) == told
