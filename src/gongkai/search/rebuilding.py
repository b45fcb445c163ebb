"""Making the index again, and the nightly look whether it is still in step.

Every batch is a transaction of its own that replaces the entries of its documents: searches go on meanwhile and find
each document by its old entry or its new one. A run that was killed left a whole index; the next goes on where it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F, Q

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.search.acts import BATCH, refresh, remove
from gongkai.search.backends import backend
from gongkai.search.folding import canon
from gongkai.search.models import Entry, Keyword, Rebuild, Text
from gongkai.search.preparing import current_version

CHUNK = 2000


@dataclass(frozen=True)
class Repair:
    """What the nightly check found and set right."""

    missing: int = 0
    surplus: int = 0
    stale: int = 0
    was_rebuilt: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether anything was out of step."""
        return bool(self.missing or self.surplus or self.stale or self.was_rebuilt)


def rebuild(
    *, at: dt.datetime, afresh: bool = False, tell: Callable[[int, int], object] = lambda _done, _total: None
) -> Rebuild:
    """Make all entries again, going on with a run that was not finished; ``afresh`` empties the index first.

    ``tell(done, total)`` is called after each batch.
    """
    run = None if afresh else Rebuild.objects.filter(finished_at=None).first()
    if afresh or not backend().holds():
        _empty()
    if run is None:
        Rebuild.objects.filter(finished_at=None).delete()
        run = Rebuild.objects.create(started_at=at, total=Document.objects.listed().count())
    while _batch(run):
        tell(run.done, run.total)
    _drop_surplus()
    run.finished_at = at
    run.save()
    return run


def _batch(run: Rebuild) -> bool:
    """Index the next documents and note how far that is, together. Whether there were any."""
    rest = Document.objects.listed().filter(pk__gt=run.after).order_by("pk")
    keys = list(rest.values_list("pk", flat=True)[:BATCH])
    if not keys:
        return False
    with transaction.atomic():
        refresh(keys)
        run.after, run.done = keys[-1], run.done + len(keys)
        run.save()
    return True


def _empty() -> None:
    """An index without entries, its own tables new."""
    if connection.vendor == "postgresql":
        from gongkai.search.backends.postgresql import CREATE, DROP

        statements: tuple[str, ...] = (*DROP, *CREATE)
    else:
        from gongkai.search.backends.sqlite import CREATE as CREATE_FTS
        from gongkai.search.backends.sqlite import DROP as DROP_FTS

        statements = (DROP_FTS, CREATE_FTS)
    with transaction.atomic(), connection.cursor() as cursor:
        for model in (Text, Keyword, Entry):
            model.objects.all()._raw_delete(using=connection.alias)  # noqa: SLF001 - no row of these has followers
        for statement in statements:
            cursor.execute(statement)


def check(*, at: dt.datetime) -> Repair:
    """Compare the index with what is listed, set right what differs, and put that on record."""
    if not backend().holds():
        rebuild(at=at, afresh=True)
        found = Repair(was_rebuilt=True)
    else:
        missing, stale = _missing(), _stale()
        refresh([*missing, *stale])
        found = Repair(len(missing), _drop_surplus(), len(stale))
    if found.is_needed:
        _record(found)
    return found


def _missing() -> list[int]:
    return list(
        Document.objects.listed().filter(search_entry=None).order_by("pk").values_list("pk", flat=True)
    )


def _stale() -> list[int]:
    """Entries older than their document's last public change, made by another folding, or under an old name."""
    changed = Q(changed_at__isnull=False) & (
        Q(search_entry__changed_at=None) | ~Q(changed_at=F("search_entry__changed_at"))
    )
    entries = Document.objects.listed().filter(search_entry__isnull=False)
    old = entries.filter(changed | ~Q(search_entry__version=current_version()) | Q(body__in=_renamed()))
    return list(old.order_by("pk").values_list("pk", flat=True))


def _renamed() -> list[int]:
    """Bodies whose newest entry does not bear their name."""
    found = []
    for body in Body.objects.filter(is_active=True):
        newest = Entry.objects.filter(body=body).order_by("-id").values_list("id", flat=True).first()
        text = Text.objects.filter(id=newest).first() if newest is not None else None
        if newest is not None and (text is None or canon(body.name).strip() not in text.canon.split("\n")[3]):
            found.append(body.pk)
    return found


def _drop_surplus() -> int:
    """Take out entries of documents that are not listed, and texts whose document is not there at all."""
    listed = Document.objects.listed().values("pk")
    keys = list(Entry.objects.exclude(document__in=listed).values_list("id", flat=True))
    keys += Text.objects.exclude(id__in=Entry.objects.values("id")).values_list("id", flat=True)
    for start in range(0, len(keys), CHUNK):
        with transaction.atomic():
            remove(keys[start : start + CHUNK])
    return len(keys)


@transaction.atomic
def _record(found: Repair) -> None:
    target = Body.objects.order_by("path").first()
    if target is not None:
        record(
            verb="search.repaired",
            actor=SYSTEM,
            target=target,
            detail={
                "missing": found.missing,
                "surplus": found.surplus,
                "stale": found.stale,
                "rebuilt": found.was_rebuilt,
            },
            reason="夜间核对检索索引与已公开文件，已改正",
        )
