"""Whatever officers and applicants do, in whatever order, the due day is that of walking the days one by one."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import day, make_request
from tests.foi.paperwork import draft, moment, ready
from tests.law.test_clock_property import END, WORKDAYS, walk

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.clock import clock_of
from gongkai.foi.models import FeeNotice, Letter, Request
from gongkai.foi.models.letters import LetterState
from gongkai.organisations.models import Officer

pytestmark = pytest.mark.django_db


# What somebody does on a day ---------------------------------------------------------------------------------


def sent(request, kind, on, **kw):
    """A letter drafted, signed and posted on one day; the opinions are another test's."""
    letter = draft(request, kind, on, actor=SYSTEM, **kw)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.IN_REVIEW)
    chief = Officer.objects.get(username=f"chief{request.body_id}")
    letter = acts.sign_letter(letter=letter, actor=chief, at=moment(on))
    return acts.dispatch_letter(
        letter=letter,
        method="post",
        sent_on=on,
        carrier="邮政",
        tracking_number="1",
        actor=SYSTEM,
        at=moment(on),
    )


def received(dispatch, on):
    acts.confirm_service(dispatch=dispatch, received_on=on, actor=SYSTEM, at=moment(on))


def clarify(request, on, later):
    facts = {"clarify_by": (on + dt.timedelta(15 + later)).isoformat()}
    sent(request, "clarification", on, facts=facts)


def reply(request, on, _later):
    actor = applicant_of(request)
    acts.reply_to_clarification(request=request, text="补正", actor=actor, at=moment(on))


def consult(kind, name):
    def act(request, on, later):
        dispatch = sent(request, kind, on, recipient=f"{name}{request.letters.count()}")
        received(dispatch, on + dt.timedelta(later))

    return act


def hear(request, on, _later):
    for fact in request.facts.filter(kind__endswith="consulted", cancelled_at=None):
        key = "party" if fact.kind.startswith("third") else "body"
        kind = fact.kind.replace("consulted", "answered")
        acts.record_fact(
            request=request, kind=kind, on=on, detail={key: fact.detail[key]}, actor=SYSTEM, at=moment(on)
        )
        return


def extend(request, on, later):
    sent(request, "extension", on, facts={"extension_workdays": 1 + later})


def charge(request, on, later):
    received(sent(request, "fee_notice", on), on + dt.timedelta(later))


def pay(request, on, _later):
    notice = FeeNotice.objects.filter(request=request).first()
    if notice is not None:
        acts.record_fee_payment(
            notice=notice, paid_on=on, paid_yuan=notice.amount_yuan, actor=SYSTEM, at=moment(on)
        )


def split(request, on, _later):
    parts = [acts.Part("一"), acts.Part("二")]
    acts.split_request(request=request, parts=parts, reason="两项", actor=SYSTEM, at=moment(on))


def cancel(request, on, _later):
    fact = request.facts.exclude(kind__in=["submitted", "received"]).filter(cancelled_at=None).last()
    if fact is not None:
        acts.cancel_fact(fact=fact, reason="登记错误", actor=SYSTEM, at=moment(on))


ACTS = (
    clarify,
    reply,
    consult("third_party_consultation", "第三方"),
    consult("co_author_consultation", "机关"),
    hear,
    extend,
    charge,
    pay,
    split,
    cancel,
)


# The due day by the words of the Regulation, from what stands on file ---------------------------------------


def days_of(request, kind, key=None):
    found = request.facts.filter(kind=kind, cancelled_at=None).order_by("on", "pk")
    return [one.detail.get(key) if key else one.on for one in found]


def still(request, on):
    """Whether an opinion is awaited on that day."""
    for kind, key in (("third_party", "party"), ("co_author", "body")):
        answers = {
            one.detail[key]: one.on
            for one in request.facts.filter(kind=f"{kind}_answered", cancelled_at=None)
        }
        for asked in request.facts.filter(kind=f"{kind}_consulted", cancelled_at=None):
            last = walk(day(asked.detail["received_on"]), 15)
            last = min(last, answers.get(asked.detail[key], last))
            if asked.on < on <= last:
                return True
    return False


def oracle(request):
    """None while the applicant must act."""
    [start] = days_of(request, "received")
    clarified, paid = days_of(request, "clarification_received"), days_of(request, "fee_paid")
    if len(clarified) < len(days_of(request, "clarification_notified")):
        return None
    if len(paid) < len(days_of(request, "fee_notified")):
        return None
    start = max([start, *clarified, *paid])
    number = 20
    for fact in request.facts.filter(kind="extended", cancelled_at=None):
        before_payment = any(fact.on <= one for one in paid)
        number += 0 if before_payment else fact.detail["workdays"]
    on = start
    while number:
        on += dt.timedelta(1)
        number -= on in WORKDAYS and not still(request, on)
    return on


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    start=st.dates(dt.date(2021, 1, 4), dt.date(2025, 12, 20)).filter(lambda one: one in WORKDAYS),
    doings=st.lists(
        st.tuples(st.sampled_from(ACTS), st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=8
    ),
)
def test_no_sequence_of_acts_yields_another_due_day(start, doings):
    request = ready(make_request(submitted_on=start))
    chief = Officer.objects.create_user(username=f"chief{request.body_id}", name="李主任")
    acts_of_body(request, chief)
    on = start
    for act, wait, later in doings:
        on = min(on + dt.timedelta(wait), END)
        try:
            act(Request.objects.get(pk=request.pk), on, later)
        except RefusedError:
            continue
        request = request.parts.first() or request

    assert clock_of(Request.objects.get(pk=request.pk), as_of=END + dt.timedelta(90)).due_on == oracle(
        request
    )


def acts_of_body(request, chief):
    from gongkai.organisations.acts import appoint

    appoint(officer=chief, body=request.body, role="approver", since=dt.date(2015, 1, 1), actor=SYSTEM)


# As a clerk would tell them, around the end of a year --------------------------------------------------------


def due(request, on):
    return clock_of(Request.objects.get(pk=request.pk), as_of=day(on)).due_on


STORIES = {
    "2023-12-22收到：元旦只放1月1日，第20个工作日是2024-01-22": ("2023-12-22", [], "2024-01-22"),
    "2024-12-31收到：元旦放1月1日，1月26日（星期日）调休上班，1月28日起放春节，第20个工作日是2025-02-05": (
        "2024-12-31",
        [],
        "2025-02-05",
    ),
    "2024-12-25收到，12月30日补正通知，1月6日收到补正，从1月7日重新数20个工作日，1月26日和2月8日调休上班，到2025-02-08": (
        "2024-12-25",
        [(clarify, "2024-12-30", 9), (reply, "2025-01-06", 0)],
        "2025-02-08",
    ),
    "2024-12-30收到，2025-01-24延长10个工作日：原定1月27日以后再数10个，到2025-02-17": (
        "2024-12-30",
        [(extend, "2025-01-24", 9)],
        "2025-02-17",
    ),
    "2023-12-18收到，12月20日征求第三方，当日签收，15个工作日到2024-01-11没有答复：已用2天，再数18天到2024-02-05": (
        "2023-12-18",
        [(consult("third_party_consultation", "甲"), "2023-12-20", 0)],
        "2024-02-05",
    ),
    "2025-12-24收到，12月26日发收费通知，12月29日收到，2026-01-05缴费，从1月6日数20个工作日到2026-02-02": (
        "2025-12-24",
        [(charge, "2025-12-26", 3), (pay, "2026-01-05", 0)],
        "2026-02-02",
    ),
}


@pytest.mark.parametrize("story", STORIES)
def test_as_a_clerk_counts(story):
    start, doings, due_on = STORIES[story]
    request = ready(make_request(submitted_on=day(start)))
    acts_of_body(request, Officer.objects.create_user(username=f"chief{request.body_id}", name="李主任"))
    for act, on, later in doings:
        act(Request.objects.get(pk=request.pk), day(on), later)

    assert due(request, "2026-10-01") == day(due_on)
    assert oracle(request) == day(due_on)
