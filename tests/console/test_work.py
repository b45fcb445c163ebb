"""Who works on a case, on the page: assigned, claimed, handed back, handed over; split, merged, redone; the folder."""

import datetime as dt
import io
import zipfile

import pytest
from django.utils import timezone
from tests.console.test_letters import at, send, signed
from tests.console.test_who_may import EVERYBODY, HANDLERS, READERS, expected, statuses
from tests.factories import make_applicant, make_request
from tests.foi.paperwork import ready

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.models import Assignment, Reminder, Request, Task
from gongkai.organisations.acts import add_unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(bureau):
    return ready(make_request(bureau, submitted_on=timezone.localdate()))


def offered(client, case):
    return [one.label for one in client.get(at("request", case.pk)).context["work"]]


def test_a_case_is_given_to_a_unit_claimed_and_handed_back(as_, case, bureau):
    unit = add_unit(body=bureau, name="政务公开股", kind="internal", actor=SYSTEM)
    client = as_("handler")
    send(client, at("case_assign", case.pk), 422)
    send(client, at("case_assign", case.pk), unit=unit.pk, note="请抓紧")
    assert "政务公开股（待签收）" in client.get(at("request", case.pk)).content.decode()
    desk = client.get(at("desk"))
    assert [one.request for one in desk.context["unclaimed"]] == [case]
    given = Assignment.objects.get()
    for _ in (1, 2):
        assert client.post(at("assignment_claim", given.pk)).status_code == 302
    assert [one.request for one in client.get(at("desk")).context["mine"]] == [case]
    assert offered(client, case) == ["改交他人办理", "交办协办事项", "批注", "退回交办"]
    send(client, at("assignment_back", given.pk), reason="不属于本股职责")
    assert [one.claimed_at for one in Assignment.objects.filter(ended_at=None)] == [None]


def test_a_sub_task_has_its_day_and_its_result(as_, case, officers):
    client, today = as_("handler"), timezone.localdate()
    given = {"title": "检索档案", "officer": officers["approver"].pk}
    late = send(client, at("task_add", case.pk), 422, due_on=today + dt.timedelta(days=300), **given)
    assert "晚于本件的答复期限" in str(late.context["form"].errors["due_on"])
    send(client, at("task_add", case.pk), due_on=today, **given)
    task = Task.objects.get()
    assert list(as_("approver").get(at("desk")).context["tasks"]) == [task]
    send(as_("approver"), at("task_finish", task.pk), result="没有找到")
    assert "没有找到" in client.get(at("request", case.pk)).content.decode()


def test_remarks_are_for_those_who_handle(as_, case):
    send(as_("handler"), at("case_remark", case.pk), text="与规划科核对")
    assert "与规划科核对" in as_("approver").get(at("request", case.pk)).content.decode()
    assert "与规划科核对" not in as_("reader").get(at("request", case.pk)).content.decode()


def test_all_that_an_officer_holds_is_handed_over(as_, case, bureau, officers):
    handler, approver = officers["handler"], officers["approver"]
    acts.assign(request=case, officer=handler, actor=handler, at=timezone.now())
    address = at("hand_over", bureau.pk, handler.pk)
    rows = as_("approver").get(at("hand_overs")).context["tables"][0]["lines"]
    assert {line[0].text: line[1].text for line in rows} == {str(handler): "1", str(approver): "0"}
    send(as_("approver"), address, 422, to=approver.pk, reason="")
    send(as_("approver"), address, to=approver.pk, reason="岗位调整")
    assert Assignment.objects.get(ended_at=None).officer == approver
    assert statuses(as_, address) == {
        name: 200 if name in HANDLERS else 404 if name == "stranger" else 403 for name in EVERYBODY
    }


def test_reminders_are_read(as_, case, officers):
    Reminder.objects.create(
        request=case,
        officer=officers["handler"],
        kind="due",
        text="今天到期",
        on=timezone.localdate(),
        sent_at=timezone.now(),
    )
    client = as_("handler")
    assert "今天到期" in client.get(at("desk")).content.decode()
    assert "今天到期" not in as_("approver").get(at("reminders")).content.decode()
    client.post(at("reminders_read"))
    assert client.get(at("desk")).context["unread"] == []
    assert "已读" in client.get(at("reminders")).content.decode()


# One matter, one request ------------------------------------------------------------------------------------


def test_an_application_is_split_into_its_matters(as_, case):
    client = as_("handler")
    refused = send(client, at("request_split", case.pk), 422, part_1="批复", part_2="批复")
    assert "各项名称不能相同" in refused.content.decode()
    send(client, at("request_split", case.pk), part_1="批复", part_2="图纸")
    parts = Request.objects.filter(parent=case).order_by("number")
    assert [one.subject for one in parts] == ["批复", "图纸"]
    page = client.get(at("request", case.pk))
    assert page.context["acts"] == []


def test_the_same_application_again_is_merged(as_, bureau):
    applicant = make_applicant(bureau)
    first, second, stranger = (
        make_request(bureau, applicant=one, submitted_on=timezone.localdate())
        for one in (applicant, applicant, None)
    )
    client = as_("handler")
    form = client.get(at("request_merge", first.pk)).context["form"]
    assert list(form.fields["duplicate"].queryset) == [second]
    send(client, at("request_merge", first.pk), 422, duplicate=stranger.pk, reason="重复")
    send(client, at("request_merge", first.pk), duplicate=second.pk, reason="重复提交")
    second.refresh_from_db()
    assert second.merged_into == first


def test_a_withdrawn_answer_is_given_anew(as_, case):
    letter = signed(as_, case, "granted", provision="附件")
    client = as_("handler")
    send(client, at("letter_dispatch", letter.pk), carrier="EMS", tracking_number="XA1")
    send(client, at("request_reopen", case.pk), 422, ground="own", reason="")
    send(client, at("request_reopen", case.pk), ground="own", reason="事实不清")
    assert Request.objects.get(reopens=case).number == f"{case.number}-重1"


@pytest.mark.fonts
def test_the_folder_of_a_case_is_taken_along(as_, case):
    client = as_("handler")
    assert "尚未办结" in client.get(at("request_archive", case.pk), follow=True).content.decode()
    letter = signed(as_, case, "granted", provision="附件")
    send(client, at("letter_dispatch", letter.pk), carrier="EMS", tracking_number="XA1")
    assert "下载案卷" in offered(client, case)
    answer = client.get(at("request_archive", case.pk))
    assert "目录.pdf" in zipfile.ZipFile(io.BytesIO(answer.content)).namelist()
    assert "no-store" in answer["Cache-Control"]


def test_who_may_do_what_with_the_work(as_, case, officers):
    for name in (
        "case_assign",
        "case_remark",
        "task_add",
        "request_split",
        "request_merge",
        "request_reopen",
    ):
        assert statuses(as_, at(name, case.pk)) == expected(HANDLERS, READERS), name
    given = acts.assign(request=case, officer=officers["handler"], actor=SYSTEM, at=timezone.now())
    task = acts.make_task(
        request=case,
        title="检索",
        due_on=timezone.localdate(),
        officer=officers["handler"],
        actor=SYSTEM,
        at=timezone.now(),
    )
    assert statuses(as_, at("assignment_back", given.pk)) == expected(HANDLERS, READERS)
    assert statuses(as_, at("task_finish", task.pk)) == expected(HANDLERS, READERS)
    assert as_("stranger").post(at("assignment_claim", given.pk)).status_code == 404
    assert as_("reader").post(at("assignment_claim", given.pk)).status_code == 403
    assert as_("stranger").get(at("request_archive", case.pk)).status_code == 404
    assert as_("reader").get(at("request_archive", case.pk)).status_code == 403
    assert statuses(as_, at("reminders")) == dict.fromkeys(EVERYBODY, 200)
    allowed = (*HANDLERS, "stranger")
    assert statuses(as_, at("hand_overs")) == expected(allowed)
