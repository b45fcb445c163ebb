"""The rest of the county's records: normative documents, other documents, consultations, requests."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.demo.cases import register_people
from gongkai.demo.county.people import PEOPLE
from gongkai.demo.county.procedure import Procedure
from gongkai.demo.county.requests import CASES, OPEN
from gongkai.demo.county.running import build_running
from gongkai.demo.days import moment, morning, workdays_before
from gongkai.demo.documents import Plan, Special, build_documents
from gongkai.demo.normative import Paper, build_normative
from gongkai.demo.offices import Office
from gongkai.disclosure.enums import DocumentKind, Ending
from gongkai.disclosure.models import Document
from gongkai.engagement.acts import (
    answer_concern,
    open_consultation,
    publish_feedback,
    record_concern,
    release_consultation,
)

PAPERS = (
    Paper(
        "公办幼儿园管理办法",
        dt.date(2017, 5, 15),
        dt.date(2024, 6, 28),
        Ending.REPEALED,
        "青教体规〔2024〕10号",
    ),
    Paper("学校安全工作责任制办法", dt.date(2018, 4, 9)),
    Paper("民办学校年检办法", dt.date(2019, 3, 11), dt.date(2024, 3, 31), Ending.LAPSED, "有效期五年届满"),
    Paper("义务教育划片招生办法", dt.date(2020, 5, 18)),
    Paper(
        "校外培训机构日常监管办法",
        dt.date(2020, 9, 14),
        dt.date(2025, 9, 30),
        Ending.LAPSED,
        "有效期五年届满",
    ),
    Paper("中小学课后服务管理办法", dt.date(2021, 8, 30)),
    Paper("公共体育设施开放办法", dt.date(2022, 4, 25)),
    Paper("学生资助资金管理办法", dt.date(2022, 10, 17)),
    Paper("校车安全管理实施细则", dt.date(2023, 6, 19)),
    Paper("幼儿园管理办法", dt.date(2024, 6, 28)),
    Paper("校园食品安全管理办法", dt.date(2024, 9, 2)),
    Paper("中小学生竞赛活动管理办法", dt.date(2024, 11, 11)),
    Paper("校外培训机构管理办法", dt.date(2025, 9, 8)),
    Paper("体育彩票公益金使用管理办法", dt.date(2025, 11, 17)),
)
"""Nine in force at the end of 2023; 2024: three made, two ended; 2025: two made, one ended."""

CONSULTATIONS = (
    ("幼儿园管理办法", dt.date(2024, 4, 15), 30, 17, 6),
    ("校园食品安全管理办法", dt.date(2024, 7, 8), 30, 23, 9),
    ("校外培训机构管理办法", dt.date(2025, 7, 14), 30, 31, 12),
)
CONCERNS = (
    ("配餐企业更换引起的家长疑问", dt.date(2024, 10, 14), 20),
    ("网传某校取消课后服务", dt.date(2025, 3, 10), 9),
)
FIRST_YEAR = 2024
SETTLED_DAYS = 45  # a running year shorter than this has no documents yet


def build_papers(office: Office) -> None:
    """The normative documents with their endings."""
    build_normative(office, PAPERS)


def plans(today: dt.date) -> list[Plan]:
    """How much was published in each year until yesterday."""
    years = range(FIRST_YEAR, today.year + 1)
    return [plan for year in years if (plan := _plan(year, today)) is not None]


def _plan(year: int, today: dt.date) -> Plan | None:
    running = year == today.year
    if running and today.timetuple().tm_yday < SETTLED_DAYS:
        return None
    months = today.month if running else 12
    a_month = 8 + year % 3  # no two years alike
    website, news = a_month * months, 6 * months
    specials = tuple(_announcement(*row[:2]) for row in CONSULTATIONS if row[1].year == year)
    return Plan(
        year=year,
        website=website,
        news=news,
        wechat=(a_month + 2) * months,
        board=2 * months,
        interpretations=max(1, months // 2),
        key_areas=(3, 2, 1, 1) if months == 12 else (1, 1),  # noqa: PLR2004 - a whole year
        specials=specials,
        until=today - dt.timedelta(days=1) if running else None,
    )


def _announcement(title: str, on: dt.date) -> Special:
    full = f"关于公开征求《{title}》意见的公告"
    return Special(full, DocumentKind.NOTICE, "规范性文件", "政策法规科", on)


def build_published(office: Office, today: dt.date) -> None:
    """The documents of every year."""
    for plan in plans(today):
        build_documents(office, plan)


def build_engagement(office: Office) -> None:
    """Consultations with feedback, concerns with answers."""
    for title, opens_on, days, received, adopted in CONSULTATIONS:
        announced = Document.objects.get(body=office.body, title=_announcement(title, opens_on).title)
        consultation = open_consultation(
            body=office.body,
            title=f"《{title}》（征求意见稿）公开征求意见",
            opens_on=opens_on,
            closes_on=opens_on + dt.timedelta(days=days),
            document=announced,
            actor=office.handler,
        )
        released_at = moment(opens_on - dt.timedelta(days=1), 16 * 60)
        release_consultation(consultation=consultation, actor=office.approver, at=released_at)
        publish_feedback(
            consultation=consultation,
            received=received,
            adopted=adopted,
            feedback=f"共收到意见{received}条，采纳{adopted}条，未采纳的均已说明理由。",
            on=opens_on + dt.timedelta(days=days + 8),
            actor=office.approver,
        )
    for topic, found_on, hours in CONCERNS:
        arose_at = moment(found_on, 10 * 60)
        concern = record_concern(body=office.body, topic=topic, arose_at=arose_at, actor=office.handler)
        answer_concern(concern=concern, at=arose_at + dt.timedelta(hours=hours), actor=office.approver)


def build_requests(office: Office, today: dt.date) -> None:
    """Closed requests on their days, open ones so many workdays before today."""
    applicants = register_people(office, PEOPLE, morning(dt.date(2023, 12, 1)))
    story = Procedure(office, applicants)
    for case in CASES:
        story.play(case)
    for workdays, case in OPEN:
        story.play(replace(case, submitted_on=workdays_before(today, workdays)))
    build_running(office, today)
