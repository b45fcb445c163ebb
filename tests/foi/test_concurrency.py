"""Two officers at once: exactly one succeeds, and nothing is counted twice."""

from functools import partial

import pytest
from tests.factories import (
    at,
    at_once,
    close,
    codes,
    day,
    make_applicant,
    make_body,
    make_handler,
    make_request,
    workers_wait_for_each_other,
)

from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.foi import acts
from gongkai.foi.models import CaseFact, Decision, Request
from gongkai.organisations.acts import lock_year

pytestmark = [
    pytest.mark.django_db(transaction=True),
]

NOW = at(2024, 6, 28)


@pytest.fixture(autouse=True)
def shared_database(db):
    if not workers_wait_for_each_other():
        pytest.skip("threads do not share a database in memory")


def outcome_of(results):
    """What succeeded, and why the others were refused."""
    refused = [one for one in results if isinstance(one, RefusedError)]
    other = [one for one in results if isinstance(one, Exception) and one not in refused]
    assert other == []
    return len(results) - len(refused), sorted({code for one in refused for code in codes(one.obstacles)})


def test_two_officers_close_one_case():
    request = make_request()
    officers = [make_handler(request.body) for _ in range(2)]
    calls = [
        partial(close, request, actor=officer, number=f"公开〔2024〕{number}号")
        for number, officer in enumerate(officers)
    ]

    assert outcome_of(at_once(*calls)) == (1, ["closed"])
    row = Request.objects.get(pk=request.pk)
    assert (row.closed_on, row.outcome) == (day("2024-03-20"), "granted")
    assert Decision.objects.count() == 1
    assert CaseFact.objects.filter(kind="answered").count() == 1
    assert Entry.objects.filter(verb="foi.close_request").count() == 1


def test_one_closes_while_the_other_records_a_withdrawal():
    request = make_request()
    calls = [
        partial(close, request),
        partial(acts.withdraw_request, request=request, on=day("2024-03-19"), actor=SYSTEM, at=NOW),
    ]

    assert outcome_of(at_once(*calls)) == (1, ["closed"])
    ends = CaseFact.objects.filter(kind__in=["answered", "withdrawn"]).values_list("kind", flat=True)
    assert len(ends) == 1


def test_two_cases_of_one_body_do_not_get_one_document_number():
    body = make_body()
    calls = [partial(close, make_request(body), number="公开〔2024〕1号") for _ in range(2)]

    assert outcome_of(at_once(*calls)) == (1, ["number"])


def test_a_double_click_on_register():
    body = make_body()
    applicant = make_applicant(body)
    register = partial(
        acts.register_request,
        body=body,
        applicant=applicant,
        channel="online",
        subject="招生方案",
        submitted_on=day("2024-03-01"),
        actor=SYSTEM,
        at=NOW,
    )

    assert outcome_of(at_once(register, register)) == (1, ["duplicate"])
    assert Request.objects.count() == 1


def test_numbers_of_many_at_once_are_consecutive():
    body = make_body()
    applicants = [make_applicant(body) for _ in range(6)]
    calls = [partial(make_request, body, applicant=one, received=False) for one in applicants]
    results = at_once(*calls)

    assert sorted(one.number for one in results) == [f"2024-000{number}" for number in range(1, 7)]
    assert verify_chain() is None


def test_publishing_a_year_while_a_case_of_it_is_closed():
    """Either the answer came first and counts, or the year was locked first and the answer is refused."""
    request = make_request()
    calls = [
        partial(close, request),
        partial(lock_year, body=request.body, year=2024, actor=SYSTEM, at=NOW),
    ]
    closing, locking = at_once(*calls)

    assert locking is None
    verbs = list(Entry.objects.order_by("sequence").values_list("verb", flat=True))[-2:]
    if isinstance(closing, RefusedError):
        assert codes(closing.obstacles)[0] in {"year_locked", "year_just_locked"}
        assert Request.objects.get(pk=request.pk).closed_on is None
    else:
        assert verbs == ["foi.close_request", "organisations.lock_year"]
