"""A letter's way from the draft to the addressee, step by step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone

from gongkai.console.access import officer_of
from gongkai.console.forms import letters as forms
from gongkai.console.forms.base import ReasonForm
from gongkai.console.letter_offers import STAGE_LABELS
from gongkai.console.pages import Acting, acting
from gongkai.console.views.letters import letter_address, letter_way
from gongkai.foi import acts
from gongkai.foi.models import Dispatch, Letter
from gongkai.foi.models.letters import Stage
from gongkai.foi.stages import stages_of
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

RELATED = ("request__applicant", "replaces__decision", "decision")


def _by(request: HttpRequest) -> dict[str, Any]:
    return {"actor": officer_of(request), "at": timezone.now()}


def _about(row: Any) -> tuple[str, ...]:
    letter = row if isinstance(row, Letter) else row.letter
    return (f"{letter.title}　{letter.number}".strip(), f"{letter.request.number}　{letter.request.subject}")


def _stepping(
    title: str, form: Callable[..., Any], act: Callable[..., object], done: str, **more: Any
) -> Any:
    """A page on which one thing is done with a letter."""
    return acting(
        Acting(
            title=title,
            model=Letter,
            form=form,
            act=lambda request, row, data: act(letter=row, **_by(request), **data),
            done=done,
            back=letter_address,
            way=letter_way,
            about=_about,
            related=RELATED,
            **more,
        )
    )


class VoidForm(ReasonForm):
    """Why a letter is made void."""

    amendable = False


letter_submit = _stepping(
    "提交审核", forms.SubmitForm, acts.submit_letter, "文书已提交审核", button="提交审核"
)
letter_return = _stepping(
    "退回修改",
    forms.ReturnForm,
    lambda **data: acts.give_opinion(stage=Stage.SIGN, **data),
    "文书已退回拟稿人修改",
    permission=Permission.APPROVE,
    button="退回",
)
letter_sign = _stepping(
    "签发",
    forms.SignForm,
    acts.sign_letter,
    "文书已签发并编号",
    permission=Permission.APPROVE,
    button="签发",
)
letter_issue = _stepping(
    "登记发出", forms.IssueForm, acts.issue_letter, "文书已发出，期限已重新计算", button="登记发出"
)
letter_void = _stepping("作废文书", VoidForm, acts.void_letter, "文书已作废", button="作废")
letter_dispatch = _stepping(
    "登记送达", forms.DispatchForm, acts.dispatch_letter, "送达已登记", button="登记送达"
)


def _opining(stage: Stage) -> Any:
    """The page of one review."""
    return _stepping(
        STAGE_LABELS[stage],
        forms.SecrecyForm if stage == Stage.SECRECY else forms.OpinionForm,
        lambda **data: acts.give_opinion(stage=stage, **data),
        f"{STAGE_LABELS[stage]}意见已登记",
        button="提交意见",
        offered=lambda row: stage in stages_of(row.kind),
    )


OPINING = {stage.value: _opining(stage) for stage in STAGE_LABELS}


@login_required
def letter_opinion(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """A review of a letter. 404 for a stage there is not; the signature has a page of its own."""
    if stage not in OPINING:
        raise Http404
    answer: HttpResponse = OPINING[stage](request, pk)
    return answer


def _of_dispatch(title: str, form: Callable[..., Any], act: Callable[..., object], done: str) -> Any:
    return acting(
        Acting(
            title=title,
            model=Dispatch,
            form=form,
            act=lambda request, row, data: act(dispatch=row, **_by(request), **data),
            done=done,
            back=lambda row: letter_address(row.letter),
            way=lambda row: letter_way(row.letter),
            about=_about,
            related=tuple(f"letter__{one}" for one in RELATED),
            button="登记",
        )
    )


dispatch_confirm = _of_dispatch("登记签收", forms.ConfirmForm, acts.confirm_service, "签收已登记")
dispatch_fail = _of_dispatch("登记未送达", forms.FailureForm, acts.fail_service, "未送达已登记，请重新送达")
