"""The table of states and acts: what is possible where, and that a refusal changes nothing."""

import pytest
from tests.factories import refused

from gongkai.reports import acts
from gongkai.reports.enums import MOVES, VersionState

REASON = "数据有误"

ACTS = {
    "write": lambda v, a: acts.set_section_text(
        version=v, key="other", template="无。", actor=a.handler, at=a.now
    ),
    "submit": lambda v, a: acts.submit(version=v, actor=a.handler, at=a.now),
    "return": lambda v, a: acts.return_to_draft(version=v, actor=a.handler, reason=REASON, at=a.now),
    "approve": lambda v, a: acts.approve(version=v, actor=a.approver, at=a.now),
    "publish": lambda v, a: acts.publish(version=v, actor=a.handler, at=a.now),
    "correct": lambda v, a: acts.start_correction(annual=v.report, actor=a.handler, reason=REASON, at=a.now),
}
ALLOWED = {
    "draft": {"write", "submit"},
    "submitted": {"return", "approve"},
    "approved": {"return", "publish"},
    "published": {"correct"},
}
REFUSALS = {
    ("write", "submitted"): ["not_draft"],
    ("write", "approved"): ["not_draft"],
    ("write", "published"): ["not_draft"],
    ("correct", "draft"): ["not_published"],
    ("correct", "submitted"): ["not_published"],
    ("correct", "approved"): ["not_published"],
}


class People:
    def __init__(self, handler, approver, now):
        self.handler, self.approver, self.now = handler, approver, now


@pytest.fixture
def people(handler, approver, now):
    return People(handler, approver, now)


@pytest.mark.parametrize("state", list(ALLOWED))
@pytest.mark.parametrize("act", list(ACTS))
def test_each_act_in_each_state(request, state, act, people):
    version = request.getfixturevalue(state)
    if act in ALLOWED[state]:
        ACTS[act](version, people)
        return
    with refused(*REFUSALS.get((act, state), ["wrong_state"])):
        ACTS[act](version, people)


def test_every_state_has_its_moves():
    assert set(MOVES) == set(VersionState.values)
    assert set().union(*MOVES.values()) <= set(VersionState.values)


@pytest.mark.parametrize(
    ("start", "act", "end"),
    [
        ("draft", "submit", VersionState.CHECKED),
        ("submitted", "return", VersionState.DRAFT),
        ("submitted", "approve", VersionState.APPROVED),
        ("approved", "return", VersionState.DRAFT),
        ("approved", "publish", VersionState.PUBLISHED),
    ],
)
def test_where_each_act_leads(request, start, act, end, people):
    version = request.getfixturevalue(start)
    ACTS[act](version, people)
    version.refresh_from_db()
    assert version.state == end
    frozen = end is not VersionState.DRAFT
    assert (version.frozen is not None, bool(version.digest)) == (frozen, frozen)


def test_twice_the_same_act_is_done_once(submitted, approver, now):
    """A double click: the second is refused and changes nothing."""
    acts.approve(version=submitted, actor=approver, at=now)
    with refused("wrong_state"):
        acts.approve(version=submitted, actor=approver, at=now)
