"""The county bureau's publishing in progress: a document in every step, an exception to confirm, each way of leaving.

All of it lies in the last workdays before today and is of kinds no report counts, so the figures stay as they are.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from gongkai.demo.days import morning, workdays_before
from gongkai.demo.offices import Office
from gongkai.demo.text.metadata import metadata_of
from gongkai.disclosure import acts
from gongkai.disclosure.enums import Attribute, DocumentKind, GuideSection, LeavingWay, Opinion, ReviewStep
from gongkai.disclosure.models import Document, Edition
from gongkai.disclosure.procedure import next_step

BASIS = "《中华人民共和国政府信息公开条例》第十七条，本机关保密审查制度"
YEAR = 365  # days
MADE_UP = "<p>本文件内容为演示，不代表任何真实机关。</p>"
CLOSING = (
    "<p>各中小学、幼儿园和有关单位应当认真执行；执行中遇到问题的，请及时向县教育体育局办公室反映。</p>"
    + MADE_UP
)
MADE_UP_NUMBER = "11010519491231002X"  # the example of GB 11643


TELLING = frozenset({DocumentKind.INTERPRETATION, DocumentKind.BUDGET})
"""Kinds that ask nothing of anybody."""


class Publishing:
    """Plays documents along the way to publication, each up to its own day."""

    def __init__(self, office: Office, today: dt.date) -> None:
        self.office, self.today = office, today

    def at(self, workdays: int) -> dt.datetime:
        """The morning so many workdays ago."""
        return morning(workdays_before(self.today, workdays))

    def draft(
        self,
        title: str,
        text: str,
        workdays: int,
        *,
        kind: str = DocumentKind.NOTICE,
        unit: str = "",
        **more: Any,
    ) -> Edition:
        """Registered and drafted so many workdays ago by the handler."""
        document = acts.register_document(
            body=self.office.body,
            title=title,
            kind=kind,
            made_on=workdays_before(self.today, workdays + 1),
            unit=self.office.units.get(unit),
            actor=self.office.handler,
            at=self.at(workdays),
            **{**_said(kind, title, text, self.today), **more},
        )
        return acts.add_edition(
            document=document,
            text=f"{text}{MADE_UP if kind in TELLING else CLOSING}",
            actor=self.office.handler,
            at=self.at(workdays),
        )

    def submit(self, edition: Edition, workdays: int, *, until: str = "") -> Edition:
        """Submitted and reviewed, up to the step that is still to come."""
        office, at = self.office, self.at(workdays)
        edition = acts.submit_edition(edition=edition, actor=office.handler, at=at)
        while (step := next_step(edition)) is not None and step != until:
            actor = office.approver if step == ReviewStep.SIGN_OFF else office.reviewer
            acts.review_edition(
                edition=edition, step=step, opinion=Opinion.PASSED, basis=BASIS, actor=actor, at=at
            )
            edition.refresh_from_db()
        return edition

    def publish(self, edition: Edition, workdays: int, *, looked_at: bool = True) -> Document:
        """The whole way on one day, and the page looked at."""
        office, at = self.office, self.at(workdays)
        edition = acts.publish_edition(edition=self.submit(edition, workdays), actor=office.handler, at=at)
        if looked_at:
            acts.recheck_edition(edition=edition, opinion=Opinion.PASSED, actor=office.handler, at=at)
        return Document.objects.get(pk=edition.document_id)


def _said(kind: str, title: str, text: str, on: dt.date) -> dict[str, Any]:
    """What a registrar enters beside title and date; a paper's own dates he enters himself."""
    return {
        name: value for name, value in metadata_of(kind, title, text, on).items() if name != "effective_on"
    }


def build_publishing(office: Office, today: dt.date) -> None:
    """Everything in progress."""
    story = Publishing(office, today)
    _on_the_way(story, office)
    _exception(story, office)
    _lacking_interpretation(story, office)
    _left(story, office)
    _withheld(office, today)
    _own_rules(story, office)


def _on_the_way(story: Publishing, office: Office) -> None:
    story.draft(
        "关于公布校车服务单位名单的通知",
        f"<p>现将校车服务单位予以公布。</p><p>驾驶员联系人：王五，公民身份号码{MADE_UP_NUMBER}。</p>",
        1,
        unit="安全稳定科",
    )
    edition = story.draft("关于调整课后服务收费公示方式的通知", "<p>各校应在校门口和网站同时公示。</p>", 4)
    edition = story.submit(edition, 3, until=ReviewStep.UNIT)
    acts.review_edition(
        edition=edition,
        step=ReviewStep.UNIT,
        opinion=Opinion.RETURNED,
        remark="附件缺失或者不是最终版本；请补收费公示样表",
        actor=office.reviewer,
        at=story.at(2),
    )
    waiting = (
        ("关于开展冬季校园安全检查的通知", ReviewStep.UNIT, 2),
        ("关于做好寒假期间学生资助工作的通知", ReviewStep.SECRECY, 2),
        ("关于公布体育场馆免费开放时段的公告", ReviewStep.SIGN_OFF, 1),
    )
    for title, step, workdays in waiting:
        story.submit(
            story.draft(title, "<p>有关事项另行通知学校执行。</p>", workdays + 1), workdays, until=step
        )
    signed = story.submit(story.draft("关于中小学放假时间的公告", "<p>放假时间以本公告为准。</p>", 2), 1)
    publish_at = morning(story.today + dt.timedelta(days=7))
    acts.schedule_edition(edition=signed, publish_at=publish_at, actor=office.handler, at=story.at(1))
    story.publish(
        story.draft("关于举办全县中小学运动会的公告", "<p>比赛项目见秩序册。</p>", 3), 2, looked_at=False
    )


def _exception(story: Publishing, office: Office) -> None:
    edition = story.draft("关于大风天气停止户外体育活动的紧急通知", "<p>请各校立即停止户外体育活动。</p>", 5)
    acts.publish_edition(
        edition=edition, actor=office.approver, at=story.at(5), override="天气预警，值班期间仅一人在岗"
    )


def _lacking_interpretation(story: Publishing, office: Office) -> None:
    edition = story.draft(
        "关于进一步规范校外培训收费的意见",
        "<h2>一、总体要求</h2><p>培训收费应当明码标价、一次性收费不超过三个月。</p>",
        9,
        kind=DocumentKind.OTHER_POLICY,
        unit="民办教育管理科",
    )
    acts.plan_interpretation(
        document=edition.document,
        is_needed=True,
        forms=["text", "picture"],
        responsible="民办教育管理科科长",
        planned_on=workdays_before(story.today, 6),
        actor=office.handler,
        at=story.at(9),
    )
    story.publish(edition, 8)


def _left(story: Publishing, office: Office) -> None:
    """One of each way."""
    titles = {
        LeavingWay.ERROR: "关于公示资助学生名单的公告",
        LeavingWay.MERGED: "关于体育场馆周末开放的通知",
        LeavingWay.ARCHIVED: "关于上一学期教材循环使用情况的通报",
        LeavingWay.BY_LAW: "关于某培训机构检查情况的通报",
        LeavingWay.ENDED: "关于临时调整作息时间的通知",
    }
    made = {
        way: story.publish(story.draft(title, "<p>有关事项见正文。</p>", 7), 6)
        for way, title in titles.items()
    }
    into = story.publish(story.draft("关于体育场馆开放时间的通知", "<p>周末及节假日均开放。</p>", 7), 6)
    reasons = {
        LeavingWay.ERROR: ("误公开了学生姓名，已删除", "", None),
        LeavingWay.MERGED: ("内容已并入新的通知", "", into),
        LeavingWay.ARCHIVED: ("事项已经办结，归档备查", "", None),
        LeavingWay.BY_LAW: ("法院裁定停止公开", "（演示）行政裁定书", None),
    }
    for way, (reason, basis, target) in reasons.items():
        acts.leave_document(
            document=made[way],
            way=way,
            reason=reason,
            basis=basis,
            into=target,
            actor=office.approver,
            at=story.at(3),
        )
    acts.end_document(
        document=made[LeavingWay.ENDED],
        how="repealed",
        on=workdays_before(story.today, 2),
        basis="高温天气结束",
        actor=office.approver,
    )


def _withheld(office: Office, today: dt.date) -> None:
    """Withheld a year ago, so that its assessment is due (条例 art. 18)."""
    day = today - dt.timedelta(days=YEAR + 5)
    acts.register_document(
        body=office.body,
        title="校园安全风险点排查底数",
        kind=DocumentKind.OTHER,
        made_on=day - dt.timedelta(days=1),
        attribute=Attribute.WITHHELD,
        attribute_reason="条例第十六条：内部管理信息，公开后可能影响校园安全",
        actor=office.handler,
        at=morning(day),
    )


def _own_rules(story: Publishing, office: Office) -> None:
    """A paper about the work itself, and the bureau's own words in its guide."""
    edition = story.draft(
        "政府信息公开保密审查制度",
        "<h2>一、审查原则</h2><p>先审查、后公开，一事一审。</p>"
        "<h2>二、审查程序</h2><p>由起草科室提出意见，保密审查人员审查并写明依据，负责人签发。</p>",
        12,
    )
    document = story.publish(edition, 11)
    at = story.at(10)
    acts.edit_document(document=document, values={"is_institution": True}, actor=office.approver, at=at)
    for section, text in (
        (GuideSection.ACCESS, "县政务服务中心一楼设有查阅点，工作日可以免费查阅、打印。"),
        (GuideSection.OFFICE, "每周三延时服务至19时；行动不便的，可以电话预约上门办理。"),
    ):
        acts.write_guide(body=office.body, section=section, text=text, actor=office.approver, at=at)
