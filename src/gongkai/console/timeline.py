"""The record of what was done, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.console.verbs import verb_in_words

if TYPE_CHECKING:
    from django.db import models


class Happened(NamedTuple):
    """One line of a timeline."""

    at: dt.datetime
    text: str
    who: str
    state: str = ""


def timeline_of(target: models.Model, limit: int = 40) -> list[Happened]:
    """What was recorded about one thing, newest first."""
    label = target._meta.label_lower  # noqa: SLF001 - Django's documented interface
    entries = Entry.objects.filter(target_type=label, target_id=str(target.pk)).order_by("-sequence")[:limit]
    return [_happened(entry) for entry in entries]


def _happened(entry: Entry) -> Happened:
    words = verb_in_words(entry.verb)
    reason = f"：{entry.reason}" if entry.reason else ""
    return Happened(timezone.localtime(entry.at), f"{words}{reason}", entry.actor_name)
