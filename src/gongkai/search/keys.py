"""The keys of entries: the minute of publication, then a place within it; pure.

Ordered by key is ordered by publication. A segment is what falls into a quarter of a year; PostgreSQL's index is asked one
segment after the other, the newest first, so that a common word costs no more than a rare one.
"""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
PLACES = 12  # bits of a key that tell apart what was published in the same minute
SPAN = 17  # bits of minutes in a segment
DAY = 24 * 60 << PLACES
_MINUTE = dt.timedelta(minutes=1)


def first_key(moment: dt.datetime) -> int:
    """The first key of the minute."""
    return (moment - EPOCH) // _MINUTE << PLACES


def key_for(moment: dt.datetime, document: int) -> int:
    """The key that a document would like to have."""
    return first_key(moment) + document % (1 << PLACES)


def segment_of(key: int) -> int:
    """The segment a key lies in."""
    return key >> (PLACES + SPAN)


def segment_start(segment: int) -> int:
    """The first key of a segment."""
    return segment << (PLACES + SPAN)


def year_range(year: int, zone: dt.tzinfo | ZoneInfo) -> tuple[int, int]:
    """The first key of a year and the first after it, by the clock of a place."""
    return (
        first_key(dt.datetime(year, 1, 1, tzinfo=zone)),
        first_key(dt.datetime(year + 1, 1, 1, tzinfo=zone)),
    )
