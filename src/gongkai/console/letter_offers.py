"""What can be done with a letter next, and why the rest cannot."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone

from gongkai.console.letter_choices import SOMEBODY
from gongkai.console.offers import Offer
from gongkai.foi import acts
from gongkai.foi.acts.answering import is_answer
from gongkai.foi.acts.signing import missing_stages
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.models import Dispatch
from gongkai.foi.models.letters import LetterState, Stage
from gongkai.foi.stages import stages_of

if TYPE_CHECKING:
    from gongkai.foi.models import Letter
    from gongkai.organisations.models import Officer

STAGE_LABELS = {Stage.LEGAL: "合法性审核", Stage.SECRECY: "保密审查"}


def _here(name: str, *args: Any) -> str:
    return reverse(f"console:{name}", args=args)


def letter_offers(letter: Letter, officer: Officer, now: dt.datetime) -> list[Offer]:
    """By the state of the letter, what comes next first."""
    by: dict[str, Any] = {"actor": officer, "at": now}
    offers: list[Offer] = []
    if letter.state in {LetterState.DRAFT, LetterState.IN_REVIEW}:
        offers = [*_writing(letter, by), *_reviewing(letter, by)]
    elif letter.state == LetterState.SIGNED:
        offers = _leaving(letter, now, by)
    elif letter.state == LetterState.ISSUED:
        offers = [*_serving(letter, now, by), *_correcting(letter)]
    if letter.state in {LetterState.DRAFT, LetterState.IN_REVIEW, LetterState.SIGNED}:
        obstacles = acts.why_not_void(letter, reason=SOMEBODY, **by)
        offers.append(Offer("作废", _here("letter_void", letter.pk), obstacles))
    return offers


def _writing(letter: Letter, by: dict[str, Any]) -> list[Offer]:
    handled = [
        one
        for one in acts.why_not_edit(letter, {}, seen="", **by)
        if one.code not in {"changed", "unchanged"}
    ]
    offers = [
        Offer("修改正文", _here("letter_edit", letter.pk), handled),
        Offer(
            "修改要素并重新生成正文",
            _here("letter_facts", letter.pk),
            handled,
            "按模板重新生成，手工改过的文字不保留。",
        ),
    ]
    if letter.state != LetterState.DRAFT:
        return offers
    submit = Offer(
        "提交审核", _here("letter_submit", letter.pk), acts.why_not_submit(letter, **by), primary=True
    )
    return [submit, *offers]


def _reviewing(letter: Letter, by: dict[str, Any]) -> list[Offer]:
    """Every opinion still missing, the signature, and sending it back."""
    if letter.state != LetterState.IN_REVIEW:
        return []
    missing = missing_stages(letter)
    offers = [
        Offer(
            STAGE_LABELS[stage],
            _here("letter_opinion", letter.pk, stage.value),
            acts.why_not_give_opinion(letter, stage=stage, agrees=True, basis=SOMEBODY, **by),
            primary=True,
        )
        for stage in stages_of(letter.kind)
        if stage in missing
    ]
    back = acts.why_not_give_opinion(letter, stage=Stage.SIGN, agrees=False, opinion=SOMEBODY, **by)
    return [
        *offers,
        Offer("签发", _here("letter_sign", letter.pk), acts.why_not_sign(letter, **by), primary=not missing),
        Offer("退回修改", _here("letter_return", letter.pk), back),
    ]


def _leaving(letter: Letter, now: dt.datetime, by: dict[str, Any]) -> list[Offer]:
    offers = [_dispatch(letter, now, by)]
    if not is_answer(letter):
        obstacles = acts.why_not_issue(letter, on=timezone.localdate(now), **by)
        note = "当面交付、存卷等不另行登记送达的，直接登记发出。"
        offers.append(Offer("登记发出", _here("letter_issue", letter.pk), obstacles, note))
    return offers


def _dispatch(letter: Letter, now: dt.datetime, by: dict[str, Any]) -> Offer:
    """Asked for a posting of today: what the officer enters may be refused for its own reasons."""
    example = Dispatch(
        letter=letter,
        method=ServiceMethod.POST,
        carrier="中国邮政",
        tracking_number=SOMEBODY,
        sent_on=timezone.localdate(now),
        recorded_at=now,
    )
    obstacles = acts.why_not_dispatch(example, **by)
    note = "答复决定送达后本件办结。" if is_answer(letter) else ""
    return Offer("登记送达", _here("letter_dispatch", letter.pk), obstacles, note, primary=True)


def _serving(letter: Letter, now: dt.datetime, by: dict[str, Any]) -> list[Offer]:
    """The newest attempt ends well or badly; when it failed there is another."""
    last = letter.dispatches.last()
    if last is None or last.failed_on is not None:
        return [_dispatch(letter, now, by)]
    if last.received_on is not None:
        return []
    today = timezone.localdate(now)
    return [
        Offer(
            "登记签收",
            _here("dispatch_confirm", last.pk),
            acts.why_not_confirm_service(last, received_on=today, **by),
            primary=True,
        ),
        Offer(
            "登记未送达",
            _here("dispatch_fail", last.pk),
            acts.why_not_fail_service(last, failed_on=today, failure=SOMEBODY, **by),
        ),
    ]


def _correcting(letter: Letter) -> list[Offer]:
    if letter.decision is None or letter.decision.replaced_by_id is not None:
        return []
    return [
        Offer("拟写更正告知书", _here("letter_add", letter.request_id, "answer_corrected")),
        Offer("拟写撤销告知书", _here("letter_add", letter.request_id, "answer_withdrawn")),
    ]
