"""The nightly check of all that is public: what is wrong becomes a fault, and stays one until it is gone."""

from __future__ import annotations

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.disclosure.checking import faults_of
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.models import Document, Edition, Fault

CHUNK = 200


def check_published(*, at: dt.datetime) -> tuple[int, int]:
    """Look at every edition online. Returns how many faults are new and how many have gone."""
    found, gone = 0, 0
    public = Document.objects.public()
    online = Edition.objects.filter(state=EditionState.PUBLISHED, document__in=public)
    rows = online.select_related("document__body").order_by("pk")
    for edition in rows.iterator(chunk_size=CHUNK):
        more, less = check_document(edition, at=at)
        found, gone = found + more, gone + less
    left = Fault.objects.filter(gone_at=None).exclude(document__in=public)
    return found, gone + left.update(gone_at=at)


def check_document(edition: Edition, *, at: dt.datetime) -> tuple[int, int]:
    """Note what is wrong with one edition, and what no longer is."""
    seen = {(one.code, _key(one)): one for one in faults_of(edition, timezone.localdate(at))}
    with transaction.atomic():
        known = {(row.code, row.key): row for row in edition.document.faults.filter(gone_at=None)}
        fresh = [seen[name] for name in seen if name not in known]
        Fault.objects.bulk_create([_fault(edition, one, at) for one in fresh], ignore_conflicts=True)
        past = [known[name].pk for name in known if name not in seen]
        Fault.objects.filter(pk__in=past).update(gone_at=at)
    return len(fresh), len(past)


def _key(one: Obstacle) -> str:
    return hashlib.sha256(one.message.encode()).hexdigest()


def _fault(edition: Edition, one: Obstacle, at: dt.datetime) -> Fault:
    return Fault(
        document_id=edition.document_id,
        code=one.code,
        key=_key(one),
        message=one.message[:500],
        remedy=one.remedy[:300],
        found_at=at,
    )
