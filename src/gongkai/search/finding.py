"""Answering a query: candidates from the index, bounded; order, facets and one page of hits from them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from gongkai.disclosure.enums import DocumentKind, Validity
from gongkai.disclosure.models import Document
from gongkai.search.backends import Found, Row, Search, backend
from gongkai.search.backends.base import BUDGET
from gongkai.search.correcting import corrections
from gongkai.search.faceting import facets
from gongkai.search.keys import year_range
from gongkai.search.marking import marked, snippet
from gongkai.search.preparing import Source, sources
from gongkai.search.query import Field, Phrase, Query, parse
from gongkai.search.ranking import ranked
from gongkai.search.results import Count, Filters, Hit, Results, Sort

CANDIDATES = 500
"""How many of the newest hits are counted, ordered and shown by facets; beyond, a count says 「超过」."""
IN_TITLE = 200
"""How many hits are taken in addition for standing in a title, however old they are."""
TITLE_BUDGET = dt.timedelta(milliseconds=10)
"""And for how long they are looked for: words that are everywhere but never in one title together would be read whole."""
PAGE, LARGEST_PAGE = 20, 100
LOWEST, HIGHEST = -(2**62), 2**62


@dataclass(frozen=True)
class _Asked:
    query: Query
    filters: Filters
    sort: Sort
    today: dt.date
    size: int
    cursor: int | None


def find(
    text: str,
    *,
    filters: Filters | None = None,
    sort: Sort | str = Sort.RELEVANCE,
    page_size: int = PAGE,
    cursor: str = "",
    today: dt.date | None = None,
) -> Results:
    """One page of the documents found. Nothing typed raises; see ``results.Results``.

    With no words and some filters it lists what the filters leave, the newest first.
    """
    narrowed = filters or Filters()
    query = parse(text)
    notes = list(query.notes)
    asked = _Asked(
        query,
        narrowed,
        Sort(sort) if sort in set(Sort) and query.clauses else Sort.NEWEST,
        today or timezone.localdate(),
        max(1, min(page_size, LARGEST_PAGE)),
        _cursor(cursor),
    )
    if not query.clauses and (query.without or not narrowed):
        return Results(text, notes=tuple(notes or ["请输入要查找的词"]))
    found = candidates(query, narrowed, asked.today, limit=CANDIDATES + 1)
    page, following, was_cut = _page(asked, found)
    if found.was_cut or was_cut:
        notes.append("查询花费的时间过长，只列出已找到的部分，请增加查询词或缩小范围")
    is_exact = len(found.rows) <= CANDIDATES and not found.was_cut
    counted = found.rows[:CANDIDATES]
    fixes = () if found.rows or found.was_cut else corrections(text, query, narrowed, asked.today)
    return Results(
        query=text,
        hits=hits(page, query),
        total=Count(len(counted), is_exact),
        facets=facets(counted, narrowed, is_exact=is_exact),
        corrections=fixes,
        notes=tuple(notes),
        next_cursor=following,
    )


def candidates(
    query: Query,
    filters: Filters,
    today: dt.date,
    *,
    limit: int,
    below: int = HIGHEST,
    above: int = LOWEST,
    budget: dt.timedelta = BUDGET,
) -> Found:
    """The newest documents that fit, at most ``limit``, with keys under ``below``; what the time allows."""
    if filters.year:
        if not dt.MINYEAR < filters.year < dt.MAXYEAR:
            return Found([])
        first, after = year_range(filters.year, timezone.get_current_timezone())
        above, below = max(above, first), min(below, after)
    marks = [f"b{filters.body}"] if filters.body else []
    marks += [f"k{filters.kind}"] if filters.kind else []
    marks += [f"s{filters.subject}"] if filters.subject else []
    marks += [f"v{filters.validity}"] if filters.validity else []
    # A value that is none of ours finds nothing; its signs never reach the index.
    if not all(mark.replace("_", "").isalnum() and mark.isascii() for mark in marks):
        return Found([])
    return backend().find(
        Search(
            query=query,
            facets=tuple(marks),
            validity=filters.validity,
            today=today,
            low=above,
            high=below,
            limit=limit,
            budget=budget,
        )
    )


def _cursor(text: str) -> int | None:
    try:
        value = int(text) if len(text) <= 20 else None  # noqa: PLR2004 - digits of the largest key
    except ValueError:
        return None
    return value if value is not None and LOWEST < value < HIGHEST else None


def _page(asked: _Asked, found: Found) -> tuple[list[Row], str, bool]:
    """The rows of the page, the cursor of the next, and whether the search was cut short."""
    if asked.sort is Sort.NEWEST:
        return _newest(asked, found)
    more: list[Row] = []
    if len(found.rows) > CANDIDATES and (in_title := _in_title(asked.query)):
        more = candidates(in_title, asked.filters, asked.today, limit=IN_TITLE, budget=TITLE_BUDGET).rows
    rows = {row.id: row for row in [*found.rows[:CANDIDATES], *more]}
    ordered = ranked(list(rows.values()), asked.query.phrases)
    start = max(0, asked.cursor or 0)
    page = ordered[start : start + asked.size]
    following = str(start + asked.size) if start + asked.size < len(ordered) else ""
    return page, following, False


def _newest(asked: _Asked, found: Found) -> tuple[list[Row], str, bool]:
    rows, was_cut = found.rows, found.was_cut
    if asked.cursor is not None:
        rows = [row for row in rows if row.id < asked.cursor]
        if len(rows) <= asked.size and len(found.rows) > CANDIDATES:
            rows, was_cut = candidates(
                asked.query, asked.filters, asked.today, limit=asked.size + 1, below=asked.cursor
            )
    page = rows[: asked.size]
    return page, str(page[-1].id) if len(rows) > asked.size else "", was_cut


def _in_title(query: Query) -> Query | None:
    """The same query asked of titles; none where a phrase has a field of its own."""
    if any(phrase.field not in (Field.ANYWHERE, Field.TITLE) for phrase in query.phrases):
        return None
    return replace(
        query,
        clauses=tuple(tuple(replace(one, field=Field.TITLE) for one in clause) for clause in query.clauses),
    )


def hits(rows: Sequence[Row], query: Query) -> tuple[Hit, ...]:
    """The rows as the public sees them; what left the lists a moment ago is not among them."""
    keys = [row.document for row in rows]
    listed = Document.objects.listed().filter(pk__in=keys).select_related("body").in_bulk()
    texts = {source.document.pk: source for source in sources([listed[key] for key in keys if key in listed])}
    everywhere = [phrase.canon for phrase in query.phrases if phrase.field in (Field.ANYWHERE, Field.TEXT)]
    titled = [phrase.canon for phrase in query.phrases if phrase.field in (Field.ANYWHERE, Field.TITLE)]
    return tuple(_hit(texts[row.document], row, titled, everywhere) for row in rows if row.document in texts)


def _hit(source: Source, row: Row, titled: list[str], everywhere: list[str]) -> Hit:
    one = source.document
    assert one.first_published_at is not None  # noqa: S101 - listed
    return Hit(
        document=one.pk,
        title=marked(one.title, titled),
        snippet=snippet(source.words, everywhere),
        path=one.public_path,
        body=one.body.name,
        document_number=one.document_number,
        index_number=one.index_number,
        kind=str(DocumentKind(one.kind).label),
        validity=str(Validity(row.validity).label) if row.validity else "",
        made_on=one.made_on,
        published_at=one.first_published_at,
    )


def phrases_of(text: str) -> tuple[Phrase, ...]:
    """What a query looks for; for a page that marks words in a document."""
    return parse(text).phrases
