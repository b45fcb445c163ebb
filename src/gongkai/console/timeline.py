"""The record of what was done, in words."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.console.verbs import verb_in_words
from gongkai.disclosure.enums import Opinion, ReviewStep

if TYPE_CHECKING:
    from django.db import models


class Happened(NamedTuple):
    """One line of a timeline."""

    at: dt.datetime
    text: str
    who: str
    state: str = ""


def timeline_of(*targets: models.Model, limit: int = 40, room: str = "") -> list[Happened]:
    """What was recorded about one thing, or several that belong together, newest first; ``room`` narrows the verbs."""
    about = Q(pk__in=[])
    for target in targets:
        about |= Q(target_type=target._meta.label_lower, target_id=str(target.pk))  # noqa: SLF001 - documented
    entries = Entry.objects.filter(about, verb__startswith=room).order_by("-sequence")[:limit]
    return [_happened(entry) for entry in entries]


def _happened(entry: Entry) -> Happened:
    words = _review_in_words(entry) or verb_in_words(entry.verb)
    reason = f"：{entry.reason}" if entry.reason else ""
    return Happened(timezone.localtime(entry.at), f"{words}{reason}", entry.actor_name)


def _review_in_words(entry: Entry) -> str:
    """Which step it was and how it ended: five lines that all say 审查版本 tell nothing."""
    step, opinion = entry.detail.get("step"), entry.detail.get("opinion")
    if entry.verb != "disclosure.review_edition" or step not in ReviewStep.values:
        return ""
    return (
        f"{ReviewStep(step).label}：{Opinion(opinion).label}"
        if opinion in Opinion.values
        else ReviewStep(step).label
    )
