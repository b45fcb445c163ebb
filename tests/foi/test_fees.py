"""The processing fee: notices and payments."""

from decimal import Decimal

import pytest
from tests.factories import at, day, make_applicant, make_body, make_request, refused

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import clock_of
from gongkai.foi.models import FeeNotice
from gongkai.foi.queries import requests_in_month

pytestmark = pytest.mark.django_db

NOW = at(2024, 6, 28)


def charge(request, basis="by_page", quantity=72, **kw):
    kw = {"notified_on": day("2024-03-15"), "actor": SYSTEM, "at": NOW} | kw
    return acts.issue_fee_notice(request=request, basis=basis, quantity=quantity, **kw)


def pay(notice, yuan=420, on="2024-03-20"):
    return acts.record_fee_payment(
        notice=notice, paid_on=day(on), paid_yuan=Decimal(yuan), actor=SYSTEM, at=NOW
    )


@pytest.mark.parametrize(
    ("basis", "quantity", "already", "yuan"),
    [
        ("by_page", 31, 0, "10"),
        ("by_page", 201, 0, "2740"),
        ("by_item", 11, 0, "100"),
        ("by_item", 1, 10, "100"),
        ("by_item", 2, 29, "300"),
    ],
)
def test_the_law_computes_the_amount(basis, quantity, already, yuan):
    notice = charge(make_request(), basis, quantity, already=already)

    kept = FeeNotice.objects.get(pk=notice.pk)
    assert (kept.basis, kept.quantity, kept.amount_yuan) == (basis, quantity, Decimal(yuan))
    assert (kept.paid_on, kept.paid_yuan) == (None, Decimal(0))


def test_the_notice_is_a_fact_with_its_computation():
    request = make_request()
    notice = charge(request, received_by_applicant_on=day("2024-03-18"), document_number="费〔2024〕1号")

    fact = request.facts.get(kind="fee_notified")
    assert (fact.on, fact.document_number) == (day("2024-03-15"), "费〔2024〕1号")
    assert fact.detail == {
        "received_by_applicant_on": "2024-03-18",
        "notice": notice.pk,
        "computation": "按量计收：第1—30页不收费；第31—72页42页×10元=420元；合计420元",
    }


@pytest.mark.parametrize(
    ("basis", "quantity", "code"),
    [("by_page", 30, "free"), ("by_item", 10, "free"), ("by_page", 0, "fee"), ("by_both", 3, "basis")],
)
def test_nothing_to_charge_for(basis, quantity, code):
    request = make_request()

    with refused(code):
        charge(request, basis, quantity)


def test_a_request_received_before_the_measure_is_free():
    request = make_request(submitted_on=day("2020-12-31"))

    with refused("fee") as caught:
        charge(request, notified_on=day("2021-01-04"))
    assert caught.value.obstacles[0].message == "信息处理费自2021-01-01起施行，2020-12-31的申请不能收费"


def test_never_both_tariffs():
    request = make_request()
    charge(request, "by_page", 31)

    with refused("charged"):
        charge(request, "by_item", 11)


def test_not_before_it_happened_and_not_after_the_term():
    request = make_request()
    with refused("future", "future"):
        charge(request, notified_on=day("2024-06-29"), received_by_applicant_on=day("2024-06-30"))
    with refused("clock"):
        charge(request, notified_on=day("2024-04-20"))


def test_payment_starts_a_new_term():
    request = make_request(submitted_on=day("2024-03-01"))
    notice = pay(charge(request))

    assert (notice.paid_on, notice.paid_yuan) == (day("2024-03-20"), Decimal(420))
    assert clock_of(request, as_of=day("2024-03-21")).due_on == day("2024-04-18")


@pytest.mark.parametrize("yuan", [419, 421, 0])
def test_only_the_whole_amount(yuan):
    notice = charge(make_request())

    with refused("amount"):
        pay(notice, yuan)


def test_payments_that_cannot_be():
    notice = charge(make_request(), received_by_applicant_on=day("2024-03-18"))

    with refused("future", "amount"):
        pay(notice, 1, "2024-06-29")
    with refused("clock"):
        pay(notice, on="2024-06-27")


def test_what_counts_for_a_fee_by_item_is_one_applicants_calendar_month():
    body = make_body()
    applicant = make_applicant(body)
    days = ("2024-02-29", "2024-03-01", "2024-03-31", "2024-04-01")
    asked = [make_request(body, applicant=applicant, submitted_on=day(on)) for on in days]
    make_request(body, submitted_on=day("2024-03-15"))
    make_request(body, applicant=applicant, submitted_on=day("2024-03-15"), received=False)

    assert list(requests_in_month(applicant, day("2024-03-20"))) == asked[1:3]


def test_a_payment_before_the_notice_was_received_is_refused_at_once():
    """Not only when the clock is looked at later: the day of receipt lies after every fact's own day."""
    request = make_request()
    notice = acts.issue_fee_notice(
        request=request,
        basis="by_page",
        quantity=72,
        notified_on=day("2024-03-15"),
        received_by_applicant_on=day("2024-03-18"),
        actor=SYSTEM,
        at=at(),
    )
    with refused("clock"):
        acts.record_fee_payment(
            notice=notice, paid_on=day("2024-03-15"), paid_yuan=Decimal(420), actor=SYSTEM, at=at()
        )
