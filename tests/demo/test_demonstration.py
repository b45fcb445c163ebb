"""The demonstration, built once: the report computed from it is the seed report, cell by cell; the invented county
shows every way in and out; the made-up records are believable.

All in one module, so that it is built once per worker and undone before other tests run.
"""

import datetime as dt
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import F
from django.test import override_settings
from django.utils import timezone
from tests.demo.seed_figures import EXPECTED, TOLD

from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.channels.enums import DeliveryState
from gongkai.channels.models import Delivery
from gongkai.cli import demo as command
from gongkai.demo.accounts import ACCOUNTS, PASSWORD
from gongkai.demo.build import build, missing
from gongkai.demo.county.redacted import COSTS, EXPERTS
from gongkai.demo.county.running import CODES
from gongkai.demo.documents import INTERPRETED_WITHIN
from gongkai.demo.offices import COUNTY, SEED
from gongkai.disclosure.enums import Attribute, EditionState, InterpretationForm, LeavingWay
from gongkai.disclosure.models import Departure, Document, Edition, Fault, HandOver, ImportJob
from gongkai.disputes.models import Dispute, Result, Route
from gongkai.engagement.enums import ConsultationStage
from gongkai.engagement.models import Concern, Consultation
from gongkai.engagement.stages import stage_of
from gongkai.foi.acts.access_codes import open_case
from gongkai.foi.acts.materials import read as content_of
from gongkai.foi.clock import clock_of, closed_late
from gongkai.foi.enums import ApplicantKind, IntakeChannel
from gongkai.foi.letter_text import is_intact
from gongkai.foi.letters.kinds import KINDS
from gongkai.foi.models import (
    Access,
    Assignment,
    CaseFact,
    Dispatch,
    FeeNotice,
    Letter,
    Opinion,
    Redaction,
    Reminder,
    Request,
    Task,
)
from gongkai.law.calendar import official_calendar
from gongkai.law.outcomes import OUTCOMES
from gongkai.law.report.cells import Cell
from gongkai.law.report.findings import Severity, Verdict, problems
from gongkai.law.report.formats import FORMAT_2019, FORMAT_2021
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer, YearLock
from gongkai.redaction.opening import open_source
from gongkai.redaction.paging import pages
from gongkai.reports.compute.facts import facts_of
from gongkai.reports.compute.figures import compute_figures
from gongkai.reports.drafting import check_draft, report_of_year
from gongkai.reports.reading import read
from gongkai.subscriptions.enums import About
from gongkai.subscriptions.models import Subscription

TODAY = dt.date(2026, 3, 2)
SEED_FILE = Path(__file__).resolve().parents[3] / "shared/corpus/reports/jiyuan_edu_sports_2020.txt"
YEARS = ((SEED, 2019), (SEED, 2020), (COUNTY, 2024), (COUNTY, 2025))


@pytest.fixture(scope="module")
def case_files(tmp_path_factory):
    """Where the demonstration keeps its files; tests that read them point there."""
    return tmp_path_factory.mktemp("case-files")


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, case_files):
    kept = override_settings(PRIVATE_ROOT=case_files)
    with kept, django_db_blocker.unblock(), transaction.atomic():
        build(TODAY)
        yield TODAY
        transaction.set_rollback(True)


@pytest.fixture
def seed(demonstration, db):
    return Body.objects.get(slug=SEED)


@pytest.fixture
def county(demonstration, db):
    return Body.objects.get(slug=COUNTY)


def test_every_cell_is_the_seed_s(seed):
    assert {str(cell): value for cell, value in compute_figures(seed, 2020).items()} == EXPECTED
    assert len(EXPECTED) == 198


@pytest.mark.skipif(
    not SEED_FILE.exists(), reason=f"the corpus of real reports is not beside the repository: {SEED_FILE}"
)
def test_every_cell_is_what_our_reader_finds_in_the_real_report(seed):
    real = {cell: read(SEED_FILE)[cell].value for cell in FORMAT_2019.cells}
    assert compute_figures(seed, 2020) == real


def test_the_prose_counts_what_the_seed_tells(seed):
    facts = facts_of(seed, report_of_year(seed, 2020).report)
    assert {key: facts[key] for key in TOLD} == TOLD


def test_the_prose_says_these_numbers(seed):
    overview = report_of_year(seed, 2020).report.sections["overview"]
    for words in (
        "政府信息619条",
        "教育体育信息1566条",
        "微信公开信息5184条",
        "意见征集3期",
        "一级事项10个、二级事项34个",
        "政策解读23篇",
        "重点领域信息37条",
        "申请3件",
        "逾期答复0件",
    ):
        assert words in overview


@pytest.mark.parametrize("year", [2019, 2020])
def test_the_published_reports_are_without_fault(seed, year):
    draft = report_of_year(seed, year)
    assert draft.version.state == "published"
    assert draft.version.submitted_by != draft.version.approved_by
    assert problems(check_draft(seed, draft)) == ()


def test_five_measures_and_what_became_of_last_year_s(seed):
    text = report_of_year(seed, 2020).report.sections["problems"]
    assert "五是" in text
    assert "上年问题的整改情况：一是针对" in text


def test_2019_carries_over_into_2020(seed):
    before, after = compute_figures(seed, 2019), compute_figures(seed, 2020)
    for row in ("licence", "other_mgmt", "penalty", "coercion", "fee"):
        stock = before[Cell(2, row, "previous")] + before[Cell(2, row, "change")]
        assert stock == after[Cell(2, row, "previous")]
    assert before[Cell(3, "carried_out", "total")] == after[Cell(3, "carried_in", "total")]


def test_every_outcome_occurs_and_every_row_of_2024_has_one(county):
    closed = Request.objects.filter(body=county, closed_on__year=2024)
    assert set(closed.values_list("outcome", flat=True)) == set(OUTCOMES)
    report = report_of_year(county, 2024).report
    empty = [row for row in FORMAT_2021.result_rows if not report.value(3, row, "total")]
    assert empty == []


def test_every_way_in_and_every_kind_of_applicant_occurs(county):
    requests = Request.objects.filter(body=county)
    assert set(requests.values_list("channel", flat=True)) == set(IntakeChannel)
    assert set(requests.values_list("applicant_kind", flat=True)) == set(ApplicantKind)


def test_what_can_happen_to_a_request_happens(county):
    kinds = set(CaseFact.objects.filter(request__body=county).values_list("kind", flat=True))
    assert kinds == {
        "submitted",
        "received",
        "clarification_notified",
        "clarification_received",
        "clarification_lapsed",
        "third_party_consulted",
        "third_party_answered",
        "co_author_consulted",
        "co_author_answered",
        "extended",
        "fee_notified",
        "fee_paid",
        "fee_lapsed",
        "reasons_requested",
        "reasons_given",
        "term_set",
        "term_ordered",
        "third_party_overridden",
        "split",
        "merged",
        "reopened",
        "withdrawn",
        "answered",
    }
    notices = FeeNotice.objects.filter(request__body=county)
    assert {notice.paid_on is None for notice in notices} == {True, False}


def test_every_route_and_result_of_disputes_occurs(county):
    disputes = Dispute.objects.filter(body=county)
    assert set(disputes.values_list("route", flat=True)) == set(Route)
    assert set(disputes.exclude(result="").values_list("result", flat=True)) == set(Result)
    assert disputes.filter(as_reviewing_organ=True).count() == 1


def test_the_co_defendant_s_case_is_not_counted(county):
    report = report_of_year(county, 2024).report
    assert [figure.value for figure in report.row(4, "after_review")] == [1, 0, 0, 1, 2]
    assert [figure.value for figure in report.row(4, "review")] == [2, 1, 1, 1, 5]


def test_requests_are_carried_over_from_year_to_year(county):
    carried = {
        year: tuple(
            report_of_year(county, year).report.value(3, row, "total")
            for row in ("carried_in", "carried_out")
        )
        for year in (2024, 2025)
    }
    assert carried == {2024: (1, 2), 2025: (2, 1)}


def test_2024_is_published_locked_and_passes_its_cross_checks(county):
    draft = report_of_year(county, 2024)
    assert draft.version.state == "published"
    assert YearLock.objects.filter(body=county, year=2024).exists()
    findings = check_draft(county, draft)
    assert [f.rule for f in findings if f.verdict is Verdict.FAIL] == []
    passed = {f.rule for f in findings if f.verdict is Verdict.PASS}
    assert {"R1", "R2", "R3", "R4"} <= passed


def test_2025_is_in_work_with_an_adjustment_that_the_checks_notice(county):
    draft = report_of_year(county, 2025)
    assert draft.version.state == "draft"
    assert draft.adjustments == {
        Cell(2, "normdoc", "in_force"): (11, "机构职能调整划入的1件规范性文件尚未录入系统，先行补计")
    }
    failed = [f for f in problems(check_draft(county, draft)) if f.verdict is Verdict.FAIL]
    assert ("R6", Severity.WARNING) in [(f.rule, f.severity) for f in failed]
    assert [f.rule for f in failed if f.severity is Severity.ERROR] == []


def test_open_requests_are_of_every_urgency(county, demonstration):
    requests = Request.objects.filter(body=county, closed_on=None, standing="").order_by(
        "registered_at", "pk"
    )
    waiting = {
        request.subject: (clock.state.value, clock.overdue)
        for request in requests
        if request.received_on and (clock := clock_of(request, as_of=demonstration))
    }
    assert waiting == {
        "农村学校供暖改造资金安排": ("running", True),
        "培训机构预收费监管账户名单": ("running", False),
        "特殊教育经费拨付情况": ("running", False),
        "新建初中学区划分方案": ("running", False),
        "体育场馆改造中标文件": ("suspended", False),
        "教师培训经费使用情况": ("awaiting_clarification", False),
        "2026年学校食堂承包招标结果": ("running", False),
        "2026年校车安全检查记录": ("running", False),
        "校园餐供应商名单": ("running", False),
    }
    assert requests.filter(received_on=None).count() == 1


def test_every_kind_of_letter_occurs_and_says_what_was_signed(county):
    letters = Letter.objects.filter(request__body=county)
    assert set(letters.values_list("kind", flat=True)) == set(KINDS)
    signed = letters.exclude(number="")
    assert [letter.number for letter in signed if not is_intact(letter)] == []
    assert set(letters.values_list("state", flat=True)) == {"draft", "in_review", "issued"}
    assert not Letter.objects.exclude(request__body=county).exists()


def test_letters_are_numbered_without_gaps(county):
    signed = Letter.objects.filter(request__body=county).exclude(number="")
    for year in (2024, 2025):
        numbers = signed.filter(number__contains=f"〔{year}〕").values_list("number", flat=True)
        serials = sorted(int(number.partition("第")[2].removesuffix("号")) for number in numbers)
        assert serials == list(range(1, len(serials) + 1))


def test_every_answer_is_reviewed_signed_by_another_and_served(county):
    answers = Letter.objects.filter(request__body=county).exclude(decision=None)
    assert (
        answers.filter(decision__replaced_by=None).count()
        == Request.objects.filter(body=county, closed_on__isnull=False, decisions__isnull=False)
        .distinct()
        .count()
    )
    for letter in answers.prefetch_related("opinions", "dispatches"):
        agreed = {one.stage for one in letter.opinions.all() if one.agrees}
        assert agreed == {"legal", "secrecy", "sign"}
        assert letter.made_by not in {one.given_by for one in letter.opinions.all()}
        assert letter.dispatches.all()[len(letter.dispatches.all()) - 1].received_on is not None


def test_reviewers_send_back_and_letters_come_back(county):
    assert Opinion.objects.filter(letter__request__body=county, agrees=False).count() == 2
    failed = Dispatch.objects.filter(letter__request__body=county, failed_on__isnull=False)
    assert {(one.method, one.letter.dispatches.count()) for one in failed} == {("post", 2), ("electronic", 2)}


def test_a_request_is_split_one_merged_three_answered_anew(county):
    requests = Request.objects.filter(body=county)
    split, merged = requests.get(standing="split"), requests.get(standing="merged")
    assert [part.number for part in split.parts.order_by("pk")] == [f"{split.number}-1", f"{split.number}-2"]
    assert merged.merged_into.subject == merged.subject
    anew = requests.filter(standing="redone").order_by("closed_on")
    assert [(one.subject, one.outcome) for one in anew] == [
        ("学区调整讨论会议记录", "partial"),
        ("2012年校舍安全工程竣工图", "granted"),
        ("教师职称评审会议纪要草稿", "partial"),
    ]


@pytest.mark.fonts
def test_what_is_withheld_is_gone_from_the_file_that_is_given(county, case_files, settings):
    settings.PRIVATE_ROOT = case_files
    redaction = Redaction.objects.get(request__body=county)
    assert (redaction.bases, redaction.result.for_applicant) == (["trade_secret", "privacy"], True)
    assert redaction.made_by != redaction.released_by
    text = "".join(page.text for page in pages(open_source(content_of(redaction.result), "result.pdf")))
    assert "同意通过评审" in text
    assert [word for expert in EXPERTS for word in (*expert[1:], COSTS[:8]) if word in text] == []


def test_there_is_work_on_the_desks(county):
    given = Assignment.objects.filter(request__body=county, ended_at=None)
    assert given.filter(claimed_at=None).count() == 1
    assert {task.done_at is None for task in Task.objects.filter(request__body=county)} == {True, False}
    reminded = Reminder.objects.filter(request__body=county, read_at=None).values_list("kind", flat=True)
    assert {"overdue", "due", "left_5", "unclaimed", "task_due"} <= set(reminded)


def test_the_printed_query_codes_open_their_cases(county, capsys):
    assert Access.objects.filter(request__body=county).count() == len(CODES)
    command.print_codes(8000)
    told = capsys.readouterr().out.splitlines()[1:]
    assert len(told) == len(CODES)
    for line in told:
        number, code, subject = line.split()
        assert open_case(body=county, number=number, code=code, at=timezone.now()).subject == subject


def test_everything_is_marked_as_a_demonstration(demonstration, db):
    assert Body.objects.count() == 4
    assert not Body.objects.filter(is_demo=False).exists()
    assert not Officer.objects.filter(is_demo=False).exists()


def test_there_is_an_account_for_every_role_and_it_opens(demonstration, db):
    assert {account.role for account in ACCOUNTS} == set(Role)
    officers = {officer.username: officer for officer in Officer.objects.all()}
    assert set(officers) == {account.username for account in ACCOUNTS}
    assert all(officer.check_password(PASSWORD) for officer in officers.values())


def test_building_again_builds_nothing(demonstration, db):
    before = (Document.objects.count(), Entry.objects.count())
    assert missing(demonstration) == []
    assert build(demonstration) == 0
    assert (Document.objects.count(), Entry.objects.count()) == before


def test_the_audit_chain_is_whole(demonstration, db):
    assert verify_chain() is None


def test_titles_are_used_once_a_year(demonstration, db):
    for slug, year in YEARS:
        published = Document.objects.filter(body__slug=slug, first_published_at__year=year)
        titles = list(published.values_list("title", flat=True))
        assert len(titles) == len(set(titles))


def test_documents_are_published_on_workdays_after_they_were_made(demonstration, db):
    calendar = official_calendar()
    published = Document.objects.exclude(first_published_at=None)
    days = {timezone.localdate(at) for at in published.values_list("first_published_at", flat=True)}
    assert [day for day in days if not calendar.is_workday(day)] == []
    assert not Document.objects.filter(first_published_at__date__lt=F("made_on")).exists()


def test_documents_say_what_they_are_about(demonstration, db):
    public = Document.objects.exclude(first_published_at=None)
    assert not public.filter(subject="").exists()
    assert not public.filter(genre="").exists()
    assert public.exclude(summary="").count() > public.count() * 0.95
    assert public.filter(keywords=[]).count() < public.count() / 2


def test_one_document_has_everything(county):
    paper = Document.objects.get(body=county, title__contains="学校招生入学工作的意见")
    first, second = paper.editions.order_by("number")
    assert (first.state, second.state) == ("superseded", "published")
    assert ("6月18日" in first.text, "6月18日" in second.text) == (True, False)
    endings = {name.rpartition(".")[2] for name in second.attachments.values_list("name", flat=True)}
    assert endings >= {"xlsx", "docx"}
    told = paper.interpretations.values_list("interpretation_form", flat=True)
    assert sorted(told) == sorted(InterpretationForm.values)
    assert paper.joint_issuers
    assert Document.objects.get(body=county, amended_on__isnull=False).validity(TODAY) == "amended"


def test_every_step_before_and_after_publication_is_somewhere(county):
    editions = Edition.objects.filter(document__body=county)
    assert set(editions.values_list("state", flat=True)) == set(EditionState.values)
    left = Departure.objects.filter(document__body=county)
    assert set(left.values_list("way", flat=True)) == set(LeavingWay.values)
    assert set(Document.objects.filter(body=county).values_list("attribute", flat=True)) == set(
        Attribute.values
    )
    assert Fault.objects.get(document__body=county, gone_at=None).code
    assert ImportJob.objects.get(body=county).state == "checked"
    assert HandOver.objects.filter(body=county).count() == 1


def test_deliveries_stand_in_every_state_but_one(county):
    """SENDING lasts a second, in a worker's hands."""
    found = Delivery.objects.filter(channel__body=county)
    assert set(found.values_list("state", flat=True)) == set(DeliveryState.values) - {"sending"}
    assert found.filter(channel__kind="newspaper", issue="").exclude(state="awaiting_hand").count() == 0
    assert found.filter(channel__kind="weibo", readers__isnull=False).count() == 0
    assert found.filter(channel__kind="weibo").exclude(reactions={}).exists()


def test_the_public_is_in_the_middle_of_it(county):
    calendar = official_calendar()
    stages = {stage_of(one, TODAY, calendar) for one in Consultation.objects.filter(body=county)}
    assert stages == {ConsultationStage.OPEN, ConsultationStage.CLOSED, ConsultationStage.ANSWERED}
    answered = Consultation.objects.get(body=county, title__contains="午餐")
    assert (answered.received, answered.groups.count()) == (7, 3)
    assert Concern.objects.filter(body=county, answered_at=None, severity="grave").count() == 1
    subscriptions = Subscription.objects.all()
    assert {one.confirmed_at is None for one in subscriptions} == {True, False}
    assert set(subscriptions.values_list("about", flat=True)) == set(About.values)


def test_index_numbers_have_no_gaps(demonstration, db):
    for year in (2019, 2020):
        found = Document.objects.filter(body__slug=SEED, index_number__contains=f"/{year}-")
        serials = sorted(
            int(number.rpartition("-")[2]) for number in found.values_list("index_number", flat=True)
        )
        assert serials == list(range(1, len(serials) + 1))


def test_interpretations_come_within_three_workdays_of_their_document(demonstration, db):
    calendar = official_calendar()
    rows = Document.objects.filter(kind="interpretation").select_related("interprets")
    assert rows.count() > 40
    for row in rows:
        first, last = (timezone.localdate(one.first_published_at) for one in (row.interprets, row))
        assert row.first_published_at > row.interprets.first_published_at
        assert calendar.workdays_between(first, last).number <= INTERPRETED_WITHIN


def test_every_text_is_clean_html_of_some_length(demonstration, db):
    texts = Edition.objects.values_list("text", flat=True)
    assert min(map(len, texts)) > 60
    assert not Edition.objects.filter(text__contains="{").exists()


def test_nothing_was_answered_late(demonstration, db):
    for slug, year in YEARS:
        assert closed_late(Body.objects.get(slug=slug), year) == []


def test_enrolment_is_a_matter_of_the_summer(demonstration, db):
    results = Document.objects.filter(
        item__name="招生结果", first_published_at__gte=dt.datetime(2019, 1, 1, tzinfo=dt.UTC)
    )
    assert {timezone.localtime(at).month for at in results.values_list("first_published_at", flat=True)} <= {
        7,
        8,
    }


def test_it_reuses_prints_and_writes(demonstration, db, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: demonstration)
    assert command.build() == 0
    assert capsys.readouterr().out == "演示数据已经建立，直接使用。\n"


def test_the_report_s_files_and_figures(demonstration, db, tmp_path, capsys):
    assert command.report(tmp_path / "out") == 0
    told = capsys.readouterr().out
    assert "采购项目数量 51　采购总金额 1120.5439万元" in told
    assert "结论：没有发现问题。" in told
    name = "济源示范区教育体育局2020年政府信息公开工作年度报告"
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written >= {f"{name}.{ending}" for ending in ("html", "docx", "xlsx", "json", "csv")}
