"""The applicant's side: draft, one submission, the query code, mutual confirmation, and what one does in one's own case."""

import datetime as dt

import pytest
from tests.factories import at, close, day, make_body, make_handler, make_request, refused
from tests.foi.paperwork import issued, moment, ready, signed

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.query_codes import shown_code
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.clock import clock_of
from gongkai.foi.models import Access, Applicant, CaseFact, OnlineDraft, Request

pytestmark = pytest.mark.django_db

NOW = at(2024, 3, 1)
KEY = "K7M2QW9XT4C8HNPR3VYB"
PERSON = {
    "kind": "natural",
    "name": "欧阳娜娜",
    "identity_number": "11010119900307003X",
    "phone": "13800138000",
    "email": "ouyang@example.cn",
}
PDF = b"%PDF-1.7\n%%EOF"


def application(**kw):
    return acts.Application(**{**PERSON, "subject": "2023年招生计划", "wanted_delivery": "电子邮件"} | kw)


def submit(body, key=KEY, **kw):
    return acts.submit_online(body=body, key=key, application=application(**kw), at=NOW)


def again(row):
    return type(row).objects.get(pk=row.pk)


def test_a_draft_is_found_by_its_key_alone_and_lies_encrypted():
    body = make_body()
    row = acts.save_draft(body=body, key=KEY, content='{"name": "欧阳娜娜"}', at=NOW)
    acts.save_draft(body=body, key=KEY, content='{"name": "欧阳"}', at=NOW + dt.timedelta(1))

    found = acts.find_draft(body=body, key=KEY, at=NOW)
    assert (found, found.content, found.started_at) == (row, '{"name": "欧阳"}', NOW)
    assert acts.find_draft(body=body, key=KEY + "2", at=NOW) is None
    assert acts.find_draft(body=make_body(), key=KEY, at=NOW) is None
    assert acts.find_draft(body=body, key=KEY, at=NOW + dt.timedelta(32)) is None
    assert KEY not in str(OnlineDraft.objects.values().get())
    with refused("too_long"):
        acts.save_draft(body=body, key=KEY, content="长" * 200_001, at=NOW)


def test_old_drafts_are_forgotten():
    body = make_body()
    acts.save_draft(body=body, key="A", content="旧", at=NOW - dt.timedelta(31))
    acts.save_draft(body=body, key="B", content="新", at=NOW)
    submit(body)
    acts.save_draft(body=body, key=KEY, content="提交以后", at=NOW - dt.timedelta(2))
    assert acts.forget_drafts(at=NOW) == 1
    kept = sorted((one.saved_at, one.request is None) for one in OnlineDraft.objects.all())
    assert kept == [(NOW - dt.timedelta(2), False), (NOW, True)]
    assert acts.find_draft(body=body, key=KEY, at=NOW).content == ""


def test_submitting_twice_makes_one_request_with_one_code():
    body = make_body()
    acts.save_draft(body=body, key=KEY, content="{}", at=NOW)
    files = (acts.CaseFile("identity", "身份证.pdf", PDF),)
    first, second = submit(body, files=files), submit(body, files=files)

    assert (first, Request.objects.count(), Applicant.objects.count()) == (second, 1, 1)
    request = first.request
    assert (request.number, request.channel, request.received_on) == ("2024-0001", "online", None)
    assert (request.applicant.name, request.applicant.masked_name) == ("欧阳娜娜", "欧***")
    [material] = request.materials.all()
    assert (material.name, material.by_applicant, material.kind) == ("身份证.pdf", True, "identity")
    assert acts.find_draft(body=body, key=KEY, at=NOW).content == ""
    assert acts.open_case(body=body, number="2024-0001", code=first.code, at=NOW) == request


def test_everything_that_is_missing_is_said_at_once():
    body = make_body()
    with refused("field", "no_identity", "no_contact", "no_contact", "file_type", "kind", "no_authority"):
        wrong = acts.CaseFile("decision", "a.exe", b"MZ\x90\x00")
        acts.submit_online(
            body=body,
            key=KEY,
            application=acts.Application(
                kind="natural",
                name="欧阳娜娜",
                identity_number="",
                subject="",
                wanted_delivery="邮寄",
                agent_name="李四",
                files=(wrong,),
            ),
            at=NOW,
        )


def test_the_same_person_is_one_applicant_and_nobody_changes_another_s_data():
    body = make_body()
    first = submit(body)
    same = submit(body, key="B" * 20, subject="另一件")
    other = submit(body, key="C" * 20, subject="第三件", phone="13900139000")
    assert same.request.applicant == first.request.applicant
    assert other.request.applicant != first.request.applicant
    assert again(first.request.applicant).phone == "13800138000"


def test_nothing_personal_in_the_audit():
    body = make_body()
    request = submit(body).request
    acts.confirm_receipt(request=request, actor=applicant_of(request), at=NOW)
    said = "\n".join(
        f"{one.actor_name}{one.target_name}{one.detail}{one.reason}" for one in Entry.objects.all()
    )
    assert [word for word in PERSON.values() if word != "natural" and word in said] == []
    last = Entry.objects.latest("sequence")
    assert (last.verb, last.actor_name) == ("foi.confirm_receipt", "申请人（2024-0001）")


# The query code --------------------------------------------------------------------------------------------


def test_the_code_is_known_to_nobody_but_who_was_told():
    request = make_request()
    officer = make_handler(request.body)
    code = acts.issue_query_code(request=request, actor=officer, at=NOW)
    assert code not in str(Access.objects.values().get())

    def opened(code, number=request.number, body=request.body):
        return acts.open_case(body=body, number=number, code=code, at=NOW)

    shown = shown_code(code)
    assert [opened(one) for one in (code, shown, shown.lower(), f" {code} ")] == [request] * 4
    assert opened(code, number="2024-9999") is None
    assert opened(code, body=make_body()) is None
    other = acts.issue_query_code(request=request, actor=officer, at=NOW)
    assert [opened(code), opened(other)] == [None, request]
    reader = make_handler(request.body, role="reader")
    with refused("not_permitted"):
        acts.issue_query_code(request=request, actor=reader, at=NOW)


def test_five_wrong_codes_lock_the_case_for_a_quarter_of_an_hour():
    request = make_request()
    code = acts.issue_query_code(request=request, actor=SYSTEM, at=NOW)

    def opened(code, minutes):
        moment_ = NOW + dt.timedelta(minutes=minutes)
        return acts.open_case(body=request.body, number=request.number, code=code, at=moment_)

    assert [opened("WRONG", 0) for _ in range(4)] == [None] * 4
    assert opened(code, 0) == request
    assert [opened("WRONG", 1) for _ in range(5)] == [None] * 5
    assert [opened(code, 1), opened(code, 15.9), opened(code, 16)] == [None, None, request]
    assert Entry.objects.filter(verb="foi.access_locked").count() == 1


# Mutual confirmation (条例 art. 31) ------------------------------------------------------------------------


@pytest.mark.parametrize("office_first", [True, False])
def test_the_later_of_both_confirmations_is_the_day_of_receipt(office_first):
    request = submit(make_body()).request
    officer = make_handler(request.body)
    both = [
        lambda when: acts.confirm_arrival(request=again(request), actor=officer, at=when),
        lambda when: acts.confirm_receipt(request=again(request), actor=applicant_of(request), at=when),
    ]
    first, second = both if office_first else reversed(both)
    assert first(at(2024, 3, 4)).received_on is None
    with refused("again"):
        first(at(2024, 3, 5))
    assert second(at(2024, 3, 6)).received_on == day("2024-03-06")
    assert clock_of(again(request), as_of=day("2024-03-06")).due_on == day("2024-04-03")
    with refused("received"):
        second(at(2024, 3, 7))
    assert CaseFact.objects.get(kind="received").detail["article"] == "条例第三十一条第（三）项"


def test_who_confirms_and_what():
    request = submit(make_body()).request
    stranger = applicant_of(make_request())
    with refused("not_yours"):
        acts.confirm_receipt(request=request, actor=stranger, at=NOW)
    with refused("not_yours"):
        acts.confirm_receipt(request=request, actor=SYSTEM, at=NOW)
    counter = make_request(received=False)
    with refused("channel"):
        acts.confirm_arrival(request=counter, actor=SYSTEM, at=NOW)


# In one's own case -----------------------------------------------------------------------------------------


@pytest.fixture
def case():
    return ready(make_request())


def test_replying_to_a_clarification(case):
    me = applicant_of(case)
    with refused("clock"):
        acts.reply_to_clarification(request=case, text="2023年", actor=me, at=moment("2024-03-06"))
    issued(case, "clarification", "2024-03-05")
    with refused("empty"):
        acts.reply_to_clarification(request=case, text=" ", actor=me, at=moment("2024-03-06"))
    assert acts.why_not_reply(case, actor=me, at=moment("2024-03-06")) == []
    files = [acts.CaseFile("", "附图.pdf", PDF)]
    acts.reply_to_clarification(request=case, text="2023年", files=files, actor=me, at=moment("2024-03-11"))

    assert clock_of(again(case), as_of=day("2024-03-11")).due_on == day("2024-04-09")
    assert [(one.name, one.kind) for one in case.materials.all()] == [
        ("补正.txt", "clarification"),
        ("附图.pdf", "clarification"),
    ]
    with refused("clock"):
        acts.reply_to_clarification(request=case, text="又补", actor=me, at=moment("2024-03-12"))


def test_a_late_reply_needs_its_reason(case):
    me = applicant_of(case)
    issued(case, "clarification", "2024-03-05")
    reply = {"request": case, "text": "2023年", "actor": me, "at": moment("2024-04-01")}
    with refused("clock"):
        acts.reply_to_clarification(**reply)
    acts.reply_to_clarification(late_reason="住院", **reply)
    assert clock_of(again(case), as_of=day("2024-04-01")).state == "running"


def test_withdrawing(case):
    me = applicant_of(case)
    with refused("not_yours"):
        acts.withdraw_own(request=case, actor=SYSTEM, at=NOW)
    acts.withdraw_own(request=case, reason="已经找到", actor=me, at=NOW)
    row = again(case)
    assert (row.outcome, row.remarks.get().text) == ("withdrawn", "申请人撤回的原因：已经找到")
    with refused("closed"):
        acts.withdraw_own(request=row, actor=me, at=NOW)


def test_acknowledging_an_electronic_letter(case):
    me, letter = applicant_of(case), signed(case, "granted", "2024-03-28")
    with refused("not_sent"):
        acts.acknowledge_letter(letter=letter, actor=me, at=moment("2024-03-28"))
    acts.dispatch_letter(
        letter=letter, method="electronic", sent_on=day("2024-03-28"), actor=SYSTEM, at=moment("2024-03-28")
    )
    stranger = applicant_of(make_request())
    with refused("not_yours"):
        acts.acknowledge_letter(letter=again(letter), actor=stranger, at=moment("2024-03-29"))
    acts.acknowledge_letter(letter=again(letter), actor=me, at=moment("2024-04-01"))
    assert again(case).closed_on == day("2024-03-28")


def test_correcting_information_about_oneself(case):
    me = applicant_of(case)
    ask = {
        "information": "登记的出生日期",
        "wanted": "1990年3月7日",
        "evidence": "出生证",
        "actor": me,
        "at": at(),
    }
    with refused("open"):
        acts.ask_correction(request=case, **ask)
    close(case)
    case = again(case)
    with refused("field", "field"):
        acts.ask_correction(request=case, **ask | {"information": "", "wanted": ""})
    asked = acts.ask_correction(request=case, files=[acts.CaseFile("", "证.pdf", PDF)], **ask)
    with refused("again"):
        acts.ask_correction(request=case, **ask)

    officer = make_handler(case.body)
    with refused("result", "no_answer"):
        acts.answer_correction(correction=asked, result="maybe", answer="", actor=officer, at=at())
    acts.answer_correction(correction=asked, result="corrected", answer="已更正", actor=officer, at=at())
    row = again(asked)
    assert (row.result, row.answered_by, row.wanted) == ("corrected", officer, "1990年3月7日")
    with refused("answered"):
        acts.answer_correction(correction=row, result="refused", answer="不", actor=officer, at=at())


def test_proposing_disclosure_to_all(case):
    me = applicant_of(case)
    with refused("open"):
        acts.propose_disclosure(request=case, text="建议公开", actor=me, at=at())
    close(case)
    case = again(case)
    with refused("field"):
        acts.propose_disclosure(request=case, text="", actor=me, at=at())
    made = acts.propose_disclosure(request=case, text="建议公开", actor=me, at=at())
    with refused("again"):
        acts.propose_disclosure(request=case, text="建议公开", actor=me, at=at())
    with refused("no_answer"):
        acts.answer_proposal(proposal=made, accepted=True, answer="", actor=SYSTEM, at=at())
    acts.answer_proposal(proposal=made, accepted=True, answer="将于月底公开", actor=SYSTEM, at=at())
    assert (again(made).accepted, again(made).answer) == (True, "将于月底公开")
    with refused("answered"):
        acts.answer_proposal(proposal=again(made), accepted=False, answer="不", actor=SYSTEM, at=at())
