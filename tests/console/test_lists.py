"""Lists and their exports: what they hold, how they are narrowed, what they cost."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.console.conftest import client_for, fill
from tests.factories import at, close, day, make_body, make_handler, make_post, make_request

from gongkai.audit.models import Entry
from gongkai.console.export import ROW_LIMIT, workbook
from gongkai.console.forms.filters import DUE_SOON, LATE_CLOSED, LATE_OPEN
from gongkai.console.records import Column
from gongkai.console.views import (
    accounts,
    administration,
    channels,
    concerns,
    consultations,
    deliveries,
    disputes,
    documents,
    faq,
    ledgers,
    log,
    mailbox,
    opinions,
    requests,
)
from gongkai.core.actors import SYSTEM
from gongkai.ledgers.acts import list_matter
from gongkai.ledgers.models import Matter
from gongkai.organisations.acts import end_post

pytestmark = pytest.mark.django_db

RECORDS = (
    *requests.LISTS,
    *disputes.LISTS,
    *documents.LISTS,
    *deliveries.LISTS,
    *channels.LISTS,
    consultations.CONSULTATIONS,
    opinions.COMMENTS,
    concerns.CONCERNS,
    faq.FAQ,
    mailbox.MAILBOX,
    *ledgers.LISTS,
)
ALL = (*RECORDS, administration.BODIES, accounts.ACCOUNTS, log.LOG)


def names(specs):
    return [spec.name for spec in specs]


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def one_more_bureau(county):
    bureau = make_body(parent=county, credit_code=f"1199990{make_body().pk:05d}MB0000"[:18])
    fill(bureau)
    return bureau


@pytest.mark.parametrize("spec", ALL, ids=names(ALL))
def test_a_list_costs_the_same_with_more_rows(spec, county, bureau, elsewhere):
    supervisor = client_for(make_handler(county, "supervisor"))
    fill(bureau)
    address = reverse(f"console:{spec.name}")
    export = reverse(f"console:{spec.name}_export")
    supervisor.get(address)
    before = queries(supervisor, address), queries(supervisor, export)
    one_more_bureau(county)
    one_more_bureau(county)
    assert (queries(supervisor, address), queries(supervisor, export)) == before


def exported(client, name, **filters):
    answer = client.get(reverse(f"console:{name}_export"), filters)
    assert answer.status_code == 200
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


@pytest.mark.parametrize("spec", RECORDS, ids=names(RECORDS))
def test_an_export_holds_what_the_list_holds(spec, as_, records):
    client = as_("reader")
    number = client.get(reverse(f"console:{spec.name}")).context["page"].paginator.count
    rows = exported(client, spec.name)
    assert rows[0] == tuple(column.label for column in spec.columns)
    assert len(rows) - 1 == number > 0
    assert exported(as_("stranger"), spec.name) == [rows[0]]


def test_an_export_is_recorded_with_its_filters(as_, records, officers):
    exported(as_("reader"), "requests", state="closed", year="2024", page="1")
    entry = Entry.objects.order_by("sequence").last()
    assert (entry.verb, entry.actor_id) == ("console.export", officers["reader"].pk)
    assert entry.detail == {"list": "requests", "filters": {"state": "closed", "year": "2024"}, "rows": 1}


def test_names_of_applicants_are_masked_in_lists_and_exports(as_, records):
    page = as_("handler").get(reverse("console:requests")).content.decode()
    assert "张三" not in page
    assert {row[2] for row in exported(as_("handler"), "requests")[1:]} == {"张*"}


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x","y")', "http://example.org", "007"]
)
def test_what_looks_like_a_formula_is_written_as_text(as_, bureau, text):
    list_matter(body=bureau, kind="licence", name=text, since=dt.date(2024, 1, 1), actor=SYSTEM)
    answer = as_("reader").get(reverse("console:matters_export"))
    cell = load_workbook(io.BytesIO(answer.content)).active["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_numbers_days_and_moments_keep_their_kind():
    row = {
        "n": 3,
        "d": dt.date(2024, 5, 1),
        "m": at(2024, 5, 1, 9, 30),
        "x": None,
    }
    columns = [Column(name, lambda row, name=name: row[name]) for name in row]
    content = workbook(ledgers.MATTERS, [row], columns)
    cells = next(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert [cell.value for cell in cells[:3]] == [
        3,
        at(2024, 5, 1, 0).replace(tzinfo=None),
        at(2024, 5, 1, 9, 30).replace(tzinfo=None),
    ]


def test_an_export_larger_than_a_person_reads_is_refused(as_, records, monkeypatch):
    monkeypatch.setattr("gongkai.console.pages.ROW_LIMIT", 1)
    answer = as_("reader").get(reverse("console:requests_export"), follow=True)
    assert answer.redirect_chain[0][0].startswith(reverse("console:requests"))
    assert "请先筛选再导出" in answer.content.decode()
    assert ROW_LIMIT == 100_000


@pytest.mark.parametrize("year", ["99999", "abc", "-1", "2024.5"])
def test_a_filter_nobody_understands_shows_nothing_and_says_why(as_, records, year):
    client = as_("reader")
    page = client.get(reverse("console:requests"), {"year": year})
    assert page.context["page"].paginator.count == 0
    assert "year" in page.context["form"].errors
    assert client.get(reverse("console:requests_export"), {"year": year}).status_code == 302


def numbers(client, **filters):
    rows = client.get(reverse("console:requests"), filters).context["page"]
    return {row.number for row in rows}


def test_requests_are_found_by_state_year_words_and_outcome(as_, bureau):
    waiting = make_request(bureau, submitted_on=dt.date(2024, 3, 1), subject="学区划分方案")
    closed = make_request(bureau, submitted_on=dt.date(2023, 12, 20))
    close(closed, outcome="partial", served_on=dt.date(2024, 1, 5))
    unreceived = make_request(bureau, channel="registered_mail", received=False)
    client = as_("reader")
    assert numbers(client) == {waiting.number, closed.number, unreceived.number}
    assert numbers(client, state="open") == {waiting.number, unreceived.number}
    assert numbers(client, state="unreceived") == {unreceived.number}
    assert numbers(client, state="closed") == {closed.number}
    assert numbers(client, year="2023") == {closed.number}
    assert numbers(client, closed_year="2024") == {closed.number}
    assert numbers(client, outcome="partial") == {closed.number}
    assert numbers(client, outcome="granted") == set()
    assert numbers(client, q="学区") == {waiting.number}
    assert numbers(client, kind="business") == set()


def test_requests_are_found_by_how_the_term_stands(as_, bureau):
    today = timezone.localdate()
    late = make_request(bureau, submitted_on=today - dt.timedelta(days=60))
    fresh = make_request(bureau, submitted_on=today)
    soon = make_request(bureau, submitted_on=today - dt.timedelta(days=24))
    slow = make_request(bureau, submitted_on=dt.date(2024, 3, 1))
    close(slow, served_on=dt.date(2024, 6, 3))
    quick = make_request(bureau, submitted_on=dt.date(2024, 3, 1))
    close(quick)
    client = as_("reader")
    assert numbers(client, timing=LATE_OPEN) == {late.number}
    assert numbers(client, timing=LATE_CLOSED) == {slow.number}
    due_soon = numbers(client, timing=DUE_SOON)
    assert due_soon <= {soon.number, late.number}
    assert late.number not in due_soon
    assert fresh.number not in due_soon


def test_documents_are_found_by_kind_channel_and_state(as_, records):
    client = as_("reader")

    def count(**filters):
        return client.get(reverse("console:documents"), filters).context["page"].paginator.count

    assert [count(kind="normative"), count(kind="rule")] == [1, 0]
    assert [count(state="online"), count(state="unpublished"), count(state="ended")] == [1, 0, 0]
    assert count(channel=records.channel.pk) == 1
    assert [count(year=timezone.localdate().year), count(year="2020")] == [1, 0]
    assert [count(q="招生"), count(q=records.document.index_number), count(q="无")] == [1, 1, 0]


def test_another_bodys_channel_is_no_choice(as_, records):
    page = as_("stranger").get(reverse("console:documents"), {"channel": records.channel.pk})
    assert "channel" in page.context["form"].errors


def test_who_sees_several_bodies_may_choose_one(as_, county, bureau, elsewhere, records):
    page = as_("county_supervisor").get(reverse("console:requests"))
    assert list(page.context["form"].fields["body"].queryset) == [county, bureau, elsewhere]
    assert page.context["columns"][-1].label == "机关"
    narrowed = as_("county_supervisor").get(reverse("console:requests"), {"body": elsewhere.pk})
    assert narrowed.context["page"].paginator.count == 0
    assert "body" not in as_("reader").get(reverse("console:requests")).context["form"].fields


def test_a_bodys_name_is_typed_where_there_are_too_many_to_choose_from(as_, records, monkeypatch):
    monkeypatch.setattr("gongkai.console.forms.filters.MOST_BODIES", 1)
    client = as_("county_supervisor")
    assert client.get(reverse("console:requests"), {"body": "教育"}).context["page"].paginator.count == 2
    assert client.get(reverse("console:requests"), {"body": "卫生"}).context["page"].paginator.count == 0


def test_what_is_on_a_list_is_gone_when_the_post_has_ended(bureau, records):
    post = make_post(body=bureau, role="reader")
    client = client_for(post.officer)
    assert client.get(reverse("console:matters")).context["page"].paginator.count == Matter.objects.count()
    end_post(post=post, until=day("2020-01-01"), actor=SYSTEM)
    assert client.get(reverse("console:matters")).context["page"].paginator.count == 0
    assert client.get(reverse("console:matter", args=[records.matter.pk])).status_code == 404


def test_a_list_has_pages_and_keeps_its_filters(as_, bureau):
    for number in range(31):
        list_matter(
            body=bureau, kind="licence", name=f"事项{number:02}", since=dt.date(2024, 1, 1), actor=SYSTEM
        )
    page = as_("reader").get(reverse("console:matters"), {"kind": "licence", "page": "2"})
    assert len(page.context["lines"]) == 1
    assert "kind=licence&amp;page=1" in page.content.decode()
    assert as_("reader").get(reverse("console:matters"), {"page": "99"}).context["page"].number == 2
