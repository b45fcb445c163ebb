"""The worker's part: take a delivery, call the channel outside any transaction, write down what came of it."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.channels import queueing
from gongkai.channels.enums import WORKABLE, Errand
from gongkai.channels.enums import DeliveryState as S
from gongkai.channels.failures import MOST_ATTEMPTS, ChannelError, redacted, rest_after, wait_after
from gongkai.channels.kinds import kind_of
from gongkai.channels.kinds.base import Job, Kind, Outcome
from gongkai.channels.machine import Act, moved
from gongkai.channels.material import material_of
from gongkai.channels.models import Attempt, Channel, Delivery
from gongkai.core.actors import SYSTEM
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import EditionState

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(minutes=10)  # longer than any call may take
LONGEST_WAIT_FOR_RESULT = dt.timedelta(days=2)
LONGEST_IN_BOX = dt.timedelta(days=14)
POLLED = (S.SUBMITTED, S.IN_DRAFT_BOX)


@dataclass(frozen=True)
class Claim:
    """A delivery in a worker's hands, with what it looked like when he took it."""

    delivery: Delivery
    attempt: Attempt
    was: S
    repeats: bool


def due(at: dt.datetime) -> list[int]:
    """Deliveries with something to do now, on channels that are open; a lost worker's among them."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
    found = Delivery.objects.filter(free, state__in=WORKABLE, next_try_at__lte=at)
    found = found.filter(channel__is_active=True, channel__paused_at=None)
    found = found.exclude(channel__rests_until__gt=at)
    return list(found.order_by("next_try_at", "pk").values_list("pk", flat=True)[:500])


def work_on(delivery_id: int) -> S | None:
    """One attempt; the state afterwards, None when there was nothing to do."""
    claim = _claim(delivery_id, timezone.now())
    if claim is None:
        return None
    delivery, kind = claim.delivery, kind_of(claim.delivery.channel)
    try:
        outcome = _carry_out(claim, kind)
    except ChannelError as error:
        return _settle_failure(claim, error)
    except Exception as error:  # a mistake of ours must not leave the delivery in the dark
        logger.exception("delivery %s failed", delivery.pk)
        message = f"程序错误（{type(error).__name__}）"
        return _settle_failure(claim, ChannelError(message, code="internal", unknown=True))
    return _settle(claim, kind, outcome)


def _claim(delivery_id: int, at: dt.datetime) -> Claim | None:
    with transaction.atomic():
        found = Delivery.objects.filter(pk=delivery_id).first()
        if found is None:
            return None
        delivery = lock_one(found)
        if not _is_free(delivery, at) or not _is_wanted(delivery, at):
            return None
        was, repeats = S(delivery.state), _may_have_been_done(delivery)
        attempt = Attempt.objects.create(delivery=delivery, errand=delivery.errand, started_at=at)
        queueing.set_state(
            delivery,
            moved(Act.CLAIM, was, S.SENDING if was in {S.QUEUED, S.FAILED_RETRYABLE, S.SENDING} else was),
            lease=uuid.uuid4(),
            lease_until=at + LEASE,
            attempts=min(delivery.attempts + 1, 32000),
        )
    return Claim(delivery, attempt, was, repeats)


def _is_free(delivery: Delivery, at: dt.datetime) -> bool:
    channel = delivery.channel
    leased = delivery.lease_until is not None and delivery.lease_until > at
    is_due = delivery.next_try_at is not None and delivery.next_try_at <= at
    is_open = channel.is_active and channel.paused_at is None and not channel.is_resting(at)
    return delivery.state in WORKABLE and is_due and not leased and is_open


def _may_have_been_done(delivery: Delivery) -> bool:
    """An attempt that was begun and whose end nobody knows, or that ended without an answer."""
    last = delivery.attempt_log.first()
    return last is not None and (last.finished_at is None or bool(delivery.progress.get("unknown")))


def _is_wanted(delivery: Delivery, at: dt.datetime) -> bool:
    """Whether a text about to be sent is still the public one; an earlier text under way is waited for."""
    if delivery.state not in {S.QUEUED, S.FAILED_RETRYABLE, S.SENDING}:
        return True
    edition = delivery.edition
    if edition.state != EditionState.PUBLISHED or edition.document.withdrawn_at is not None:
        if delivery.state == S.SENDING:
            words = "发送中断，此后文件已撤下或更正；请到平台核对，已发布的请删除"
            queueing.set_state(delivery, moved(Act.FAIL_FOR_GOOD, S.SENDING, S.FAILED_PERMANENT), error=words)
        else:
            queueing.set_state(delivery, moved(Act.LEAVE, delivery.state, S.CANCELLED))
        return False
    earlier = delivery.replaces
    if earlier is not None and earlier.state in {S.SENDING, S.SUBMITTED}:
        queueing.set_state(delivery, S(delivery.state), next_try_at=at + dt.timedelta(minutes=2))
        return False
    return True


def _carry_out(claim: Claim, kind: Kind) -> Outcome:
    """The call itself. No transaction is open here."""
    job = _job(claim)
    errand = Errand(claim.delivery.errand)
    if claim.was in POLLED or (claim.was == S.FOLLOW_UP and claim.delivery.progress.get("asking")):
        return kind.poll(job)
    match errand:
        case Errand.WITHDRAW:
            return kind.withdraw(job)
        case Errand.UPDATE:
            return kind.update(job)
        case _:
            return kind.publish(job)


def _job(claim: Claim) -> Job:
    delivery = claim.delivery
    edition = type(delivery.edition).objects.select_related("document__body").get(pk=delivery.edition_id)
    channel = delivery.channel
    earlier = delivery.replaces

    def keep(progress: dict[str, Any]) -> None:
        Delivery.objects.filter(pk=delivery.pk, lease=delivery.lease).update(progress=progress)

    return Job(
        channel=channel,
        material=material_of(edition, timezone.localdate()),
        key=str(delivery.key),
        settings=channel.settings,
        secrets=channel.secrets,
        progress=delivery.progress,
        external_id=delivery.external_id if delivery.errand != Errand.RESTORE else "",
        address=delivery.address,
        previous_id=earlier.external_id if earlier is not None and earlier.reached_public else "",
        is_repetition=claim.repeats,
        keep=keep,
    )


def _settle(claim: Claim, kind: Kind, outcome: Outcome) -> S:
    """Write down how it went. A worker whose lease was given to another writes nothing."""
    at = timezone.now()
    with transaction.atomic():
        delivery = _still_ours(claim)
        if delivery is None:
            return _lost(claim, at)
        facts: dict[str, Any] = {
            "progress": {k: v for k, v in claim.delivery.progress.items() if k not in {"unknown", "asking"}},
            "error": outcome.note,
        }
        if outcome.external_id:
            facts["external_id"] = outcome.external_id[:120]
        if outcome.address:
            facts["address"] = outcome.address[:300]
        if outcome.readers is not None:
            facts["readers"] = outcome.readers
        after = _after(delivery, outcome, facts, at)
        queueing.set_state(delivery, after, **facts)
        _finish(claim.attempt, at, after, "", outcome.note)
        Channel.objects.filter(pk=delivery.channel_id).update(
            failures=0, rests_until=None, last_success_at=at, last_error="", last_error_at=None
        )
        if after in {S.PUBLISHED, S.WITHDRAWN}:
            _look_again(delivery, kind, at)
            _record(delivery, after)
    _wake_later(delivery)
    return S(delivery.state)


def _after(delivery: Delivery, outcome: Outcome, facts: dict[str, Any], at: dt.datetime) -> S:
    """The next state, and what goes with it."""
    before, later = S(delivery.state), at + dt.timedelta(seconds=outcome.ask_after)
    if outcome.state == S.SUBMITTED:
        facts |= {"next_try_at": later, "progress": {**facts["progress"], "asking": before == S.FOLLOW_UP}}
        return moved(Act.LATER, before, S.FOLLOW_UP if before == S.FOLLOW_UP else S.SUBMITTED)
    if outcome.state == S.IN_DRAFT_BOX:
        by_hand = before == S.FOLLOW_UP
        facts["next_try_at"] = None if by_hand else later
        return moved(Act.IN_BOX, before, S.FOLLOW_UP_BY_HAND if by_hand else S.IN_DRAFT_BOX)
    facts["next_try_at"] = None
    errand = Errand(delivery.errand)
    facts["errand"] = Errand.PUBLISH
    if errand == Errand.WITHDRAW:
        facts["withdrawn_at"] = at if delivery.reached_public else None
        return moved(Act.DONE, before, S.WITHDRAWN if delivery.reached_public else S.CANCELLED)
    if errand == Errand.RESTORE:
        facts["withdrawn_at"] = None
    facts["delivered_at"] = delivery.delivered_at or at
    return moved(Act.DONE, before, S.PUBLISHED)


def _look_again(delivery: Delivery, kind: Kind, at: dt.datetime) -> None:
    """What changed at home while the call was under way: withdrawn meanwhile, or a corrected text now out."""
    edition = type(delivery.edition).objects.select_related("document").get(pk=delivery.edition_id)
    if delivery.state != S.PUBLISHED:
        return
    if edition.document.withdrawn_at is not None:
        queueing.take_back(delivery, kind, at=at)
        return
    queueing.replaced(delivery, kind, at=at)


def _settle_failure(claim: Claim, error: ChannelError) -> S:
    at = timezone.now()
    message = redacted(error.message, claim.delivery.channel.secrets.values())
    message = redacted(message, [claim.delivery.channel.token])
    logger.warning("delivery %s: %s %s", claim.delivery.pk, error.code, message)
    with transaction.atomic():
        delivery = _still_ours(claim)
        if delivery is None:
            return _lost(claim, at)
        after, next_try_at = _after_failure(delivery, error, at)
        progress = {**claim.delivery.progress, "unknown": error.unknown}
        queueing.set_state(delivery, after, error=message, next_try_at=next_try_at, progress=progress)
        _finish(claim.attempt, at, after, error.code, message)
        _note_failure(delivery.channel, error, message, at)
        if after in {S.FAILED_PERMANENT, S.AWAITING_HAND, S.FOLLOW_UP_BY_HAND}:
            _record(delivery, after)
    _wake_later(delivery)
    return after


def _after_failure(delivery: Delivery, error: ChannelError, at: dt.datetime) -> tuple[S, dt.datetime | None]:
    before = S(delivery.state)
    by_machine = before == S.FOLLOW_UP
    if error.by_hand:
        return moved(Act.NEEDS_HAND, before, S.FOLLOW_UP_BY_HAND if by_machine else S.AWAITING_HAND), None
    waits = error.retryable and delivery.attempts < MOST_ATTEMPTS
    if before in POLLED:
        since = delivery.queued_at or at
        limit = LONGEST_WAIT_FOR_RESULT if before == S.SUBMITTED else LONGEST_IN_BOX
        waits = error.retryable and at - since < limit
    if waits or error.disconnects:
        wait = wait_after(delivery.attempts, retry_after=error.retry_after)
        after = S.FAILED_RETRYABLE if before == S.SENDING else before
        return moved(Act.FAIL_FOR_NOW, before, after), at + wait
    after = S.FOLLOW_UP_BY_HAND if by_machine else S.FAILED_PERMANENT
    return moved(Act.FAIL_FOR_GOOD, before, after), None


def _note_failure(channel: Channel, error: ChannelError, message: str, at: dt.datetime) -> None:
    """The channel remembers its last error; failures that are its own open the circuit, lost credentials pause it."""
    own = error.retryable or error.disconnects
    failures = channel.failures + 1 if own else channel.failures
    rest = rest_after(failures) if own else dt.timedelta(0)
    Channel.objects.filter(pk=channel.pk).update(
        last_error=message,
        last_error_at=at,
        failures=F("failures") + 1 if own else F("failures"),
        rests_until=at + rest if rest else channel.rests_until,
    )
    if error.disconnects and channel.paused_at is None:
        Channel.objects.filter(pk=channel.pk).update(paused_at=at, paused_reason=message)
        record(
            verb="channels.disconnected",
            actor=SYSTEM,
            target=channel,
            body=channel.body,
            detail={"error": message},
        )


def _still_ours(claim: Claim) -> Delivery | None:
    delivery = lock_one(claim.delivery)
    return delivery if delivery.lease == claim.delivery.lease else None


def _lost(claim: Claim, at: dt.datetime) -> S:
    """Somebody decided otherwise meanwhile, or the lease ran out and another has it."""
    delivery = Delivery.objects.get(pk=claim.delivery.pk)
    _finish(claim.attempt, at, S(delivery.state), "lost", "办理期间记录已被改动，本次结果未采用")
    return S(delivery.state)


def _finish(attempt: Attempt, at: dt.datetime, outcome: S, code: str, error: str) -> None:
    attempt.finished_at, attempt.outcome, attempt.code, attempt.error = at, outcome, code[:40], error[:300]
    attempt.save(update_fields=["finished_at", "outcome", "code", "error"])


def _record(delivery: Delivery, after: S) -> None:
    verbs = {S.PUBLISHED: "channels.delivered", S.WITHDRAWN: "channels.withdrawn"}
    detail = {"channel": delivery.channel.name, "external_id": delivery.external_id, "error": delivery.error}
    record(
        verb=verbs.get(after, "channels.delivery_failed"),
        actor=SYSTEM,
        target=delivery,
        body=delivery.channel.body,
        detail={name: value for name, value in detail.items() if value},
    )


def _wake_later(delivery: Delivery) -> None:
    """Look again when its time comes; the sweep finds it should this be lost."""
    from gongkai.channels.tasks import deliver

    if delivery.next_try_at is not None and delivery.state in WORKABLE:
        deliver.using(run_after=delivery.next_try_at).enqueue(delivery.pk)
