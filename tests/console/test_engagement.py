"""Consultations, opinions, questions and letters by the pages: what an officer does from the draft to the answer."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.console.test_forms import errors, send

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.engagement import acts
from gongkai.engagement.models import Comment, Consultation, FaqEntry, MailboxLetter

pytestmark = pytest.mark.django_db


def page(client, name, *args):
    return client.get(reverse(f"console:{name}", args=args)).content.decode()


def press(client, name, *args):
    return client.post(reverse(f"console:{name}", args=args), follow=True).content.decode()


def test_a_consultation_is_prepared_asked_and_signed_off_by_another(as_, records):
    handler, approver = as_("handler"), as_("approver")
    pk = records.prepared.pk
    text = {"text": "是否赞成", "kind": "one", "choices": "赞成\n\n不赞成", "is_required": "on"}
    assert send(handler, "question_add", text, pk).status_code == 302
    file = SimpleUploadedFile("说明.txt", "说明".encode())
    assert send(handler, "consultation_file_add", {"file": file}, pk).status_code == 302
    shown = page(handler, "consultation", pk)
    assert ("赞成、不赞成" in shown, "说明.txt" in shown, "待签发" in shown) == (True, True, True)
    assert "您在" in shown  # why a handler cannot sign off
    send(handler, "question_drop", {}, records.question.pk)
    assert "意见征集已签发" in press(approver, "consultation_release", pk)
    assert "已经签发" in press(approver, "consultation_release", pk)
    row = Consultation.objects.get(pk=pk)
    assert (row.released_at is None, row.questions.count()) == (False, 1)
    later = row.closes_on + dt.timedelta(7)
    assert (
        send(approver, "consultation_closing", {"closes_on": later, "reason": "应要求"}, pk).status_code
        == 302
    )
    send(approver, "consultation_file_remove", {"reason": "换稿"}, records.file.pk)
    assert list(row.files.filter(removed_at=None).values_list("name", flat=True)) == ["说明.txt"]


def test_a_file_of_a_consultation_is_taken_along_as_it_is(as_, records):
    answer = as_("reader").get(reverse("console:consultation_file", args=[records.file.pk]))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.4 test", "application/pdf")
    assert "attachment" in answer["Content-Disposition"]
    records.file.file.storage.delete(records.file.file.name)
    lost = as_("reader").get(reverse("console:consultation_file", args=[records.file.pk]), follow=True)
    assert "请联系系统管理员从备份恢复" in lost.content.decode()


def test_what_the_public_wrote_is_covered_in_lists_and_its_sender_shown_once_and_recorded(as_, records):
    client = as_("handler")
    for name in ("comments", "opinions"):
        listed = page(client, name, *([records.asked.pk] if name == "opinions" else []))
        assert ("请增加校车" in listed, "13800001234" in listed, "欧阳" in listed) == (True, False, False)
    alone = page(client, "comment", records.comment.pk)
    assert ("有，未显示" in alone, "欧阳" in alone) == (True, False)
    assert "欧阳某某" in press(client, "comment_sender", records.comment.pk)
    assert Entry.objects.filter(verb="engagement.view_sender").count() == 1
    unsigned = acts.comment(
        consultation=records.asked, words=acts.Words(text="无名"), origin="", at=timezone.now()
    )
    assert "没有留下姓名" in press(client, "comment_sender", unsigned.pk)


def test_opinions_are_counted_sorted_and_the_result_published(as_, records, settings):
    handler, asked = as_("handler"), records.asked
    send(handler, "comment_add", {"way": "meeting", "text": "座谈意见"}, asked.pk)
    spam = acts.comment(consultation=asked, words=acts.Words(text="广告"), origin="", at=timezone.now())
    refused = send(handler, "comment_moderate", {"state": "set_aside", "reason": " "}, spam.pk)
    assert list(errors(refused)) == ["reason"]
    send(handler, "comment_moderate", {"state": "set_aside", "reason": "广告"}, spam.pk)
    keys = [str(one) for one in asked.comments.exclude(pk=spam.pk).values_list("pk", flat=True)]
    assert list(errors(send(handler, "opinions", {"into": "accept"}, asked.pk))) == ["comments"]
    refused = send(handler, "opinions", {"comments": keys, "into": str(records.group.pk)}, asked.pk)
    assert "还不是有效意见" in str(errors(refused))
    assert "checked> YJ" in refused.content.decode()
    for into in ("accept", str(records.group.pk), "out", str(records.group.pk)):
        assert send(handler, "opinions", {"comments": keys, "into": into}, asked.pk).status_code == 302
    change = {"summary": "增加校车", "verdict": "partly", "reason": "先增两条线"}
    assert send(handler, "group_change", change, records.group.pk).status_code == 302
    extra = {"summary": "多余", "verdict": "adopted"}
    send(handler, "group_add", extra, asked.pk)
    send(handler, "group_drop", {}, asked.groups.get(summary="多余").pk)
    Consultation.objects.filter(pk=asked.pk).update(
        opens_on=timezone.localdate() - dt.timedelta(40), closes_on=timezone.localdate() - dt.timedelta(1)
    )
    feedback = {"feedback": "采纳两条"}
    assert send(as_("approver"), "consultation_feedback", feedback, asked.pk).status_code == 302
    row = Consultation.objects.get(pk=asked.pk)
    assert (row.received, row.adopted, row.feedback_published_on) == (2, 2, timezone.localdate())


def test_the_export_has_no_personal_data(as_, records):
    answer = as_("handler").get(reverse("console:opinions_export", args=[records.asked.pk]))
    rows = list(load_workbook(io.BytesIO(answer.content)).active.values)
    text = str(rows)
    assert len(rows) == 2
    assert ("请增加校车" in text, "13800001234" in text, "欧阳" in text) == (True, False, False)
    entry = Entry.objects.filter(verb="console.export").last()
    assert entry.detail == {"list": "opinions", "consultation": records.asked.pk, "rows": 1}


def test_a_concern_tells_what_is_owed_and_what_was_done(as_, bureau):
    arose = timezone.now() - dt.timedelta(hours=6)
    row = acts.record_concern(body=bureau, topic="校车事故", severity="grave", arose_at=arose, actor=SYSTEM)
    client = as_("approver")
    assert "逾期未办" in page(client, "concern", row.pk)
    step = {"kind": "first_word", "at": timezone.localtime(arose).strftime("%Y-%m-%dT%H:%M"), "note": "微博"}
    refused = send(client, "concern_step", step, row.pk)
    assert "早于发现时间" in str(errors(refused))
    later = timezone.localtime(arose + dt.timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    assert send(client, "concern_step", {**step, "at": later}, row.pk).status_code == 302
    shown = page(client, "concern", row.pk)
    assert ("按时" in shown, "新闻发布会" in shown, "微博" in shown) == (True, True, True)


def test_a_question_is_written_released_changed_and_taken_away(as_, records):
    handler, approver = as_("handler"), as_("approver")
    assert "您在" in page(handler, "faq_entry", records.faq.pk)
    assert "问答已发布" in press(approver, "faq_publish", records.faq.pk)
    assert send(approver, "faq_change", {"answer": "满六周岁。"}, records.faq.pk).status_code == 302
    assert list(errors(send(approver, "faq_change", {"answer": ""}, records.faq.pk))) == ["answer"]
    assert "满六周岁" in page(handler, "faq_entry", records.faq.pk)
    send(approver, "faq_withdraw", {"reason": "政策变了"}, records.faq.pk)
    assert FaqEntry.objects.get().state == "withdrawn"


def test_a_letter_is_given_on_and_answered(as_, records):
    handler, pk = as_("handler"), records.mail.pk
    assert "欧阳" not in page(handler, "mailbox_letter", pk)
    assert "欧阳某某" in press(handler, "mailbox_sender", pk)
    assert send(handler, "mailbox_give", {"unit": records.unit.pk}, pk).status_code == 302
    refused = send(handler, "mailbox_answer", {"answer": "见网站", "is_public": "on"}, pk)
    assert refused.status_code == 422  # an approver's word
    assert "见网站" in refused.content.decode()
    assert send(handler, "mailbox_answer", {"answer": "见网站"}, pk).status_code == 302
    assert "已答复" in page(handler, "mailbox_letter", pk)
    assert send(handler, "mailbox_set_aside", {"reason": "晚"}, pk).status_code == 422
    assert (MailboxLetter.objects.get().state, MailboxLetter.objects.get().unit) == ("answered", records.unit)


@pytest.mark.parametrize("name", ["comments", "faq_entries", "mailbox", "consultations", "concerns"])
def test_lists_ask_the_database_as_often_for_three_as_for_one(
    name, as_, bureau, records, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, address, now = as_("handler"), reverse(f"console:{name}"), timezone.now()
    client.get(address)
    with CaptureQueriesContext(connection) as before:
        client.get(address)
    for number in range(3):
        words = acts.Words(text=f"意见{number}")
        acts.comment(consultation=records.asked, words=words, origin="", at=now)
        acts.write_entry(body=bureau, topic="招生", question=f"问{number}", answer="答", actor=SYSTEM, at=now)
        acts.write_letter(body=bureau, subject=f"信{number}", text="文", origin="", at=now)
        acts.record_concern(body=bureau, topic=f"关切{number}", arose_at=now, actor=SYSTEM)
        acts.open_consultation(
            body=bureau, title=f"征集{number}", opens_on=now.date(), closes_on=now.date(), actor=SYSTEM
        )
    assert Comment.objects.count() == 4
    with django_assert_num_queries(len(before)):
        client.get(address)
