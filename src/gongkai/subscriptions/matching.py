"""Whom a change concerns."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Q
from django.utils import timezone

from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document
from gongkai.search.finding import candidates
from gongkai.search.models import Entry
from gongkai.search.query import parse
from gongkai.subscriptions.enums import About
from gongkai.subscriptions.models import Notice, PublicChange, Subscription
from gongkai.subscriptions.subjects import search_of

NEWS = frozenset({Change.PUBLISHED, Change.REVISED})
"""What whoever follows a body, an item or a search is told of."""
AFTERMATH = frozenset({Change.LEFT, Change.RETURNED})
"""What he is told of only where he was told of the document before."""


def concerned(change: PublicChange) -> list[Subscription]:
    """The confirmed subscriptions that are to be told."""
    document, kind = change.document, Change(change.change)
    confirmed = Subscription.objects.filter(confirmed_at__isnull=False)
    found = list(confirmed.filter(about=About.DOCUMENT, document=document))
    if kind in NEWS and _is_listed(document):
        scopes = Q(about=About.BODY, body=document.body_id)
        if document.item is not None:
            keys = [key for key in (document.item_id, document.item.parent_id) if key is not None]
            scopes |= Q(about=About.ITEM, item__in=keys)
        found += confirmed.filter(scopes)
        found += _searching(document, timezone.localdate())
    elif kind in AFTERMATH:
        told = Notice.objects.filter(change__document=document, sent_at__isnull=False)
        found += confirmed.filter(pk__in=told.values("subscription")).exclude(about=About.DOCUMENT)
    return list({one.pk: one for one in found}.values())


def _is_listed(document: Document) -> bool:
    return Document.objects.listed().filter(pk=document.pk).exists()


def _searching(document: Document, today: dt.date) -> list[Subscription]:
    """Whose search finds the document: every stored search is asked once, of this document alone."""
    entry = Entry.objects.filter(document=document).values_list("pk", flat=True).first()
    if entry is None:
        return []
    by_query: dict[str, list[Subscription]] = defaultdict(list)
    for one in Subscription.objects.filter(about=About.SEARCH, confirmed_at__isnull=False).iterator():
        by_query[one.query].append(one)
    found = []
    for query, subscriptions in by_query.items():
        words, filters = search_of(query)
        rows = candidates(parse(words), filters, today, limit=5, below=entry + 1, above=entry - 1).rows
        if any(row.document == document.pk for row in rows):
            found += subscriptions
    return found
