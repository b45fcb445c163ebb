"""The table of states and acts: every cell of it is tried."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone
from tests.channels.conftest import the_delivery

from gongkai.channels import queueing, work
from gongkai.channels.acts import (
    cancel_delivery,
    configure_channel,
    finish_by_hand,
    open_channel,
    retry_delivery,
)
from gongkai.channels.enums import COUNTED_STATES, WORKABLE, DeliveryState, Errand
from gongkai.channels.failures import ChannelError
from gongkai.channels.kinds import kind_of
from gongkai.channels.kinds.base import Outcome
from gongkai.channels.kinds.webhook.kind import Webhook
from gongkai.channels.machine import MOVES, Act, may_move, moved
from gongkai.channels.models import Delivery
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError

S = DeliveryState
TABLE = """
state               claim retry cancel finish supersede leave return change
queued              yes   -     yes    yes    yes       yes   -      -
sending             yes   -     -      -      -         -     -      -
submitted           yes   yes   -      yes    -         -     -      -
in_draft_box        yes   yes   yes    yes    yes       yes   -      -
published           -     -     -      -      yes       yes   -      yes
failed_retryable    yes   yes   yes    yes    yes       yes   -      -
failed_permanent    -     yes   yes    yes    yes       yes   -      -
awaiting_hand       -     yes   yes    yes    yes       yes   -      -
by_hand             -     -     -      -      yes       yes   -      yes
follow_up           yes   yes   yes    yes    yes       yes   yes    yes
follow_up_by_hand   -     yes   yes    yes    yes       yes   yes    yes
withdrawn           -     -     -      -      -         -     yes    -
cancelled           -     yes   -      yes    -         -     yes    -
"""
"""What may be done in each state, as people read it."""
HEAD, *LINES = [line.split() for line in TABLE.strip().splitlines()]
CELLS = {
    (Act[act.upper()], S(line[0])): word == "yes"
    for line in LINES
    for act, word in zip(HEAD[1:], line[1:], strict=True)
}


def test_the_table_is_the_machine():
    assert {cell: may_move(*cell) for cell in CELLS} == CELLS
    assert {state for _, state in CELLS} == set(S)


def test_results_only_follow_a_claim():
    results = {Act.DONE, Act.LATER, Act.IN_BOX, Act.FAIL_FOR_NOW, Act.FAIL_FOR_GOOD, Act.NEEDS_HAND}
    claimed = {after for (act, _), found in MOVES.items() if act == Act.CLAIM for after in found}
    assert {before for act, before in MOVES if act in results} == claimed
    assert claimed <= set(WORKABLE)


def test_a_move_outside_the_table_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="is no move"):
        moved(Act.CLAIM, S.PUBLISHED, S.SENDING)
    with pytest.raises(ValueError, match="is no move"):
        moved(Act.DONE, S.SENDING, S.WITHDRAWN)


def test_every_state_can_be_reached_and_left():
    reached = {after for found in MOVES.values() for after in found} | {S.QUEUED}
    assert reached == set(S)
    assert {before for _, before in MOVES} == set(S)


def test_what_counts_stays_counted_whatever_follows():
    """Once it reached the public a delivery never moves to a state that is not counted."""
    for (act, before), found in MOVES.items():
        if before in COUNTED_STATES and before not in {S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND}:
            assert found <= set(COUNTED_STATES), (act, before)


@pytest.fixture
def channel(body, vendor):
    found = open_channel(body=body, kind="webhook", name="平台", actor=SYSTEM)
    given = {"endpoint": f"{vendor.address}/hook"}
    return configure_channel(
        channel=found, settings=given, secrets={"secret": "x" * 20}, takes="all", actor=SYSTEM
    )


def put(delivery, state, errand=Errand.PUBLISH):
    """Stand the delivery in a state, as a life would have left it."""
    public = state in COUNTED_STATES
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state,
        errand=errand if state in {S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND} else Errand.PUBLISH,
        delivered_at=timezone.now() if public else None,
        withdrawn_at=timezone.now() if state == S.WITHDRAWN else None,
        external_id="A1" if public else "",
        next_try_at=timezone.now() if state in WORKABLE else None,
        lease=None,
        lease_until=None,
    )
    delivery.refresh_from_db()
    return delivery


def acted(act, delivery):
    """Do it in earnest; the state afterwards."""
    now, kind = timezone.now(), kind_of(delivery.channel)
    match act:
        case Act.CLAIM:
            claim = work._claim(delivery.pk, now)
            return claim and claim.delivery.state
        case Act.RETRY:
            return retry_delivery(delivery=delivery, actor=SYSTEM, at=now).state
        case Act.CANCEL:
            return cancel_delivery(delivery=delivery, reason="不再需要", actor=SYSTEM).state
        case Act.FINISH:
            return finish_by_hand(delivery=delivery, on=now, actor=SYSTEM).state
        case Act.SUPERSEDE:
            queueing.supersede(delivery, kind, at=now)
        case Act.LEAVE:
            queueing.take_back(delivery, kind, at=now)
        case Act.RETURN:
            queueing.returned(delivery.edition.document, now)
        case Act.CHANGE:
            queueing.changed(delivery.edition.document, now)
    delivery.refresh_from_db()
    return delivery.state


WHEN_PUBLIC = [
    *[(cell, Errand.WITHDRAW) for cell in CELLS],
    *[(cell, Errand.UPDATE) for cell in CELLS if cell[1] in {S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND}],
    *[(cell, Errand.RESTORE) for cell in CELLS if cell[1] in {S.FOLLOW_UP, S.FOLLOW_UP_BY_HAND}],
]


@pytest.mark.django_db
def test_every_cell_in_earnest(channel, publish):
    """What the table allows leads where it says; what it does not is refused or leaves everything as it was."""
    delivery = the_delivery(publish())
    for (act, state), errand in WHEN_PUBLIC:
        put(delivery, state, errand)
        said = (act.name, state, errand)
        try:
            after = acted(act, delivery)
        except RefusedError:
            assert not may_move(act, state), said
            continue
        if after is None or after == state:
            continue
        assert after in MOVES[act, S(state)], said


ENDS = {
    "published": Outcome(external_id="A1"),
    "submitted": Outcome(S.SUBMITTED, external_id="A1"),
    "in_draft_box": Outcome(S.IN_DRAFT_BOX, external_id="A1"),
    "later": ChannelError("稍后", code="x"),
    "never": ChannelError("不收", code="x", retryable=False),
    "locked": ChannelError("不认", code="x", disconnects=True),
    "by_hand": ChannelError("人工", code="x", by_hand=True),
    "bug": ZeroDivisionError(),
}
RESULTS = {
    S.QUEUED: ("published", "submitted", "in_draft_box", "failed_retryable", "failed_permanent", "failed_retryable", "awaiting_hand", "failed_retryable"),
    S.SUBMITTED: ("published", "submitted", "in_draft_box", "submitted", "failed_permanent", "submitted", "awaiting_hand", "submitted"),
    S.IN_DRAFT_BOX: ("published", None, "in_draft_box", "in_draft_box", "failed_permanent", "in_draft_box", "awaiting_hand", "in_draft_box"),
    S.FOLLOW_UP: ("withdrawn", "follow_up", "follow_up_by_hand", "follow_up", "follow_up_by_hand", "follow_up", "follow_up_by_hand", "follow_up"),
}  # fmt: skip
"""Where each end of an attempt leads from each state it can begin in, in the order of ``ENDS``."""


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "end"),
    [
        (one, end)
        for one, end in itertools.product(RESULTS, ENDS)
        if (one, end) != (S.IN_DRAFT_BOX, "submitted")
    ],
)
def test_every_end_of_an_attempt(channel, publish, monkeypatch, before, end):
    def answer(*_):
        if isinstance(ENDS[end], Exception):
            raise ENDS[end]
        return ENDS[end]

    for name in ("publish", "poll", "withdraw", "update"):
        monkeypatch.setattr(Webhook, name, answer)
    delivery = put(the_delivery(publish()), before, Errand.WITHDRAW)
    work.work_on(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.state == RESULTS[before][list(ENDS).index(end)]
    assert delivery.lease is None
    attempt = delivery.attempt_log.get()
    assert attempt.finished_at
    assert attempt.outcome == delivery.state
    if isinstance(ENDS[end], Exception):
        assert delivery.error
    waits = delivery.state in {"submitted", "in_draft_box", "failed_retryable", "follow_up"}
    assert (delivery.next_try_at is not None) == waits
    assert delivery.next_try_at is None or delivery.next_try_at > timezone.now() - dt.timedelta(seconds=1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("errand", "cancelled", "finished"),
    [
        ("withdraw", "published", "withdrawn"),
        ("update", "published", "published"),
        ("restore", "withdrawn", "published"),
    ],
)
def test_how_a_follow_up_ends_by_a_person(channel, publish, errand, cancelled, finished):
    delivery = the_delivery(publish())
    for act, expected in ((cancel_delivery, cancelled), (finish_by_hand, finished)):
        put(delivery, S.FOLLOW_UP_BY_HAND, errand)
        if errand == "restore":
            Delivery.objects.filter(pk=delivery.pk).update(withdrawn_at=timezone.now())
        given = {"reason": "不必"} if act is cancel_delivery else {"on": timezone.now()}
        act(delivery=delivery, actor=SYSTEM, **given)
        delivery.refresh_from_db()
        assert (delivery.state, delivery.errand) == (expected, "publish")
        assert bool(delivery.withdrawn_at) == (expected == "withdrawn")


def test_nobody_waits_for_a_result_for_ever(db, channel, publish, monkeypatch):
    def later(*_):
        raise ENDS["later"]

    monkeypatch.setattr(Webhook, "poll", later)
    delivery = put(the_delivery(publish()), S.SUBMITTED)
    Delivery.objects.filter(pk=delivery.pk).update(queued_at=timezone.now() - dt.timedelta(days=3))
    assert work.work_on(delivery.pk) == "failed_permanent"
