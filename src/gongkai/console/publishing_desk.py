"""What waits in publishing, for the desk: the editions whose turn it is with this officer, and counts of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.console.access import bodies_for, bodies_to, officer_of
from gongkai.disclosure import queries
from gongkai.disclosure.procedure import PERMISSION_FOR, next_step, rules_by_body, why_own_work
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from django.http import HttpRequest

    from gongkai.disclosure.models import Edition
    from gongkai.organisations.models import Body

MOST_LOOKED_AT = 300
"""Editions in review whose turn is reckoned, the longest waiting first."""
MOST_SHOWN = 20


class Turn(NamedTuple):
    """An edition that waits for this officer's opinion."""

    edition: Edition
    step: str
    since: dt.datetime | None


class Waiting(NamedTuple):
    """So many of a kind, and where they stand."""

    number: int
    text: str
    address: str
    late: bool = False


class Publishing(NamedTuple):
    """The desk's part on publishing."""

    turns: list[Turn]
    more_turns: int
    waiting: list[Waiting]


def publishing(request: HttpRequest) -> Publishing:
    """Everything in a fixed number of questions, however much there is of it."""
    bodies = list(bodies_for(request))
    turns = _turns(request, bodies)
    return Publishing(turns[:MOST_SHOWN], max(0, len(turns) - MOST_SHOWN), _waiting(request, bodies))


def _turns(request: HttpRequest, bodies: list[Body]) -> list[Turn]:
    """Editions whose next step this officer may take: his permission reaches there, and it is not his own work."""
    officer = officer_of(request)
    may = {
        one: set(bodies_to(request, one).values_list("pk", flat=True))
        for one in (Permission.HANDLE, Permission.APPROVE)
    }
    rules = rules_by_body(bodies)
    found = []
    for edition in queries.in_review(bodies)[:MOST_LOOKED_AT]:
        body = edition.document.body_id
        step = next_step(edition, edition.reviews.all(), rules.get(body))
        if step is None or body not in may[PERMISSION_FOR[step]] or why_own_work(edition, step, officer):
            continue
        found.append(Turn(edition, step.label, edition.submitted_at))
    return found


def _waiting(request: HttpRequest, bodies: list[Body]) -> list[Waiting]:
    """The counts that are not zero; each leads to its list."""
    officer, today = officer_of(request), timezone.localdate()
    work = reverse("console:document_work")
    approving = bodies_to(request, Permission.APPROVE)
    lacking = queries.lacking_interpretation(bodies, calendar=current_calendar(), today=today)
    signed = queries.signed_not_published(bodies)
    rows: Iterable[Waiting] = (
        Waiting(signed.filter(publish_at=None).count(), "件已签发，等待发布", f"{work}#signed"),
        Waiting(
            signed.exclude(publish_problem="").count(), "件到时未能自动发布", f"{work}#signed", late=True
        ),
        Waiting(
            queries.unconfirmed(approving).exclude(reviewer=officer).count(),
            "件例外放行等待您复核",
            f"{work}#exceptions",
        ),
        Waiting(queries.to_recheck(bodies).count(), "件等待发布后核查", f"{work}#rechecks"),
        Waiting(
            queries.to_reassess(bodies, today).count(),
            "件不予公开的信息到期应评估（条例第十八条）",
            f"{work}#assessments",
        ),
        Waiting(
            len(lacking),
            "件政策文件尚缺解读",
            reverse("console:interpretations"),
            late=any(one.late_by for one in lacking),
        ),
        Waiting(
            queries.open_faults(bodies).count(),
            "项已公开内容的问题（断链、缺附件、到期、个人信息）",
            reverse("console:faults"),
            late=True,
        ),
    )
    return [one for one in rows if one.number]
