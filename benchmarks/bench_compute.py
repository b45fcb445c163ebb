"""Computing one report over a million requests and a million documents, on SQLite or PostgreSQL.

    python benchmarks/bench_compute.py [--rows 1000000]            # SQLite, a temporary file
    DATABASE_URL=postgres://… python benchmarks/bench_compute.py   # an empty PostgreSQL database

All rows are of one body, over five years, each document delivered on a channel. Prints the seconds of the figures
alone and of the whole report with its prose (median of five), the seconds of one raw scan of the requests in the same
run, the ratios, the number of queries, and the plan of every query that takes more than a tenth of the whole.
"""

from __future__ import annotations

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

YEAR = 2023
DAYS = 5 * 365 + 2  # 2020-01-01 to 2024-12-31
RUNS = 5
SECTION_WIDTH = 160


def main() -> None:
    """Set up a database, fill it, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ.update(DJANGO_SETTINGS_MODULE="gongkai.config.settings", GONGKAI_MODE="test")
        measure(rows)


def measure(rows: int) -> None:
    """Everything that is printed."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gongkai.organisations.models import Body
    from gongkai.reports.compute.figures import compute_figures
    from gongkai.reports.drafting import report_of_year

    call_command("migrate", verbosity=0)
    body = Body.objects.create(name="测试局", slug="bench", kind="department", tier="city", path="/bench/")
    fill(connection, body.pk, rows)
    figures = median(lambda: compute_figures(body, YEAR))
    whole = median(lambda: report_of_year(body, YEAR))
    scan = median(lambda: scalar(connection, "SELECT sum(length(outcome)) FROM foi_request"))
    with CaptureQueriesContext(connection) as captured:
        report_of_year(body, YEAR)
    print(f"database                {connection.vendor}")
    print(f"requests and documents  {rows:,} each, one body, five years")
    print(f"figures of a report     {figures:.3f} s (median of {RUNS}); {figures / scan:.1f} raw scans")
    print(f"whole report with prose {whole:.3f} s in {len(captured)} queries; {whole / scan:.1f} raw scans")
    print(f"one raw scan            {scan:.3f} s over the requests")
    for query in captured.captured_queries:
        if float(query["time"]) > whole / 10:
            show_plan(connection, query)


def fill(connection: Any, body: int, rows: int) -> None:
    """Rows made by the database itself: every outcome and column, one request in a hundred open."""
    from gongkai.foi.enums import ApplicantKind
    from gongkai.law.outcomes import OUTCOMES

    sql = Dialect(connection.vendor, rows)
    outcome, kind = sql.cycle(sorted(OUTCOMES)), sql.cycle(ApplicantKind.values)
    day, later = sql.day("0"), sql.day("1 + n % 30")
    run = [
        "INSERT INTO foi_applicant (body_id, kind, name, name_index, identity_number, identity_index, phone,"
        f" address, email) VALUES ({body}, 'natural', '', '', '', '', '', '', '')",
        f"INSERT INTO foi_request (body_id, number, applicant_id, applicant_kind, channel, subject, description,"
        f" wanted_form, wanted_delivery, special_needs, agent_name, agent_phone, registered_at, received_on,"
        f" closed_on, outcome) {sql.head} SELECT {body}, 'B' || n, (SELECT max(id) FROM foi_applicant), {kind},"
        f" 'online', '测试' || n, '', '', '', '', '', '', {sql.noon(day)}, {day},"
        f" CASE WHEN n % 100 = 0 THEN NULL ELSE {later} END, CASE WHEN n % 100 = 0 THEN '' ELSE {outcome} END"
        f" FROM {sql.series}",
        f"INSERT INTO disclosure_document (body_id, index_number, title, document_number, kind, attribute,"
        f" made_on, first_published_at, ended_how, ended_basis) {sql.head} SELECT {body}, 'B' || n, '文件' || n,"
        f" '', CASE WHEN n % 50 = 0 THEN 'normative' ELSE 'news' END, 'proactive', {day}, {sql.noon(day)}, '', ''"
        f" FROM {sql.series}",
        "INSERT INTO disclosure_edition (document_id, number, title, text, state, created_at, published_at, reason)"
        " SELECT id, 1, title, '', 'published', first_published_at, first_published_at, '' FROM disclosure_document",
        f"INSERT INTO channels_channel (body_id, kind, name, address, is_active)"
        f" VALUES ({body}, 'website', '网站', '', {sql.true})",
        "INSERT INTO channels_delivery (channel_id, edition_id, state, delivered_at, address, external_id, issue,"
        " page, error) SELECT (SELECT max(id) FROM channels_channel), id, 'published', published_at, '', '', '', '',"
        " '' FROM disclosure_edition",
        "ANALYZE",
    ]
    with connection.cursor() as cursor:
        for statement in run:
            cursor.execute(statement)


class Dialect:
    """How each database counts and adds days."""

    def __init__(self, vendor: str, rows: int) -> None:
        """Remember which one it is."""
        self.postgres = vendor == "postgresql"
        self.true = "TRUE" if self.postgres else "1"
        last = rows - 1
        self.series = f"generate_series(0, {last}) AS s(n)" if self.postgres else "s"
        counting = f"WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {last})"
        self.head = "" if self.postgres else counting

    def day(self, plus: str) -> str:
        """A day of the five years that depends on the row, and so many days more."""
        if self.postgres:
            return f"DATE '2020-01-01' + (n % {DAYS}) + {plus}"
        return f"date('2020-01-01', '+' || (n % {DAYS} + {plus}) || ' days')"

    def noon(self, day: str) -> str:
        """A moment of that day."""
        return f"({day})::timestamp" if self.postgres else f"({day}) || ' 04:00:00'"

    def cycle(self, values: Iterable[str]) -> str:
        """One value after the other."""
        chosen = list(values)
        cases = " ".join(f"WHEN {index} THEN '{value}'" for index, value in enumerate(chosen))
        return f"CASE n % {len(chosen)} {cases} END"


def scalar(connection: Any, sql: str) -> Any:
    """The one value of a query."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def median(work: Callable[[], object]) -> float:
    """Seconds of the middle run."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def show_plan(connection: Any, query: dict[str, str]) -> None:
    """What the database does for a query."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    print(f"\n{query['time']} s  {query['sql'][:SECTION_WIDTH]}…")
    with connection.cursor() as cursor:
        cursor.execute(explain + query["sql"])
        for row in cursor.fetchall():
            print("   ", row[-1])


if __name__ == "__main__":
    main()
