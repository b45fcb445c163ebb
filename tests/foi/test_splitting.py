"""一事一申请: parts are counted each, the parent not; duplicates once."""

import pytest
from tests.factories import close, day, lock_year, make_applicant, make_request, refused
from tests.foi.paperwork import draft, issued, moment, ready

from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import clock_of
from gongkai.foi.models import Request
from gongkai.foi.queries import open_requests, requests_in_month
from gongkai.law.report.cells import Cell
from gongkai.reports.compute.figures import compute_figures
from gongkai.reports.compute.sources import source_of

pytestmark = pytest.mark.django_db

NOW = moment("2024-03-04")
PARTS = (acts.Part("2023年招生计划"), acts.Part("2023年经费决算", "分学校"))


def split(request, parts=PARTS, **kw):
    kw = {"reason": "一份申请含两项内容", "actor": SYSTEM, "at": NOW} | kw
    return acts.split_request(request=request, parts=parts, **kw)


def merge(request, duplicate, **kw):
    kw = {"reason": "内容相同", "actor": SYSTEM, "at": NOW} | kw
    return acts.merge_requests(request=request, duplicate=duplicate, **kw)


def again(row):
    return Request.objects.get(pk=row.pk)


def counted(body, row, year=2024):
    """The figure, and the records behind it: they are the same number."""
    cell = Cell(3, row, "natural")
    figure = compute_figures(body, year)[cell]
    assert source_of(cell, body, year).records.count() == figure
    return figure


def test_the_parts_go_on_with_the_term_of_the_whole():
    request = make_request()
    parts = split(request)

    assert [(one.number, one.subject, one.parent, one.received_on) for one in parts] == [
        (f"{request.number}-1", "2023年招生计划", request, day("2024-03-01")),
        (f"{request.number}-2", "2023年经费决算", request, day("2024-03-01")),
    ]
    assert {clock_of(one, as_of=day("2024-03-04")).due_on for one in parts} == {day("2024-03-29")}
    assert list(open_requests(request.body)) == parts
    assert again(request).standing == "split"
    with refused("set_aside"):
        split(again(request))


def test_the_parent_is_counted_no_more():
    request = make_request()
    close(make_request(request.body))
    assert counted(request.body, "new") == 2
    first, _ = split(request)
    close(first, outcome="denied_internal")

    rows = ("new", "granted", "denied_5_internal", "carried_out")
    assert [counted(request.body, row) for row in rows] == [3, 1, 1, 1]
    assert [one.number for one in requests_in_month(request.applicant, day("2024-03-01"))] == [
        f"{request.number}-1",
        f"{request.number}-2",
    ]


def test_clarified_and_then_split_keeps_the_new_start():
    request = ready(make_request())
    issued(request, "clarification", "2024-03-05")
    acts.record_fact(
        request=request,
        kind="clarification_received",
        on=day("2024-03-11"),
        actor=SYSTEM,
        at=moment("2024-03-11"),
    )
    first, _ = split(again(request), at=moment("2024-03-12"))
    assert clock_of(first, as_of=day("2024-03-12")).due_on == day("2024-04-09")


def test_why_not_split():
    request = ready(make_request())
    with refused("parts", "no_reason"):
        split(request, parts=PARTS[:1], reason="")
    with refused("parts", "field", "field"):
        split(request, parts=(acts.Part(""), acts.Part("")))
    letter = draft(request, "granted", "2024-03-04")
    with refused("letters"):
        split(request)
    acts.void_letter(letter=letter, reason="先拆分", actor=SYSTEM, at=NOW)
    issued(request, "extension", "2024-03-04")
    with refused("under_way"):
        split(request)
    part = split(make_request())[0]
    with refused("part"):
        split(part)
    closed = make_request()
    close(closed)
    with refused("closed"):
        split(again(closed), at=moment("2024-06-28"))
    early = make_request(received=False)
    with refused("not_received"):
        split(early)


def test_a_published_year_is_amended():
    request = make_request(submitted_on=day("2023-12-20"))
    lock_year(request.body, 2023)
    with refused("year_locked"):
        split(request)
    assert len(split(request, amendment="年报公布后发现应当拆分")) == 2


def test_on_what_was_split_nothing_is_done_any_more():
    request = ready(make_request())
    split(request)
    request = again(request)
    with refused("set_aside"):
        acts.withdraw_request(request=request, on=day("2024-03-04"), actor=SYSTEM, at=NOW)
    with refused("set_aside"):
        draft(request, "assistance", "2024-03-04", recipient="县档案馆", actor=SYSTEM)
    with refused("set_aside"):
        acts.record_fact(
            request=request, kind="reasons_requested", on=day("2024-03-04"), actor=SYSTEM, at=NOW
        )


def test_a_duplicate_is_handled_with_the_first():
    first = make_request()
    second = make_request(first.body, applicant=first.applicant, submitted_on=day("2024-03-04"))
    assert counted(first.body, "new") == 2
    merge(first, second)

    assert (again(second).standing, again(second).merged_into) == ("merged", first)
    assert [counted(first.body, row) for row in ("new", "carried_out")] == [1, 1]
    assert list(open_requests(first.body)) == [first]
    with refused("set_aside"):
        merge(first, again(second))


def test_why_not_merged():
    first = make_request()
    body = first.body
    earlier = make_request(body, applicant=first.applicant, submitted_on=day("2024-02-28"))
    with refused("earlier", "no_reason"):
        merge(first, earlier, reason=" ")
    with refused("same"):
        merge(first, first)
    stranger = make_request(body)
    with refused("other_applicant"):
        merge(first, stranger)
    same = {"name": "张三", "identity_number": "11010119900307003X"}
    one, other = (make_request(body, applicant=make_applicant(body, **same)) for _ in range(2))
    merge(one, other)
    close(first)
    with refused("closed"):
        merge(again(first), stranger, at=moment("2024-06-28"))
