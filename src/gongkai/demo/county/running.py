"""Work in progress: who has the open cases, what was asked of whom, drafts on their way, reminders nobody has read."""

from __future__ import annotations

import datetime as dt

from gongkai.demo.county.answers import PROVISION
from gongkai.demo.days import morning, workdays_after, workdays_before
from gongkai.demo.desk import Desk
from gongkai.demo.offices import COUNTY, Office
from gongkai.foi import acts as foi
from gongkai.foi.acts.access_codes import give_access
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.models import Request
from gongkai.foi.reminders import due_reminders, give

HEATING, ACCOUNTS, DISTRICTS = (
    "农村学校供暖改造资金安排",
    "培训机构预收费监管账户名单",
    "新建初中学区划分方案",
)
SPECIAL, CANTEENS, TWO_MATTERS = (
    "特殊教育经费拨付情况",
    "校园餐供应商名单",
    "学校食堂承包招标结果和校车安全检查记录",
)
PARTS = (foi.Part("2026年学校食堂承包招标结果"), foi.Part("2026年校车安全检查记录"))
UNCLAIMED = "2026年校车安全检查记录"

CODES = {
    "教师培训经费使用情况": "DEMQY22222",
    DISTRICTS: "DEMQY33333",
    "体育场馆改造中标文件": "DEMQY44444",
    "智慧校园项目评审意见": "DEMQY55555",
    "学区调整讨论会议记录": "DEMQY66666",
    "2025年春季学期转学办理规定": "DEMQY77777",
}
"""Query codes that `gongkai demo` prints: they open made-up cases only."""


def build_running(office: Office, today: dt.date) -> None:
    """What stands on the desks today."""
    desk = Desk(office)
    _split_and_merge(office, today)
    _hand_out(office, today)
    _ask_for_parts(office, today)
    _draft(desk, today)
    _talk(office, today)
    for subject, code in CODES.items():
        give_access(_case(office, subject), code, at=office.now)
    give(due_reminders(office.body, at=office.now), at=office.now)


def open_to_visitors() -> list[tuple[Request, str]]:
    """The cases the printed codes open, with their codes; none that an older demonstration does not have."""
    found = Request.objects.filter(body__slug=COUNTY, subject__in=CODES, access__isnull=False)
    return [(request, CODES[request.subject]) for request in found.order_by("pk")]


def _case(office: Office, subject: str) -> Request:
    return Request.objects.filter(body=office.body, subject=subject).earliest("pk")


def _before(today: dt.date, workdays: int) -> dt.datetime:
    return morning(workdays_before(today, workdays))


def _split_and_merge(office: Office, today: dt.date) -> None:
    """Two matters in one letter; the same application once more by post."""
    foi.split_request(
        request=_case(office, TWO_MATTERS),
        parts=PARTS,
        reason="一份申请书包含两项内容，由不同科室保存，分别办理答复",
        actor=office.handler,
        at=_before(today, 4),
    )
    same = Request.objects.filter(body=office.body, subject=CANTEENS).order_by("pk")
    foi.merge_requests(
        request=same[0],
        duplicate=same[1],
        reason="同一申请人在网上提交后又邮寄了内容相同的申请",
        actor=office.handler,
        at=_before(today, 0),
    )


def _hand_out(office: Office, today: dt.date) -> None:
    """Every open case to its unit the workday after it came in; all but one claimed."""
    cases = Request.objects.filter(body=office.body, closed_on=None, standing="", received_on__isnull=False)
    for request in cases.order_by("pk"):
        assert request.received_on is not None  # noqa: S101 - asked for above
        on = max(request.received_on, workdays_before(today, 3)) if request.parent_id else request.received_on
        given = foi.assign(
            request=request,
            unit=request.unit,
            note="请提出办理意见，涉及第三方的先行提出",
            actor=office.handler,
            at=morning(on),
        )
        if request.subject != UNCLAIMED:
            claimed = office.reviewer if request.subject == SPECIAL else office.handler
            foi.claim(assignment=given, actor=claimed, at=morning(on))


def _ask_for_parts(office: Office, today: dt.date) -> None:
    """A sub-task that is late, one that is done, one that is due tomorrow."""
    units = office.units
    foi.make_task(
        request=_case(office, HEATING),
        title="核对供暖改造资金拨付文件",
        due_on=workdays_before(today, 6),
        unit=units["计划财务科"],
        actor=office.handler,
        at=_before(today, 18),
    )
    done = foi.make_task(
        request=_case(office, ACCOUNTS),
        title="提供监管账户备案名单",
        due_on=workdays_before(today, 8),
        unit=units["行政审批科"],
        actor=office.handler,
        at=_before(today, 15),
    )
    foi.finish_task(
        task=done,
        result="已提供2026年备案名单，账号部分涉及商业秘密，建议区分处理。",
        actor=office.reviewer,
        at=_before(today, 9),
    )
    foi.make_task(
        request=_case(office, SPECIAL),
        title="与县财政局核对拨付凭证",
        due_on=workdays_after(today, 1),
        officer=office.reviewer,
        actor=office.handler,
        at=_before(today, 3),
    )


def _draft(desk: Desk, today: dt.date) -> None:
    """An answer sent back, one before the signer, one sent and not yet confirmed."""
    office, on = desk.office, workdays_before(today, 1)
    returned = desk.draft(_case(office, HEATING), "granted", on, _given("供暖改造资金安排表"))
    desk.send_back(returned, on, "资金安排表中的施工单位账号应当先作区分处理，请改为部分公开后再送。")
    withheld = [
        {
            "part": "监管账户的账号",
            "reason": "涉及商业秘密，公开会对第三方合法权益造成损害",
            "basis": "条例第十五条",
        }
    ]
    name = "培训机构预收费监管账户名单（可以公开的部分）"
    waiting = desk.draft(
        _case(office, ACCOUNTS), "partial", on, {**_given(name, "你单位"), "withheld": withheld}
    )
    desk.review(waiting, on)
    sent = desk.draft(_case(office, DISTRICTS), "granted", on, _given(DISTRICTS))
    foi.dispatch_letter(
        letter=desk.sign(sent, on),
        method=ServiceMethod.ELECTRONIC,
        sent_on=on,
        actor=office.handler,
        at=morning(on),
    )


def _given(name: str, you: str = "您") -> dict[str, object]:
    return {"provision": (PROVISION[ServiceMethod.ELECTRONIC].format(you=you),), "attachments": (name,)}


def _talk(office: Office, today: dt.date) -> None:
    said = (
        (HEATING, "财务科的拨付文件还没有送来，今天再催一次。", office.handler, 2),
        (HEATING, "已逾期的，答复书里不要再写按期答复，先把答复做完。", office.approver, 1),
        (ACCOUNTS, "账号一栏遮盖后提供，答复书今天可以签发。", office.reviewer, 1),
        (UNCLAIMED, "安全稳定科正在换人，请尽快签收。", office.handler, 1),
    )
    for subject, text, actor, workdays in said:
        foi.remark(request=_case(office, subject), text=text, actor=actor, at=_before(today, workdays))
