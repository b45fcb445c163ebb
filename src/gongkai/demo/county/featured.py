"""Documents that have everything: files, a second edition, interpretations of every form, an amendment, a fault found.

Like ``publishing`` all of it lies in the last workdays before today and is of kinds no report counts.
"""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import Workbook

from gongkai.demo.county import files
from gongkai.demo.county.publishing import Publishing
from gongkai.demo.days import chance, workdays_before
from gongkai.demo.offices import Office
from gongkai.demo.text import featured as words
from gongkai.disclosure import acts
from gongkai.disclosure.enums import (
    AttachmentRole,
    Attribute,
    DocumentKind,
    Genre,
    InterpretationForm,
    Receiver,
    Subject,
)
from gongkai.disclosure.importing.acts import open_import
from gongkai.disclosure.importing.checking import check
from gongkai.disclosure.models import Document, Edition

OUT, REVISED = 22, 12  # workdays ago the enrolment paper came out, and its second edition
BASIC, LAW, MONEY = "基础教育科", "政策法规科", "计划财务科"
POLICY = DocumentKind.OTHER_POLICY


def build_featured(office: Office, today: dt.date) -> None:
    """All of it, in the order it came out."""
    story = Publishing(office, today)
    _expiring(story)
    paper = _enrolment(story)
    _interpretations(story, paper)
    _revised(story, paper)
    _amended(story)
    _budget(story)
    _under_the_regulation(story)
    _on_request(story)
    _handed_over(story)
    _imported(story)


def _attach(
    story: Publishing, edition: Edition, name: str, content: bytes | None, workdays: int, **more: Any
) -> str:
    """Keep a file with a draft; its address, empty where it could not be made."""
    if content is None:
        return ""
    at = story.at(workdays)
    row = acts.add_file(
        edition=edition, name=name, content=content, actor=story.office.handler, at=at, **more
    )
    return f"/files/{row.public_id}/"


def _enrolment(story: Publishing) -> Document:
    """The paper everybody looks for: three files, and a plan for its interpretation."""
    office, year = story.office, story.today.year + 1
    edition = story.draft(
        f"关于做好{year}年义务教育阶段学校招生入学工作的意见",
        words.ENROLMENT.format(year=year),
        OUT + 2,
        kind=POLICY,
        unit=BASIC,
        document_number=f"青教体〔{story.at(OUT + 2).year}〕86号",
        item=office.items["招生政策"],
        genre=Genre.OPINION,
        subject=Subject.SCIENCE_EDUCATION,
        keywords=["义务教育", "招生入学", "学区", "随迁子女"],
        effective_on=dt.date(year, 3, 1),
        valid_until=dt.date(year, 12, 31),
        joint_issuers=["青屿县公安局", "青屿县自然资源局"],
    )
    at = story.at(OUT + 1)
    for name, content in (
        ("城区小学学区划分一览表.pdf", files.districts(at)),
        (f"{year}年小学一年级招生计划表.xlsx", files.enrolment_plan(year, chance("enrolment"), at)),
        ("小学一年级入学登记表.docx", files.registration_form(at)),
    ):
        _attach(story, edition, name, content, OUT + 1)
    acts.plan_interpretation(
        document=edition.document,
        is_needed=True,
        forms=list(InterpretationForm.values),
        responsible="基础教育科科长",
        planned_on=workdays_before(story.today, OUT - 3),
        actor=office.handler,
        at=at,
    )
    return story.publish(edition, OUT)


def _interpretations(story: Publishing, paper: Document) -> None:
    """One of each form, within three workdays, by who drafted the policy."""
    year = story.today.year + 1
    for number, (form, title, text) in enumerate(words.INTERPRETATIONS):
        workdays = OUT - 1 - number // 2
        edition = story.draft(
            title.format(year=year),
            text.format(year=year),
            workdays,
            kind=DocumentKind.INTERPRETATION,
            unit=BASIC,
            interprets=paper,
            interpretation_form=form,
            item=story.office.items["招生政策"],
        )
        if form == InterpretationForm.PICTURE:
            _illustrate(story, edition, workdays)
        story.publish(edition, workdays)


def _illustrate(story: Publishing, edition: Edition, workdays: int) -> None:
    """The picture in the text, with words for who cannot see it."""
    content = files.picture(words.STEPS_TITLE, words.STEPS)
    said = "；".join(f"{number}、{head}：{text}" for number, (head, text) in enumerate(words.STEPS, start=1))
    address = _attach(
        story, edition, "入学五步走.png", content, workdays, role=AttachmentRole.PICTURE, alternative=said[:190]
    )  # fmt: skip
    if address:
        acts.edit_edition(
            edition=edition,
            title=edition.title,
            text=f'{edition.text}<p><img src="{address}" alt="{said[:190]}"></p>',
            actor=story.office.handler,
            at=story.at(workdays),
        )


def _revised(story: Publishing, paper: Document) -> None:
    """The second edition: days moved, a paragraph added, one file replaced, one more."""
    before = paper.editions.get()
    text = before.text
    for old, new in words.CHANGES:
        text = text.replace(old.format(year=story.today.year + 1), new.format(year=story.today.year + 1))
    edition = acts.add_edition(
        document=paper,
        text=text,
        reason="登记时间与中考报名重叠，错开一周；补充多孩家庭同校就读的规定",
        actor=story.office.handler,
        at=story.at(REVISED + 1),
    )
    at = story.at(REVISED + 1)
    content = files.red_paper(
        "关于调整义务教育招生登记时间的补充通知",
        f"青教体函〔{at.year}〕41号",
        words.RED_PAPER,
        workdays_before(story.today, REVISED + 1),
        at,
    )
    _attach(story, edition, "关于调整登记时间的补充通知（盖章版）.pdf", content, REVISED + 1)
    story.publish(edition, REVISED)


def _amended(story: Publishing) -> None:
    """A decision that amends an older normative paper, which says so from then on."""
    office, at = story.office, story.at(16)
    number = f"青教体〔{at.year}〕91号"
    edition = story.draft(
        "关于修改《中小学课后服务管理办法》的决定",
        words.AMENDMENT,
        18,
        kind=POLICY,
        unit=LAW,
        document_number=number,
        genre=Genre.DECISION,
        item=office.items["规范性文件"],
    )
    acts.plan_interpretation(
        document=edition.document,
        is_needed=False,
        reason="只调整个别条款的文字和时间，不涉及群众权利义务的变化",
        actor=office.handler,
        at=story.at(17),
    )
    story.publish(edition, 16)
    older = Document.objects.get(body=office.body, title="关于印发《中小学课后服务管理办法》的通知")
    values = {"amended_on": workdays_before(story.today, 16), "amended_basis": f"《关于修改〈中小学课后服务管理办法〉的决定》（{number}）"}  # fmt: skip
    acts.edit_document(document=older, values=values, actor=office.approver, at=at)


def _budget(story: Publishing) -> None:
    """A table in the text and the same as a file."""
    year = story.today.year
    edition = story.draft(
        f"青屿县教育体育局{year}年部门预算调整说明",
        words.BUDGET.format(year=year),
        11,
        kind=DocumentKind.BUDGET,
        unit=MONEY,
    )
    _attach(story, edition, f"{year}年部门收支总表.xlsx", files.budget(year, story.at(11)), 11)
    story.publish(edition, 10)


def _under_the_regulation(story: Publishing) -> None:
    """What belongs to no item of the catalogue and stands directly under 条例 art. 20: statistics, permits, accounts."""
    for workdays, (kind, unit, title, text) in enumerate(words.UNDER_THE_REGULATION, start=13):
        edition = story.draft(
            title.format(year=story.today.year - 1),
            text.format(year=story.today.year - 1),
            workdays + 1,
            kind=kind,
            unit=unit,
        )
        story.publish(edition, workdays)


def _expiring(story: Publishing) -> None:
    """A notice whose validity has run out, which nobody noted: the nightly re-check finds it."""
    edition = story.draft(
        "关于秋季学期临时停课安排的通知",
        words.EXPIRING,
        26,
        kind=POLICY,
        unit="安全稳定科",
        valid_until=workdays_before(story.today, 2),
    )
    acts.plan_interpretation(
        document=edition.document,
        is_needed=False,
        reason="临时性安排，内容简单明了",
        actor=story.office.handler,
        at=story.at(26),
    )
    document = story.publish(edition, 25)
    acts.check_document(document.editions.get(), at=story.at(0))


def _on_request(story: Publishing) -> None:
    """What is given only on request says why at the source (条例 art. 27)."""
    acts.register_document(
        body=story.office.body,
        title=f"{story.today.year}年秋季学期学生资助发放明细",
        kind=DocumentKind.OTHER,
        made_on=workdays_before(story.today, 15),
        unit=story.office.units["学生资助管理中心"],
        attribute=Attribute.ON_REQUEST,
        attribute_reason="含学生姓名、账号等个人信息；资助标准和发放总数已主动公开",
        actor=story.office.handler,
        at=story.at(14),
    )


def _handed_over(story: Publishing) -> None:
    """The half-year's list for the archive (条例 art. 25)."""
    acts.hand_over(
        body=story.office.body, receiver=Receiver.ARCHIVE, actor=story.office.handler, at=story.at(9)
    )


def _imported(story: Publishing) -> None:
    """A table of the bureau's old site, checked and waiting for somebody to correct one row."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 - a new book has a sheet
    for row in words.OLD_SITE:
        sheet.append(list(row))
    target = io.BytesIO()
    book.save(target)
    job = open_import(
        body=story.office.body,
        name="旧网站公开信息导出.xlsx",
        content=target.getvalue(),
        origin="旧门户网站",
        actor=story.office.handler,
        at=story.at(1),
    )
    check(job, now=lambda: story.at(1))
