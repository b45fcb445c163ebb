"""How fast a search answers over many documents, on SQLite and on PostgreSQL, beside a row read by its key.

Run `python benchmarks/bench_search.py --documents 20000` for SQLite; with `--postgresql URL` (an empty database of its
own) for PostgreSQL. What is built under `--keep` is used again by the next run. The texts are made up: some 600
characters each, sentences out of words whose frequencies fall as those of a language do, titles of their own.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import os
import random
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gongkai.search.api import Filters

COMMON = [
    "政府",
    "信息",
    "公开",
    "工作",
    "管理",
    "通知",
    "办法",
    "实施",
    "规定",
    "单位",
    "部门",
    "有关",
    "人民",
    "社会",
    "服务",
    "发展",
    "建设",
    "项目",
    "资金",
    "安全",
    "申请",
    "审批",
    "企业",
    "教育",
    "学校",
    "招生",
    "医疗",
    "卫生",
    "环境",
    "保护",
    "城市",
    "农村",
    "土地",
    "规划",
    "交通",
    "监督",
    "检查",
    "责任",
    "制度",
    "预算",
    "决算",
    "统计",
    "就业",
    "保障",
    "补贴",
    "养老",
    "住房",
    "公共",
    "资源",
    "交易",
    "行政",
    "许可",
    "处罚",
    "复议",
    "诉讼",
    "依法",
    "意见",
    "方案",
    "会议",
    "领导",
]
RARE = [chr(code) for code in range(0x4E00, 0x4E00 + 6000)]
WORDS, SENTENCES = 20_000, 60_000
FIRST = dt.datetime(2006, 1, 1, tzinfo=dt.UTC)
YEARS = 20
CHUNK = 5000
KINDS = ("normative", "policy", "notice", "news", "news", "notice", "budget", "service", "interpretation")
SUBJECTS = (
    "general",
    "finance",
    "construction",
    "science_education",
    "health_sport",
    "labour",
    "civil_affairs",
)
BODIES = 30


class Language:
    """Words and sentences, the same for the same seed."""

    def __init__(self, seed: int = 7) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - made-up text
        made = {
            "".join(self.chance.choices(RARE, k=self.chance.choice((2, 2, 2, 3, 4)))) for _ in range(WORDS)
        }
        self.words = [*COMMON, *sorted(made)]
        self.chance.shuffle(made_list := self.words[len(COMMON) :])
        self.words[len(COMMON) :] = made_list
        self.weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(self.words))))
        self.sentences = [self.some(self.chance.randint(6, 16)) for _ in range(SENTENCES)]

    def some(self, count: int) -> str:
        """Words one after the other."""
        return "".join(self.chance.choices(self.words, cum_weights=self.weights, k=count))

    def text(self) -> list[int]:
        """The places of sentences that make some 600 characters."""
        found, length = [], 0
        while length < 600:  # noqa: PLR2004 - the length the aim speaks of
            place = self.chance.randrange(SENTENCES)
            found.append(place)
            length += len(self.sentences[place])
        return found


def main() -> None:
    """Build what is missing, then ask."""
    options = _options()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.config.settings")
    os.environ.setdefault("GONGKAI_MODE", "demo")
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["GONGKAI_DATA_DIR"] = str(options.keep or scratch)
        Path(os.environ["GONGKAI_DATA_DIR"]).mkdir(parents=True, exist_ok=True)
        if options.postgresql:
            os.environ["DATABASE_URL"] = options.postgresql
        import django

        django.setup()
        build(options.documents)
        if not options.build_only:
            ask(options.rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--postgresql", metavar="URL")
    parser.add_argument("--rounds", type=int, default=100, help="queries of each class")
    parser.add_argument("--build-only", action="store_true")
    return parser.parse_args()


# Building -------------------------------------------------------------------------------------------------


def build(count: int) -> None:
    """Make documents and their index with bulk statements, unless they are there."""
    from django.core.management import call_command
    from django.db import connection

    from gongkai.search.models import Text

    call_command("migrate", verbosity=0)
    if Text.objects.count() >= count:
        return
    _bodies()
    start = perf_counter()
    postgres = connection.vendor == "postgresql"
    (_fill_postgresql if postgres else _fill_sqlite)(_rows(count))
    spent = perf_counter() - start
    print(f"built {count} documents in {spent:.0f} s ({count / spent:.0f}/s)", flush=True)


def _bodies() -> None:
    from gongkai.organisations.models import Body

    made = [
        Body(
            pk=place,
            name=f"测试机关{place}",
            slug=f"b{place}",
            kind="department",
            tier="county",
            path=f"/{place}/",
        )
        for place in range(1, BODIES + 1)
    ]
    Body.objects.bulk_create(made, ignore_conflicts=True)


def _rows(count: int) -> Iterator[tuple[dict[str, object], list[int], Language]]:
    """Documents from the oldest to the newest."""
    language = Language()
    chance = language.chance
    step = dt.timedelta(days=365 * YEARS) / count
    for place in range(1, count + 1):
        at = FIRST + step * place
        title = f"关于{language.some(3)}的{chance.choice(('通知', '意见', '方案', '公告'))}"
        yield (
            {
                "pk": place,
                "body": 1 + place % BODIES,
                "title": title,
                "index": f"{place:09}",
                "number": f"测政发〔{at.year}〕{place % 300}号" if place % 3 == 0 else "",
                "kind": KINDS[place % len(KINDS)],
                "subject": SUBJECTS[place % len(SUBJECTS)],
                "at": at,
                "ended": at.date() + dt.timedelta(days=700) if place % 11 == 0 else None,
            },
            language.text(),
            language,
        )


_DOCUMENT = (
    "id, body_id, index_number, title, document_number, kind, attribute, attribute_reason, made_on, genre, subject, "
    "keywords, summary, joint_issuers, is_lead, interpretation_form, first_published_at, changed_at, amended_basis, "
    "ended_on, ended_how, ended_basis"
)
_EDITION = "id, document_id, number, title, text, state, source, created_at, round, publish_problem, published_at, reason"
_ENTRY = (
    "id, document_id, body_id, kind, subject, year, has_validity, ended_on, ended_how, title, number, keywords, "
    "changed_at, version"
)


def _tables(
    one: dict[str, object], text: str, key: int
) -> tuple[list[object], list[object], list[object], list[str]]:
    from gongkai.search.folding import canon

    at, ended = one["at"], one["ended"]
    how = "repealed" if ended else ""
    numbers = canon(f"{one['number']}。{one['index']}")
    titled = canon(str(one["title"]))
    document = [
        one["pk"], one["body"], one["index"], one["title"], one["number"], one["kind"], "proactive", "",
        at.date(), "", one["subject"], "[]", "", "[]", True, "", at, at, "", ended, how, "",
    ]  # fmt: skip
    edition = [
        one["pk"], one["pk"], 1, one["title"], f"<p>{text}</p>", "published", "imported", at, 0, "", at, "",
    ]  # fmt: skip
    has = one["kind"] in ("normative", "policy")
    entry = [
        key, one["pk"], one["body"], one["kind"], one["subject"], at.year, has, ended, how, titled, numbers, "", at, 0,
    ]  # fmt: skip
    return document, edition, entry, [titled, numbers, "", canon(f"测试机关{one['body']}")]


def _completed() -> list[tuple[str, str, list[object]]]:
    """Table, columns and the values of those columns that are not made up above but must not be empty."""
    from django.db import connection

    from gongkai.disclosure.models import Document, Edition
    from gongkai.search.models import Entry

    found: list[tuple[str, str, list[object]]] = []
    for model, columns in ((Document, _DOCUMENT), (Edition, _EDITION), (Entry, _ENTRY)):
        given = set(columns.split(", "))
        rest = [one for one in model._meta.concrete_fields if one.column not in given and not one.null]
        values = [one.get_db_prep_save(one.get_default(), connection) for one in rest]
        table = model._meta.db_table
        found.append((table, ", ".join([columns, *(one.column for one in rest)]), values))
    return found


def _facets(one: dict[str, object]) -> list[str]:
    found = ["all", f"b{one['body']}", f"k{one['kind']}", f"s{one['subject']}"]
    if one["kind"] in ("normative", "policy"):
        found += ["vin_force", *(["vrepealed"] if one["ended"] else [])]
    return found


def _cached(make: Callable[[str], object]) -> Callable[[Language, int], object]:
    known: dict[int, object] = {}

    def of(language: Language, place: int) -> object:
        if place not in known:
            known[place] = make(language.sentences[place])
        return known[place]

    return of


def _fill_sqlite(rows: Iterator[tuple[dict[str, object], list[int], Language]]) -> None:
    from django.db import connection, transaction

    from gongkai.search.backends import sqlite
    from gongkai.search.folding import canon
    from gongkai.search.keys import key_for
    from gongkai.search.tokens import stream

    tokens = _cached(lambda sentence: " ".join(stream(canon(sentence))))
    canons = _cached(canon)
    completed = _completed()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous = OFF")
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('hashsize', 200000000)")
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('automerge', 0)")
    for chunk in iter(lambda: list(itertools.islice(rows, CHUNK * 8)), []):
        tables: list[list[object]] = [[], [], [], [], []]
        for one, places, language in chunk:
            key = key_for(one["at"], one["pk"])
            text = "。".join(language.sentences[place] for place in places)
            document, edition, entry, lines = _tables(one, text, key)
            body = f" {' '.join(canons(language, place).strip() for place in places)} "
            facets = _facets(one)
            tables[0].append(document)
            tables[1].append(edition)
            tables[2].append(entry)
            tables[3].append([key, "\n".join([*lines, body]), " ".join(facets)])
            streams = [" ".join(stream(line)) for line in lines]
            tables[4].append(
                [key, *streams, " ".join(tokens(language, place) for place in places),
                 " ".join(sqlite.MARK + facet for facet in facets)]
            )  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            kept = [*completed, ("search_text", "id, canon, facets", [])]
            for (name, columns, rest), values in zip(kept, tables, strict=False):
                marks = ", ".join(["%s"] * (columns.count(",") + 1))
                cursor.executemany(
                    f"INSERT INTO {name} ({columns}) VALUES ({marks})", [[*value, *rest] for value in values]
                )
            cursor.executemany(sqlite._INSERT, tables[4])
        print(f"  {chunk[-1][0]['pk']}", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('hashsize', 1048576)")
        cursor.execute("INSERT INTO search_fts(search_fts, rank) VALUES ('automerge', 4)")
        cursor.execute("INSERT INTO search_fts(search_fts) VALUES ('optimize')")
        cursor.execute("PRAGMA analysis_limit = 1000")
        cursor.execute("ANALYZE")


def _fill_postgresql(rows: Iterator[tuple[dict[str, object], list[int], Language]]) -> None:
    from django.db import connection

    from gongkai.search.backends.postgresql import CREATE
    from gongkai.search.folding import canon
    from gongkai.search.keys import key_for, segment_of
    from gongkai.search.tokens import ANY, FACET, TITLE, numbers, words

    found = _cached(lambda sentence: words(canon(sentence)))
    canons = _cached(canon)
    completed = _completed()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX IF EXISTS search_text_keys")
    for chunk in iter(lambda: list(itertools.islice(rows, CHUNK)), []):
        tables: list[list[list[object]]] = [[], [], [], []]
        for one, places, language in chunk:
            key = key_for(one["at"], one["pk"])
            text = "。".join(language.sentences[place] for place in places)
            document, edition, entry, lines = _tables(one, text, key)
            body = f" {' '.join(canons(language, place).strip() for place in places)} "
            facets, segment = _facets(one), segment_of(key)
            keys = numbers(
                segment, ANY, set().union(*map(words, lines), *(found(language, place) for place in places))
            )
            keys |= numbers(segment, TITLE, words(lines[0])) | numbers(segment, FACET, set(facets))
            tables[0].append(document)
            tables[1].append(edition)
            tables[2].append(entry)
            tables[3].append([key, "\n".join([*lines, body]), " ".join(facets), sorted(keys)])
        connection.ensure_connection()
        kept = [*completed, ("search_text", "id, canon, facets, keys", [])]
        for (name, columns, rest), values in zip(kept, tables, strict=True):
            with (
                connection.connection.cursor() as raw,
                raw.copy(f"COPY {name} ({columns}) FROM STDIN") as copy,
            ):
                for value in values:
                    copy.write_row([*value, *rest])
        print(f"  {chunk[-1][0]['pk']}", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(CREATE[-1])
        cursor.execute("VACUUM (ANALYZE) search_text, search_entry, disclosure_document, disclosure_edition")


# Asking ---------------------------------------------------------------------------------------------------


def ask(rounds: int) -> None:
    """Print p50 and p95 of each class of queries, whole pages with marks and facets, and of a row by its key."""
    from django.db import connection

    from gongkai.search.api import find
    from gongkai.search.models import Text

    print(f"{connection.vendor}: {Text.objects.count()} documents, index {_size() / 1e6:.0f} MB")
    with connection.cursor() as cursor:
        _report(
            "one row by its key", [lambda: cursor.execute("SELECT * FROM search_entry WHERE id = 1")] * rounds
        )
    for name, texts in _classes(rounds).items():
        for sort in ("newest", "relevance"):
            _report(f"{name}, {sort}", [lambda text=text, sort=sort: find(text, sort=sort) for text in texts])
    chance = random.Random(13)  # noqa: S311 - made-up queries
    for name, make in _narrowings(chance).items():
        asked = [(chance.choice(COMMON), make()) for _ in range(rounds)]
        _report(
            f"common, one {name}",
            [lambda text=text, narrowed=narrowed: find(text, filters=narrowed) for text, narrowed in asked],
        )


def _narrowings(chance: random.Random) -> dict[str, Callable[[], Filters]]:
    """Filters as somebody chooses them, each by itself and all together."""
    from gongkai.search.api import Filters

    return {
        "body": lambda: Filters(body=chance.randint(1, BODIES)),
        "year": lambda: Filters(year=chance.randint(2007, 2024)),
        "kind": lambda: Filters(kind=chance.choice(KINDS)),
        "body, year and kind": lambda: Filters(
            body=chance.randint(1, BODIES), year=chance.randint(2007, 2024), kind=chance.choice(KINDS)
        ),
    }


def _classes(rounds: int) -> dict[str, list[str]]:
    language = Language()
    chance = random.Random(11)  # noqa: S311 - made-up queries
    pairs = [word for word in language.words if len(word) == 2]  # noqa: PLR2004 - two characters
    rare = pairs[len(COMMON) :]
    four = [chance.choice(language.sentences) for _ in range(rounds)]
    starts = [chance.randrange(max(1, len(one) - 4)) for one in four]
    return {
        "2 characters": chance.choices(rare, k=rounds),
        "2 characters, common": [COMMON[at % len(COMMON)] for at in range(rounds)],
        "4 characters": [one[at : at + 4] for one, at in zip(four, starts, strict=True)],
        "4 characters, common": ["".join(chance.sample(COMMON, 2)) for _ in range(rounds)],
        "two words": [f"{chance.choice(COMMON)} {chance.choice(rare)}" for _ in range(rounds)],
        "two words, common": [" ".join(chance.sample(COMMON, 2)) for _ in range(rounds)],
        "in titles": [f"标题：{chance.choice(rare)}" for _ in range(rounds)],
        "document number": [
            f"〔{chance.randint(2007, 2024)}〕{chance.randint(1, 299)}号" for _ in range(rounds)
        ],
        "one without another": [f"{chance.choice(rare)} -{chance.choice(COMMON)}" for _ in range(rounds)],
        "one common without another": [" -".join(chance.sample(COMMON, 2)) for _ in range(rounds)],
        "nothing": ["".join(chance.sample("龘靐齉爩麤灪", 2)) for _ in range(rounds)],
        "one character": [chance.choice(COMMON)[0] for _ in range(rounds)],
    }


def _report(name: str, calls: list[Callable[[], object]]) -> None:
    spent, computed = [], []
    for call in calls:
        start, cpu = perf_counter(), process_time()
        call()
        spent.append((perf_counter() - start) * 1000)
        computed.append((process_time() - cpu) * 1000)
    figures = [f"{median(one):8.2f} {sorted(one)[int(len(one) * 0.95)]:8.2f}" for one in (spent, computed)]
    print(f"  {name:38} p50, p95 {figures[0]} ms   of which here on a processor {figures[1]} ms", flush=True)


def _size() -> int:
    """Bytes of what the search keeps."""
    from django.db import connection

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tables = "pg_total_relation_size('search_text') + pg_total_relation_size('search_entry')"
            cursor.execute(f"SELECT {tables}")
        else:
            cursor.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'search_%' AND aggregate = TRUE")
        row = cursor.fetchone()
    return int(row[0] or 0)


if __name__ == "__main__":
    main()
