"""Documents imported per second from a CSV file: checked, then entered with search index, audit and checkpoint.

Run `python benchmarks/bench_import.py [--documents 100000]` on SQLite, or with `DATABASE_URL` naming an empty
PostgreSQL database of its own; `--both` measures on SQLite and then on a PostgreSQL made for it. The speed of the first
and of the last tenth tells whether it slows down as the database grows. Beside it, measured in the same run: the same rows through a bare `bulk_create` of
documents and editions, which checks, sanitises, indexes and records nothing. The texts are made up, some 600 characters each.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import os
import random
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from bench_search import Language

if TYPE_CHECKING:
    from gongkai.disclosure.models import ImportJob
    from gongkai.organisations.models import Body

HEAD = ("信息编号", "标题", "文号", "成文日期", "公开时间", "类别", "正文")
KINDS = ("通知公告", "工作动态", "其他政策文件", "政策解读", "预算决算")
FIRST = dt.date(2010, 1, 4)
DAYS = 5000
PIECE = 500
SERVER = "/usr/lib/postgresql/15/bin"


def main() -> None:
    """Make the file, import it, import it again, then the same rows bare."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--both", action="store_true", help="on SQLite, then on a throw-away PostgreSQL")
    parser.add_argument("--server", default=SERVER, help="folder of initdb and pg_ctl")
    given = parser.parse_args()
    count = given.documents
    if given.both:
        on_both(count, Path(given.server))
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    os.environ.setdefault("GONGKAI_MODE", "demo")
    os.environ.setdefault("GONGKAI_LOG_LEVEL", "WARNING")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["GONGKAI_DATA_DIR"] = scratch
        source = Path(scratch) / "documents.csv"
        write(source, count)
        import django

        django.setup()
        measure(source, count)


def on_both(count: int, server: Path) -> None:
    """This measurement in a process of its own for each database; a server on a socket of its own, gone afterwards."""
    once = [sys.executable, __file__, "--documents", str(count)]
    without = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    subprocess.run(once, env=without, check=True)  # noqa: S603 - this very file
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as place:
        if user:
            shutil.chown(place, "postgres")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        make = [server / "initdb", "--username", "gongkai", "--auth", "trust", "--encoding", "UTF8"]
        data = ["--pgdata", f"{place}/data"]
        control = [*user, server / "pg_ctl", *data, "--silent"]
        options = f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={place}"
        _quiet([*user, *make, *data, "--locale", "C.UTF-8"])
        started = ["start", "--wait", "--log", f"{place}/log", "--options", options]
        _quiet([*control, *started])
        try:
            named = {"DATABASE_URL": f"postgresql://gongkai@127.0.0.1:{port}/postgres"}
            subprocess.run(once, env=without | named, check=True)  # noqa: S603 - this very file
        finally:
            _quiet([*control, "stop", "--mode", "immediate"])


def _quiet(command: list[str | Path]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)  # noqa: S603 - the server's own commands


def write(path: Path, count: int) -> None:
    """A table of documents as an old site would export it."""
    language, chance = Language(), random.Random(11)  # noqa: S311 - made-up text
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(HEAD)
        for number in range(count):
            day = FIRST + dt.timedelta(days=number * DAYS // count)
            text = "\n".join(f"{language.sentences[place]}。" for place in language.text())
            code = f"测发〔{day.year}〕{number}号" if number % 3 == 0 else ""
            title = f"关于{language.some(3)}的通知{number}"
            out.writerow((number, title, code, day, f"{day} 09:30", chance.choice(KINDS), text))


def measure(source: Path, count: int) -> None:
    """A line per stage."""
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    body, other = _body("a", "A"), _body("b", "B")
    print(f"{count} documents from CSV ({source.stat().st_size / 1e6:.0f} MB), {connection.vendor}")
    job, checked, entered = _import(source, body)
    _tell("check", checked, count)
    _tell("enter", entered, count)
    _tell("import, both", checked + entered, count)
    print(f"  state {job.state}, {job.imported} imported, {job.wrong} wrong")
    again, checked, entered = _import(source, body)
    _tell("the same again", checked + entered, count)
    print(f"  state {again.state}, {again.imported} imported, {again.unchanged} known")
    _tell("bare bulk_create", _bare(job, other), count)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def _tell(label: str, seconds: float, count: int) -> None:
    print(f"{label:<18}{seconds:>9.1f} s{count / seconds:>10.0f} documents/s", flush=True)


def _body(slug: str, code: str) -> Body:
    from gongkai.core.actors import SYSTEM
    from gongkai.organisations.acts import register_body

    return register_body(
        actor=SYSTEM,
        name=f"测试机关{slug}",
        slug=slug,
        kind="department",
        tier="county",
        credit_code=f"11999900MB000000{code}X",
    )


def _import(source: Path, body: Body) -> tuple[ImportJob, float, float]:
    from django.utils import timezone

    from gongkai.core.actors import SYSTEM
    from gongkai.disclosure.importing.acts import open_import, start_import
    from gongkai.disclosure.importing.checking import check
    from gongkai.disclosure.importing.running import run

    job = open_import(body=body, actor=SYSTEM, at=timezone.now(), path=str(source), origin="bench")
    started = perf_counter()
    pace = Pace()
    job = check(job, tell=pace.tell)
    pace.say("check")
    checked = perf_counter()
    pace = Pace()
    job = run(start_import(job=job, actor=SYSTEM, at=timezone.now()), tell=pace.tell)
    pace.say("enter")
    return job, checked - started, perf_counter() - checked


class Pace:
    """How many rows were done when."""

    def __init__(self) -> None:
        self.points = [(0, perf_counter())]

    def tell(self, done: int, _total: int = 0) -> None:
        """Another chunk is done."""
        self.points.append((done, perf_counter()))

    def say(self, label: str) -> None:
        """The speed of the first and the last tenth."""
        tenth = max(len(self.points) // 10, 1)
        told = [
            (late[0] - early[0]) / (late[1] - early[1])
            for early, late in (
                (self.points[0], self.points[tenth]),
                (self.points[-1 - tenth], self.points[-1]),
            )
        ]
        print(f"  {label}: first tenth {told[0]:.0f}, last tenth {told[1]:.0f} documents/s", flush=True)


def _bare(job: ImportJob, body: Body) -> float:
    """The staged rows as documents and editions, and nothing else."""
    import itertools

    from django.db import transaction

    from gongkai.disclosure.enums import EditionState
    from gongkai.disclosure.importing.row import from_line
    from gongkai.disclosure.models import Document, Edition

    started = perf_counter()
    serial = itertools.count(1)
    with job.staged.storage.open(str(job.staged.name)) as staged:
        lines = iter(staged.file)
        while piece := [from_line(line) for line in itertools.islice(lines, PIECE)]:
            with transaction.atomic():
                documents = Document.objects.bulk_create(
                    [
                        Document(
                            body=body,
                            index_number=f"bare-{next(serial)}",
                            title=row.title,
                            document_number=row.document_number,
                            kind=row.kind,
                            made_on=row.made_on,
                            first_published_at=row.published_at,
                            changed_at=row.published_at,
                        )
                        for row in piece
                    ]
                )
                Edition.objects.bulk_create(
                    Edition(
                        document=document,
                        title=row.title,
                        text=row.text,
                        state=EditionState.PUBLISHED,
                        created_at=row.published_at,
                        published_at=row.published_at,
                    )
                    for document, row in zip(documents, piece, strict=True)
                )
    return perf_counter() - started


if __name__ == "__main__":
    main()
