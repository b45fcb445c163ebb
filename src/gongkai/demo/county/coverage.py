"""The county makes the catalogue its own, and not everything is as it should be: something to see on the monitor."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from gongkai.catalogue import acts
from gongkai.catalogue.models import Catalogue, Item
from gongkai.catalogue.queries import row_of
from gongkai.demo.days import chance, office_moment, workdays_before
from gongkai.demo.offices import Office
from gongkai.demo.text.bodies import body_text
from gongkai.demo.text.metadata import metadata_of
from gongkai.demo.text.themes import THEMES
from gongkai.disclosure.acts import DocumentRow, import_documents, register_document
from gongkai.disclosure.enums import DocumentKind
from gongkai.law.duty_terms import Duty, Rhythm
from gongkai.oversight.coverage import Day
from gongkai.oversight.reminders import tell

ADDED = (
    ("学前教育", "幼儿园名录", "公办、民办幼儿园名录、地址、收费标准", "每年9月底前", "民办教育管理科"),
    (
        "校园安全",
        "校车运营线路",
        "校车运营单位、线路、站点、时刻",
        "信息形成或者变更之日起7个工作日内",
        "安全稳定科",
    ),
    (
        "民办学校信息",
        "外籍人员子女学校信息",
        "学校名称、招生对象、审批情况",
        "信息形成或者变更之日起20个工作日内",
        "民办教育管理科",
    ),
)
ABSENT = ("外籍人员子女学校信息", "本县没有外籍人员子女学校")
WATCHED = {"教育法律": 90, "教育法规": 90, "学校介绍": 90, "招生范围": 90, "督导机构与责任督学": 180}
"""Pages that must be kept up to date, with the days after which they count as stale."""
WAITING = (
    ("教师招聘", "关于公布教师招聘面试名单的公告", "人事科", 38),
    ("督导报告", "关于通报开学工作专项督导情况的通知", "教育督导室", 27),
)
"""Registered so many working days ago and not published."""
LATE = ("教师评优评先", "关于优秀教师拟推荐人选的公示", "人事科", 45, 8)
"""Made and published so many working days ago."""


def build_coverage(office: Office, today: dt.date) -> None:
    """Units, rows of the county's own, a duty by hand; documents that wait or came late; the first reminders."""
    own = Catalogue.objects.get(body=office.body)
    _hand_to_units(office, own)
    _add(office, own)
    for name, days in WATCHED.items():
        duty = Duty(Rhythm.CONTINUOUS, stale_days=days)
        reason = "属于常设栏目，内容变化应及时更新"
        item = _item(own, name)
        acts.determine_duty(item=item, duty=duty, reason=reason, actor=office.handler, at=office.now)
    acts.issue_edition(
        catalogue=own,
        adopted_on=today,
        note="增加学前教育等事项，明确责任机构",
        actor=office.approver,
        at=office.now,
    )
    _leave_waiting(office, own, today)
    _publish_late(office, own, today)
    list(tell(office.body, Day.of(office.now), office.now))


def _item(own: Catalogue, name: str) -> Item:
    return Item.objects.select_related("catalogue__body").get(catalogue=own, parent__isnull=False, name=name)


def _hand_to_units(office: Office, own: Catalogue) -> None:
    """Each item to the unit that writes about it."""
    for name, unit in {theme.item: theme.unit for theme in THEMES}.items():
        acts.edit_item(item=_item(own, name), values={"unit": unit}, actor=office.handler, at=office.now)


def _add(office: Office, own: Catalogue) -> None:
    like = row_of(_item(own, "学校介绍"))
    for level1, level2, content, limit, unit in ADDED:
        row = replace(like, level1=level1, level2=level2, content=content, time_limit=limit, unit=unit)
        acts.add_item(catalogue=own, row=row, actor=office.handler, at=office.now)
    name, reason = ABSENT
    acts.declare_not_applicable(item=_item(own, name), reason=reason, actor=office.handler, at=office.now)


def _leave_waiting(office: Office, own: Catalogue, today: dt.date) -> None:
    for name, title, unit, workdays in WAITING:
        register_document(
            body=office.body,
            title=title,
            kind=DocumentKind.NOTICE,
            made_on=workdays_before(today, workdays),
            unit=office.units[unit],
            item=_item(own, name),
            actor=office.handler,
            at=office.now,
        )


def _publish_late(office: Office, own: Catalogue, today: dt.date) -> None:
    name, title, unit, made, published = LATE
    rng, on = chance(f"{office.body.slug}/late"), workdays_before(today, published)
    kind = DocumentKind.NOTICE
    text = body_text(rng, kind=kind, title=title, on=on, unit=unit)
    row = DocumentRow(
        title=title,
        kind=kind,
        made_on=workdays_before(today, made),
        text=text,
        metadata=metadata_of(kind, title, text, on),
        published_at=office_moment(rng, on),
        unit=office.units[unit],
        item=_item(own, name),
    )
    import_documents(body=office.body, rows=[row], actor=office.approver, at=office.now)
