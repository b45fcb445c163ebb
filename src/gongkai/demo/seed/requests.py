"""The requests of 2019 and 2020: in 2020 three, all of natural persons, all granted in time."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.cases import Case, Person, Story, letters, register_people
from gongkai.demo.days import morning
from gongkai.demo.offices import Office
from gongkai.foi.enums import ApplicantKind, IntakeChannel, ServiceMethod

PEOPLE = {
    "甲": Person(ApplicantKind.NATURAL, "申请人甲", "990000199001010011"),
    "乙": Person(ApplicantKind.NATURAL, "申请人乙", "990000198502020022"),
    "丙": Person(ApplicantKind.NATURAL, "申请人丙", "990000197803030033"),
    "丁": Person(ApplicantKind.NATURAL, "申请人丁", "990000199204040044"),
}

CASES = (
    Case("丁", IntakeChannel.IN_PERSON, "2018年民办学校年检结果", dt.date(2019, 6, 4), "granted", 8, unit="民办教育管理科"),
    Case("甲", IntakeChannel.ONLINE, "2019年秋季义务教育学区划分文件", dt.date(2019, 8, 20), "already_public", 3, unit="基础教育科"),
    Case("甲", IntakeChannel.ONLINE, "2020年小学招生学区划分依据", dt.date(2020, 5, 12), "granted", 9, unit="基础教育科"),
    Case("乙", IntakeChannel.IN_PERSON, "2019年公共体育场馆开放补助资金使用情况", dt.date(2020, 8, 18), "granted", 12, unit="体育科"),
    Case(
        "丙",
        IntakeChannel.REGISTERED_MAIL,
        "2020年上半年校外培训机构审批名单",
        dt.date(2020, 10, 14),
        "granted",
        15,
        served_by=ServiceMethod.POST,
        unit="民办教育管理科",
    ),
)  # fmt: skip


def build_requests(office: Office) -> None:
    """Play every request from submission to answer."""
    applicants = register_people(office, PEOPLE, morning(dt.date(2019, 6, 3)))
    story = Story(office, applicants, letters(office, "示范教体公开"))
    for case in CASES:
        story.play(case)
