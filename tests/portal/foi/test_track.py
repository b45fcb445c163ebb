"""Tracking: a guesser learns nothing, an applicant everything, and nobody else's name."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.factories import at, close, make_request
from tests.portal.foi.made import HERE, PRIVATE, Applicant, applied, image, make_office
from tests.portal.made import text

from gongkai.audit.models import Entry
from gongkai.foi.models import (
    CaseFact,
    DisclosureProposal,
    Dispatch,
    InformationCorrection,
    Letter,
    Material,
    Request,
)
from gongkai.portal.foi import keyring
from gongkai.portal.foi.track import TRIES_PER_MINUTE

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    return make_office()


class Owner(Applicant):
    """Somebody who has applied and opened his case in another browser."""

    def __init__(self):
        somebody = applied()
        self.code = somebody.receipt().context["code"]
        super().__init__(Client())
        self.case = Request.objects.latest("pk")
        self.address = f"{HERE}track/{self.case.number}/"

    def open(self, number=None, code=None):
        return self.post(
            f"{HERE}track/",
            {"number": number or self.case.number, "code": self.code if code is None else code},
        )

    def page(self):
        return self.client.get(self.address)

    def does(self, act, data=None):
        return self.post(f"{self.address}do/{act}/", data)


@pytest.fixture
def owner():
    somebody = Owner()
    somebody.open()
    return somebody


def receive(case, on="2025-09-25"):
    """Both have confirmed on that day."""
    day = dt.date.fromisoformat(on)
    CaseFact.objects.create(request=case, kind="received", on=day, recorded_at=at())
    Request.objects.filter(pk=case.pk).update(received_on=day)


def note(case, kind, on, **detail):
    CaseFact.objects.create(
        request=case, kind=kind, on=dt.date.fromisoformat(on), detail=detail, recorded_at=at()
    )


# Getting in ------------------------------------------------------------------------------------------------


def test_number_and_code_open_the_case():
    somebody = Owner()
    assert somebody.open().headers["Location"] == somebody.address
    assert somebody.case.subject in text(somebody.page())


def test_the_code_may_be_typed_as_one_likes():
    somebody = Owner()
    assert somebody.open(code=f" {somebody.code.lower().replace('-', ' ')} ").status_code == 302


@pytest.mark.parametrize("number", ["2025-0001", "9999-0001", "' OR 1=1", "<b>", "欧阳某某"])
def test_whatever_is_wrong_the_answer_is_the_same(number):
    somebody = Owner()
    wrong_code = somebody.open(code="AAAA-AAAA")
    wrong_number = somebody.open(number=number or "x")
    goals = [one.headers["Location"] for one in (wrong_code, wrong_number)]
    pages = [text(somebody.client.get(goal)) for goal in goals]
    told = [page.split('role="alert"')[1].split("</div>")[0] for page in pages]
    assert told[0] == told[1]
    assert goals[1].split("?")[1] in {"again", f"number={number}&again"}


def test_a_case_that_is_not_open_and_one_that_is_not_there_answer_alike():
    somebody = Owner()
    there = Client().get(somebody.address)
    nowhere = Client().get(f"{HERE}track/2025-9999/")
    assert (there.status_code, there.headers["Location"]) == (
        302,
        f"{HERE}track/?number={somebody.case.number}",
    )
    assert (nowhere.status_code, nowhere.headers["Location"]) == (302, f"{HERE}track/?number=2025-9999")


def test_guessing_is_slowed_down():
    somebody = Owner()
    answers = [somebody.open(code="WRONG").status_code for _ in range(TRIES_PER_MINUTE + 1)]
    assert answers == [302] * TRIES_PER_MINUTE + [429]


def test_guessing_locks_the_case_and_says_nothing_of_it():
    somebody = Owner()
    for number in range(TRIES_PER_MINUTE):
        somebody.client.post(
            f"{HERE}track/",
            {"number": somebody.case.number, "code": "WRONG"},
            REMOTE_ADDR=f"192.0.2.{number}",
        )
    somebody.case.access.refresh_from_db()
    right = somebody.client.post(
        f"{HERE}track/", {"number": somebody.case.number, "code": somebody.code}, REMOTE_ADDR="192.0.2.99"
    )
    assert right.headers["Location"] == f"{HERE}track/?number={somebody.case.number}&again"
    assert somebody.case.access.locked_until is not None
    assert "申请编号和查询码不相符，或者暂时不能查询" in text(somebody.client.get(right.headers["Location"]))


def test_another_case_stays_shut(owner):
    other = Owner()
    assert owner.client.get(other.address).status_code == 302


def test_the_same_number_of_another_body_stays_shut(owner):
    water = make_office(slug="water", name="测试县水利局")
    make_request(water, received=False)
    twin = Request.objects.filter(body=water).get()
    Request.objects.filter(pk=twin.pk).update(number=owner.case.number)
    assert owner.client.get(owner.address.replace("/edu/", "/water/")).status_code == 302


def test_half_an_hour_without_a_look_closes_it(owner, monkeypatch):
    opened = keyring.time.time()
    monkeypatch.setattr(keyring.time, "time", lambda: opened + 29 * 60)
    assert owner.page().status_code == 200
    monkeypatch.setattr(keyring.time, "time", lambda: opened + 58 * 60)
    assert owner.page().status_code == 200
    monkeypatch.setattr(keyring.time, "time", lambda: opened + 89 * 60)
    assert owner.page().status_code == 302


def test_signing_off_closes_it(owner):
    assert owner.post(f"{HERE}track/leave/").status_code == 302
    assert owner.page().status_code == 302


def test_signing_in_changes_the_session(office):
    somebody = Owner()
    somebody.client.get(f"{HERE}track/")
    session = somebody.client.session
    session["x"] = 1
    session.save()
    before = session.session_key
    somebody.client.cookies["sessionid"] = before
    somebody.open()
    assert somebody.client.cookies["sessionid"].value != before


def test_the_code_is_nowhere_to_be_read(owner):
    kept = json.dumps([list(Entry.objects.values()), list(Request.objects.values())], default=str)
    kept += str(owner.case.access.code_digest) + " ".join(owner.visited)
    assert owner.code.replace("-", "") not in kept.replace("-", "")
    assert [one for one in PRIVATE if one in kept] == []


# What is told ----------------------------------------------------------------------------------------------


def test_before_receipt_the_applicant_is_asked_to_confirm(owner):
    response = owner.page()
    assert (response.context["told"].headline, "我确认" in text(response)) == ("已经提交，等待确认", True)


@pytest.mark.parametrize("channel", ["registered_mail", "ordinary_mail"])
def test_what_came_by_post_waits_for_the_office(owner, channel):
    Request.objects.filter(pk=owner.case.pk).update(channel=channel)
    response = owner.page()
    assert (response.context["told"].headline, "我确认" in text(response)) == ("已经登记", False)


def test_the_due_date_is_told_with_its_reason(owner):
    receive(owner.case)
    response = owner.page()
    counting = response.context["counting"]
    assert (counting.due_on, counting.rows[-1].number) == (dt.date(2025, 10, 29), 20)
    assert "为什么是这一天" in text(response)


def test_third_parties_and_officers_are_not_named(owner):
    receive(owner.case)
    note(owner.case, "third_party_consulted", "2025-09-28", party="钱某某", received_on="2025-09-29")
    note(owner.case, "third_party_answered", "2025-10-09", party="钱某某", consents=False)
    note(owner.case, "extended", "2025-10-10", workdays=5, approved_by="周主任", told_on="2025-10-10")
    page = text(owner.page())
    assert [name for name in ("钱某某", "周主任") if name in page] == []
    assert "第三方甲" in page


def test_a_cancelled_fact_is_not_told(owner):
    receive(owner.case)
    note(owner.case, "extended", "2025-10-10", workdays=5, approved_by="周主任", told_on="2025-10-10")
    CaseFact.objects.filter(kind="extended").update(cancelled_at=at(), cancel_reason="登记有误")
    page = text(owner.page())
    assert ("延期答复" in page, "登记有误" in page) == (False, False)


def test_an_answer_is_told_with_its_outcome(owner):
    receive(owner.case, "2024-03-01")
    close(Request.objects.get(pk=owner.case.pk))
    response = owner.page()
    assert response.context["told"].headline == "已经答复"
    assert "予以公开" in response.context["told"].meaning


# Letters and files -----------------------------------------------------------------------------------------


def letter(case, state="issued", kind="clarification", **fields):
    facts = {"clarify_items": ["请写明年份"], "clarify_by": "2025-10-20"}
    signed = {"number": "县教体局公开〔2025〕第1号", "signed_at": at(), "digest": "0" * 64}
    void = {"void_reason": "重写"} if state == "void" else {}
    return Letter.objects.create(
        request=case, kind=kind, state=state, recipient="欧阳某某", title="政府信息公开申请补正告知书",
        text="请补正。", facts=facts, made_at=at(), issued_at=at() if state == "issued" else None,
        **({} if state in {"draft", "in_review"} else signed), **void, **fields,
    )  # fmt: skip


@pytest.mark.parametrize("state", ["draft", "in_review", "signed", "void"])
def test_only_what_was_issued_is_shown(owner, state):
    one = letter(owner.case, state)
    assert one.title not in text(owner.page())
    assert owner.client.get(f"{owner.address}letter/{one.pk}.docx").status_code == 404


@pytest.mark.parametrize("kind", ["third_party_consultation", "co_author_consultation", "assistance"])
def test_letters_to_others_are_not_shown(owner, kind):
    one = letter(owner.case, kind=kind)
    assert owner.client.get(f"{owner.address}letter/{one.pk}.docx").status_code == 404


def test_an_issued_letter_is_downloaded(owner):
    one = letter(owner.case)
    assert one.title in text(owner.page())
    response = owner.client.get(f"{owner.address}letter/{one.pk}.docx")
    assert (response.status_code, response.content[:2], "no-store" in response.headers["Cache-Control"]) == (
        200,
        b"PK",
        True,
    )


def test_an_electronic_letter_is_acknowledged(owner):
    receive(owner.case)
    one = letter(owner.case)
    assert "我已收到" not in text(owner.page())
    Dispatch.objects.create(letter=one, method="electronic", sent_on=timezone.localdate(), recorded_at=at())
    assert "我已收到" in text(owner.page())
    assert owner.post(f"{owner.address}letter/{one.pk}/received/").headers["Location"] == owner.address
    assert Dispatch.objects.get().received_on == timezone.localdate()
    assert "我已收到" not in text(owner.page())


def test_acknowledging_twice_does_nothing_more(owner):
    receive(owner.case)
    one = letter(owner.case)
    response = owner.client.post(f"{owner.address}letter/{one.pk}/received/", follow=True)
    assert "没有待签收的电子文书" in text(response)


def test_a_letter_of_another_case_is_not(owner):
    one = letter(make_request(owner.case.body, received=False))
    assert owner.client.get(f"{owner.address}letter/{one.pk}.docx").status_code == 404


def material(case, **fields):
    from django.core.files.base import ContentFile

    kw = {
        "kind": "source",
        "name": "方案.pdf",
        "media_type": "application/pdf",
        "size": 3,
        "sha256": "0" * 64,
    }
    return Material.objects.create(
        request=case, added_at=at(), file=ContentFile(b"abc", name="a.pdf"), **kw | fields
    )


def test_information_is_given_only_with_the_answer(owner):
    receive(owner.case, "2024-03-01")
    given, kept = material(owner.case, for_applicant=True), material(owner.case)
    assert owner.client.get(f"{owner.address}file/{given.pk}/").status_code == 404
    close(Request.objects.get(pk=owner.case.pk))
    response = owner.client.get(f"{owner.address}file/{given.pk}/")
    assert (response.status_code, response.content) == (200, b"abc")
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert owner.client.get(f"{owner.address}file/{kept.pk}/").status_code == 404


def test_a_file_is_not_to_be_had_without_the_code(owner):
    given = material(owner.case, by_applicant=True)
    assert Client().get(f"{owner.address}file/{given.pk}/").status_code == 302


# What the applicant does -----------------------------------------------------------------------------------


def kinds(case):
    return list(case.facts.filter(cancelled_at=None).order_by("pk").values_list("kind", flat=True))


def test_confirming(owner):
    assert owner.does("confirm").headers["Location"] == owner.address
    assert "applicant_confirmed" in kinds(owner.case)
    assert "确认已提交申请" not in [doing.label for doing, _ in owner.page().context["doings"]]


def test_confirming_twice_confirms_once(owner):
    owner.does("confirm")
    owner.does("confirm")
    assert kinds(owner.case).count("applicant_confirmed") == 1


def ask_to_clarify(case):
    today = timezone.localdate()
    receive(case, (today - dt.timedelta(days=3)).isoformat())
    note(
        case,
        "clarification_notified",
        (today - dt.timedelta(days=1)).isoformat(),
        deadline_on=(today + dt.timedelta(days=14)).isoformat(),
    )


def test_a_clarification_is_answered_with_files(owner):
    ask_to_clarify(owner.case)
    assert owner.page().context["told"].headline == "请您补正"
    response = owner.does("clarify", {"text": "我要的是2024年的。", "files": image()})
    assert response.headers["Location"] == owner.address
    assert "clarification_received" in kinds(owner.case)
    assert owner.case.materials.filter(kind="clarification", by_applicant=True).exists()


def test_a_file_survives_an_error_of_the_reply(owner):
    ask_to_clarify(owner.case)
    response = owner.does("clarify", {"text": "字" * 4001, "files": image()})
    assert (response.status_code, "已上传：id.png" in text(response), "字字字" in text(response)) == (
        422,
        True,
        True,
    )
    owner.does("clarify", {"text": "我要的是2024年的。"})
    assert owner.case.materials.filter(by_applicant=True, name="id.png", kind="clarification").count() == 1


def test_an_empty_reply_is_none(owner):
    ask_to_clarify(owner.case)
    assert owner.does("clarify", {"text": " "}).status_code == 422
    assert "clarification_received" not in kinds(owner.case)


def test_nobody_replies_to_what_was_not_asked(owner):
    receive(owner.case)
    response = owner.does("clarify", {"text": "补充"})
    assert (response.status_code, "现在不能办" in text(response)) == (422, True)


def test_withdrawing_needs_a_sign(owner):
    receive(owner.case, timezone.localdate().isoformat())
    assert owner.does("withdraw", {"reason": ""}).status_code == 422
    assert owner.does("withdraw", {"reason": "", "sure": "on"}).status_code == 302
    assert owner.page().context["told"].headline == "已经撤回"


def test_what_is_closed_cannot_be_withdrawn(owner):
    receive(owner.case, "2024-03-01")
    close(Request.objects.get(pk=owner.case.pk))
    assert "withdraw" not in [doing.key for doing, _ in owner.page().context["doings"]]


def test_a_correction_is_asked_for(owner):
    receive(owner.case, "2024-03-01")
    close(Request.objects.get(pk=owner.case.pk))
    words = {"information": "学籍表的出生日期", "wanted": "2010年3月", "evidence": "出生证明"}
    assert owner.does("correct", words | {"wanted": ""}).status_code == 422
    assert owner.does("correct", words).status_code == 302
    asked = InformationCorrection.objects.get()
    assert (asked.information, asked.wanted, asked.evidence) == tuple(words.values())


def test_disclosure_is_proposed(owner):
    receive(owner.case, "2024-03-01")
    close(Request.objects.get(pk=owner.case.pk))
    assert owner.does("propose", {"text": "请每年公开招生方案"}).status_code == 302
    assert DisclosureProposal.objects.get().text == "请每年公开招生方案"
    assert "请每年公开招生方案" in text(owner.page())


def test_there_is_nothing_else_to_do(owner):
    assert owner.client.get(f"{owner.address}do/nonsense/").status_code == 404


@pytest.mark.parametrize("act", ["confirm", "clarify", "withdraw", "correct", "propose"])
def test_nothing_is_done_without_the_code(owner, act):
    before = kinds(owner.case)
    answer = Client().post(f"{owner.address}do/{act}/", {"text": "x", "sure": "on"})
    assert (answer.status_code, kinds(owner.case)) == (302, before)


def test_the_page_costs_the_same_however_long_the_story(owner):
    receive(owner.case)
    letter(owner.case)
    note(owner.case, "third_party_consulted", "2025-09-28", party="某人", received_on="2025-09-29")
    with CaptureQueriesContext(connection) as few:
        owner.page()
    for number in range(4):
        letter(owner.case)
        note(
            owner.case, "third_party_consulted", "2025-09-28", party=f"第{number}人", received_on="2025-09-29"
        )
    with CaptureQueriesContext(connection) as many:
        owner.page()
    assert len(many) == len(few)
