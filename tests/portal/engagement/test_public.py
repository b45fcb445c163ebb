"""What the public sees and says: consultations, opinions, concerns, questions, letters."""

import datetime as dt
import time

import pytest
from django.core import signing
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from gongkai.core.actors import SYSTEM
from gongkai.disclosure.acts import register_document
from gongkai.engagement import acts
from gongkai.engagement.models import Comment, Consultation, MailboxLetter
from gongkai.portal.engagement import fence

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(1)


@pytest.fixture
def patient(monkeypatch):
    """A reader who looked at every form for a while."""
    monkeypatch.setattr(fence, "AT_LEAST", 0)


def asked(body, *, release=True, **more):
    today = timezone.localdate()
    given = {"title": "学区划分方案", "text": "请提意见", "opens_on": today, "closes_on": today + 40 * DAY}
    row = acts.open_consultation(body=body, takes_online=True, actor=SYSTEM, **{**given, **more})
    return acts.release_consultation(consultation=row, actor=SYSTEM, at=timezone.now()) if release else row


def typed(client, address, **more):
    """The form as a browser would send it."""
    form = client.get(address).context["form"]
    return {"opened": form["opened"].value(), **more}


def send(client, address, **more):
    return client.post(address, typed(client, address, **more), follow=True)


def text_of(answer):
    return answer.content.decode()


def test_only_what_was_released_is_there(client, body):
    hidden, row = asked(body, release=False, title="还没签发"), asked(body)
    listed = text_of(client.get("/consultations/"))
    assert ("学区划分方案" in listed, "还没签发" in listed) == (True, False)
    assert client.get(hidden.public_path).status_code == 404
    page = text_of(client.get(row.public_path))
    assert ("征集中" in page, "还有40天" in page, "我要提意见" in page) == (True, True, True)


def test_lists_by_stage_and_by_body(client, body):
    row = asked(body)
    Consultation.objects.filter(pk=row.pk).update(
        opens_on=timezone.localdate() - 40 * DAY, closes_on=timezone.localdate() - DAY
    )
    here = f"/bodies/{body.slug}/consultations/"
    found = {
        stage: "学区" in text_of(client.get(f"{here}?stage={stage}")) for stage in ("open", "waiting", "x")
    }
    assert found == {"open": False, "waiting": True, "x": True}
    acts.publish_feedback(consultation=row, feedback="没有收到意见", on=timezone.localdate(), actor=SYSTEM)
    assert "学区" in text_of(client.get(f"{here}?stage=answered"))
    assert "没有收到意见" in text_of(client.get(row.public_path))


def test_an_opinion_is_given_once_and_receipted(client, body, patient):
    row = asked(body)
    here = reverse("portal:opinion", args=[row.pk])
    data = typed(client, here, text="请增加校车", name="欧阳某某")
    first, second = (client.post(here, data, follow=True) for _ in range(2))
    assert ("意见已经收到" in text_of(first), "意见已经收到" in text_of(second)) == (True, True)
    assert Comment.objects.count() == 1
    made_up = reverse("portal:opinion_received", args=[row.pk, "made-up"])
    assert client.get(made_up).status_code == 302
    other = signing.dumps(10**6, salt="gongkai.portal.opinion")
    assert client.get(reverse("portal:opinion_received", args=[row.pk, other])).status_code == 404


def test_what_was_typed_stays_and_what_is_wrong_is_named(client, body, patient):
    row = asked(body, release=False, naming="named")
    acts.ask(
        consultation=row, text="赞成吗", kind="one", choices=["是", "否"], is_required=True, actor=SYSTEM,
        at=timezone.now(),
    )  # fmt: skip
    acts.ask(
        consultation=row, text="哪些", kind="several", choices=["甲", "乙"], actor=SYSTEM, at=timezone.now()
    )
    acts.release_consultation(consultation=row, actor=SYSTEM, at=timezone.now())
    one, many = (f"question_{pk}" for pk in row.questions.values_list("pk", flat=True))
    here = reverse("portal:opinion", args=[row.pk])
    refused = send(client, here, text="请增加校车")
    page = text_of(refused)
    assert refused.status_code == 422
    assert ("请回答这个问题" in page, "须署名" in page, "请增加校车</textarea>" in page) == (True, True, True)
    done = send(client, here, **{"text": "校车", "name": "某", one: "是", many: ["甲", "乙"]})
    assert "意见已经收到" in text_of(done)
    assert sorted(str(answer) for answer in Comment.objects.get().answers.all()) == ["是", "甲、乙"]


def test_machines_are_asked_once_more_and_people_hardly_notice(client, body):
    here = reverse("portal:opinion", args=[asked(body).pk])
    hasty = send(client, here, text="意见")
    assert "请核对一遍内容" in text_of(hasty)
    assert "意见</textarea>" in text_of(hasty)
    robot = send(client, here, text="意见", website="http://spam.example")
    assert "请清空后再提交" in text_of(robot)
    stale = client.post(here, {"text": "意见", "opened": "made-up"})
    assert "页面打开的时间太长" in text_of(stale)
    assert stale.context["form"].data["opened"] != "made-up"
    assert Comment.objects.count() == 0


def test_a_form_is_a_person_s_after_three_seconds(client, body, monkeypatch):
    here = reverse("portal:opinion", args=[asked(body).pk])
    data, now = typed(client, here, text="意见"), time.time()
    monkeypatch.setattr(fence.time, "time", lambda: now + 2.5)
    assert "请核对一遍内容" in text_of(client.post(here, data))
    monkeypatch.setattr(fence.time, "time", lambda: now + 3.5)
    assert "意见已经收到" in text_of(client.post(here, data, follow=True))


def test_before_and_after_nothing_can_be_said(client, body):
    row = asked(body)
    Consultation.objects.filter(pk=row.pk).update(opens_on=timezone.localdate() + DAY)
    assert client.get(reverse("portal:opinion", args=[row.pk])).status_code == 302
    assert "未开始" in text_of(client.get(row.public_path))
    elsewhere = acts.open_consultation(
        body=body, title="现场", opens_on=timezone.localdate(), closes_on=timezone.localdate(), actor=SYSTEM
    )
    acts.release_consultation(consultation=elsewhere, actor=SYSTEM, at=timezone.now())
    assert "我要提意见" not in text_of(client.get(elsewhere.public_path))


def test_too_many_from_one_address_are_asked_to_wait(client, body, patient):
    here = reverse("portal:opinion", args=[asked(body).pk])
    answers = [
        client.post(here, {"text": f"意见{n}", "opened": fence.fresh_word()}).status_code for n in range(22)
    ]
    assert set(answers) == {302, 422, 429}
    assert Comment.objects.count() == 5  # an hour's share of one address


def test_shown_opinions_are_covered_and_only_the_accepted(client, body, patient):
    row = asked(body, shows_comments=True)
    here = reverse("portal:opinion", args=[row.pk])
    send(client, here, text="请增加校车，电话13800001234")
    assert "请增加校车" not in text_of(client.get(row.public_path))
    acts.moderate(row=Comment.objects.get(), state="accepted", actor=SYSTEM, at=timezone.now())
    page = text_of(client.get(row.public_path))
    assert ("请增加校车" in page, "13800001234" in page) == (True, False)


def test_files_are_there_while_the_consultation_is(client, body):
    row = asked(body, release=False)
    file = acts.add_file(
        consultation=row, name="草案.pdf", content=b"%PDF-1.4 x", actor=SYSTEM, at=timezone.now()
    )
    assert client.get(file.public_path).status_code == 404
    acts.release_consultation(consultation=row, actor=SYSTEM, at=timezone.now())
    answer = client.get(file.public_path)
    assert (answer.content, answer["X-Content-Type-Options"]) == (b"%PDF-1.4 x", "nosniff")
    file.file.storage.delete(file.file.name)
    assert client.get(file.public_path).status_code == 404


# Concerns and questions -----------------------------------------------------------------------------------


def test_concerns_are_shown_once_answered(client, body):
    arose = timezone.now() - 2 * DAY
    document = register_document(
        body=body, title="情况说明", kind="notice", made_on=arose.date(), actor=SYSTEM, at=timezone.now()
    )
    waiting = acts.record_concern(body=body, topic="还没回应的传言", arose_at=arose, actor=SYSTEM)
    row = acts.record_concern(body=body, topic="校车停运传言", arose_at=arose, actor=SYSTEM)
    acts.answer_concern(concern=row, at=timezone.now(), actor=SYSTEM, document=document)
    for here in ("/concerns/", f"/bodies/{body.slug}/concerns/"):
        page = text_of(client.get(here))
        assert ("校车停运传言" in page, waiting.topic in page, document.public_path in page) == (
            True,
            False,
            False,
        )


def faq(body, question, answer, topic="招生", **more):
    row = acts.write_entry(
        body=body, topic=topic, question=question, answer=answer, actor=SYSTEM, at=timezone.now(), **more
    )
    return acts.publish_entry(entry=row, actor=SYSTEM, at=timezone.now())


def test_questions_are_found_by_any_of_their_words(client, body):
    first = faq(body, "几岁可以上小学？", "年满六周岁。", keywords="入学年龄 报名")
    second = faq(body, "助学金怎么申请？", "向学校申请。", topic="资助")
    acts.write_entry(body=body, topic="招生", question="草稿", answer="未定", actor=SYSTEM, at=timezone.now())

    def found(query):
        return [one.pk for one in client.get(f"/questions/?{query}").context["page"]]

    assert found("q=入学年龄") == [first.pk]
    assert found("q=六周岁 小学") == [first.pk]
    assert found("q=助学金 六周岁") == []
    assert found("topic=资助") == [second.pk]
    assert found("topic=没有") == [first.pk, second.pk]
    assert "没有找到" in text_of(client.get("/questions/?q=%00火星"))


def test_a_question_with_its_answer_and_its_neighbours(client, body):
    first, second = faq(body, "几岁可以上小学？", "年满六周岁。"), faq(body, "要带什么？", "户口簿。")
    page = text_of(client.get(first.public_path))
    assert ("年满六周岁" in page, second.public_path in page) == (True, True)
    acts.withdraw_entry(entry=first, reason="改了", actor=SYSTEM, at=timezone.now())
    assert client.get(first.public_path).status_code == 404


# The mailbox ----------------------------------------------------------------------------------------------


def test_a_letter_is_written_once_receipted_and_its_answer_looked_up(client, body, patient):
    here = reverse("portal:write_letter", args=[body.slug])
    data = typed(client, here, subject="学区", text="请公开学区图", name="欧阳某某")
    first, second = (client.post(here, data, follow=True) for _ in range(2))
    letter = MailboxLetter.objects.get()
    assert first.context["number"] == second.context["number"] == letter.number
    code = first.context["code"]
    assert code == second.context["code"]
    assert code not in first.redirect_chain[0][0]
    look = reverse("portal:track_letter", args=[body.slug])
    assert "最迟答复" in text_of(client.post(look, {"number": letter.number, "code": code}))
    acts.answer_letter(letter=letter, answer="见网站地图", actor=SYSTEM, at=timezone.now())
    assert "见网站地图" in text_of(client.post(look, {"number": letter.number, "code": code}))
    wrong = client.post(look, {"number": letter.number, "code": "AAAAA-AAAAA"})
    nobody = client.post(look, {"number": "LX9-2024-00001", "code": code})
    assert wrong.status_code == nobody.status_code == 422
    told = [one.context["form"].non_field_errors() for one in (wrong, nobody)]
    assert told[0] == told[1]


def test_a_refused_letter_keeps_what_was_typed(client, body, patient):
    refused = send(client, reverse("portal:write_letter", args=[body.slug]), subject="学区", text=" ")
    assert refused.status_code == 422
    assert ("请写下您的意见或问题" in text_of(refused), 'value="学区"' in text_of(refused)) == (True, True)
    assert client.get(reverse("portal:letter_received", args=[body.slug])).status_code == 302


def test_the_number_of_looks_is_limited(client, body):
    look = reverse("portal:track_letter", args=[body.slug])
    answers = [client.post(look, {"number": "LX1", "code": "A"}).status_code for _ in range(12)]
    assert answers.count(429) >= 1


def test_letters_are_shown_when_agreed_and_covered(client, body):
    now = timezone.now()
    letter, _ = acts.write_letter(
        body=body, subject="学区", text="电话13800001234", origin="", at=now, may_publish=True
    )
    here = f"/bodies/{body.slug}/mailbox/"
    assert "还没有公开的来信" in text_of(client.get(here))
    acts.answer_letter(letter=letter, answer="已公开", actor=SYSTEM, at=now, is_public=True)
    page = text_of(client.get(here))
    assert ("已公开" in page, "13800001234" in page) == (True, False)


def test_the_mailbox_of_the_site_leads_to_the_body(client, body):
    assert client.get("/mailbox/").url == f"/bodies/{body.slug}/mailbox/"


def test_lists_ask_the_database_as_often_for_three_as_for_one(client, body):
    def fill(number):
        asked(body, title=f"征集{number}")
        faq(body, f"问{number}", "答")
        row = acts.record_concern(body=body, topic=f"关切{number}", arose_at=timezone.now(), actor=SYSTEM)
        acts.answer_concern(concern=row, at=timezone.now(), actor=SYSTEM)

    def count(address):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    fill(1)
    lists = ("/consultations/", "/concerns/", "/questions/")
    before = [count(one) for one in lists]
    fill(2)
    fill(3)
    assert [count(one) for one in lists] == before
    assert max(before) <= 8
