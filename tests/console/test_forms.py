"""Entering records by the pages: it arrives, it arrives once, and what is refused is said at its field."""

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import Workbook, load_workbook
from tests.factories import lock_year, make_request

from gongkai.audit.models import Entry
from gongkai.disclosure.models import Document
from gongkai.disputes.models import Dispute
from gongkai.engagement.models import Concern, Consultation, FaqEntry, MailboxLetter
from gongkai.foi.models import Applicant, FeeNotice, Request
from gongkai.ledgers.models import FeeReceipt, Matter, Procurement, Supervision, Tally, Training

pytestmark = pytest.mark.django_db


def send(client, name, data, *args, **options):
    """Open the page, then send its form with these values, as a browser would."""
    address = reverse(f"console:{name}", args=args)
    form = client.get(address).context["form"]
    typed = {
        field.html_name: field.value()
        for field in form
        if field.value() is not None and field.value() is not False
    }
    return client.post(address, typed | data, **options)


def errors(answer):
    assert answer.status_code == 422
    return {name: list(told) for name, told in answer.context["form"].errors.items()}


RECORDS = {
    "matter_add": (Matter, {"kind": "penalty", "name": "违规办学处罚", "since": "2024-01-01"}),
    "procurement_add": (
        Procurement,
        {"name": "课桌椅", "concluded_on": "2024-05-01", "amount_yuan": "1200.5"},
    ),
    "training_add": (Training, {"title": "公开培训", "held_on": "2024-05-01", "attendees": "40"}),
    "supervision_add": (
        Supervision,
        {"kind": "appraisal", "title": "社会评议", "held_on": "2024-05-01", "people": "0"},
    ),
    "consultation_add": (
        Consultation,
        {"title": "学区划分", "opens_on": "2024-05-01", "closes_on": "2024-05-31"},
    ),
    "concern_add": (Concern, {"topic": "校车安全", "severity": "general", "arose_at": "2024-05-01T09:30"}),
    "faq_add": (FaqEntry, {"topic": "招生", "question": "几岁入学？", "answer": "六周岁。"}),
    "mailbox_add": (
        MailboxLetter,
        {"way": "phone", "received_at": "2024-05-01T09:30", "subject": "来电", "text": "询问学区"},
    ),
    "dispute_add": (Dispute, {"route": "review", "number": "复2号", "filed_on": "2024-05-01"}),
    "document_add": (
        Document,
        {"title": "招生通知", "kind": "normative", "made_on": "2024-05-01", "attribute": "proactive"},
    ),
    "request_add": (
        Request,
        {
            "kind": "natural",
            "name": "张三",
            "channel": "in_person",
            "subject": "经费决算",
            "submitted_on": "2024-05-06",
        },
    ),
}


@pytest.mark.parametrize("name", RECORDS)
def test_a_record_is_entered_and_recorded(name, as_, bureau):
    model, data = RECORDS[name]
    answer = send(as_("handler"), name, data)
    assert answer.status_code == 302
    assert [row.body for row in model.objects.all()] == [bureau]
    assert Entry.objects.filter(actor__username__startswith="officer").exists()


@pytest.mark.parametrize("name", RECORDS)
def test_a_double_click_enters_it_once(name, as_):
    model, data = RECORDS[name]
    client = as_("handler")
    address = reverse(f"console:{name}")
    number = {"once": client.get(address).context["form"]["once"].value()}
    form = client.get(address).context["form"]
    typed = {
        field.html_name: field.value()
        for field in form
        if field.value() is not None and field.value() is not False
    }
    first, second = (client.post(address, typed | data | number) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url
    assert model.objects.count() == 1


@pytest.mark.parametrize("name", RECORDS)
def test_an_empty_form_names_every_field_and_keeps_nothing(name, as_):
    model, data = RECORDS[name]
    answer = as_("handler").post(reverse(f"console:{name}"), {})
    assert "body" in errors(answer) or set(data) & set(errors(answer))
    assert model.objects.count() == 0


def test_a_published_year_asks_for_the_reason_of_the_amendment_and_keeps_what_was_typed(as_, bureau):
    lock_year(bureau, 2024)
    client = as_("handler")
    data = RECORDS["training_add"][1]
    refused = send(client, "training_add", data)
    assert list(errors(refused)) == ["amendment"]
    page = refused.content.decode()
    assert "更正理由" in page
    assert 'value="公开培训"' in page
    assert "更正理由" not in client.get(reverse("console:training_add")).content.decode()
    assert Training.objects.count() == 0
    send(client, "training_add", data | {"amendment": "补登漏报的培训"})
    entry = Entry.objects.order_by("sequence").last()
    assert (entry.verb, entry.detail["amended_years"]) == ("ledgers.amend.record_training", [2024])


def test_a_reason_sent_where_no_act_asks_for_one_is_passed_over(as_, records):
    data = {"title": "新版", "text": "修改后的正文", "amendment": "无关"}
    assert send(as_("approver"), "edition_add", data, records.document.pk).status_code == 302


def test_a_broken_constraint_is_told_in_words(as_):
    data = {"title": "学区划分", "opens_on": "2024-05-31", "closes_on": "2024-05-01"}
    assert errors(send(as_("handler"), "consultation_add", data)) == {"__all__": ["截止日期不得早于开始日期"]}


# Ledgers ----------------------------------------------------------------------------------------------------


def test_a_matter_is_cancelled(as_, records):
    answer = send(as_("handler"), "matter_cancel", {"until": "2024-06-30"}, records.matter.pk)
    records.matter.refresh_from_db()
    assert (answer.status_code, records.matter.until) == (302, dt.date(2024, 6, 30))
    assert (
        send(as_("handler"), "matter_cancel", {"until": "2024-07-01"}, records.matter.pk).status_code == 422
    )


def test_a_fee_receipt_belongs_to_a_fee(as_, records):
    data = {
        "matter": records.fee.pk,
        "first_day": "2024-05-01",
        "last_day": "2024-05-31",
        "amount_yuan": "10.25",
    }
    assert send(as_("handler"), "fee_receipt_add", data).status_code == 302
    assert FeeReceipt.objects.count() == 2
    again = errors(send(as_("handler"), "fee_receipt_add", data))
    assert list(again) == ["first_day"]
    wrong = errors(send(as_("handler"), "fee_receipt_add", data | {"matter": records.matter.pk}))
    assert list(wrong) == ["matter"]


def sheet(client, **chosen):
    return client.get(
        reverse("console:tally_sheet"), {"kind": "licence", "year": 2024, "period": "m5"} | chosen
    )


def test_a_sheet_is_saved_together(as_, bureau, records):
    from gongkai.core.actors import SYSTEM
    from gongkai.ledgers.acts import list_matter

    other = list_matter(
        body=bureau, kind="licence", name="教师资格认定", since=dt.date(2024, 1, 1), actor=SYSTEM
    )
    client = as_("handler")
    page = sheet(client)
    assert [matter for matter, _, _ in page.context["rows"]] == [other, records.matter]
    once = page.context["form"]["once"].value()
    address = f"{reverse('console:tally_sheet')}?kind=licence&year=2024&period=m5"
    first, second = f"count_{other.pk}", f"count_{records.matter.pk}"
    wrong = client.post(address, {first: "7", second: "-1", "once": once})
    assert list(errors(wrong)) == [second]
    assert 'value="7"' in wrong.content.decode()
    assert Tally.objects.count() == 1
    saved = client.post(address, {first: "7", second: "", "once": once, "source": "窗口统计"})
    assert saved.status_code == 302
    tally = Tally.objects.get(matter=other)
    assert (tally.first_day, tally.last_day, tally.count, tally.source) == (
        dt.date(2024, 5, 1), dt.date(2024, 5, 31), 7, "窗口统计",
    )  # fmt: skip
    assert Tally.objects.count() == 2


def test_what_was_counted_between_is_refused_at_its_row(as_, records):
    client = as_("handler")
    page = sheet(client, period="q3")
    name = f"count_{records.matter.pk}"
    from gongkai.core.actors import SYSTEM
    from gongkai.ledgers.acts import TallyRow, record_tally

    row = TallyRow(
        matter=records.matter, first_day=dt.date(2024, 8, 1), last_day=dt.date(2024, 8, 31), count=1
    )
    record_tally(row=row, actor=SYSTEM)
    address = f"{reverse('console:tally_sheet')}?kind=licence&year=2024&period=q3"
    shown = client.get(address)
    assert [tally.count for _, _, tally in shown.context["rows"]] == [1]
    assert name in page.context["form"].fields
    assert name not in shown.context["form"].fields


def test_an_empty_sheet_is_no_zero(as_, records):
    client = as_("handler")
    address = f"{reverse('console:tally_sheet')}?kind=licence&year=2024&period=m5"
    assert list(errors(client.post(address, {f"count_{records.matter.pk}": ""}))) == ["__all__"]
    assert client.post(address, {f"count_{records.matter.pk}": "0"}).status_code == 302


def test_a_wrong_period_in_the_address_is_told(as_, records):
    assert sheet(as_("handler"), period="m13").status_code == 200
    assert "period" in sheet(as_("handler"), period="m13").context["choice"].errors


def table(*rows):
    book = Workbook()
    for row in (("事项名称", "期间起", "期间止", "处理决定数量"), *rows):
        book.active.append(row)
    target = io.BytesIO()
    book.save(target)
    target.seek(0)
    target.name = "统计.xlsx"
    return target


def test_a_file_is_taken_whole_or_every_wrong_row_is_named(as_, records):
    client = as_("handler")
    good, bad = (
        ("民办学校设立审批", "2024-07-01", "2024-07-31", 5),
        ("没有的事项", "2024-07-01", "七月", "若干"),
    )
    told = errors(send(client, "tally_import", {"file": table(good, bad)}))["__all__"]
    assert [line.partition("：")[0] for line in told] == ["第3行", "第3行", "第3行"]
    assert Tally.objects.count() == 1
    assert send(client, "tally_import", {"file": table(good)}).status_code == 302
    assert Tally.objects.count() == 2


@pytest.mark.parametrize(
    "content",
    [b"", b"PK\x03\x04broken", b"\x00\x01\x02", b"a,b\n1,2\n"],
    ids=["empty", "zip", "binary", "headings"],
)
def test_a_file_that_cannot_be_read_says_so(as_, records, content):
    file = io.BytesIO(content)
    file.name = "统计.xlsx"
    assert errors(send(as_("handler"), "tally_import", {"file": file}))


def test_the_template_reads_back_with_the_bodys_matters(as_, records):
    book = load_workbook(io.BytesIO(as_("handler").get(reverse("console:tally_template")).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[0] == ("类别", "事项名称", "期间起", "期间止", "处理决定数量", "数据来源")
    assert [row[1] for row in rows[1:]] == ["民办学校设立审批"]


def test_an_entry_is_corrected_and_removed_with_a_reason(as_, records):
    client = as_("handler")
    assert list(errors(send(client, "tally_correct", {"count": "30"}, records.tally.pk))) == ["reason"]
    assert (
        send(client, "tally_correct", {"count": "30", "reason": "漏计"}, records.tally.pk).status_code == 302
    )
    records.tally.refresh_from_db()
    assert records.tally.count == 30
    assert send(client, "tally_remove", {"reason": "重复"}, records.tally.pk).status_code == 302
    assert Tally.objects.count() == 0


# Documents --------------------------------------------------------------------------------------------------


def test_a_document_is_published_as_it_is_entered(as_):
    data = RECORDS["document_add"][1] | {"text": "各学校：\n请遵照执行。<script>x</script>", "publish": "on"}
    data |= {"kind": "notice", "override": "仅一人在岗"}
    send(as_("approver"), "document_add", data)
    document = Document.objects.get()
    assert document.first_published_at is not None
    assert document.editions.get().state == "published"
    assert "script" not in document.editions.get().text


def test_who_may_not_approve_is_not_offered_to_publish(as_):
    page = as_("handler").get(reverse("console:document_add"))
    assert "publish" not in page.context["form"].fields
    send(as_("handler"), "document_add", RECORDS["document_add"][1] | {"text": "正文", "publish": "on"})
    assert Document.objects.get().first_published_at is None


def test_publishing_without_a_text_registers_nothing(as_):
    answer = send(as_("approver"), "document_add", RECORDS["document_add"][1] | {"publish": "on"})
    assert list(errors(answer)) == ["text"]
    assert Document.objects.count() == 0


def test_an_interpretation_leads_to_what_it_interprets(as_, records):
    client = as_("approver")
    page = client.get(reverse("console:document_add"), {"interprets": records.document.pk})
    assert page.context["form"]["interprets"].value() == records.document.index_number
    data = {"title": "解读", "kind": "interpretation", "made_on": "2024-05-01", "attribute": "proactive"}
    assert list(errors(send(client, "document_add", data | {"interprets": "没有这个号"}))) == ["interprets"]
    send(client, "document_add", data | {"interprets": records.document.index_number})
    assert Document.objects.get(kind="interpretation").interprets == records.document


def test_another_bodys_numbers_lead_nowhere(as_, records):
    data = {"title": "解读", "kind": "interpretation", "made_on": "2024-05-01", "attribute": "proactive"}
    answer = send(as_("stranger"), "document_add", data | {"interprets": records.document.index_number})
    assert list(errors(answer)) == ["interprets"]


def test_the_life_of_a_text(as_, records):
    client = as_("approver")
    send(client, "edition_add", {"title": "招生通知（修订）", "text": "新正文"}, records.document.pk)
    newer = records.document.editions.get(number=2)
    send(client, "edition_publish", {"override": "仅一人在岗"}, newer.pk)
    assert list(records.document.editions.values_list("state", flat=True)) == ["superseded", "published"]
    send(client, "edition_withdraw", {"reason": "含个人信息"}, newer.pk)
    newer.refresh_from_db()
    assert (newer.state, newer.reason) == ("withdrawn", "含个人信息")


def test_a_document_ends_and_stays(as_, records):
    early = {"how": "repealed", "on": "2024-01-01"}
    assert list(errors(send(as_("approver"), "document_end", early, records.document.pk))) == ["on"]
    send(as_("approver"), "document_end", {"how": "repealed", "on": "2024-12-01"}, records.document.pk)
    records.document.refresh_from_db()
    assert records.document.ended_on == dt.date(2024, 12, 1)


def test_a_delivery_is_recorded_once_per_channel(as_, records):
    now = f"{timezone.localtime():%Y-%m-%dT%H:%M}"
    answer = send(
        as_("handler"),
        "delivery_add",
        {"channel": records.channel.pk, "delivered_at": now},
        records.edition.pk,
    )
    assert "__all__" in errors(answer)


def test_consultations_and_concerns_are_answered(as_, records):
    client = as_("approver")
    feedback = {"received": "3", "adopted": "5", "feedback": "说明", "on": "2024-05-01"}
    assert list(errors(send(client, "consultation_feedback", feedback, records.consultation.pk))) == [
        "adopted"
    ]
    send(client, "consultation_feedback", feedback | {"adopted": "2"}, records.consultation.pk)
    records.consultation.refresh_from_db()
    assert (records.consultation.received, records.consultation.adopted) == (3, 2)
    data = {"document": records.document.index_number}
    send(client, "concern_answer", data, records.concern.pk)
    records.concern.refresh_from_db()
    assert records.concern.document == records.document


def test_a_dispute_is_concluded_and_put_right(as_, records):
    client = as_("handler")
    send(client, "dispute_conclude", {"result": "upheld", "concluded_on": "2024-06-01"}, records.dispute.pk)
    unchanged = errors(send(client, "dispute_amend", {"reason": "误"}, records.dispute.pk))
    assert list(unchanged) == ["__all__"]
    data = {"result": "corrected", "reason": "结果登记有误", "request": records.closed.number}
    send(client, "dispute_amend", data, records.dispute.pk)
    records.dispute.refresh_from_db()
    assert (records.dispute.result, records.dispute.request) == ("corrected", records.closed)


# Requests ---------------------------------------------------------------------------------------------------


def register(client, **data):
    return send(client, "request_add", RECORDS["request_add"][1] | data)


def test_a_request_by_post_is_received_when_signed_for(as_):
    register(as_("handler"), channel="registered_mail", signed_on="2024-05-08")
    assert Request.objects.get().received_on == dt.date(2024, 5, 8)


def test_a_request_without_the_evidence_waits_for_its_receipt(as_):
    client = as_("handler")
    register(client, channel="ordinary_mail", arrived_on="2024-05-08")
    case = Request.objects.get()
    assert case.received_on is None
    answer = send(
        client, "request_receive", {"arrived_on": "2024-05-08", "confirmed_on": "2024-05-09"}, case.pk
    )
    case.refresh_from_db()
    assert (answer.status_code, case.received_on) == (302, dt.date(2024, 5, 9))


def test_evidence_that_contradicts_itself_registers_nothing(as_):
    answer = register(as_("handler"), channel="online", arrived_on="2024-05-08", confirmed_on="2024-05-07")
    assert "早于到件日期" in errors(answer)["__all__"][0]
    assert (Request.objects.count(), Applicant.objects.count()) == (0, 0)


def test_an_applicant_known_by_number_is_the_same_applicant(as_):
    client = as_("handler")
    register(client, identity_number="33078119900101007X", subject="甲")
    shown = register(client, identity_number="33078119900101007X", subject="乙")
    assert shown.status_code == 422  # what the same person asked before is looked at first
    seen = shown.context["seen"]
    register(client, identity_number="33078119900101007X", subject="乙", seen=seen)
    assert (Request.objects.count(), Applicant.objects.count()) == (2, 1)


def test_the_same_again_has_to_be_confirmed(as_):
    client = as_("handler")
    register(client, identity_number="33078119900101007X")
    again = register(client, identity_number="33078119900101007X")
    assert list(errors(again)) in (["duplicate_confirmed"], ["__all__"])
    assert "仍要登记" in again.content.decode()
    register(client, identity_number="33078119900101007X", duplicate_confirmed="on")
    assert Request.objects.count() == 2


def test_another_request_of_a_known_applicant_asks_for_no_data(as_, records):
    client = as_("handler")
    address = f"{reverse('console:request_add')}?applicant={records.waiting.applicant_id}"
    page = client.get(address)
    form = page.context["form"]
    assert "name" not in form.fields
    data = {"channel": "in_person", "subject": "另一件", "submitted_on": "2024-05-06"}
    data |= {"seen": page.context["seen"]}
    client.post(address, data | {"body": form["body"].value(), "once": form["once"].value()})
    assert Request.objects.get(subject="另一件").applicant == records.waiting.applicant


def test_facts_move_the_clock(as_, records):
    client = as_("handler")
    today = timezone.localdate()
    before = client.get(reverse("console:request", args=[records.waiting.pk])).context["clock"]
    assert before.state == "suspended"
    send(
        client, "fact_add", {"on": f"{today}", "party": "某公司"}, records.waiting.pk, "third_party_answered"
    )
    after = client.get(reverse("console:request", args=[records.waiting.pk])).context["clock"]
    assert (after.state, after.due_on is None) == ("running", False)


def test_what_the_law_forbids_is_told_at_the_day(as_, records):
    answer = send(
        as_("handler"),
        "fact_add",
        {"on": f"{timezone.localdate()}", "workdays": "21", "approved_by": "林局"},
        records.waiting.pk,
        "extended",
    )
    assert "应为1至20个工作日" in errors(answer)["on"][0]


def test_a_fact_is_supplemented_and_cancelled(as_, records):
    client = as_("handler")
    send(client, "fact_supplement", {"received_on": f"{timezone.localdate()}"}, records.fact.pk)
    fuller = records.waiting.facts.get(kind="third_party_consulted", cancelled_at=None)
    assert fuller.detail["received_on"] == f"{timezone.localdate()}"
    send(client, "fact_cancel", {"reason": "误登"}, fuller.pk)
    fuller.refresh_from_db()
    assert fuller.cancel_reason == "误登"


def test_a_request_is_closed_corrected_and_withdrawn(as_, bureau, records):
    client = as_("handler")
    day = f"{timezone.localdate()}"
    answer = {"outcome": "granted", "number": "公开〔2026〕9号", "decided_on": day, "served_on": day}
    early = errors(send(client, "request_close", answer | {"decided_on": "2024-01-01"}, records.waiting.pk))
    assert list(early) == ["decided_on"]
    send(client, "request_close", answer, records.waiting.pk)
    records.waiting.refresh_from_db()
    assert records.waiting.outcome == "granted"
    decision = records.waiting.decisions.get()
    send(client, "decision_correct", {"outcome": "partial", "reason": "登记有误"}, decision.pk)
    records.waiting.refresh_from_db()
    assert records.waiting.outcome == "partial"
    other = make_request(bureau, submitted_on=timezone.localdate())
    send(client, "request_withdraw", {}, other.pk)
    other.refresh_from_db()
    assert other.outcome == "withdrawn"


def test_the_fee_is_the_laws_and_paying_it_starts_anew(as_, bureau):
    case = make_request(bureau, submitted_on=timezone.localdate())
    client = as_("handler")
    free = errors(send(client, "fee_notify", {"basis": "by_page", "quantity": "30"}, case.pk))
    assert list(free) == ["quantity"]
    send(client, "fee_notify", {"basis": "by_page", "quantity": "101"}, case.pk)
    notice = FeeNotice.objects.get()
    assert notice.amount_yuan == 720
    assert list(errors(send(client, "fee_pay", {"paid_yuan": "700"}, notice.pk))) == ["paid_yuan"]
    send(client, "fee_pay", {}, notice.pk)
    notice.refresh_from_db()
    assert notice.paid_on == timezone.localdate()


def test_the_day_of_receipt_is_put_right(as_, bureau):
    case = make_request(bureau, channel="registered_mail", received=False)
    client = as_("handler")
    send(client, "request_receive", {"signed_on": "2024-03-05"}, case.pk)
    send(client, "request_receipt_correct", {"signed_on": "2024-03-04", "reason": "看错日期"}, case.pk)
    case.refresh_from_db()
    assert case.received_on == dt.date(2024, 3, 4)
