"""Opening a report and a correction."""

import pytest
from tests.factories import at, close, make_body, make_handler, make_request, refused, verbs

from gongkai.foi.acts import record_receipt
from gongkai.law.report.formats import FORMAT_2021
from gongkai.law.report.narrative import default_templates
from gongkai.organisations.enums import BodyKind, Role
from gongkai.reports import acts
from gongkai.reports.drafting import draft_of, published_version
from gongkai.reports.enums import VersionState
from gongkai.reports.models import AnnualReport

pytestmark = pytest.mark.django_db


def test_a_new_report_has_the_starting_text_of_every_section(draft):
    assert dict(draft.texts.values_list("key", "template")) == default_templates(FORMAT_2021)
    assert verbs()[-1] == "reports.open"


def test_the_report_of_a_government_tells_assessment_and_accountability(now):
    """条例 art. 50(4)."""
    body = make_body(kind=BodyKind.GOVERNMENT)
    version = acts.open_report(body=body, year=2024, actor=make_handler(body), at=now)
    assert "责任追究" in draft_of(version).report.sections["overview"]


@pytest.mark.parametrize(("year", "why"), [(2018, "no_format"), (2026, "future"), (2024, "exists")])
def test_years_that_cannot_be_opened(draft, bureau, handler, now, year, why):
    with refused(why):
        acts.open_report(body=bureau, year=year, actor=handler, at=now)


@pytest.mark.parametrize("role", [Role.READER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_who_may_not_handle_may_not_open(bureau, now, role):
    officer = make_handler(bureau, role=role)
    with refused("not_permitted"):
        acts.open_report(body=bureau, year=2024, actor=officer, at=now)


def test_an_officer_of_another_body_may_not_open(bureau, now):
    officer = make_handler(make_body())
    with refused("not_permitted"):
        acts.open_report(body=bureau, year=2024, actor=officer, at=now)


def test_a_correction_is_a_new_version_and_the_old_stays_public_until_replaced(
    published, bureau, handler, approver, now
):
    later = at(2025, 3, 3)
    correction = acts.start_correction(
        annual=published.report, actor=handler, reason="漏计一件申请", at=later
    )
    assert (correction.number, correction.reason, correction.state) == (2, "漏计一件申请", VersionState.DRAFT)
    assert dict(correction.texts.values_list("key", "template")) == dict(
        published.texts.values_list("key", "template")
    )
    assert published_version(bureau, 2024) == published

    why = "漏登的申请"
    late = make_request(bureau, received=False, amendment=why)
    record_receipt(request=late, actor=handler, at=later, amendment=why)
    close(late, amendment=why)
    for act, actor in ((acts.submit, handler), (acts.approve, approver), (acts.publish, handler)):
        act(version=correction, actor=actor, at=later)
    published.refresh_from_db()
    assert published.state == VersionState.SUPERSEDED
    assert published_version(bureau, 2024) == correction
    counts = [draft_of(version).report.value(3, "new", "total") for version in (published, correction)]
    assert counts == [1, 2]


def test_a_correction_needs_a_reason_and_is_opened_once(published, handler, now):
    with refused("no_reason"):
        acts.start_correction(annual=published.report, actor=handler, reason=" ", at=now)
    acts.start_correction(annual=published.report, actor=handler, reason="更正", at=now)
    with refused("in_work"):
        acts.start_correction(annual=published.report, actor=handler, reason="更正", at=now)


def test_one_report_a_body_and_year(draft):
    assert AnnualReport.objects.count() == 1
    assert str(draft) == "清溪县教育局2024年政府信息公开工作年度报告 第1版"
