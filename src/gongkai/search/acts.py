"""Keeping the index: inside the act that changes what is public, in bulk, and again from the beginning."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import IntegrityError, transaction

from gongkai.disclosure.effects import Change
from gongkai.disclosure.models import Document
from gongkai.search.backends import Prepared, backend
from gongkai.search.keys import DAY, first_key, key_for
from gongkai.search.models import Entry, Keyword
from gongkai.search.preparing import Source, entry, facets, keywords, lines, sources

BATCH = 200
TRIES = 50  # for a key when others publish in the same minute


def follow(document: Document, change: Change, at: dt.datetime) -> None:
    """A public change of one document: the index says the same when the act's transaction ends."""
    follow_many([document], change, at)


def follow_many(documents: Sequence[Document], change: Change, at: dt.datetime) -> None:  # noqa: ARG001
    """The same for a batch. What the change was does not matter: what is listed now is indexed, what is not is not."""
    refresh([document.pk for document in documents])


def refresh(documents: Iterable[int]) -> int:
    """Bring the entries of these documents in step with what is public. Returns how many stand in the index."""
    keys = list(documents)
    return sum(_refresh(keys[start : start + BATCH]) for start in range(0, len(keys), BATCH))


@transaction.atomic
def _refresh(keys: list[int]) -> int:
    # Two who index the same document wait for each other at its row.
    locked = list(
        Document.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk", flat=True)
    )
    listed = list(Document.objects.listed().filter(pk__in=locked).select_related("body").order_by("pk"))
    had = dict(Entry.objects.filter(document__in=keys).values_list("document", "id"))
    remove(had.values())
    _put(sources(listed), had)
    return len(listed)


def remove(keys: Iterable[int]) -> None:
    """Take entries out of the index, inside the caller's transaction."""
    gone = list(keys)
    if not gone:
        return
    backend().remove(gone)
    Keyword.objects.filter(entry__in=gone).delete()
    Entry.objects.filter(id__in=gone).delete()


def _put(texts: Sequence[Source], had: dict[int, int]) -> None:
    made = [(source.document, lines(source)) for source in texts]
    entries = [entry(one, _wanted(one, had), text) for one, text in made]
    _store(entries)
    words = [word for (one, _), row in zip(made, entries, strict=True) for word in keywords(one, row.id)]
    Keyword.objects.bulk_create(words)
    pairs = zip(made, entries, strict=True)
    backend().add([Prepared(row.id, text, facets(one)) for (one, text), row in pairs])


def _wanted(one: Document, had: dict[int, int]) -> int:
    """The key it had, where that still says its day of publication; else the one it would like."""
    assert one.first_published_at is not None  # noqa: S101 - only listed documents come here
    first = first_key(one.first_published_at)
    key = had.get(one.pk)
    return key if key is not None and first <= key < first + DAY else key_for(one.first_published_at, one.pk)


def _store(entries: list[Entry]) -> None:
    """Insert entries; one whose key is taken goes behind the last of its day."""
    _spread(entries)
    for _ in range(TRIES):
        try:
            with transaction.atomic():
                Entry.objects.bulk_create(entries)
        except IntegrityError:
            # Somebody published under one of the keys since they were looked at.
            _spread(entries)
        else:
            return
    message = f"no free key for {len(entries)} documents published in the same minute"
    raise RuntimeError(message)


def _spread(entries: list[Entry]) -> None:
    taken = set(Entry.objects.filter(id__in=[one.id for one in entries]).values_list("id", flat=True))
    for one in entries:
        if one.id in taken:
            one.id = _behind(one.id, taken)
        taken.add(one.id)


def _behind(key: int, taken: set[int]) -> int:
    last = (
        Entry.objects.filter(id__gte=key, id__lt=key + DAY)
        .order_by("-id")
        .values_list("id", flat=True)
        .first()
    )
    candidate = max(key, last or key) + 1
    while candidate in taken:
        candidate += 1
    return candidate
