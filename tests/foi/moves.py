"""Every act on a request, with arguments that are right where the state allows the act at all."""

from decimal import Decimal

from tests.foi.paperwork import draft
from tests.foi.states import LATER, NOW

from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.archive.folder import archive_request
from gongkai.foi.models import FeeNotice, Request

TODAY = NOW.date()


def letter(kind, **more):
    return lambda request, who: draft(request, kind, TODAY, actor=who, **more)


def fact(kind, **detail):
    return lambda request, who: acts.record_fact(
        request=request, kind=kind, on=TODAY, detail=detail, actor=who, at=NOW
    )


def closing(request, who):
    return acts.close_request(
        request=request,
        outcome="denied_internal",
        number="公开〔2024〕88号",
        decided_on=TODAY,
        served_by="post",
        served_on=TODAY,
        actor=who,
        at=NOW,
    )


def pay(request, who):
    notice = FeeNotice.objects.filter(request=request).first()
    if notice is None:
        return acts.record_fact(request=request, kind="fee_paid", on=TODAY, actor=who, at=NOW)
    return acts.record_fee_payment(notice=notice, paid_on=TODAY, paid_yuan=Decimal(420), actor=who, at=NOW)


def charge(request, who):
    return acts.issue_fee_notice(
        request=request, basis="by_page", quantity=72, notified_on=TODAY, actor=who, at=NOW
    )


def merge(request, who):
    """Merge the later one of the same applicant into it."""
    later = Request.objects.get(body=request.body, subject=LATER)
    return acts.merge_requests(request=request, duplicate=later, reason="同一内容", actor=who, at=NOW)


def split(request, who):
    parts = [acts.Part("甲"), acts.Part("乙")]
    return acts.split_request(request=request, parts=parts, reason="两项", actor=who, at=NOW)


def reopen(request, who):
    return acts.reopen_request(
        request=request, ground="own", received_on=TODAY, reason="答复有误", actor=who, at=NOW
    )


def own(act, **more):
    return lambda request, _who: act(request=request, actor=applicant_of(request), at=NOW, **more)


def plain(act, **more):
    return lambda request, who: act(request=request, actor=who, at=NOW, **more)


MOVES = {
    # registering
    "record_receipt": plain(acts.record_receipt, confirmed_on=TODAY),
    "confirm_arrival": plain(acts.confirm_arrival),
    "confirm_receipt": own(acts.confirm_receipt),
    "split_request": split,
    "merge_requests": merge,
    "issue_query_code": plain(acts.issue_query_code),
    "view_applicant": plain(acts.view_applicant),
    # work
    "assign": lambda request, who: acts.assign(request=request, officer=who, actor=who, at=NOW),
    "make_task": lambda request, who: acts.make_task(
        request=request, title="核对", due_on=TODAY, officer=who, actor=who, at=NOW
    ),
    "remark": plain(acts.remark, text="请抓紧"),
    "add_material": plain(acts.add_material, kind="other", name="a.txt", content=b"a"),
    # steps by letter
    "clarification": letter("clarification"),
    "extension": letter("extension"),
    "third_party_consultation": letter("third_party_consultation", recipient="乙公司"),
    "co_author_consultation": letter("co_author_consultation", recipient="县财政局"),
    "third_party_override": letter("third_party_override", recipient="甲公司"),
    "fee_notice": letter("fee_notice"),
    "reasons_request": letter("reasons_request"),
    "reasonable_term": letter("reasonable_term"),
    "assistance": letter("assistance", recipient="县档案馆"),
    "granted": letter("granted"),
    "denied_internal": letter("denied_internal"),
    "unclear": letter("unclear", facts={"reasons": "仍不明确"}),
    "lapse_letter": letter("lapse_no_correction", facts={"clarify_by": "2024-03-08"}),
    # steps by fact
    "third_party_answered": fact("third_party_answered", party="甲公司", consents=True),
    "clarification_received": fact("clarification_received"),
    "reasons_given": fact("reasons_given"),
    "issue_fee_notice": charge,
    "record_fee_payment": pay,
    # endings
    "close_request": closing,
    "withdraw_request": plain(acts.withdraw_request, on=TODAY),
    "lapse_request": plain(acts.lapse_request, on=TODAY),
    "reopen_request": reopen,
    "archive_request": plain(archive_request),
    # the applicant's own
    "reply_to_clarification": own(acts.reply_to_clarification, text="2023年"),
    "withdraw_own": own(acts.withdraw_own),
    "ask_correction": own(acts.ask_correction, information="生日", wanted="3月7日", evidence="出生证"),
    "propose_disclosure": own(acts.propose_disclosure, text="建议公开"),
}
