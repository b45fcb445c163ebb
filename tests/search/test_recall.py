"""What is found is what a scan for the substring finds: long texts, boundaries of segments, filters, all sorts of queries."""

import datetime as dt
import random

import pytest
from tests.factories import make_body
from tests.search.made import published

from gongkai.search.api import Filters, find
from gongkai.search.keys import PLACES, SPAN, first_key, segment_of, segment_start

TODAY = dt.date(2024, 6, 28)
ALPHABET = "政府信息公开教育招生义务水利防汛工作方案"
KINDS = ("policy", "news", "notice")
EDGE = segment_start(segment_of(first_key(dt.datetime(2023, 5, 1, tzinfo=dt.UTC))))
MOMENT = dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(minutes=EDGE >> PLACES)


def moments(count):
    """Around the beginning of a segment, a minute apart and at it; the others one segment and more away."""
    near = [MOMENT + dt.timedelta(minutes=step) for step in (-2, -1, 0, 0, 1)]
    segment = dt.timedelta(minutes=1 << SPAN)
    return (near + [MOMENT - segment * step / 2 for step in range(count)])[:count]


@pytest.mark.django_db
def test_recall_over_long_texts_segments_and_filters():
    chance = random.Random(17)  # noqa: S311 - made-up texts
    bodies = [make_body(), make_body()]
    known = {}
    for on in moments(40):
        text = "".join(chance.choices(ALPHABET + "，。", k=600))
        fields = {"body": chance.choice(bodies), "kind": chance.choice(KINDS)}
        known[published("甲", f"<p>{text}</p>", on=on, **fields).pk] = (text, on, fields)
    for _ in range(200):
        query, fits = _query(chance, [text for text, _, _ in known.values()])
        filters = _filters(chance, bodies)
        expected = {
            pk
            for pk, (text, on, fields) in known.items()
            if fits(text)
            and filters.body in (None, fields["body"].pk)
            and filters.kind in ("", fields["kind"])
            and filters.year in (None, on.astimezone(dt.timezone(dt.timedelta(hours=8))).year)
        }
        for sort in ("newest", "relevance"):
            results = find(query, filters=filters, sort=sort, page_size=100, today=TODAY)
            assert {hit.document for hit in results.hits} == expected, (query, filters, sort)
            assert (results.total.number, results.total.is_exact) == (len(expected), True)
            assert _counted(results, "kind") == len(expected)


def _query(chance, texts):
    """A query as typed, and what says whether a text fits it."""
    one, two = _piece(chance, texts), _piece(chance, texts)
    match chance.randrange(4):
        case 0:
            return one, lambda text: one in text
        case 1:
            return f"{one} {two}", lambda text: one in text and two in text
        case 2:
            return f"{one} 或 {two}", lambda text: one in text or two in text
        case _:
            return f"{one} -{two}", lambda text: one in text and two not in text


def _piece(chance, texts):
    text, length = chance.choice(texts), chance.choice((1, 2, 2, 3, 4, 6, 9))
    start = chance.randrange(len(text) - length)
    piece = text[start : start + length]
    return "政府" if set(piece) & {"，", "。"} else piece


def _filters(chance, bodies):
    return Filters(
        body=chance.choice([None, None, *(body.pk for body in bodies)]),
        kind=chance.choice(["", "", *KINDS]),
        year=chance.choice([None, None, 2023, 2022]),
    )


def _counted(results, name):
    return sum(value.count.number for facet in results.facets if facet.name == name for value in facet.values)
