"""意见征集: from the draft to the published result."""

import datetime as dt

import pytest
from django.db import connection
from tests.engagement.made import CLOSES, DURING, HOME, OPENS, SCHOOL, fresh, noon, prepared, released, said
from tests.factories import at_once, codes

from gongkai.audit.models import Entry
from gongkai.calendars.queries import current_calendar
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure.acts import register_document
from gongkai.engagement import acts
from gongkai.engagement.enums import CommentState, ConsultationStage, Naming, QuestionKind, Verdict
from gongkai.engagement.models import Comment, ConsultationFile
from gongkai.engagement.stages import stage_of
from gongkai.organisations.acts import lock_year, register_body

DAY = dt.timedelta(1)
PDF = b"%PDF-1.4 made for a test"


def refusal(act, **given):
    """Why it was refused."""
    with pytest.raises(RefusedError) as refused:
        act(**given)
    return codes(refused.value.obstacles)


@pytest.mark.parametrize(
    ("day", "stage"),
    [
        (OPENS - DAY, ConsultationStage.ANNOUNCED),
        (OPENS, ConsultationStage.OPEN),
        (CLOSES, ConsultationStage.OPEN),
        (CLOSES + DAY, ConsultationStage.CLOSED),
        (dt.date(2024, 7, 4), ConsultationStage.CLOSED),  # 20th working day after 5 June; 10 June is 端午
        (dt.date(2024, 7, 5), ConsultationStage.OVERDUE),
    ],
)
def test_it_opens_and_closes_by_itself(body, day, stage):
    assert stage_of(released(body), day, current_calendar()) == stage


def test_before_the_release_and_after_the_result(body):
    row = prepared(body)
    assert stage_of(row, OPENS, current_calendar()) == ConsultationStage.PREPARED
    row = acts.release_consultation(consultation=row, actor=SYSTEM, at=noon(OPENS - DAY))
    row = acts.publish_feedback(consultation=row, feedback="没有收到意见", on=CLOSES + DAY, actor=SYSTEM)
    assert stage_of(row, CLOSES + DAY, current_calendar()) == ConsultationStage.ANSWERED


def test_decision_procedure_regulation_art_15_less_than_30_days_is_explained(body):
    short = {"closes_on": OPENS + dt.timedelta(9)}
    assert refusal(prepared, body=body, **short) == ["short"]
    assert prepared(body, **short, short_reason="开学在即").short_reason == "开学在即"


def test_the_term_for_the_result_can_only_be_tightened(body):
    assert refusal(prepared, body=body, feedback_workdays=21) == ["feedback_term"]
    assert prepared(body, feedback_workdays=10).feedback_workdays == 10


def test_who_prepared_it_does_not_release_it(body, appointed):
    officer = appointed("approver")
    row = acts.open_consultation(body=body, title="征集", opens_on=OPENS, closes_on=CLOSES, actor=officer)
    at = noon(OPENS - DAY)
    assert refusal(acts.release_consultation, consultation=row, actor=officer, at=at) == ["own"]
    assert refusal(acts.release_consultation, consultation=row, actor=appointed("handler"), at=at) == [
        "not_permitted"
    ]
    other = appointed("approver")
    assert acts.release_consultation(consultation=row, actor=other, at=at).released_by == other
    assert refusal(acts.release_consultation, consultation=row, actor=other, at=at) == ["released"]


def test_what_is_released_can_be_read_and_is_not_over(body):
    row = prepared(body, text="")
    at = noon(CLOSES + DAY)
    assert refusal(acts.release_consultation, consultation=row, actor=SYSTEM, at=at) == [
        "nothing_to_read",
        "over",
    ]


def test_releasing_changes_the_year_it_opens_in(body):
    row = prepared(body)
    lock_year(body=body, year=2024, actor=SYSTEM, at=DURING)
    given = {"consultation": row, "actor": SYSTEM, "at": noon(OPENS)}
    assert refusal(acts.release_consultation, **given) == ["year_locked"]
    acts.release_consultation(**given, amendment="漏登")
    assert Entry.objects.filter(verb="engagement.amend.release_consultation").count() == 1


def test_the_last_day_moves_only_outwards_once_announced(body):
    given = {"reason": "应群众要求", "actor": SYSTEM, "at": DURING}
    row = prepared(body)
    assert acts.set_closing(consultation=row, closes_on=OPENS + DAY, **given).closes_on == OPENS + DAY
    assert refusal(acts.set_closing, consultation=row, closes_on=OPENS - DAY, **{**given, "reason": " "}) == [
        "order",
        "empty",
    ]
    row = released(body, title="另一件")
    assert refusal(acts.set_closing, consultation=row, closes_on=CLOSES, **given) == ["earlier"]
    assert refusal(
        acts.set_closing, consultation=row, closes_on=CLOSES + DAY, **{**given, "at": noon(CLOSES + DAY)}
    ) == ["over"]
    assert acts.set_closing(consultation=row, closes_on=CLOSES + DAY, **given).closes_on == CLOSES + DAY


def test_questions_are_asked_before_the_release(body):
    row = prepared(body)
    given = {"consultation": row, "actor": SYSTEM, "at": DURING}
    first = acts.ask(**given, text="是否赞成", kind=QuestionKind.ONE, choices=["赞成", " ", "不赞成"])
    second = acts.ask(**given, text="建议", kind=QuestionKind.TEXT, choices=["不用"], is_required=True)
    assert (first.position, first.choices, second.position, second.choices) == (1, ["赞成", "不赞成"], 2, [])
    assert refusal(acts.ask, **given, text=" ", kind="shout") == ["empty", "kind"]
    assert refusal(acts.ask, **given, text="选", kind=QuestionKind.SEVERAL, choices=["一"]) == ["choices"]
    assert refusal(acts.ask, **given, text="选", kind=QuestionKind.ONE, choices=["一", "一"]) == [
        "choices_twice"
    ]
    acts.drop_question(question=first, actor=SYSTEM, at=DURING)
    acts.release_consultation(consultation=row, actor=SYSTEM, at=noon(OPENS))
    assert refusal(acts.ask, **given, text="又问", kind=QuestionKind.TEXT) == ["released"]
    assert refusal(acts.drop_question, question=second, actor=SYSTEM, at=DURING) == ["released"]
    assert list(row.questions.values_list("text", flat=True)) == ["建议"]


def test_no_more_than_thirty_questions(body):
    row = prepared(body)
    for number in range(30):
        acts.ask(consultation=row, text=f"问题{number}", kind="text", actor=SYSTEM, at=DURING)
    assert refusal(acts.ask, consultation=row, text="再问", kind="text", actor=SYSTEM, at=DURING) == [
        "too_many"
    ]


# Opinions -------------------------------------------------------------------------------------------------


def test_an_opinion_is_taken_and_nothing_personal_is_recorded(body):
    row = said(released(body), name="欧阳某某", contact="13800001234")
    assert (row.state, row.name, row.number[:2]) == (CommentState.WAITING, "欧阳某某", "YJ")
    entry = Entry.objects.get(verb="engagement.comment")
    assert (entry.actor_name, entry.detail, entry.target_name) == ("公众", {}, row.number)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM engagement_comment")
        assert not {"欧阳某某", "13800001234"} & set(cursor.fetchone())


def test_outside_its_days_and_elsewhere_nothing_is_taken(body):
    row = released(body)
    assert refusal(said, consultation=row, at=noon(OPENS - DAY)) == ["not_yet"]
    assert refusal(said, consultation=row, at=noon(CLOSES + DAY)) == ["over"]
    assert refusal(said, consultation=prepared(body, title="未签发"), at=DURING) == ["not_yet"]
    elsewhere = acts.open_consultation(
        body=body, title="现场征集", opens_on=OPENS, closes_on=CLOSES, actor=SYSTEM
    )
    assert refusal(said, consultation=elsewhere, at=DURING) == ["elsewhere"]
    assert Comment.objects.count() == 0


def test_the_first_and_the_last_second_are_the_bureau_s(body):
    row = released(body)
    start = dt.datetime.combine(OPENS, dt.time(), tzinfo=noon(OPENS).tzinfo)
    end = dt.datetime.combine(CLOSES + DAY, dt.time(), tzinfo=start.tzinfo)
    second = dt.timedelta(seconds=1)
    assert refusal(said, consultation=row, at=start - second) == ["not_yet"]
    assert said(row, at=start.astimezone(dt.UTC)).received_at == start
    assert said(row, text="请按时公布", at=end.astimezone(dt.UTC) - second).pk
    assert refusal(said, consultation=row, text="迟到的意见", at=end.astimezone(dt.UTC)) == ["over"]


def test_what_is_wrong_with_an_opinion_is_told_at_once(body):
    row = prepared(body, naming=Naming.NAMED)
    one = acts.ask(consultation=row, text="赞成吗", kind="one", choices=["是", "否"], actor=SYSTEM, at=DURING)
    many = acts.ask(
        consultation=row, text="哪些", kind="several", choices=["甲", "乙"], actor=SYSTEM, at=DURING
    )
    must = acts.ask(consultation=row, text="理由", kind="text", is_required=True, actor=SYSTEM, at=DURING)
    row = acts.release_consultation(consultation=row, actor=SYSTEM, at=noon(OPENS))
    assert refusal(said, consultation=row, text=" ") == ["required", "empty", "no_name"]
    wrong = {one.pk: ("是", "否"), many.pk: ("丙",), must.pk: "字" * 5001}
    assert refusal(said, consultation=row, text="字" * 5001, answers=wrong, name="某") == [
        "too_long",
        "choice",
        "choice",
        "too_long",
    ]
    right = {one.pk: "是", many.pk: ("甲", "乙"), must.pk: " 路近 "}
    entered = said(row, text="", answers=right, name="某")
    assert [str(answer) for answer in entered.answers.order_by("question__position")] == [
        "是",
        "甲、乙",
        "路近",
    ]


def test_an_anonymous_consultation_keeps_no_name(body):
    row = said(released(body, naming=Naming.ANONYMOUS), name="某", contact="138")
    assert (row.name, row.contact) == ("", "")


def test_a_flood_from_one_address_is_kept_out_and_others_are_not(body):
    row = released(body)
    said(row, "请增加校车站点")
    assert refusal(said, consultation=row, text="请增加 校车站点。") == ["again"]
    for number in range(4):
        said(row, f"意见{number}")
    assert refusal(said, consultation=row, text="第六条") == ["flood"]
    said(row, "请增加校车站点", origin=SCHOOL)
    said(row, "一小时后", at=DURING + dt.timedelta(minutes=61))
    for hour in range(2, 5):
        for number in range(5):
            if Comment.objects.filter(origin=HOME).count() < 20:
                said(row, f"{hour}点{number}", at=DURING + dt.timedelta(hours=2 * hour))
    assert refusal(said, consultation=row, text="当天第21条", at=DURING + dt.timedelta(hours=11)) == ["flood"]
    said(row, "没有地址", origin="")


def test_opinions_that_came_otherwise_are_entered_by_hand(body, appointed):
    row = released(body)
    given = {
        "consultation": row,
        "words": acts.Words(text="座谈会意见", name="张某"),
        "way": "meeting",
        "received_on": dt.date(2024, 5, 10),
        "actor": appointed("handler"),
        "at": DURING,
    }
    entered = acts.enter_comment(**given)
    assert (entered.way, entered.received_at) == ("meeting", noon(dt.date(2024, 5, 10)))
    wrong = {**given, "way": "online", "received_on": DURING.date() + DAY, "words": acts.Words()}
    assert refusal(acts.enter_comment, **wrong) == ["way", "day", "empty"]
    assert refusal(acts.enter_comment, **{**given, "actor": appointed("reader")}) == ["not_permitted"]


MOVES = {
    (CommentState.WAITING, CommentState.ACCEPTED): True,
    (CommentState.WAITING, CommentState.SET_ASIDE): True,
    (CommentState.WAITING, CommentState.WAITING): False,
    (CommentState.ACCEPTED, CommentState.ACCEPTED): False,
    (CommentState.ACCEPTED, CommentState.SET_ASIDE): True,
    (CommentState.ACCEPTED, CommentState.WAITING): False,
    (CommentState.SET_ASIDE, CommentState.ACCEPTED): True,
    (CommentState.SET_ASIDE, CommentState.SET_ASIDE): False,
    (CommentState.SET_ASIDE, CommentState.WAITING): False,
}
"""Every state an opinion may be in, and every state it might become."""


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_states_of_an_opinion(body, before, after):
    row = said(released(body))
    Comment.objects.filter(pk=row.pk).update(state=before)
    given = {"row": row, "state": after, "reason": "广告", "actor": SYSTEM, "at": DURING}
    if MOVES[before, after]:
        assert acts.moderate(**given).state == after
    else:
        assert refusal(acts.moderate, **given) == ["state"]


def test_an_opinion_is_set_aside_for_a_reason_and_leaves_its_group(body):
    consultation = released(body)
    row = acts.moderate(row=said(consultation), state="accepted", actor=SYSTEM, at=DURING)
    group = acts.group_opinions(
        consultation=consultation, summary="校车", verdict="adopted", actor=SYSTEM, at=DURING
    )
    acts.sort_into(consultation=consultation, rows=[row], group=group, actor=SYSTEM, at=DURING)
    given = {"row": row, "state": "set_aside", "actor": SYSTEM, "at": DURING}
    assert refusal(acts.moderate, **given) == ["empty"]
    assert acts.moderate(**given, reason="重复").group is None


def test_several_waiting_opinions_are_counted_at_once(body):
    row = released(body)
    both = [said(row, "一"), said(row, "二")]
    acts.moderate(row=both[0], state="set_aside", reason="广告", actor=SYSTEM, at=DURING)
    assert acts.accept_all(rows=both, actor=SYSTEM, at=DURING) == 1
    assert list(row.comments.order_by("pk").values_list("state", flat=True)) == ["set_aside", "accepted"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_decide_once(body):
    row = said(released(body))
    act = {"row": row, "state": "accepted", "actor": SYSTEM, "at": DURING}
    found = at_once(lambda: acts.moderate(**act), lambda: acts.moderate(**act))
    assert sorted(type(one).__name__ for one in found) == ["Comment", "RefusedError"]


# The result -----------------------------------------------------------------------------------------------


def grouped(body):
    consultation = released(body)
    rows = [said(consultation, text) for text in ("一", "二", "三")]
    acts.accept_all(rows=rows, actor=SYSTEM, at=DURING)
    return consultation, rows


def test_the_result_is_counted_from_the_opinions(body, appointed):
    consultation, rows = grouped(body)
    on = CLOSES + DAY
    given = {"consultation": consultation, "actor": SYSTEM, "at": DURING}
    group = acts.group_opinions(**given, summary="加站点", verdict=Verdict.PARTLY, reason="先加两个")
    acts.sort_into(**given, rows=rows[:2], group=group)
    late = said(consultation, "第四条")
    publish = {"consultation": consultation, "feedback": "见下表", "actor": appointed("approver")}
    assert refusal(acts.publish_feedback, **publish, on=on) == ["waiting", "loose"]
    acts.moderate(row=late, state="set_aside", reason="广告", actor=SYSTEM, at=DURING)
    other = acts.group_opinions(**given, summary="反对", verdict=Verdict.NOT_ADOPTED, reason="依据上位法")
    acts.sort_into(**given, rows=rows[2:], group=other)
    done = acts.publish_feedback(**publish, on=on)
    assert (done.received, done.adopted, done.feedback_published_on) == (3, 2, on)
    after = {**given, "consultation": fresh(consultation)}
    assert refusal(acts.sort_into, **after, rows=rows, group=None) == ["published"]
    assert refusal(acts.moderate, row=late, state="accepted", actor=SYSTEM, at=DURING) == ["published"]
    assert refusal(acts.group_opinions, **after, summary="晚", verdict="adopted") == ["published"]
    assert refusal(acts.drop_group, group=group, actor=SYSTEM, at=DURING) == ["published"]


def test_the_result_waits_for_the_release_and_the_end_and_today(body):
    given = {"consultation": prepared(body), "feedback": " ", "actor": SYSTEM}
    assert refusal(acts.publish_feedback, **given, on=CLOSES) == ["not_released", "open", "no_feedback"]
    assert refusal(acts.publish_feedback, **given, on=dt.date(2999, 1, 1)) == [
        "not_released",
        "future",
        "no_feedback",
    ]


def test_numbers_given_by_hand_are_whole(body):
    row = acts.open_consultation(body=body, title="现场", opens_on=OPENS, closes_on=CLOSES, actor=SYSTEM)
    row = acts.release_consultation(consultation=row, actor=SYSTEM, at=noon(OPENS))
    given = {"consultation": row, "feedback": "见说明", "on": CLOSES + DAY, "actor": SYSTEM}
    for numbers in ({}, {"received": 3}, {"received": 3, "adopted": 4}, {"received": 3, "adopted": -1}):
        assert refusal(acts.publish_feedback, **given, **numbers) == ["adopted"]
    assert acts.publish_feedback(**given, received=3, adopted=3).adopted == 3


def test_groups_say_what_and_why(body):
    consultation, rows = grouped(body)
    given = {"consultation": consultation, "actor": SYSTEM, "at": DURING}
    assert refusal(acts.group_opinions, **given, summary=" ", verdict="maybe") == ["empty", "verdict"]
    assert refusal(acts.group_opinions, **given, summary="反对", verdict="not_adopted") == ["empty"]
    group = acts.group_opinions(**given, summary="赞成", verdict="adopted")
    changed = acts.group_opinions(**given, summary="都赞成", verdict="adopted", group=group)
    assert (changed.pk, changed.position, changed.summary) == (group.pk, 1, "都赞成")
    elsewhere = released(body, title="另一件")
    foreign = said(elsewhere, "外来")
    assert refusal(acts.sort_into, **given, rows=[foreign], group=group) == ["foreign"]
    waiting = said(consultation, "四")
    assert refusal(acts.sort_into, **given, rows=[waiting], group=group) == ["uncounted"]
    assert refusal(acts.sort_into, **{**given, "consultation": elsewhere}, rows=[], group=group) == [
        "foreign_group"
    ]
    acts.sort_into(**given, rows=rows, group=group)
    acts.drop_group(group=group, actor=SYSTEM, at=DURING)
    assert set(consultation.comments.values_list("group", flat=True)) == {None}


# Files ----------------------------------------------------------------------------------------------------


def test_files_are_kept_once_and_taken_off_for_a_reason(body, appointed):
    row = released(body)
    given = {"consultation": row, "actor": SYSTEM, "at": DURING}
    file = acts.add_file(**given, name="../草案.exe", content=PDF)
    assert (file.name, file.media_type, file.size, file.file.read()) == (
        "草案.exe.pdf",
        "application/pdf",
        24,
        PDF,
    )
    assert refusal(acts.add_file, **given, name="又.pdf", content=PDF) == ["again"]
    assert refusal(acts.add_file, **given, name="空.pdf", content=b"") == ["empty"]
    assert refusal(acts.add_file, **given, name="怪.exe", content=b"MZ\x00\x01") == ["file_type"]
    remove = {"row": file, "reason": "换新稿", "at": DURING}
    assert refusal(acts.remove_file, **remove, actor=appointed("handler")) == ["not_permitted"]
    assert refusal(acts.remove_file, **{**remove, "reason": " "}, actor=SYSTEM) == ["empty"]
    acts.remove_file(**remove, actor=appointed("approver"))
    assert refusal(acts.remove_file, **remove, actor=SYSTEM) == ["removed"]
    acts.add_file(**given, name="新稿.pdf", content=PDF)
    assert ConsultationFile.objects.filter(removed_at=None).count() == 1


def test_no_more_than_twenty_files_and_none_after_the_result(body):
    row = released(body)
    for number in range(20):
        acts.add_file(
            consultation=row, name="件.pdf", content=PDF + bytes([65 + number]), actor=SYSTEM, at=DURING
        )
    assert refusal(acts.add_file, consultation=row, name="件.pdf", content=PDF, actor=SYSTEM, at=DURING) == [
        "too_many"
    ]
    acts.publish_feedback(consultation=row, feedback="无", on=CLOSES + DAY, actor=SYSTEM)
    found = refusal(acts.add_file, consultation=row, name="件.pdf", content=PDF, actor=SYSTEM, at=DURING)
    assert found == ["too_many", "published"]


def test_another_body_s_document_is_not_asked_about(body):
    other = register_body(
        actor=SYSTEM, name="别处局", slug="other", kind="department", tier="county", credit_code="1" * 18
    )
    foreign = register_document(
        body=other, title="草案", kind="notice", made_on=OPENS, actor=SYSTEM, at=DURING
    )
    assert refusal(prepared, body=body, document=foreign) == ["foreign"]


def test_its_text_is_cleaned_before_it_is_kept(body):
    row = prepared(body, text="<p onclick='x()'>请提意见</p><script>alert(1)</script>")
    assert row.text == "<p>请提意见</p>"
    assert prepared(body, title="另一件", text="一行\n二行").text == "<p>一行</p><p>二行</p>"
