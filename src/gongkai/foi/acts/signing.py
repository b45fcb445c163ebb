"""What reviewers say of a letter, and the signature that gives it its number."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.numbering import next_number
from gongkai.foi.acts.answering import why_not_answer_with
from gongkai.foi.acts.letters import why_in_state
from gongkai.foi.acts.steps import Step, why_step_refused
from gongkai.foi.letter_facts import letter_facts
from gongkai.foi.letter_text import digest_of, why_text_wrong
from gongkai.foi.letters.numbers import DEFAULT_PATTERN, NumberPattern
from gongkai.foi.models import Decision, Letter, Opinion
from gongkai.foi.models.letters import LetterState, Stage
from gongkai.foi.rules import why_not_handle
from gongkai.foi.snapshots import snapshot
from gongkai.foi.stages import stages_of
from gongkai.organisations.models import Body
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted


def agreed_stages(letter: Letter) -> set[str]:
    """The opinions that agree with the text as it now is; a later refusal of the same text takes one back."""
    now = digest_of(letter) if letter.state != LetterState.SIGNED else ""
    last = {one.stage: one for one in letter.opinions.order_by("given_at", "pk") if one.digest == now}
    return {stage for stage, one in last.items() if one.agrees}


def missing_stages(letter: Letter) -> list[Stage]:
    """The opinions still needed before the signature, in order."""
    given = agreed_stages(letter)
    return [stage for stage in stages_of(letter.kind) if stage != Stage.SIGN and stage not in given]


def _why_own(letter: Letter, actor: Actor, what: str) -> list[Obstacle]:
    """Who wrote it does not judge it. The system judges nothing."""
    officer = officer_of(actor)
    if officer is None:
        return [Obstacle("no_officer", f"{what}应由人员办理", "请登录后办理")]
    if officer.pk not in {letter.made_by_id, letter.edited_by_id}:
        return []
    return [Obstacle("own_draft", f"您是文书的拟稿人或修改人，不能{what}", f"请由其他人员{what}")]


def why_not_give_opinion(
    letter: Letter,
    *,
    stage: str,
    agrees: bool,
    opinion: str = "",
    basis: str = "",
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Everything that stands against this opinion; agreeing to the signature is signing."""
    body, today = letter.request.body, timezone.localdate(at)
    if stage not in stages_of(letter.kind):
        return [Obstacle("stage", "这种文书没有该审核环节", "请重新选择", "stage")]
    found = (
        why_not_permitted(actor, Permission.APPROVE, body, today)
        if stage == Stage.SIGN
        else why_not_handle(body, actor=actor, at=at)
    )
    found = [*found, *why_in_state(letter, LetterState.IN_REVIEW), *_why_own(letter, actor, "审核")]
    if stage == Stage.SIGN and agrees:
        found.append(Obstacle("sign", "同意签发的，应直接签发", "请办理“签发”", "stage"))
    if not agrees and not opinion.strip():
        found.append(Obstacle("no_opinion", "不同意应写明意见", "请填写意见", "opinion"))
    if stage == Stage.SECRECY and not basis.strip():
        found.append(Obstacle("no_basis", "保密审查应写明依据（条例第十七条）", "请填写依据", "basis"))
    if agrees and stage in agreed_stages(letter):
        found.append(Obstacle("again", f"{Stage(stage).label}已经通过", "无须重复审核", "stage"))
    return found


def give_opinion(
    *,
    letter: Letter,
    stage: str,
    agrees: bool,
    opinion: str = "",
    basis: str = "",
    actor: Actor,
    at: dt.datetime,
) -> Opinion:
    """Say what a reviewer thinks of the letter; one who does not agree sends it back to the drafter. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(letter.request)
        letter = lock_one(letter)
        refuse_if(
            why_not_give_opinion(
                letter, stage=stage, agrees=agrees, opinion=opinion, basis=basis, actor=actor, at=at
            )
        )
        given = _opine(letter, stage, agrees=agrees, opinion=opinion, basis=basis, actor=actor, at=at)
        if not agrees:
            Letter.objects.filter(pk=letter.pk).update(state=LetterState.DRAFT)
        record(
            verb="foi.give_opinion",
            actor=actor,
            target=request,
            body=request.body,
            detail={"letter": letter.pk, "stage": stage, "agrees": agrees, "digest": given.digest},
        )
    return given


def _opine(
    letter: Letter, stage: str, *, agrees: bool, opinion: str, basis: str, actor: Actor, at: dt.datetime
) -> Opinion:
    return Opinion.objects.create(
        letter=letter,
        stage=stage,
        agrees=agrees,
        opinion=opinion.strip(),
        basis=basis.strip(),
        digest=digest_of(letter),
        given_at=at,
        given_by=officer_of(actor),
    )


def why_not_sign(letter: Letter, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that stands against signing: opinions missing, one's own draft, a step the case no longer allows."""
    request, today = letter.request, timezone.localdate(at)
    found = [
        *why_not_permitted(actor, Permission.APPROVE, request.body, today),
        *why_in_state(letter, LetterState.IN_REVIEW),
        *_why_own(letter, actor, "签发"),
        *_why_unreviewed(letter),
        *why_text_wrong(letter, on=today),
        *why_not_answer_with(letter, on=today),
    ]
    return found or why_step_refused(Step(letter, today, actor, at))


def _why_unreviewed(letter: Letter) -> list[Obstacle]:
    if letter.state != LetterState.IN_REVIEW:
        return []
    return [
        Obstacle(
            "unreviewed",
            f"现有文本还没有通过{stage.label}",
            "请先审核；审核后改动过的，须重新审核",
            "stage",
        )
        for stage in missing_stages(letter)
    ]


def sign_letter(*, letter: Letter, actor: Actor, at: dt.datetime, opinion: str = "") -> Letter:
    """Sign a letter: it gets the next number of the body's year, and its text is frozen. Raises RefusedError."""
    with transaction.atomic():
        body = lock_one(letter.request.body)
        request = lock_one(letter.request)
        letter = lock_one(letter)
        letter.request = request
        refuse_if(why_not_sign(letter, actor=actor, at=at))
        _opine(letter, Stage.SIGN, agrees=True, opinion=opinion, basis="", actor=actor, at=at)
        letter.number = letter_number(body, timezone.localdate(at).year)
        letter.as_signed = snapshot(letter_facts(letter, on=timezone.localdate(at)))
        letter.state, letter.signed_at, letter.signed_by = LetterState.SIGNED, at, officer_of(actor)
        letter.digest = digest_of(letter)
        letter.save(update_fields=["number", "as_signed", "state", "signed_at", "signed_by", "digest"])
        record(
            verb="foi.sign_letter",
            actor=actor,
            target=request,
            body=body,
            detail={"letter": letter.pk, "number": letter.number, "digest": letter.digest},
        )
    return letter


def letter_number(body: Body, year: int) -> str:
    """The next number of a body's letters of a year, one series for all kinds: 县教体局公开〔2024〕第12号.

    One that a decision entered by hand already has is passed over.
    """
    pattern = NumberPattern(DEFAULT_PATTERN)
    while True:
        serial = next_number(f"foi.letter:{body.pk}:{year}")
        number = pattern.number(body=body.display_name, year=year, serial=serial)
        if not Decision.objects.filter(request__body=body, number=number).exists():
            return number
