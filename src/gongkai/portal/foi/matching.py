"""Published documents that may already be what is asked for.

The one way in is ``matching_documents``; the search index finds them, by pairs of characters in titles and numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from gongkai.search.api import matching

if TYPE_CHECKING:
    import datetime as dt

    from gongkai.organisations.models import Body


class Match(NamedTuple):
    """A published document, and where it can be read."""

    title: str
    document_number: str
    index_number: str
    published_at: dt.datetime
    address: str


def matching_documents(body: Body, text: str) -> list[Match]:
    """The published documents of a body that share most with what was typed, the best first."""
    return [
        Match(one.title, one.document_number, one.index_number, one.first_published_at, one.public_path)
        for one in matching(body, text)
        if one.first_published_at is not None
    ]
