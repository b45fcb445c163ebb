"""Who is told when what the public sees of a document changes: the search index, the channels, caches.

A room that wants to know registers a function in its ``AppConfig.ready``; the acts of this room call ``tell`` at the
end of their transaction, so an effect stands or falls with the act. An effect therefore does nothing slow and calls
nothing outside the house: it notes, queues or forgets. See docs/adr/0015-public-change.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction

from gongkai.disclosure.models import Document


class Change(StrEnum):
    """What happened to the document in the eyes of the public."""

    PUBLISHED = "published"
    """Its first edition came online."""
    REVISED = "revised"
    """Another edition took the place of the one online."""
    LEFT = "left"
    """It left the site or its lists; which of the ways, its ``departures`` say."""
    RETURNED = "returned"
    """It came back from where it had left to."""
    METADATA = "metadata"
    """The text is the same, what is said about it is not: validity, links, classes."""


Effect = Callable[[Document, Change, dt.datetime], object]
ManyEffect = Callable[[Sequence[Document], Change, dt.datetime], object]


@dataclass(frozen=True)
class _Registered:
    one: Effect
    many: ManyEffect | None


_effects: dict[str, _Registered] = {}


def register(name: str, effect: Effect, *, many: ManyEffect | None = None) -> None:
    """Have ``effect(document, change, at)`` called for every public change, and ``many`` for a batch of them.

    Without ``many`` a batch calls ``effect`` for each document. Raises ValueError for a name in use by another
    function, so that nothing is told twice.
    """
    known = _effects.get(name)
    if known is not None and known != _Registered(effect, many):
        message = f"two effects of a public change are called {name}"
        raise ValueError(message)
    _effects[name] = _Registered(effect, many)


def unregister(name: str) -> None:
    """Forget an effect; for tests."""
    _effects.pop(name, None)


def registered() -> tuple[str, ...]:
    """The names in the order in which they are told."""
    return tuple(_effects)


def tell(document: Document, change: Change, at: dt.datetime) -> None:
    """Note the time of the change with the document and tell every effect, inside the caller's transaction.

    Raises TransactionManagementError outside a transaction.
    """
    _inside()
    document.changed_at = at
    document.save(update_fields=["changed_at"])
    for effect in _effects.values():
        effect.one(document, change, at)


def tell_many(documents: Sequence[Document], change: Change, at: dt.datetime) -> None:
    """The same for a batch whose ``changed_at`` is stored already."""
    _inside()
    for effect in _effects.values():
        if effect.many is not None:
            effect.many(documents, change, at)
            continue
        for document in documents:
            effect.one(document, change, at)


def _inside() -> None:
    if not transaction.get_connection().in_atomic_block:
        message = "a public change is told inside the transaction that makes it"
        raise transaction.TransactionManagementError(message)
