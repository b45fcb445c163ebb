"""Submit, approve, publish: the four eyes, the frozen content, the locked year."""

import datetime as dt
from decimal import Decimal

import pytest
from tests.factories import (
    at,
    at_once,
    close,
    make_applicant,
    make_handler,
    make_request,
    refused,
    verbs,
    workers_wait_for_each_other,
)

from gongkai.audit.models import Entry
from gongkai.law.report.cells import Cell
from gongkai.organisations.enums import Role
from gongkai.organisations.models import YearLock
from gongkai.reports import acts
from gongkai.reports.drafting import draft_of
from gongkai.reports.enums import VersionState
from gongkai.reports.writing.canonical import digest


def test_a_running_year_cannot_be_submitted(draft, handler):
    with refused("year_running"):
        acts.submit(version=draft, actor=handler, at=at(2024, 12, 31, 23, 59))


def test_errors_of_the_checks_are_obstacles(draft, handler, now):
    """Two requests granted by hand where one came in: 一+二≠三(七)+四 (R1)."""
    cell = Cell(3, "granted", "natural")
    acts.adjust(version=draft, cell=cell, value=Decimal(2), reason="核实", actor=handler, at=now)
    found = [one.code for one in acts.why_not_submit(draft, handler, now)]
    assert found
    assert set(found) == {"check_R1"}


def test_prose_that_cannot_be_filled_is_an_obstacle(draft, handler, now):
    draft.texts.filter(key="other").update(template="{{规范性文件本年新公开数量}}件")
    with refused("narrative"):
        acts.submit(version=draft, actor=handler, at=now)


def test_what_is_submitted_is_frozen_with_the_digest_of_its_content(submitted, bureau):
    before = draft_of(submitted).report
    assert submitted.digest == digest(before)
    submitted.texts.filter(key="other").update(template="改写")
    make_request(bureau)
    assert draft_of(submitted).report == before


def test_who_submitted_does_not_approve(draft, approver, now):
    acts.submit(version=draft, actor=approver, at=now)
    with refused("same_person"):
        acts.approve(version=draft, actor=approver, at=now)


@pytest.mark.parametrize("role", [Role.HANDLER, Role.READER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_only_approvers_approve(submitted, bureau, now, role):
    officer = make_handler(bureau, role=role)
    with refused("not_permitted"):
        acts.approve(version=submitted, actor=officer, at=now)


def test_records_that_moved_keep_a_version_from_being_approved_and_published(
    submitted, bureau, approver, handler, now
):
    close(make_request(bureau))
    with refused("records_moved") as caught:
        acts.approve(version=submitted, actor=approver, at=now)
    assert "表三“一、本年新收政府信息公开申请数量”自然人：送审1，现为2" in str(caught.value)
    acts.return_to_draft(version=submitted, actor=handler, reason="补录一件", at=now)
    acts.submit(version=submitted, actor=handler, at=now)
    acts.approve(version=submitted, actor=approver, at=now)
    make_request(bureau)
    with refused("records_moved"):
        acts.publish(version=submitted, actor=handler, at=now)


def test_an_adjusted_figure_is_compared_by_what_the_records_gave(draft, handler, approver, now):
    licence = Cell(2, "licence", "decisions")
    acts.adjust(version=draft, cell=licence, value=Decimal(9), reason="核实", actor=handler, at=now)
    acts.submit(version=draft, actor=handler, at=now)
    acts.approve(version=draft, actor=approver, at=now)
    draft.refresh_from_db()
    assert draft.state == VersionState.APPROVED
    assert draft_of(draft).adjustments == {licence: (0, "核实")}


def test_a_return_gives_up_what_was_frozen_and_says_why(approved, handler, now):
    acts.return_to_draft(version=approved, actor=handler, reason="附件有误", at=now)
    approved.refresh_from_db()
    kept = (
        approved.frozen,
        approved.digest,
        approved.submitted_by,
        approved.approved_by,
        approved.return_reason,
    )
    assert kept == (None, "", None, None, "附件有误")
    assert approved.state == VersionState.DRAFT


def test_a_return_needs_a_reason(submitted, handler, now):
    with refused("no_reason"):
        acts.return_to_draft(version=submitted, actor=handler, reason="", at=now)


def test_publication_locks_the_year_once(published, bureau):
    assert list(YearLock.objects.values_list("body", "year")) == [(bureau.pk, 2024)]
    assert verbs()[-2:] == ["organisations.lock_year", "reports.publish"]
    assert draft_of(published).report.published_on == dt.date(2025, 1, 10)


def test_a_locked_year_refuses_late_records_except_as_an_amendment(published, bureau, handler):
    """A late request of the locked year needs a reason; with one it is recorded as an amendment."""
    applicant = make_applicant(bureau)
    with refused("year_locked"):
        make_request(bureau, applicant=applicant, actor=handler)
    make_request(bureau, applicant=applicant, actor=handler, received=False, amendment="漏登，依单位证明补录")
    entry = Entry.objects.order_by("sequence").last()
    assert (entry.verb, entry.reason) == ("foi.amend.register_request", "漏登，依单位证明补录")


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_approve_once(submitted, bureau, approver, now):
    if not workers_wait_for_each_other():
        pytest.skip("a SQLite database in memory belongs to one connection")
    second = make_handler(bureau, role=Role.APPROVER)
    found = at_once(
        lambda: acts.approve(version=submitted, actor=approver, at=now),
        lambda: acts.approve(version=submitted, actor=second, at=now),
    )
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "RefusedError"]
    submitted.refresh_from_db()
    assert submitted.state == VersionState.APPROVED
