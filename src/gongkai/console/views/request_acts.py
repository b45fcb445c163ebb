"""Doing something with a request: its receipt, its facts, its fee, its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from gongkai.console.access import officer_of
from gongkai.console.case_offers import RECORDABLE, awaited
from gongkai.console.forms import requests as forms
from gongkai.console.forms.base import ReasonForm
from gongkai.console.pages import Acting, acting
from gongkai.foi import acts
from gongkai.foi.enums import FactKind
from gongkai.foi.models import CaseFact, Decision, FeeNotice, Request
from gongkai.foi.queries import requests_in_month

if TYPE_CHECKING:
    from django.http import HttpRequest


def _case_of(row: Any) -> Request:
    return row if isinstance(row, Request) else row.request


def _back(row: Any) -> str:
    return reverse("console:request", args=[_case_of(row).pk])


def _way(row: Any) -> list[tuple[str, str]]:
    return [("公开申请", reverse("console:requests")), (_case_of(row).number, _back(row))]


def _subject(row: Any) -> tuple[str, ...]:
    one = _case_of(row)
    return (f"{one.number}　{one.subject}",)


RECEIVED_HOW = "收到之日按提交方式确定（条例第三十一条）："


def _how_received(row: Request) -> tuple[str, ...]:
    return (*_subject(row), f"{RECEIVED_HOW}{row.get_channel_display()}。")


def _evidence(row: Request) -> dict[str, Any]:
    fact = row.facts.filter(kind=FactKind.RECEIVED, cancelled_at=None).first()
    return dict(fact.detail) if fact else {}


request_receive = acting(
    Acting(
        title="登记收到申请",
        model=Request,
        form=forms.ReceiptForm,
        act=lambda request, row, data: acts.record_receipt(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="收到日期已登记，期限从次日起算",
        back=_back,
        way=_way,
        about=_how_received,
        fitted=lambda row: {"channel": row.channel},
    )
)
request_receipt_correct = acting(
    Acting(
        title="更正收到日期",
        model=Request,
        form=forms.ReceiptCorrection,
        act=lambda request, row, data: acts.correct_receipt(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="收到日期已更正，期限已重新计算",
        back=_back,
        way=_way,
        about=_how_received,
        initial=_evidence,
        fitted=lambda row: {"channel": row.channel},
        offered=lambda row: row.received_on is not None,
    )
)


def _recording(kind: FactKind) -> Any:
    """The page on which a fact of one kind is recorded."""
    return acting(
        Acting(
            title=kind.label,
            model=Request,
            form=forms.FactForm,
            act=lambda request, row, data: acts.record_fact(
                request=row, kind=kind, actor=officer_of(request), at=timezone.now(), **data
            ),
            done=f"“{kind.label}”已登记，期限已重新计算",
            back=_back,
            way=_way,
            about=_subject,
            initial=lambda row: awaited(kind, list(row.facts.all())),
            fitted=lambda _: {"kind": kind.value},
        )
    )


RECORDING = {kind.value: _recording(kind) for kind in RECORDABLE}


@login_required
def fact_add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Record one kind of fact. 404 for what another act records."""
    if kind not in RECORDING:
        raise Http404
    answer: HttpResponse = RECORDING[kind](request, pk)
    return answer


fact_supplement = acting(
    Acting(
        title="补充办理事实",
        model=CaseFact,
        form=forms.SupplementForm,
        act=lambda request, row, data: acts.supplement_fact(
            fact=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已补充，期限已重新计算",
        back=_back,
        way=_way,
        about=lambda row: (*_subject(row), f"补充“{row}”登记时尚不知道的内容。"),
        fitted=lambda row: {"fact": row},
    )
)
fact_cancel = acting(
    Acting(
        title="作废办理事实",
        model=CaseFact,
        form=ReasonForm,
        act=lambda request, row, data: acts.cancel_fact(
            fact=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已作废，期限已重新计算",
        back=_back,
        way=_way,
        button="作废",
        about=lambda row: (*_subject(row), f"作废“{row}”。作废的记录和理由仍可查看。"),
    )
)


def _close(request: HttpRequest, row: Request, data: dict[str, Any]) -> object:
    return acts.close_request(request=row, actor=officer_of(request), at=timezone.now(), **data)


request_close = acting(
    Acting(
        title="办结答复",
        model=Request,
        form=forms.CloseForm,
        act=_close,
        done="申请已办结",
        back=_back,
        way=_way,
        button="办结",
        about=_subject,
    )
)


def _correct(request: HttpRequest, row: Decision, data: dict[str, Any]) -> object:
    given = {name: data.pop(name) for name in ("reason", "reissued")}
    given["amendment"] = data.pop("amendment", "")
    return acts.correct_decision(
        decision=row, answer=acts.Answer(**data), actor=officer_of(request), at=timezone.now(), **given
    )


def _decided(row: Decision) -> dict[str, Any]:
    names = ("outcome", "number", "decided_on", "served_by", "served_on", "wording", "signed_by")
    document = row.request.document
    return {name: getattr(row, name) for name in names} | {
        "document": document.index_number if document else ""
    }


decision_correct = acting(
    Acting(
        title="更正答复决定",
        model=Decision,
        form=forms.DecisionCorrection,
        act=_correct,
        done="答复决定已更正，原决定保留",
        back=_back,
        way=_way,
        about=_subject,
        initial=_decided,
        related=("request__document",),
    )
)
request_withdraw = acting(
    Acting(
        title="登记撤回",
        model=Request,
        form=forms.EndingForm,
        act=lambda request, row, data: acts.withdraw_request(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已登记撤回，申请办结",
        back=_back,
        way=_way,
        about=_subject,
    )
)
request_lapse = acting(
    Acting(
        title="登记不再处理",
        model=Request,
        form=forms.EndingForm,
        act=lambda request, row, data: acts.lapse_request(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="已登记不再处理，申请办结",
        back=_back,
        way=_way,
        about=lambda row: (*_subject(row), "申请人逾期不补正或者逾期不缴费的，视为放弃申请。"),
    )
)


def _this_month(row: Request) -> dict[str, Any]:
    """How many requests of this applicant came before this one in the month."""
    earlier = requests_in_month(row.applicant, forms.first_of_month(row.received_on))
    return {"already": earlier.exclude(pk=row.pk).count(), "quantity": 1}


fee_notify = acting(
    Acting(
        title="发出收费通知",
        model=Request,
        form=forms.FeeForm,
        act=lambda request, row, data: acts.issue_fee_notice(
            request=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="收费通知已登记，金额按规定标准计算",
        back=_back,
        way=_way,
        about=lambda row: (*_subject(row), "金额由系统按《政府信息公开信息处理费管理办法》的标准计算。"),
        initial=_this_month,
        related=("applicant",),
    )
)
fee_pay = acting(
    Acting(
        title="登记缴费",
        model=FeeNotice,
        form=forms.PaymentForm,
        act=lambda request, row, data: acts.record_fee_payment(
            notice=row, actor=officer_of(request), at=timezone.now(), **data
        ),
        done="缴费已登记，答复期限重新起算",
        back=_back,
        way=_way,
        about=lambda row: (*_subject(row), f"应收{row.amount_yuan}元，{row.notified_on}通知。"),
        initial=lambda row: {"paid_yuan": row.amount_yuan},
    )
)
