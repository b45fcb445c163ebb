"""What may be meant by what has been typed so far: keywords and titles of the index."""

from __future__ import annotations

from collections import Counter

from django.db import connection
from django.utils import timezone

from gongkai.disclosure.models import Document
from gongkai.search.finding import candidates
from gongkai.search.folding import canon
from gongkai.search.models import Keyword
from gongkai.search.query import LONGEST, Field, Phrase, Query
from gongkai.search.results import Filters

MOST = 8
_LOOKED_AT = 300
_TITLES = 60


def suggest(prefix: str, *, most: int = MOST) -> tuple[str, ...]:
    """Keywords that begin so, the commonest first; then titles that begin so, then titles that contain it."""
    folded = canon(prefix[:LONGEST]).strip()
    if not folded:
        return ()
    found = dict.fromkeys(_keywords(folded))
    for title in _titles(folded):
        found.setdefault(title)
    return tuple(found)[:most]


def _keywords(folded: str) -> list[str]:
    rows = Keyword.objects.all()
    if connection.vendor == "postgresql":
        rows = rows.filter(canon__startswith=folded)
    else:
        rows = rows.filter(canon__gte=folded, canon__lt=f"{folded}\U0010ffff")
    counts: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for word, text in rows.order_by("canon").values_list("canon", "shown")[:_LOOKED_AT]:
        counts[word] += 1
        shown.setdefault(word, text)
    return [shown[word] for word, _ in counts.most_common()]


def _titles(folded: str) -> list[str]:
    query = Query(((Phrase(folded, Field.TITLE),),))
    rows = candidates(query, Filters(), timezone.localdate(), limit=_TITLES).rows
    begin = [row for row in rows if row.title.lstrip().startswith(folded)]
    best = [*begin, *(row for row in rows if row not in begin)][:MOST]
    titles = dict(
        Document.objects.listed().filter(pk__in=[row.document for row in best]).values_list("pk", "title")
    )
    return [titles[row.document] for row in best if row.document in titles]
