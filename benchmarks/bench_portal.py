"""Requests a second of the public site beside a trivial view of Django, under the same server in the same run.

    python benchmarks/bench_portal.py [--documents 20000] [--bodies 50] [--seconds 4]
    DATABASE_URL=postgres://… python benchmarks/bench_portal.py     # an empty PostgreSQL database

The site runs under granian with two workers, as `gongkai serve` starts it. The trivial view answers "ok" and stands
in a Django project with the middleware that `startproject` writes; a second one has no middleware at all. Each page
is asked for by eight clients at once: remembered (the page cache as it comes) and anew: every time another document or
another stretch of the list, and where there is only one page of its kind an address never asked for before. Also
printed: SQL queries and bytes of each page.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import itertools
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

CLIENTS = 8
WORKERS = 2
START_SECONDS = 60
DAYS = 5 * 365 + 2
OTHERS = 20_000  # pages of one kind asked for at most, before they come round again
WARM = 2_000  # pages before measuring: a worker that has run for a while has the frames
LISTS = ("list", "list of a body", "policy library")
TRIVIAL = """
import os
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
settings.configure(
    SECRET_KEY="x" * 50,
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions",
                    "django.contrib.messages"],
    MIDDLEWARE=MIDDLEWARE if os.environ["BENCH_MIDDLEWARE"] == "1" else [],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
)
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""


def main() -> None:
    """Fill a database, start the servers, measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--bodies", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=4.0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ.update(
            DJANGO_SETTINGS_MODULE="gongkai.config.settings", GONGKAI_MODE="demo", GONGKAI_DATA_DIR=folder
        )
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        fill(args.documents, args.bodies)
        pages = addresses()
        looks = {name: asked(path) for name, path in pages.items()}
        rates = measure(Path(folder), pages, others(pages), args.seconds)
    show(args.documents, looks, rates)


def fill(documents: int, bodies: int) -> None:
    """Bodies, documents with a text of some 600 characters and reports, made by the database itself."""
    from bench_compute import Dialect, insert
    from django.db import connection

    from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue
    from gongkai.core.actors import SYSTEM
    from gongkai.disclosure.enums import DocumentKind, Subject
    from gongkai.disclosure.models import Document, Edition
    from gongkai.organisations.models import Body

    Body.objects.bulk_create(
        Body(name=f"测试局{n}", slug=f"b{n}", kind="department", tier="county", path=f"/b{n:05}/")
        for n in range(bodies)
    )
    keys = list(Body.objects.order_by("pk").values_list("pk", flat=True))
    first = Body.objects.get(pk=keys[0])
    reference = load_reference_catalogue()
    import datetime as dt

    adopt_catalogue(body=first, catalogue=reference, actor=SYSTEM, adopted_on=dt.date(2024, 1, 1))
    sql = Dialect(connection.vendor, documents)
    day = sql.day("0")
    kinds = [*DocumentKind.values, "news", "news", "notice", "notice", "notice"]
    document = {
        "body_id": f"{keys[0]} + n % {bodies}",
        "index_number": "'B' || n",
        "title": "'关于做好第' || n || '号事项有关工作的通知'",
        "document_number": "'测〔2023〕' || n || '号'",
        "kind": sql.cycle(kinds),
        "subject": sql.cycle(Subject.values),
        "attribute": "'proactive'",
        "made_on": day,
        "first_published_at": sql.noon(day),
        "keywords": "'[]'",
        "joint_issuers": "'[]'",
    }
    text = "".join(
        f"<p>{'各单位要高度重视，明确责任，按时完成，并将情况报送办公室。' * 4}</p>" for _ in range(5)
    )
    edition = {
        "document_id": "id",
        "title": "title",
        "text": f"'{text}'",
        "state": "'published'",
        "created_at": "first_published_at",
        "published_at": "first_published_at",
    }
    with connection.cursor() as cursor:
        cursor.execute(insert(Document, document, sql.series, sql.head))
        cursor.execute(insert(Edition, edition, "disclosure_document"))
        cursor.execute("ANALYZE")
    reports(first)


def reports(body: Any) -> None:
    """Three published annual reports of a body."""
    import datetime as dt

    from django.utils import timezone

    from gongkai.reports.drafting import report_of_year
    from gongkai.reports.freeze import to_frozen
    from gongkai.reports.models import AnnualReport, Version
    from gongkai.reports.writing.canonical import digest

    for year in (2021, 2022, 2023):
        report = report_of_year(body, year).report
        moment = timezone.make_aware(dt.datetime(year + 1, 1, 20))  # noqa: DTZ001 - made aware
        Version.objects.create(
            report=AnnualReport.objects.create(body=body, year=year),
            state="published",
            created_at=moment,
            published_at=moment,
            frozen=to_frozen(report, {}),
            digest=digest(report),
        )


def addresses() -> dict[str, str]:
    """The pages that are measured."""
    from gongkai.disclosure.models import Document

    middle = Document.objects.filter(kind="policy").order_by("pk")[10]
    found = {
        "home": "/",
        "list": "/documents/",
        "list of a body": "/bodies/b0/documents/",
        "policy library": "/policies/",
        "detail": middle.public_path,
        "report": "/bodies/b0/reports/2023/",
        "statutory": "/bodies/b0/statutory/",
    }
    from django.urls import reverse

    found["search"] = reverse("portal:search") + "?q=" + "%E4%BA%8B%E9%A1%B9"
    return found


def others(pages: dict[str, str]) -> dict[str, list[str]]:
    """For a document and the lists: pages of the same kind, spread over the whole site, each of them once."""
    from gongkai.disclosure.models import Document
    from gongkai.portal.listing import COLUMNS, Row, mark

    every = Document.objects.order_by("pk")
    first, last = every.values_list("pk", flat=True)[0], every.values_list("pk", flat=True).last() or 0
    step = next(one for one in (7919, 7907, 7901, 1) if (last - first + 1) % one)  # meets each key once
    keys = [first + place * step % (last - first + 1) for place in range(min(OTHERS, last - first + 1))]
    rows: list[str] = []
    for start in range(0, len(keys), 500):
        found = Document.objects.filter(pk__in=keys[start : start + 500]).values_list(*COLUMNS)
        rows += [mark(Row._make(one)) for one in found]
    return {
        "detail": [f"/documents/{key}/" for key in keys],
        **{name: [f"{pages[name]}?after={one}" for one in rows] for name in LISTS},
    }


def asked(path: str) -> tuple[int, int, int]:
    """Queries of a page made anew, its bytes, and its bytes compressed."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from gongkai.portal.caching import shelf

    client = Client(headers={"host": "127.0.0.1"})
    client.get(path)  # what a running worker has: the frame
    shelf.clear()
    with CaptureQueriesContext(connection) as captured:
        content = client.get(path).content
    return len(captured), len(content), len(gzip.compress(content))


def measure(
    folder: Path, pages: dict[str, str], more: dict[str, list[str]], seconds: float
) -> dict[str, tuple[float, float, float]]:
    """Requests a second, p50 and p99 in milliseconds by the name of what was asked."""
    (folder / "trivial.py").write_text(TRIVIAL)
    rates: dict[str, tuple[float, float, float]] = {}
    for name, flag in (("bare trivial view", "0"), ("trivial view", "1")):
        with Server("trivial:application", {"PYTHONPATH": str(folder), "BENCH_MIDDLEWARE": flag}) as port:
            rates[name] = rate(port, ["/"], seconds)
    with Server("gongkai.config.wsgi:application", {}) as port:
        for name, path in pages.items():
            mark = "&" if "?" in path else "?"
            anew = more.get(name) or [f"{path}{mark}fresh={number}" for number in range(OTHERS)]
            rates[f"{name}, remembered"] = rate(port, [path], seconds)
            rates[f"{name}, made anew"] = rate(port, anew, seconds)
    return rates


class Server:
    """A granian with two workers on a free port."""

    def __init__(self, application: str, environment: dict[str, str]) -> None:
        """Remember what to serve."""
        self.application, self.environment = application, environment

    def __enter__(self) -> int:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = int(probe.getsockname()[1])
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
        ]
        command += ["--workers", str(WORKERS), "--blocking-threads", "4", "--no-ws", "--log-level", "error"]
        environment = {**os.environ, **self.environment}
        self.process = subprocess.Popen([*command, self.application], env=environment)  # noqa: S603
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
                connection.request("GET", "/")
                if connection.getresponse().status == 200:  # noqa: PLR2004
                    return port
            except OSError:
                time.sleep(0.2)
        self.__exit__()
        raise RuntimeError(self.application)

    def __exit__(self, *_: object) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


class Client:
    """A kept connection that reads no more of an answer than it must: what the client costs is measured with the server."""

    def __init__(self, port: int) -> None:
        """Connect."""
        self._line = socket.create_connection(("127.0.0.1", port), timeout=60)

    def get(self, address: str) -> None:
        """Ask and read to the end. Raises ``RuntimeError`` for anything but 200."""
        self._line.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = b""
        while (end := answer.find(b"\r\n\r\n")) < 0:
            answer += self._more()
        head = answer[:end].lower()
        if not head.startswith(b"http/1.1 200"):
            raise RuntimeError(f"{address}: {head[:40]!r}")
        size = int(head.partition(b"content-length:")[2].partition(b"\r\n")[0])
        missing = end + 4 + size - len(answer)
        while missing > 0:
            missing -= len(self._more())

    def _more(self) -> bytes:
        piece = self._line.recv(65536)
        if not piece:
            raise RuntimeError("the server hung up")
        return piece


def rate(port: int, paths: list[str], seconds: float) -> tuple[float, float, float]:
    """Eight clients at once over kept connections, each address in its turn."""
    turns = itertools.cycle(paths)
    times: list[list[float]] = [[] for _ in range(CLIENTS)]
    begin = threading.Barrier(CLIENTS + 1)
    stop = time.monotonic() + 3600.0

    def work(mine: list[float]) -> None:
        client = Client(port)
        begin.wait()
        while time.monotonic() < stop:
            address = next(turns)
            start = time.perf_counter()
            client.get(address)
            mine.append((time.perf_counter() - start) * 1000)

    threads = [threading.Thread(target=work, args=(mine,)) for mine in times]
    for thread in threads:
        thread.start()
    warm = Client(port)
    for _ in range(20 if len(paths) == 1 else WARM):
        warm.get(next(turns))
    started = time.monotonic()
    stop = started + seconds
    begin.wait()
    for thread in threads:
        thread.join()
    every = sorted(itertools.chain(*times))
    return len(every) / (time.monotonic() - started), statistics.median(every), every[int(len(every) * 0.99)]


def show(
    documents: int, looks: dict[str, tuple[int, int, int]], rates: dict[str, tuple[float, float, float]]
) -> None:
    """The two tables."""
    from django.db import connection

    print(f"{connection.vendor}, {documents:,} documents, {WORKERS} workers, {CLIENTS} clients\n")
    print(f"{'page':<32}{'queries':>8}{'bytes':>9}{'packed':>9}")
    for name, (queries, size, packed) in looks.items():
        print(f"{name:<32}{queries:>8}{size:>9}{packed:>9}")
    base = rates["trivial view"][0]
    print(f"\n{'':<32}{'per s':>8}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    for name, (number, middle, slow) in rates.items():
        print(f"{name:<32}{number:>8.0f}{middle:>9.2f}{slow:>9.2f}{number / base:>8.2f}")


if __name__ == "__main__":
    main()
