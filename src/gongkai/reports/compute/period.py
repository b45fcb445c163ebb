"""The reporting period: 1 January to 31 December, in local time (both formats, R12)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone


@dataclass(frozen=True)
class Period:
    """A calendar year as dates and as aware moments."""

    year: int

    @property
    def first(self) -> dt.date:
        """1 January."""
        return dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        """31 December."""
        return dt.date(self.year, 12, 31)

    @property
    def after(self) -> dt.date:
        """1 January of the next year."""
        return dt.date(self.year + 1, 1, 1)

    @property
    def start(self) -> dt.datetime:
        """The first moment of the year."""
        return _midnight(self.first)

    @property
    def end(self) -> dt.datetime:
        """The first moment of the next year."""
        return _midnight(self.after)


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
