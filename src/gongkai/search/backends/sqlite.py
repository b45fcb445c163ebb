"""SQLite: FTS5 without content over streams of pairs, walked from the highest key."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import OperationalError, connection

from gongkai.search.backends.base import COLUMNS, LINES, Found, Prepared, Row, Search
from gongkai.search.models import Text
from gongkai.search.query import Field, Phrase, Query
from gongkai.search.tokens import phrase, stream

CREATE = (
    "CREATE VIRTUAL TABLE search_fts USING fts5("
    "title, number, keywords, body, text, facets, content='', columnsize=0, tokenize='ascii', prefix='1')"
)
DROP = "DROP TABLE IF EXISTS search_fts"
MARK = "\ue000"
"""Before every facet: a sign that no canonical text contains, so that no query meets a facet."""

_INSERT = (
    "INSERT INTO search_fts(rowid, title, number, keywords, body, text, facets) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s)"
)
_DELETE = (
    "INSERT INTO search_fts(search_fts, rowid, title, number, keywords, body, text, facets) "
    "VALUES ('delete', %s, %s, %s, %s, %s, %s, %s)"
)
_STEPS = 5000  # of SQLite's machine between two looks at the clock
_CHUNK = 500


class SQLite:
    """FTS5. What stands in it is known from ``Text``, which is how an entry is taken out again."""

    def add(self, texts: Sequence[Prepared]) -> None:
        """Put texts in."""
        Text.objects.bulk_create(
            [Text(id=one.id, canon=one.canon, facets=" ".join(one.facets)) for one in texts]
        )
        with connection.cursor() as cursor:
            # In the order of keys: FTS5 writes out what it holds whenever a key is lower than the last.
            ordered = sorted(texts, key=lambda one: one.id)
            cursor.executemany(_INSERT, [_values(one.id, one.lines, one.facets) for one in ordered])

    def remove(self, keys: Sequence[int]) -> None:
        """Take keys out, with the very words that were put in."""
        for start in range(0, len(keys), _CHUNK):
            texts = Text.objects.filter(id__in=keys[start : start + _CHUNK])
            kept = texts.values_list("id", "canon", "facets")
            values = [_values(key, canon.split("\n"), facets.split()) for key, canon, facets in kept]
            with connection.cursor() as cursor:
                cursor.executemany(_DELETE, values)
            texts.delete()

    def find(self, search: Search) -> Found:
        """Walk the index from the highest key."""
        day = search.today.isoformat()
        condition = "AND validity = %s " if search.validity else ""
        sql = (
            f"SELECT {COLUMNS} FROM search_fts CROSS JOIN search_entry e ON e.id = search_fts.rowid "  # noqa: S608
            "WHERE search_fts MATCH %s AND search_fts.rowid >= %s AND search_fts.rowid < %s "
            f"{condition}ORDER BY search_fts.rowid DESC LIMIT %s"
        )
        asked: list[int | str] = [match_expression(search.query, search.facets), search.low, search.high]
        asked += [search.validity] if search.validity else []
        rows: list[Row] = []
        try:
            with _within(search.budget), connection.cursor() as cursor:
                cursor.execute(sql, [day, day, day, day, *asked, search.limit])
                rows.extend(Row(*row) for row in cursor)
        except OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return Found(rows, was_cut=True)
        return Found(rows)

    def holds(self) -> bool:
        """Whether FTS5 finds its own structure whole."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT rowid FROM search_fts WHERE search_fts MATCH '\"\ue000all\"' LIMIT 1")
        except OperationalError:
            return False
        return True


def _values(key: int, lines: Sequence[str], facets: Sequence[str]) -> list[int | str]:
    streams = [" ".join(stream(line)) for line in lines]
    return [key, *streams, " ".join(MARK + facet for facet in facets)]


def match_expression(query: Query, facets: Sequence[str]) -> str:
    """The query in FTS5's own language. Every word comes quoted out of ``tokens``: nothing typed is syntax."""
    parts = [f'"{MARK}{facet}"' for facet in facets]
    parts += [f"({' OR '.join(map(_phrase, clause))})" for clause in query.clauses]
    wanted = " AND ".join(parts) or f'"{MARK}all"'
    if not query.without:
        return wanted
    return f"({wanted}) NOT ({' OR '.join(map(_phrase, query.without))})"


def _phrase(one: Phrase) -> str:
    tokens, is_beginning = phrase(one.canon)
    where = "" if one.field is Field.ANYWHERE else f"{LINES[LINES.index(one.field)]} : "
    return f'{where}"{" ".join(tokens)}"{" *" if is_beginning else ""}'


@contextmanager
def _within(budget: dt.timedelta) -> Iterator[None]:
    """Have SQLite stop by itself when the time is used up."""
    connection.ensure_connection()
    raw = connection.connection
    end = time.monotonic() + budget.total_seconds()
    raw.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)
