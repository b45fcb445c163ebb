"""PostgreSQL: GIN over numbers of (segment, word), one segment after the other, checked on the canonical text.

GIN gives no order: a common word would mean reading all it is in. So the segment is part of what is indexed, the newest
segment is asked first, and the search ends when it has enough. Phrases are checked with ``strpos`` on the text.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection, transaction

from gongkai.search.backends.base import COLUMNS, LINES, Found, Prepared, Row, Search
from gongkai.search.keys import segment_of
from gongkai.search.query import Field, Phrase
from gongkai.search.tokens import ANY, FACET, TITLE, numbers, words, words_of_phrase

CREATE = (
    "ALTER TABLE search_text ADD COLUMN keys integer[] NOT NULL DEFAULT '{}'",
    # The text stays in its row, where it is checked; the numbers go out of it, where only the index reads them.
    "ALTER TABLE search_text ALTER COLUMN canon SET STORAGE MAIN, ALTER COLUMN keys SET STORAGE EXTERNAL",
    "CREATE INDEX search_text_keys ON search_text USING gin (keys) WITH (fastupdate = off)",
)
DROP = (
    "DROP INDEX IF EXISTS search_text_keys",
    "ALTER TABLE search_text DROP COLUMN IF EXISTS keys",
)
FIRST = (
    4  # segments asked in the first statement; the others follow in a second, which ends when it has enough
)
_INSERT = "INSERT INTO search_text (id, canon, facets, keys) VALUES (%s, %s, %s, %s)"
_SETTINGS = (
    "SELECT set_config('statement_timeout', %s, true), set_config('jit', 'off', true), "
    "set_config('enable_seqscan', 'off', true), set_config('max_parallel_workers_per_gather', '0', true), "
    "(SELECT min(id) FROM search_text), (SELECT max(id) FROM search_text)"
)


class PostgreSQL:
    """GIN over numbers, a segment at a time."""

    def add(self, texts: Sequence[Prepared]) -> None:
        """Put texts in."""
        with connection.cursor() as cursor:
            cursor.executemany(
                _INSERT, [[one.id, one.canon, " ".join(one.facets), keys_of(one)] for one in texts]
            )

    def remove(self, keys: Sequence[int]) -> None:
        """Take keys out."""
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_text WHERE id = ANY(%s)", [list(keys)])

    def find(self, search: Search) -> Found:
        """Ask segment after segment from the newest."""
        rows: list[Row] = []
        end = time.monotonic() + search.budget.total_seconds()
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(_SETTINGS, [str(int(search.budget.total_seconds() * 1000))])
                for segments in _batches(search, *cursor.fetchone()[-2:]):
                    cursor.execute(*statement(search, segments, search.limit - len(rows)))
                    rows.extend(Row(*row) for row in cursor.fetchall())
                    if len(rows) >= search.limit:
                        break
                    if time.monotonic() > end:
                        return Found(rows, was_cut=True)
        except OperationalError as error:
            if "statement timeout" not in str(error):
                raise
            return Found(rows, was_cut=True)
        return Found(rows)

    def holds(self) -> bool:
        """Whether the index is there and valid."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('search_text_keys')"
            )
            row = cursor.fetchone()
        return bool(row and row[0])


def keys_of(one: Prepared) -> list[int]:
    """The numbers under which a text is found."""
    segment = segment_of(one.id)
    found: set[int] = numbers(segment, ANY, set().union(*map(words, one.lines)))
    found |= numbers(segment, TITLE, words(one.lines[0]))
    found |= numbers(segment, FACET, {"all", *one.facets})
    return sorted(found)


def _batches(search: Search, lowest: int | None, highest: int | None) -> Iterator[list[int]]:
    if lowest is None or highest is None:
        return
    first = segment_of(max(search.low, lowest))
    last = segment_of(min(search.high - 1, highest))
    segments = list(range(last, first - 1, -1))
    for part in (segments[:FIRST], segments[FIRST:]):
        if part:
            yield part


def statement(search: Search, segments: Sequence[int], limit: int) -> tuple[str, list[Any]]:
    """The statement for some segments, in their order, with its parameters."""
    groups, conditions = _proposed(search)
    checks, patterns = _checked(search)
    names = [f"k{place}" for place in range(len(groups))]
    values = ", ".join(["(" + ", ".join(["%s::integer[]"] * len(groups)) + ")"] * len(segments))
    asked: list[Any] = [group.of(segment) for segment in segments for group in groups]
    day = search.today
    inner = (  # every value is a parameter; only names and numbers of ours are written in
        f"SELECT {COLUMNS} FROM search_text t JOIN search_entry e ON e.id = t.id "  # noqa: S608
        f"WHERE {' AND '.join([*conditions, *checks])} AND t.id + 0 >= %s AND t.id + 0 < %s"
    )
    params = [day, day, day, day, *patterns, search.low, search.high]
    if search.validity:
        inner = f"SELECT * FROM ({inner} OFFSET 0) v WHERE validity = %s"  # noqa: S608
        params.append(search.validity)
    sql = (
        f"SELECT m.* FROM (VALUES {values}) s({', '.join(names)}) "  # noqa: S608
        f"CROSS JOIN LATERAL ({inner} ORDER BY id DESC LIMIT %s) m LIMIT %s"
    )
    return sql, [*asked, *params, limit, limit]


_ALL, _ANY_OF = "@>", "&&"


@dataclass(frozen=True)
class _Group:
    """Words asked of the index together: all of them, or any."""

    words: tuple[tuple[str, str], ...]
    operator: str = _ALL

    def of(self, segment: int) -> list[int]:
        """Their numbers in a segment."""
        found: set[int] = set()
        for part in (ANY, TITLE, FACET):
            found |= numbers(segment, part, {word for where, word in self.words if where == part})
        return sorted(found)


def _clause_groups(clause: Sequence[Phrase]) -> list[_Group]:
    """Alternatives: one group of words where each is a single word, else a group for each."""
    asked = [_wanted(one) for one in clause]
    if all(len(words) == 1 for words in asked):
        return [_Group(tuple(word for words in asked for word in words), _ANY_OF)]
    return [_Group(words) for words in asked]


def _wanted(one: Phrase) -> tuple[tuple[str, str], ...]:
    part = TITLE if one.field is Field.TITLE else ANY
    return tuple((part, word) for word in sorted(words_of_phrase(one.canon)))


def _together(search: Search) -> _Group:
    """What must be there whatever the alternatives."""
    single = [clause[0] for clause in search.query.clauses if len(clause) == 1]
    wanted = [(FACET, facet) for facet in search.facets] + [word for one in single for word in _wanted(one)]
    return _Group(tuple(wanted or [(FACET, "all")]))


def _proposed(search: Search) -> tuple[list[_Group], list[str]]:
    """The groups asked of the index, ``k0``, ``k1`` …, and the conditions that they make."""
    groups = [_together(search)]
    conditions = ["t.keys @> s.k0"]
    for clause in search.query.clauses:
        if len(clause) == 1:
            continue
        more = _clause_groups(clause)
        places = range(len(groups), len(groups) + len(more))
        alternatives = [f"t.keys {group.operator} s.k{at}" for at, group in zip(places, more, strict=True)]
        conditions.append(f"({' OR '.join(alternatives)})")
        groups += more
    return groups, conditions


def _checked(search: Search) -> tuple[list[str], list[Any]]:
    """What the text must confirm, with its parameters."""
    checks = [f"({' OR '.join(map(_check, clause))})" for clause in search.query.clauses]
    checks += [f"NOT {_check(one)}" for one in search.query.without]
    phrases = [one for clause in search.query.clauses for one in clause]
    return checks, [one.pattern for one in [*phrases, *search.query.without]]


def _check(one: Phrase) -> str:
    match one.field:
        case Field.ANYWHERE:
            return "strpos(t.canon, %s) > 0"
        case Field.TITLE | Field.NUMBER | Field.KEYWORDS:
            return f"strpos(e.{one.field}, %s) > 0"
        case _:
            return f"strpos(split_part(t.canon, E'\\n', {LINES.index(one.field) + 1}), %s) > 0"
