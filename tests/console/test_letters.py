"""Letters on the page: drafted, edited with a preview, reviewed, signed by another, served; the case closes."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone
from tests.console.conftest import client_for
from tests.console.test_who_may import APPROVERS, HANDLERS, READERS, expected, statuses
from tests.factories import make_applicant, make_handler, make_request
from tests.foi.paperwork import ready

from gongkai.audit.models import Entry
from gongkai.foi.letter_text import digest_of
from gongkai.foi.models import Dispatch, Letter, Request

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(bureau):
    applicant = make_applicant(bureau, name="申屠无名")
    return ready(make_request(bureau, applicant=applicant, submitted_on=timezone.localdate()))


def at(name, *args):
    return reverse(f"console:{name}", args=args)


def send(client, address, expect=302, **data):
    """Open a form's page and send it, with what the page filled in itself."""
    form = client.get(address).context["form"]
    given = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    answer = client.post(address, {**given, **data})
    assert answer.status_code == expect, answer.context and answer.context["form"].errors
    return answer


def newest():
    return Letter.objects.order_by("pk").last()


def drafted(client, case, kind, **data):
    send(client, at("letter_add", case.pk, kind), **data)
    return newest()


def signed(as_, case, kind, **data):
    letter = drafted(as_("handler"), case, kind, **data)
    send(as_("handler"), at("letter_submit", letter.pk))
    reviewer = client_for(make_handler(case.body))
    if kind in {"granted", "partial", "denied_internal"}:
        send(reviewer, at("letter_opinion", letter.pk, "legal"), agrees="1")
        send(reviewer, at("letter_opinion", letter.pk, "secrecy"), agrees="1", basis="保守国家秘密法")
    send(as_("approver"), at("letter_sign", letter.pk))
    letter.refresh_from_db()
    return letter


def test_the_whole_way_of_an_answer_closes_the_case(as_, case):
    letter = signed(as_, case, "granted", provision="随本告知书附上复制件")
    today = timezone.localdate()
    assert (letter.state, letter.number) == ("signed", f"县教育局公开〔{today.year}〕第1号")
    send(as_("handler"), at("letter_dispatch", letter.pk), carrier="中国邮政", tracking_number="XA1")
    letter.refresh_from_db()
    case.refresh_from_db()
    assert (letter.state, case.closed_on, case.outcome) == ("issued", today, "granted")
    page = as_("reader").get(at("request", case.pk)).content.decode()
    assert (letter.number in page, "申屠无名" in page) == (True, False)


def test_the_kinds_offered_are_those_the_case_allows(as_, case, bureau):
    offered = as_("handler").get(at("letter_choose", case.pk)).context
    titles = [one.label for _, offers in offered["groups"] for one in offers]
    assert {"政府信息公开申请补正告知书", "政府信息公开延期答复告知书", "不予公开政府信息决定书"} <= set(
        titles
    )
    refused = {one.label: one.obstacles for one in offered["impossible"]}
    assert "政府信息公开答复更正告知书" in refused
    assert "政府信息公开申请补正告知书" not in refused
    unread = make_request(bureau, channel="registered_mail", received=False)
    impossible = as_("handler").get(at("letter_choose", unread.pk)).context["impossible"]
    assert "政府信息公开申请补正告知书" in [one.label for one in impossible]


def test_what_is_missing_is_asked_at_its_field_and_nothing_is_lost(as_, case):
    client = as_("handler")
    address = at("letter_add", case.pk, "clarification")
    form = client.get(address).context["form"]
    assert [name for name in form.fields if name != "once"] == ["clarify", "clarify_by"]
    answer = send(client, address, 422, clarify="请写明年度", clarify_by="")
    assert list(answer.context["form"].errors) == ["clarify_by"]
    assert "请写明年度" in answer.content.decode()
    assert Letter.objects.count() == 0


def test_parts_withheld_are_entered_line_by_line(as_, case):
    client = as_("handler")
    given = {"provision": "附件"}
    answer = send(client, at("letter_add", case.pk, "partial"), 422, withheld="电话｜个人隐私", **given)
    assert "第1行不完整" in str(answer.context["form"].errors["withheld"])
    letter = drafted(client, case, "partial", withheld="电话｜个人隐私|条例第十五条", **given)
    assert letter.facts["withheld"] == [{"part": "电话", "reason": "个人隐私", "basis": "条例第十五条"}]


def test_two_clicks_draft_one_letter(as_, case):
    client, address = as_("handler"), at("letter_add", case.pk, "granted")
    data = {"once": client.get(address).context["form"]["once"].value(), "provision": "附件"}
    first, second = client.post(address, data), client.post(address, data)
    assert (first.url, Letter.objects.count()) == (second.url, 1)


def test_the_text_is_previewed_without_being_kept(as_, case):
    client = as_("handler")
    letter = drafted(client, case, "granted", provision="附件")
    address = at("letter_edit", letter.pk)
    shown = send(client, address, 200, text="现予提供。\n{{没有}}", preview="1")
    assert [one.code for one in shown.context["preview"].problems] == ["unknown"]
    assert "现予提供。" in shown.content.decode()
    shown = send(client, address, 200, text=f"{letter.text}\n请查收。", preview="1")
    assert "<p>请查收。</p>" in shown.content.decode()
    assert Letter.objects.get(pk=letter.pk).text == letter.text
    send(client, address, text=f"{letter.text}\n请查收。")
    assert Letter.objects.get(pk=letter.pk).text.endswith("请查收。")


def test_who_comes_second_keeps_his_text(as_, case):
    client = as_("handler")
    letter = drafted(client, case, "granted", provision="附件")
    seen = digest_of(letter)
    send(client, at("letter_edit", letter.pk), text="甲改")
    answer = send(client, at("letter_edit", letter.pk), 422, text="乙改", seen=seen)
    assert "已由他人修改" in answer.content.decode()
    assert "乙改</textarea>" in answer.content.decode()
    assert Letter.objects.get(pk=letter.pk).text == "甲改"


def test_changed_facts_make_the_text_anew(as_, case):
    client = as_("handler")
    letter = drafted(client, case, "granted", provision="附件")
    send(client, at("letter_facts", letter.pk), provision="当面领取")
    letter.refresh_from_db()
    assert ("当面领取" in letter.text, letter.facts) == (True, {"provision": ["当面领取"]})


def test_the_drafter_does_not_sign_and_is_told_so(as_, case):
    client = as_("approver")
    letter = drafted(client, case, "clarification", clarify="请写明年度", clarify_by="2099-01-04")
    send(client, at("letter_submit", letter.pk))
    page = client.get(at("letter", letter.pk))
    closed = {one.label: [each.code for each in one.obstacles] for one in page.context["impossible"]}
    assert closed == {"签发": ["own_draft"], "退回修改": ["own_draft"]}
    answer = send(client, at("letter_sign", letter.pk), 422)
    assert "不能签发" in answer.content.decode()


def test_a_refusal_needs_words_and_sends_it_back(as_, case):
    letter = drafted(as_("handler"), case, "granted", provision="附件")
    send(as_("handler"), at("letter_submit", letter.pk))
    reviewer = client_for(make_handler(case.body))
    address = at("letter_opinion", letter.pk, "legal")
    assert "意见" in send(reviewer, address, 422, agrees="0").content.decode()
    send(reviewer, address, agrees="0", opinion="依据有误")
    letter.refresh_from_db()
    assert (letter.state, letter.opinions.get().opinion) == ("draft", "依据有误")
    assert "依据有误" in as_("handler").get(at("letter", letter.pk)).content.decode()
    assert reviewer.get(at("letter_opinion", letter.pk, "sign")).status_code == 404


def test_a_notice_leaves_and_moves_the_clock(as_, case):
    letter = signed(as_, case, "clarification", clarify="请写明年度", clarify_by="2099-01-04")
    send(as_("handler"), at("letter_issue", letter.pk))
    assert case.facts.filter(kind="clarification_notified").get().document_number == letter.number


def test_what_came_back_is_served_again(as_, case):
    letter = signed(as_, case, "clarification", clarify="请写明年度", clarify_by="2099-01-04")
    client = as_("handler")
    refused = send(client, at("letter_dispatch", letter.pk), 422, carrier="某快递")
    assert {"carrier", "tracking_number"} <= set(refused.context["form"].errors)
    send(client, at("letter_dispatch", letter.pk), carrier="EMS", tracking_number="XA1")
    first = Dispatch.objects.get()
    send(client, at("dispatch_fail", first.pk), failure="查无此人")
    send(client, at("letter_dispatch", letter.pk), carrier="EMS", tracking_number="XA2")
    send(client, at("dispatch_confirm", Dispatch.objects.last().pk), received_by="本人")
    assert [(one.failure, one.received_by) for one in letter.dispatches.all()] == [
        ("查无此人", ""),
        ("", "本人"),
    ]


def test_a_void_letter_stays_in_the_register(as_, case):
    letter = signed(as_, case, "clarification", clarify="请写明年度", clarify_by="2099-01-04")
    send(as_("handler"), at("letter_void", letter.pk), 422, reason="")
    send(as_("handler"), at("letter_void", letter.pk), reason="期限有误")
    page = as_("reader").get(at("letters")).content.decode()
    assert (letter.number in page, "已作废" in page, "申屠无名" in page) == (True, True, False)
    found = as_("reader").get(f"{at('letters')}?q={case.number}&state=void")
    assert found.context["page"].paginator.count == 1
    assert as_("reader").get(at("letters_export")).status_code == 200


@pytest.mark.parametrize(("kind", "head"), [("pdf", b"%PDF-"), ("docx", b"PK")])
def test_a_letter_is_taken_along_and_that_is_recorded(as_, case, kind, head):
    letter = drafted(as_("handler"), case, "granted", provision="附件")
    answer = as_("handler").get(at("letter_file", letter.pk, kind))
    assert answer.content.startswith(head)
    assert "attachment" in answer["Content-Disposition"]
    assert Entry.objects.get(verb="foi.download_letter").detail == {"letter": letter.pk, "kind": kind}
    assert as_("handler").get(at("letter_file", letter.pk, "exe")).status_code == 404


def test_the_page_masks_who_asked(as_, case):
    letter = drafted(as_("handler"), case, "granted", provision="附件")
    page = as_("handler").get(at("letter", letter.pk)).content.decode()
    assert ("申屠无名" in page, bool(re.search(r"letter__addressee\">申\*+：", page))) == (False, True)
    read = as_("reader").get(at("letter", letter.pk)).content.decode()
    assert ("下载PDF" in read, "letter__title" in read) == (False, False)


def test_who_may_do_what_with_letters(as_, case, officers):
    letter = drafted(as_("handler"), case, "granted", provision="附件")
    assert statuses(as_, at("letter", letter.pk)) == expected(READERS, READERS)
    for name in (
        "letter_edit",
        "letter_facts",
        "letter_submit",
        "letter_void",
        "letter_issue",
        "letter_dispatch",
    ):
        assert statuses(as_, at(name, letter.pk)) == expected(HANDLERS, READERS), name
    assert statuses(as_, at("letter_opinion", letter.pk, "legal")) == expected(HANDLERS, READERS)
    assert statuses(as_, at("letter_file", letter.pk, "docx")) == expected(HANDLERS, READERS)
    for name in ("letter_sign", "letter_return"):
        assert statuses(as_, at(name, letter.pk)) == expected(APPROVERS, READERS), name
    for address in (at("letter_choose", case.pk), at("letter_add", case.pk, "granted")):
        assert statuses(as_, address) == expected(HANDLERS, READERS)
    signed_letter = Request.objects.get(pk=case.pk).letters.get()
    sent = Dispatch.objects.create(
        letter=signed_letter, method="post", sent_on=timezone.localdate(), recorded_at=timezone.now()
    )
    for name in ("dispatch_confirm", "dispatch_fail"):
        assert statuses(as_, at(name, sent.pk)) == expected(HANDLERS, READERS), name
