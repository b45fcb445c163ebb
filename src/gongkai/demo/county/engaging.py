"""What the county's bureau has in hand with the public today: a consultation open, one to be answered, letters, questions."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.days import moment, morning, workdays_before
from gongkai.demo.offices import Office
from gongkai.demo.text.answers import ANSWERED, FAQ, LETTERS, OPINIONS, QUESTIONS, SORTED
from gongkai.disclosure.models import Document
from gongkai.engagement import acts
from gongkai.engagement.enums import Severity, StepKind
from gongkai.engagement.models import Consultation

DAY = dt.timedelta(1)
Groups = tuple[tuple[str, str, str, tuple[str, ...]], ...]


def build_engaging(office: Office, today: dt.date) -> None:
    """Relative to today, so that the demonstration is always in the middle of it."""
    _open_now(office, today)
    _to_be_answered(office, today)
    _answered(office, today)
    _concerns(office, today)
    write_questions(office, FAQ, morning(today - 30 * DAY))
    _letters(office, today)


def _prepare(office: Office, title: str, text: str, opens_on: dt.date, closes_on: dt.date) -> Consultation:
    return acts.open_consultation(
        body=office.body,
        title=title,
        text=text,
        opens_on=opens_on,
        closes_on=closes_on,
        takes_online=True,
        other_ways="来信请寄：青屿县教育体育局政策法规科；电子邮箱见本站“政府信息公开指南”。",
        actor=office.handler,
    )


def _open_now(office: Office, today: dt.date) -> None:
    opens_on = today - 9 * DAY
    row = _prepare(
        office,
        "《青屿县中小学课后服务收费管理办法》（征求意见稿）公开征求意见",
        "<p>为规范中小学课后服务收费，我局起草了征求意见稿，现向社会公开征求意见。</p>"
        "<p>请就服务时间、收费标准、减免范围提出意见。</p>",
        opens_on,
        opens_on + 35 * DAY,
    )
    before = morning(opens_on - DAY)
    for text, kind, choices, is_required in QUESTIONS:
        acts.ask(
            consultation=row, text=text, kind=kind, choices=choices, is_required=is_required,
            actor=office.handler, at=before,
        )  # fmt: skip
    row = acts.release_consultation(consultation=row, actor=office.approver, at=before)
    required, *_ = row.questions.filter(is_required=True)
    for number, (text, choice) in enumerate(OPINIONS):
        words = acts.Words(text=text, answers={required.pk: choice})
        at = moment(opens_on + (number + 1) * DAY, 19 * 60 + 7 * number)
        given = acts.comment(consultation=row, words=words, origin="", at=at)
        if number < len(OPINIONS) - 2:
            acts.moderate(row=given, state="accepted", actor=office.handler, at=morning(at.date() + DAY))


def _to_be_answered(office: Office, today: dt.date) -> None:
    opens_on, closes_on = today - 45 * DAY, today - 12 * DAY
    row = _prepare(
        office,
        "《青屿县公共体育场地向社会开放管理办法》（征求意见稿）公开征求意见",
        "<p>现就公共体育场地的开放时间、预约办法、安全责任公开征求意见。</p>",
        opens_on,
        closes_on,
    )
    _sort(office, row, SORTED)


def _sort(office: Office, row: Consultation, groups: Groups) -> Consultation:
    """Released, commented on, and the opinions in their groups after the end."""
    opens_on, closes_on = row.opens_on, row.closes_on
    row = acts.release_consultation(consultation=row, actor=office.approver, at=morning(opens_on - DAY))
    day = opens_on + 2 * DAY
    for summary, verdict, reason, texts in groups:
        group = acts.group_opinions(
            consultation=row, summary=summary, verdict=verdict, reason=reason, actor=office.handler,
            at=morning(closes_on + 2 * DAY),
        )  # fmt: skip
        rows = []
        for text in texts:
            given = acts.comment(
                consultation=row, words=acts.Words(text=text), origin="", at=moment(day, 20 * 60)
            )
            day += DAY
            rows.append(acts.moderate(row=given, state="accepted", actor=office.handler, at=morning(day)))
        acts.sort_into(
            consultation=row, rows=rows, group=group, actor=office.handler, at=morning(closes_on + 2 * DAY)
        )
    return row


def _answered(office: Office, today: dt.date) -> None:
    """Every group of opinions with what became of it and why, published within the term."""
    opens_on, closes_on = today - 80 * DAY, today - 48 * DAY
    row = _prepare(
        office,
        "《青屿县中小学午餐服务管理规定》（征求意见稿）公开征求意见",
        "<p>现就供餐方式、收费标准、陪餐制度公开征求意见。</p>",
        opens_on,
        closes_on,
    )
    row = _sort(office, row, ANSWERED)
    acts.publish_feedback(
        consultation=row,
        feedback="征求意见期间共收到意见7条，归为三类。采纳和部分采纳的，已在修改稿中体现；未采纳的，理由如下。",
        on=closes_on + 11 * DAY,
        actor=office.approver,
    )


def _concerns(office: Office, today: dt.date) -> None:
    """A grave one with its first word out and the briefing to come, one within its 48 hours, one answered by a document."""
    hours = dt.timedelta(hours=1)
    grave = acts.record_concern(
        body=office.body,
        topic="某校食堂多名学生身体不适",
        summary="网络视频称午餐后多名学生腹痛送医，转发较多。县市场监管局、卫生健康局已到场。",
        source="短视频平台、12345热线",
        severity=Severity.GRAVE,
        unit=office.units["安全稳定科"],
        arose_at=office.now - 6 * hours,
        actor=office.handler,
    )
    acts.record_step(
        concern=grave,
        kind=StepKind.FIRST_WORD,
        at=office.now - 3 * hours,
        note="在县政府网站和公众号发布第一份通报",
        actor=office.handler,
    )
    acts.record_concern(
        body=office.body,
        topic="网传部分小学食堂更换供餐单位",
        summary="本地论坛有家长发帖询问供餐单位更换原因和食品安全检查情况，跟帖40余条。",
        source="本地论坛",
        arose_at=office.now - 20 * hours,
        actor=office.handler,
    )
    arose_at = moment(workdays_before(today, 13), 9 * 60)
    answered = acts.record_concern(
        body=office.body,
        topic="家长反映招生登记与中考报名时间冲突",
        summary="多个家长群讨论登记时间与中考报名重叠，希望错开。",
        source="12345热线、家长来信",
        unit=office.units["基础教育科"],
        arose_at=arose_at,
        actor=office.handler,
    )
    paper = (
        Document.objects.public().filter(body=office.body, title__contains="学校招生入学工作的意见").first()
    )
    acts.answer_concern(concern=answered, at=arose_at + 26 * hours, document=paper, actor=office.approver)


def write_questions(office: Office, entries: tuple[tuple[str, str, str, str], ...], at: dt.datetime) -> None:
    """Questions with their answers, released by another than who wrote them; the last is still a draft."""
    for position, (topic, question, answer, keywords) in enumerate(entries, start=1):
        entry = acts.write_entry(
            body=office.body, topic=topic, question=question, answer=answer, keywords=keywords,
            actor=office.handler, at=at,
        )  # fmt: skip
        if position < len(entries):
            acts.publish_entry(entry=entry, actor=office.approver, at=at)


def _letters(office: Office, today: dt.date) -> None:
    for days_ago, subject, text, may_publish, answer in LETTERS:
        day = today - days_ago * DAY
        letter, _ = acts.write_letter(
            body=office.body,
            subject=subject,
            text=text,
            may_publish=may_publish,
            origin="",
            at=moment(day, 21 * 60),
        )
        if answer:
            acts.answer_letter(
                letter=letter,
                answer=answer,
                is_public=may_publish,
                actor=office.approver,
                at=morning(day + 4 * DAY),
            )
