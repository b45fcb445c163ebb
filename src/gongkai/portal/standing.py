"""Whether documents are in force, asked of the database: the same answers as ``Document.validity``, as conditions."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from gongkai.disclosure.enums import Ending, Validity
from gongkai.disclosure.validity import HAS_VALIDITY


def in_standing(validity: Validity, today: dt.date) -> Q:
    """The documents that have this validity on a day."""
    concerned = Q(kind__in=sorted(HAS_VALIDITY))
    ended = Q(ended_on__isnull=False, ended_on__lte=today)
    running = Q(ended_on__isnull=True) | Q(ended_on__gt=today)
    expired = Q(valid_until__isnull=False, valid_until__lt=today)
    valid = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    waiting = Q(effective_on__isnull=False, effective_on__gt=today)
    begun = Q(effective_on__isnull=True) | Q(effective_on__lte=today)
    amended = Q(amended_on__isnull=False, amended_on__lte=today)
    unamended = Q(amended_on__isnull=True) | Q(amended_on__gt=today)
    match validity:
        case Validity.REPEALED:
            return concerned & ended & Q(ended_how=Ending.REPEALED)
        case Validity.LAPSED:
            return concerned & (ended & Q(ended_how=Ending.LAPSED) | running & expired)
        case Validity.NOT_YET:
            return concerned & running & valid & waiting
        case Validity.AMENDED:
            return concerned & running & valid & begun & amended
        case _:
            return concerned & running & valid & begun & unamended
