"""The online application: what is typed is never lost, and submitting twice makes one request."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from tests.factories import at_once
from tests.portal.foi.made import (
    HERE,
    PERSON,
    PRIVATE,
    WANTED,
    Applicant,
    applied,
    image,
    make_office,
)
from tests.portal.made import text

from gongkai.audit.models import Entry
from gongkai.core.query_codes import plain_code
from gongkai.foi.models import Applicant as Known
from gongkai.foi.models import Material, OnlineDraft, Request
from gongkai.portal.foi import drafts, files, keeping

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(db):
    return make_office()


def code_of(somebody):
    return text(somebody.client.get(f"{somebody.here}saved/")).split('foi-code">')[1].split("<")[0]


# A draft ---------------------------------------------------------------------------------------------------


def test_a_draft_begins_with_a_secret_only_the_browser_has():
    somebody = Applicant().begin()
    cookie = somebody.client.cookies[drafts.COOKIE]
    key = plain_code(code_of(somebody))
    row = OnlineDraft.objects.get()
    assert (cookie["httponly"], cookie["samesite"], len(key)) == (True, "Lax", 20)
    assert key not in somebody.here
    assert key not in row.key_digest + row.content


def test_a_cookie_that_was_tampered_with_opens_nothing():
    somebody = Applicant().begin()
    somebody.client.cookies[drafts.COOKIE] = "x" + somebody.client.cookies[drafts.COOKIE].value
    assert somebody.client.get(f"{somebody.here}applicant/").status_code == 404


@pytest.mark.parametrize("step", ["kind", "applicant", "information", "files", "check", "saved", "receipt"])
def test_another_browser_sees_nothing(step):
    somebody = Applicant().begin().fill()
    assert Client().get(f"{somebody.here}{step}/").status_code == 404


def test_another_body_does_not_know_the_draft():
    make_office(slug="water", name="测试县水利局")
    somebody = Applicant().begin().fill()
    assert somebody.client.get(somebody.here.replace("/edu/", "/water/") + "check/").status_code == 404


def test_what_is_wrong_is_said_at_its_field_and_everything_typed_stays():
    somebody = Applicant().begin()
    response = somebody.again(
        somebody.step("applicant", PERSON | {"identity_number": "110105194912310021", "phone": ""})
    )
    page = text(response)
    assert sorted(response.context["form"].errors) == ["identity_number", "phone"]
    assert 'href="#id_identity_number"' in page
    again = text(somebody.client.get(f"{somebody.here}applicant/"))
    assert [value in again for value in ("欧阳某某", "110105194912310021", "某县某路8号")] == [True] * 3


@pytest.mark.parametrize(("go", "goal"), [("back", "kind/"), ("later", "saved/")])
def test_leaving_a_step_saves_it_whatever_was_typed(go, goal):
    somebody = Applicant().begin()
    response = somebody.step("applicant", {"name": "欧阳某某"}, go=go)
    assert response.headers["Location"].endswith(goal)
    assert 'value="欧阳某某"' in text(somebody.client.get(f"{somebody.here}applicant/"))


def test_the_draft_is_not_in_the_database_in_the_clear():
    Applicant().begin().fill()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM foi_onlinedraft")
        stored = json.dumps(cursor.fetchall(), default=str, ensure_ascii=False)
    assert [one for one in (*PRIVATE, "招生工作方案") if one in stored] == []


def test_a_draft_goes_on_in_another_browser_by_its_code():
    code = code_of(Applicant().begin().fill())
    other = Applicant()
    response = other.post(f"{HERE}apply/resume/", {"code": f" {code.lower().replace('-', ' ')} "})
    assert response.headers["Location"].endswith("/check/")
    assert "欧阳某某" in text(other.client.get(response.headers["Location"]))


@pytest.mark.parametrize("code", ["", "AAAA", "ABCD-EFGH-JKMN-PQRS-TUVW", "<script>"])
def test_a_wrong_code_finds_nothing(code):
    Applicant().begin()
    response = Client().post(f"{HERE}apply/resume/", {"code": code}, follow=True)
    assert ("没有找到" in text(response), "欧阳" in text(response)) == (True, False)


def test_codes_cannot_be_tried_out():
    client = Client()
    answers = [client.post(f"{HERE}apply/resume/", {"code": "A"}).status_code for _ in range(12)]
    assert answers == [302] * 10 + [429] * 2


def test_an_old_draft_is_gone(office):
    somebody = Applicant().begin()
    code = code_of(somebody)
    OnlineDraft.objects.update(saved_at=timezone.now() - dt.timedelta(days=drafts.KEPT_DAYS, minutes=1))
    assert somebody.client.get(f"{somebody.here}applicant/").status_code == 404
    assert "没有找到" in text(Client().post(f"{HERE}apply/resume/", {"code": code}, follow=True))


def test_two_drafts_of_one_browser_never_mix():
    first = Applicant().begin()
    second = Applicant(first.client).begin()
    first.step("applicant", PERSON | {"name": "第一个"})
    second.step("applicant", PERSON | {"name": "第二个"})
    names = [text(one.client.get(f"{one.here}applicant/")) for one in (first, second)]
    assert ["第一个" in names[0], "第二个" in names[0], "第二个" in names[1]] == [True, False, True]


def test_two_tabs_of_one_draft_keep_each_others_steps():
    somebody = Applicant().begin()
    tab = Applicant(somebody.client)
    tab.here = somebody.here
    somebody.step("applicant", PERSON)
    tab.step("information", WANTED)
    assert text(somebody.client.get(f"{somebody.here}check/")).count("（未填）") == 6


def test_the_words_searched_for_become_the_name_of_the_information():
    somebody = Applicant().begin(q="校车时刻")
    assert 'value="校车时刻"' in text(somebody.client.get(f"{somebody.here}information/"))


def test_another_kind_of_applicant_is_asked_other_questions():
    somebody = Applicant().begin("business")
    assert "统一社会信用代码" in text(somebody.client.get(f"{somebody.here}applicant/"))
    somebody.step("kind", {"kind": "natural"})
    assert "证件号码" in text(somebody.client.get(f"{somebody.here}applicant/"))


def test_nothing_is_left_behind_when_somebody_gives_up(settings):
    somebody = Applicant().begin().fill()
    response = somebody.post(f"{somebody.here}discard/")
    assert (response.headers["Location"], OnlineDraft.objects.count()) == (HERE, 0)
    assert [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()] == []


# Files -----------------------------------------------------------------------------------------------------


def test_a_good_file_is_kept_when_another_is_refused():
    somebody = Applicant().begin()
    somebody.step("applicant", PERSON)
    response = somebody.post(
        f"{somebody.here}files/", {"go": "next", "identity": [image(), image("坏.exe", b"MZ" + b"\0" * 64)]}
    )
    page = text(somebody.again(response))
    assert ("已上传：id.png" in page, "“坏.exe”不是PDF" in page) == (True, True)
    assert somebody.step("files").headers["Location"].endswith("/check/")


def test_a_file_is_taken_out_again():
    somebody = Applicant().begin().fill()
    identity = drafts.Draft(
        "", OnlineDraft.objects.get(), json.loads(OnlineDraft.objects.get().content)
    ).files[0]["id"]
    somebody.step("files", remove=identity)
    assert "已上传" not in text(somebody.client.get(f"{somebody.here}files/"))


def test_too_many_files_are_refused():
    somebody = Applicant().begin()
    pages = [image(f"{number}.png") for number in range(files.MOST_FILES + 2)]
    response = somebody.post(f"{somebody.here}files/", {"go": "upload", "other": pages})
    response = somebody.again(response)
    assert (text(response).count("已上传："), len(response.context["errors"])) == (8, 2)


def test_proof_may_follow_later_when_that_is_said():
    somebody = Applicant().begin()
    somebody.step("applicant", PERSON)
    assert "请上传身份证明" in text(somebody.again(somebody.step("files")))
    assert somebody.step("files", later="on").headers["Location"].endswith("/check/")


def test_an_agent_needs_an_authority():
    somebody = Applicant().begin()
    somebody.step("applicant", PERSON | {"agent_name": "孙某某", "agent_phone": "13800000001"})
    assert "由代理人申请的，请上传授权委托书" in text(
        somebody.again(somebody.step("files", {"identity": image()}))
    )
    assert somebody.step("files", {"authority": image("授权.png")}).headers["Location"].endswith("/check/")


# Submitting ------------------------------------------------------------------------------------------------


def test_what_is_missing_leads_to_its_field():
    somebody = Applicant().begin()
    response = somebody.client.get(f"{somebody.here}check/")
    addresses = {one.address for one in response.context["lacks"]}
    assert {
        f"{somebody.here}applicant/#id_name",
        f"{somebody.here}information/#id_subject",
        f"{somebody.here}files/",
    } <= addresses
    assert "提交申请</button>" not in text(response)
    assert (somebody.submit().headers["Location"], Request.objects.count()) == (f"{somebody.here}check/", 0)


def test_a_request_comes_of_it(office):
    somebody = applied()
    request = Request.objects.get()
    known = request.applicant
    assert (request.body, request.channel, request.applicant_kind) == (office, "online", "natural")
    assert (request.subject, request.wanted_form, request.wanted_delivery) == (
        WANTED["subject"],
        "电子文件",
        "电子邮件",
    )
    assert (known.name, known.identity_number, known.phone, known.email) == (
        "欧阳某某",
        "11010519491231002X",
        "13800001234",
        "ouyang@example.cn",
    )
    assert request.received_on is None
    assert [(one.kind, one.by_applicant) for one in request.materials.filter(kind="identity")] == [
        ("identity", True)
    ]
    assert somebody.receipt().status_code == 200


def test_submitting_twice_makes_one_request():
    somebody = Applicant().begin().fill()
    answers = [somebody.submit().headers["Location"] for _ in range(2)]
    assert (answers, Request.objects.count()) == ([f"{somebody.here}receipt/"] * 2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_request():
    somebody = Applicant().begin().fill()

    def click():
        other = Client()
        other.cookies = somebody.client.cookies
        return other.post(f"{somebody.here}check/", {"go": "next"}).status_code

    assert (at_once(click, click), Request.objects.count(), Known.objects.count()) == ([302, 302], 1, 1)


def test_after_submitting_every_step_leads_to_the_receipt():
    somebody = applied()
    goals = {somebody.client.get(f"{somebody.here}{one}/").headers["Location"] for one in
             ("kind", "applicant", "information", "files", "check", "saved")}  # fmt: skip
    assert goals == {f"{somebody.here}receipt/"}


def test_the_same_person_is_known_again():
    applied()
    second = Applicant().begin()
    second.step("applicant", PERSON)
    second.step("information", WANTED | {"subject": "另一项信息"})
    second.step("files", later="on")
    second.submit()
    assert (Request.objects.count(), Known.objects.count()) == (2, 1)


def test_a_waiting_file_belongs_to_the_case_afterwards(settings):
    applied()
    waiting = settings.PRIVATE_ROOT / keeping.FOLDER
    assert [path.name for path in waiting.rglob("*") if path.is_file()] == []
    assert Material.objects.filter(by_applicant=True, kind="identity").count() == 1


# The receipt -----------------------------------------------------------------------------------------------


def test_the_receipt_tells_number_and_code():
    somebody = applied()
    response = somebody.receipt()
    request = Request.objects.get()
    assert (request.number in text(response), bool(response.context["code"])) == (True, True)
    assert response.context["code"] not in text(response).split("<figure")[1].split("</figure>")[0]
    assert "no-store" in response.headers["Cache-Control"]


def test_the_code_is_shown_until_it_was_noted():
    somebody = applied()
    code = somebody.receipt().context["code"]
    assert somebody.post(f"{somebody.here}receipt/noted/").headers["Location"] == f"{HERE}track/"
    assert somebody.receipt().status_code == 404
    assert code not in str([list(model.objects.values()) for model in (OnlineDraft, Request)])


def test_the_code_is_shown_for_half_an_hour(monkeypatch):
    somebody = applied()
    later = timezone.now() + dt.timedelta(minutes=31)
    monkeypatch.setattr(timezone, "now", lambda: later)
    response = somebody.receipt()
    assert (response.status_code, response.context["code"]) == (200, "")


@pytest.mark.fonts
def test_the_receipt_on_paper():
    somebody = applied()
    response = somebody.client.get(f"{somebody.here}receipt.pdf")
    assert (response.status_code, response.content[:5]) == (200, b"%PDF-")


# Nothing personal where it does not belong -----------------------------------------------------------------


def test_nothing_personal_in_addresses_logs_or_audit(caplog):
    caplog.set_level("DEBUG")
    somebody = applied()
    somebody.receipt()
    told = json.dumps(list(Entry.objects.values()), default=str, ensure_ascii=False)
    written = " ".join([*somebody.visited, told, _own_log(caplog)])
    assert [one for one in (*PRIVATE, somebody.receipt().context["code"]) if one in written] == []


def _own_log(caplog):
    """What an installation logs; the database's own statements are no part of it."""
    return " ".join(one.getMessage() for one in caplog.records if not one.name.startswith("django.db"))


def test_every_page_is_never_cached():
    somebody = Applicant().begin().fill()
    for step in ("kind", "applicant", "information", "files", "check", "saved"):
        assert "no-store" in somebody.client.get(f"{somebody.here}{step}/").headers["Cache-Control"]


def test_forms_need_a_token():
    somebody = Applicant(Client(enforce_csrf_checks=True))
    assert somebody.post(f"{HERE}apply/start/", {"kind": "natural"}).status_code == 403
