"""After the answer: corrected, withdrawn, answered anew after a review; what applicants ask for beyond it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from gongkai.demo.county.answers import PRIVATE
from gongkai.demo.days import moment, morning, workdays_after
from gongkai.demo.desk import Desk
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.actors import applicant_of
from gongkai.foi.acts.asking import answer_correction, answer_proposal, ask_correction, propose_disclosure
from gongkai.foi.acts.redoing import Ground
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.letters.facts import Withheld
from gongkai.foi.models import Letter, Request
from gongkai.foi.models.online import CorrectionResult

ELECTRONIC, BY_HAND, POST = ServiceMethod.ELECTRONIC, ServiceMethod.IN_PERSON, ServiceMethod.POST
POLICE, POLICE_CONTACT = "青屿县公安局", "青屿县公安局户政科，电话0000-2000003"


def build_afterwards(office: Office) -> None:
    """Everything that follows an answer; the reviews and judgments stand on file already."""
    desk = Desk(office)
    _correct(desk)
    _withdraw(desk)
    _redo_after_reviews(desk)
    _own_data(desk)
    _propose(office)


def _request(office: Office, subject: str) -> Request:
    return Request.objects.filter(body=office.body, subject=subject, reopens=None).earliest("pk")


def _answer_to(request: Request) -> Letter:
    return request.letters.exclude(decision=None).latest("pk")


def _notify(  # noqa: PLR0913 - a letter has that many parts
    desk: Desk,
    request: Request,
    kind: str,
    on: dt.date,
    by: str,
    said: Mapping[str, object] | None = None,
    *,
    recipient: str = "",
    outcome: str = "",
    replaces: Letter | None = None,
) -> None:
    letter = desk.draft(request, kind, on, said, recipient=recipient, outcome=outcome, replaces=replaces)
    desk.send(desk.sign(letter, on), on, by)


def _correct(desk: Desk) -> None:
    """A part withheld by mistake is disclosed; the answer stays a partial one."""
    request = _request(desk.office, "民办学校年检整改通知")
    said = {
        "reasons": "原答复将各通知附表整体列为不予公开。经复查，附表中的整改事项和整改期限不涉及个人隐私，可以公开。",
        "corrected_text": "各通知附表除教师身份证号码、联系电话以外的内容予以公开，电子文件已一并发送至你单位申请时填写"
        "的电子邮箱。",
    }
    former, on = _answer_to(request), dt.date(2024, 12, 17)
    _notify(desk, request, "answer_corrected", on, ELECTRONIC, said, outcome="partial", replaces=former)


def _withdraw(desk: Desk) -> None:
    """Drawings said not to exist turn up during the lawsuit: the answer is withdrawn and given anew."""
    office = desk.office
    request = _request(office, "2012年校舍安全工程竣工图")
    said = {
        "reasons": "经再次检索，在项目办公室尚未移交的基建档案中查到竣工图，原答复认定该信息不存在的事实不清。",
        "next_step": "本机关将自撤销之日起20个工作日内重新作出答复。",
    }
    on = dt.date(2025, 11, 17)
    letter = desk.draft(request, "answer_withdrawn", on, said, replaces=_answer_to(request))
    desk.send(desk.sign(letter, on), on, ELECTRONIC)
    anew = request.reopenings.get()
    given = {
        "provision": ("本机关已将查到的竣工图的电子文件发送至您申请时填写的电子邮箱，请查收。",),
        "attachments": ("2012年校舍安全工程竣工图",),
    }
    _notify(desk, anew, "granted", workdays_after(on, 8), ELECTRONIC, given)


def _redo_after_reviews(desk: Desk) -> None:
    """Two decisions of the reviewing organ, each with a day by which to answer anew."""
    minutes = {
        "provision": ("该会议记录中已经形成结论的部分，复印件随本告知书当面交付。",),
        "attachments": ("学区调整讨论会议记录（可以公开的部分）",),
        "withheld": (
            Withheld("参会人员的个人发言", "属于过程性信息，所涉方案尚未确定", "条例第十六条第二款"),
        ),
    }
    _redo(desk, "学区调整讨论会议记录", dt.date(2024, 8, 22), 15, 9, BY_HAND, minutes)
    titles = {
        "provision": ("纪要已经审定，本机关已将审定后的纪要电子文件发送至您申请时填写的电子邮箱，请查收。",),
        "attachments": ("教师职称评审会议纪要（可以公开的部分）",),
        "withheld": (Withheld("申报人的身份证号码和联系电话", PRIVATE, "条例第十五条"),),
    }
    _redo(desk, "教师职称评审会议纪要草稿", dt.date(2026, 2, 11), 10, 6, ELECTRONIC, titles)


def _redo(
    desk: Desk, subject: str, on: dt.date, within: int, after: int, by: str, said: Mapping[str, object]
) -> None:
    """Opened anew on the day the decision came in; answered in part so many workdays later."""
    anew = foi.reopen_request(
        request=_request(desk.office, subject),
        ground=Ground.REVIEW,
        received_on=on,
        due_on=workdays_after(on, within),
        actor=desk.office.handler,
        at=morning(on),
    )
    _notify(desk, anew, "partial", workdays_after(on, after), by, said)


def _own_data(desk: Desk) -> None:
    """Three applicants ask to have data about themselves corrected: yes, no, and elsewhere (条例 art. 41)."""
    _corrected(desk)
    _refused(desk)
    _forwarded(desk)


def _ask(request: Request, on: dt.date, information: str, wanted: str, evidence: str) -> None:
    asked_at = moment(on, 10 * 60)
    actor = applicant_of(request)
    ask_correction(
        request=request, information=information, wanted=wanted, evidence=evidence, actor=actor, at=asked_at
    )


def _settle(office: Office, request: Request, on: dt.date, result: str, answer: str) -> None:
    correction = request.corrections.get()
    answer_correction(
        correction=correction, result=result, answer=answer, actor=office.handler, at=morning(on)
    )


def _corrected(desk: Desk) -> None:
    request, on = _request(desk.office, "2025年春季学期转学办理规定"), dt.date(2025, 3, 20)
    _ask(
        request,
        dt.date(2025, 3, 12),
        "转学公示名单中的姓名",
        "按居民身份证更正",
        "居民身份证复印件",
    )
    said = {
        "record_request": "请求将本机关公示的2025年春季学期转学名单中您的姓名按居民身份证更正，并提供了居民身份证复印件。",
        "record_result": "公示名单中的姓名已于2025年3月20日更正，与居民身份证一致。",
    }
    _notify(desk, request, "record_corrected", on, ELECTRONIC, said)
    _settle(desk.office, request, on, CorrectionResult.CORRECTED, "公示名单中的姓名已经更正。")


def _refused(desk: Desk) -> None:
    request, on = _request(desk.office, "2025年教育体育重点项目清单"), dt.date(2025, 3, 4)
    _ask(request, dt.date(2025, 2, 18), "学籍档案中的入学时间", "2000年9月", "本人说明")
    reasons = "您没有提供能够证明记载不准确的证据，本机关核对的原始入学登记与现有记载一致。"
    said = {"record_request": "请求将学籍档案记载的入学时间由2001年9月更正为2000年9月。", "reasons": reasons}
    _notify(desk, request, "record_not_corrected", on, ELECTRONIC, said)
    _settle(desk.office, request, on, CorrectionResult.REFUSED, reasons)


def _forwarded(desk: Desk) -> None:
    request, on = _request(desk.office, "2026年中考体育考试方案"), dt.date(2026, 1, 27)
    _ask(
        request,
        dt.date(2026, 1, 20),
        "报名信息中的出生日期",
        "按户籍登记更正",
        "出生医学证明复印件",
    )
    transfer = {
        "transferred": "一名申请人请求更正其户籍登记信息中出生日期的申请1份，居民身份证、出生医学证明复印件共3页。",
        "transfer_reasons": "经审查，报名信息中的出生日期取自户籍登记，户籍登记信息由贵单位记录和保存，本机关无权更正。",
    }
    _notify(desk, request, "transfer", on, BY_HAND, transfer, recipient=POLICE)
    said = {
        "record_request": "请求更正户籍登记信息中的出生日期，并提供了出生医学证明复印件。",
        "responsible_body": POLICE,
        "responsible_contact": POLICE_CONTACT,
    }
    _notify(desk, request, "record_forwarded", on, ELECTRONIC, said)
    _settle(desk.office, request, on, CorrectionResult.FORWARDED, f"已转送{POLICE}处理。")


def _propose(office: Office) -> None:
    """One proposal is taken up, one is still being looked into (条例 art. 44)."""
    taken, waiting = _request(office, "2024年学生资助名额分配情况"), _request(office, "小区配套小学建设时序")
    made = propose_disclosure(
        request=taken,
        text="建议每学期主动公开学生资助名额的分配结果。",
        actor=applicant_of(taken),
        at=morning(dt.date(2024, 12, 2)),
    )
    answer_proposal(
        proposal=made,
        accepted=True,
        answer="采纳。自2025年春季学期起，资助名额分配结果列入主动公开目录，每学期公开一次。",
        actor=office.handler,
        at=morning(dt.date(2024, 12, 16)),
    )
    propose_disclosure(
        request=waiting,
        text="建议把配套学校的建设时序列入主动公开目录。",
        actor=applicant_of(waiting),
        at=morning(dt.date(2025, 11, 10)),
    )
