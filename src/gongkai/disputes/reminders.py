"""Terms of reviews and lawsuits: the body's own answer to the reviewing organ or the court.

行政复议法 art. 48: ten days from receiving the copy of the application; 行政诉讼法 art. 67: fifteen days from receiving
the complaint. Both are calendar days; the day of acceptance is taken for the day of receipt, which errs on the safe side.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.disputes.models import Dispute, Route
from gongkai.disputes.queries import open_disputes
from gongkai.foi.models import Reminder
from gongkai.foi.models.work import ReminderKind
from gongkai.foi.reminders import Due, give, handlers_of, is_quiet
from gongkai.organisations.models import Body

REVIEW_ANSWER_DAYS = 10  # 行政复议法 art. 48
COURT_ANSWER_DAYS = 15  # 行政诉讼法 art. 67
AHEAD = dt.timedelta(5)


def answer_due(dispute: Dispute) -> dt.date:
    """The last day for the body's own answer and evidence."""
    days = REVIEW_ANSWER_DAYS if dispute.route == Route.REVIEW else COURT_ANSWER_DAYS
    return dispute.filed_on + dt.timedelta(days)


def due_dispute_reminders(body: Body, *, at: dt.datetime) -> Iterator[Due]:
    """The open cases of a body whose answer is due within five days."""
    today = timezone.localdate(at)
    for dispute in open_disputes(body).select_related("request"):
        due_on = answer_due(dispute)
        if today <= due_on <= today + AHEAD:
            name = f"{dispute.get_route_display()}案件{dispute.number}"  # the matter may name a person
            text = f"{name}应于{due_on}前提交答复和证据"[:300]
            yield Due(dispute.request, ReminderKind.DISPUTE, due_on, text, handlers_of(body, today))


def remind_of_disputes(body: Body, *, at: dt.datetime) -> list[Reminder]:
    """Give what was not given before; nothing in quiet hours."""
    if is_quiet(at, current_calendar()):
        return []
    with transaction.atomic():
        return give(due_dispute_reminders(body, at=at), at=at)
