"""Consultations and answers to public concern: three consultations in 2020."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.county.engaging import write_questions
from gongkai.demo.days import moment, morning
from gongkai.demo.offices import Office
from gongkai.demo.text.answers import SEED_FAQ
from gongkai.disclosure.models import Document
from gongkai.engagement.acts import (
    answer_concern,
    open_consultation,
    publish_feedback,
    record_concern,
    release_consultation,
)

CONSULTATIONS = (
    ("幼儿园布局规划", dt.date(2019, 6, 10), 30, 21, 9),
    ("校外培训机构设置标准", dt.date(2019, 9, 16), 30, 14, 6),
    ("2020年义务教育学校招生工作意见", dt.date(2020, 5, 18), 15, 36, 11),
    ("中小学生课后服务实施办法", dt.date(2020, 8, 31), 30, 27, 12),
    ("公共体育设施开放管理办法", dt.date(2020, 10, 26), 30, 18, 8),
)
"""Title, first day, days open, opinions received and adopted."""

CONCERNS = (
    ("个别学校提前组织招生登记的反映", dt.date(2019, 6, 18), 26),
    ("校外培训机构停业退费问题", dt.date(2019, 11, 5), 31),
    ("线上教学期间学生用眼时间过长的担忧", dt.date(2020, 2, 19), 7),
    ("返校复学时间安排的询问", dt.date(2020, 3, 30), 22),
    ("新建小学学区划分的疑问", dt.date(2020, 7, 13), 5),
    ("学校食堂食材来源的询问", dt.date(2020, 10, 9), 28),
)
"""Topic, day it was found, hours until the answer."""


def build_engagement(office: Office) -> None:
    """Consultations with their answers, concerns with theirs."""
    for title, opens_on, days, received, adopted in CONSULTATIONS:
        _consult(office, title, opens_on, days, received, adopted)
    for topic, found_on, hours in CONCERNS:
        arose_at = moment(found_on, 9 * 60)
        concern = record_concern(body=office.body, topic=topic, arose_at=arose_at, actor=office.handler)
        answer_concern(concern=concern, at=arose_at + dt.timedelta(hours=hours), actor=office.approver)


def _consult(office: Office, title: str, opens_on: dt.date, days: int, received: int, adopted: int) -> None:
    announced = Document.objects.filter(body=office.body, title=f"关于公开征求《{title}》意见的公告").first()
    consultation = open_consultation(
        body=office.body,
        title=f"《{title}》（征求意见稿）公开征求意见",
        text="欢迎通过网站留言、来信或电子邮件提出意见和建议。",
        opens_on=opens_on,
        closes_on=opens_on + dt.timedelta(days=days),
        document=announced,
        actor=office.handler,
    )
    release_consultation(
        consultation=consultation, actor=office.approver, at=moment(opens_on - dt.timedelta(days=1), 16 * 60)
    )
    publish_feedback(
        consultation=consultation,
        received=received,
        adopted=adopted,
        feedback=f"共收到意见{received}条，采纳{adopted}条；未采纳的主要为重复意见或超出本文件适用范围的意见，已逐条说明。",
        on=opens_on + dt.timedelta(days=days + 10),
        actor=office.approver,
    )


def build_questions(office: Office) -> None:
    """The questions of the enrolment season the report speaks of."""
    write_questions(office, SEED_FAQ, morning(dt.date(2020, 7, 6)))
