"""Computing one report over a million requests and a million documents, on SQLite or PostgreSQL.

    python benchmarks/bench_compute.py [--rows 1000000]            # SQLite, a temporary file
    DATABASE_URL=postgres://… python benchmarks/bench_compute.py   # an empty PostgreSQL database

Prints the seconds of the whole computation (median of five), the seconds of one raw scan of the requests in the
same run, their ratio, the number of queries and the plan of every query that takes more than a tenth of the time.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

BODY_YEARS = (2020, 2021, 2022, 2023, 2024)
YEAR = 2023
RUNS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    rows = parser.parse_args().rows
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ.update(DJANGO_SETTINGS_MODULE="gongkai.config.settings", GONGKAI_MODE="test")
        measure(rows)


def measure(rows: int) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from gongkai.organisations.models import Body
    from gongkai.reports.compute.figures import compute_figures

    call_command("migrate", verbosity=0)
    body = Body.objects.create(name="压力测试局", slug="bench", kind="department", tier="city", path="/bench/")
    fill(connection, body.pk, rows)
    whole = median(lambda: compute_figures(body, YEAR))
    plain = median(lambda: scalar(connection, "SELECT sum(length(outcome)) FROM foi_request"))
    with CaptureQueriesContext(connection) as captured:
        compute_figures(body, YEAR)
    print(f"database            {connection.vendor}")
    print(f"requests, documents {rows:,} each, over {len(BODY_YEARS)} years, one body")
    print(f"compute the report  {whole:.3f} s in {len(captured)} queries (median of {RUNS})")
    print(f"one raw table scan  {plain:.3f} s over the requests; ratio {whole / plain:.1f}")
    for query in captured.captured_queries:
        if float(query["time"]) > whole / 10:
            show_plan(connection, query)


def fill(connection, body: int, rows: int) -> None:
    """Rows made by the database itself: dates over five years, half a year's carry-over, every outcome and column."""
    from gongkai.foi.enums import ApplicantKind
    from gongkai.law.outcomes import OUTCOMES

    postgres = connection.vendor == "postgresql"
    outcomes, kinds = sorted(OUTCOMES), list(ApplicantKind.values)
    series = f"generate_series(0, {rows - 1}) AS s(n)" if postgres else "s"
    head = "" if postgres else f"WITH RECURSIVE s(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM s WHERE n < {rows - 1}) "
    day = "DATE '2020-01-01' + (n % 1827)" if postgres else "date('2020-01-01', '+' || (n % 1827) || ' days')"
    later = (
        "DATE '2020-01-01' + (n % 1827) + 1 + (n % 30)"
        if postgres
        else "date('2020-01-01', '+' || (n % 1827 + 1 + n % 30) || ' days')"
    )
    moment = f"({day})::timestamp" if postgres else f"({day}) || ' 04:00:00'"
    case_outcome = "CASE n % {n} {whens} END".format(
        n=len(outcomes), whens=" ".join(f"WHEN {i} THEN '{key}'" for i, key in enumerate(outcomes))
    )
    case_kind = "CASE n % {n} {whens} END".format(
        n=len(kinds), whens=" ".join(f"WHEN {i} THEN '{key}'" for i, key in enumerate(kinds))
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO foi_applicant (body_id, kind, name, name_index, identity_number, identity_index, phone,"
            f" address, email) VALUES ({body}, 'natural', '', '', '', '', '', '', '')"
        )
        applicant = scalar(connection, "SELECT max(id) FROM foi_applicant")
        cursor.execute(
            f"INSERT INTO foi_request (body_id, number, applicant_id, applicant_kind, channel, subject, description,"
            f" wanted_form, registered_at, received_on, closed_on, outcome) {head}"
            f" SELECT {body}, 'B' || n, {applicant}, {case_kind}, 'online', '压力测试' || n, '', '', {moment}, {day},"
            f" CASE WHEN n % 100 = 0 THEN NULL ELSE {later} END,"
            f" CASE WHEN n % 100 = 0 THEN '' ELSE {case_outcome} END FROM {series}"
        )
        cursor.execute(
            f"INSERT INTO disclosure_document (body_id, index_number, title, document_number, kind, attribute, made_on,"
            f" first_published_at, ended_how, ended_basis) {head}"
            f" SELECT {body}, 'B' || n, '文件' || n, '', CASE WHEN n % 50 = 0 THEN 'normative' ELSE 'news' END,"
            f" 'proactive', {day}, {moment}, '', '' FROM {series}"
        )
        cursor.execute("ANALYZE")


def scalar(connection, sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def median(work) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def show_plan(connection, query) -> None:
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    print(f"\n{query['time']} s  {query['sql'][:160]}…")
    with connection.cursor() as cursor:
        cursor.execute(explain + query["sql"])
        for row in cursor.fetchall():
            print("   ", row[-1])


if __name__ == "__main__":
    main()
