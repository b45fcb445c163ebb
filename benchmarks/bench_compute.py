"""Computing one report over a million requests and a million documents, on SQLite or PostgreSQL.

    python benchmarks/bench_compute.py [--rows 1000000]            # SQLite, a temporary file
    DATABASE_URL=postgres://… python benchmarks/bench_compute.py   # an empty PostgreSQL database

All rows are of one body, over five years, each document delivered on a channel. Prints the seconds of the figures
alone and of the whole report with its prose (median of five), the seconds of one raw scan of the requests in the same
run, the ratios, the number of queries, and the plan of every query that takes more than a tenth of the whole.
"""

from __future__ import annotations

import argparse
import json
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
    from gongkai.channels.models import Channel, Delivery
    from gongkai.disclosure.models import Document, Edition
    from gongkai.foi.enums import ApplicantKind
    from gongkai.foi.models import Applicant, Request
    from gongkai.law.outcomes import OUTCOMES

    applicant = Applicant.objects.create(body_id=body, kind="natural", name="某")
    channel = Channel.objects.create(body_id=body, kind="website", name="网站")
    sql = Dialect(connection.vendor, rows)
    day, later = sql.day("0"), sql.day("1 + n % 30")
    request = {
        "body_id": body,
        "number": "'B' || n",
        "applicant_id": applicant.pk,
        "applicant_kind": sql.cycle(ApplicantKind.values),
        "channel": "'online'",
        "subject": "'测试' || n",
        "registered_at": sql.noon(day),
        "received_on": day,
        "closed_on": f"CASE WHEN n % 100 = 0 THEN NULL ELSE {later} END",
        "outcome": f"CASE WHEN n % 100 = 0 THEN '' ELSE {sql.cycle(sorted(OUTCOMES))} END",
    }
    document = {
        "body_id": body,
        "index_number": "'B' || n",
        "title": "'文件' || n",
        "kind": "CASE WHEN n % 50 = 0 THEN 'normative' ELSE 'news' END",
        "made_on": day,
        "first_published_at": sql.noon(day),
    }
    moment = "first_published_at"
    edition = {
        "document_id": "id",
        "title": "title",
        "state": "'published'",
        "created_at": moment,
        "published_at": moment,
    }
    delivery = {
        "channel_id": channel.pk,
        "edition_id": "id",
        "state": "'published'",
        "delivered_at": "published_at",
    }
    with connection.cursor() as cursor:
        cursor.execute(insert(Request, request, sql.series, sql.head))
        cursor.execute(insert(Document, document, sql.series, sql.head))
        cursor.execute(insert(Edition, edition, "disclosure_document"))
        cursor.execute(insert(Delivery, delivery, "disclosure_edition"))
        cursor.execute("ANALYZE")


def insert(model: Any, values: dict[str, object], source: str, head: str = "") -> str:
    """The statement that makes rows of a model; what is not given gets the field's own default."""
    for field in model._meta.concrete_fields:
        if not field.primary_key and field.column not in values and not field.null:
            default = field.get_default()
            if isinstance(default, list | dict):
                default = json.dumps(default)
            values[field.column] = default if isinstance(default, int) else f"'{default or ''}'"
    columns, expressions = ", ".join(values), ", ".join(str(value) for value in values.values())
    return f"INSERT INTO {model._meta.db_table} ({columns}) {head} SELECT {expressions} FROM {source}"


class Dialect:
    """How each database counts and adds days."""

    def __init__(self, vendor: str, rows: int) -> None:
        """Remember which one it is."""
        self.postgres = vendor == "postgresql"
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
