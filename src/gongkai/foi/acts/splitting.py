"""一事一申请: an application about several matters is split; the same application made twice is handled once.

What was split keeps its number and its file and is counted no more; its parts, ``2024-0012-1`` and so on, are counted
each (国办函〔2020〕109号 art. 4 counts them so). What was merged is counted with the request it was merged into.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock, lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.acts.letters import LIVE
from gongkai.foi.copying import copy_facts, copy_of
from gongkai.foi.enums import FactKind, Standing
from gongkai.foi.models import CaseFact, Request
from gongkai.foi.rules import why_not_handle, why_not_received, why_over
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.rules import officer_of

BEFORE_SPLITTING = frozenset(
    {
        FactKind.SUBMITTED,
        FactKind.RECEIVED,
        FactKind.OFFICE_CONFIRMED,
        FactKind.APPLICANT_CONFIRMED,
        FactKind.CLARIFICATION_NOTIFIED,
        FactKind.CLARIFICATION_RECEIVED,
        FactKind.REASONS_REQUESTED,
        FactKind.REASONS_GIVEN,
    }
)
"""What is about the application as a whole; a consultation, an extension, a fee are about one matter already."""

BEFORE_MERGING = frozenset(
    {FactKind.SUBMITTED, FactKind.RECEIVED, FactKind.OFFICE_CONFIRMED, FactKind.APPLICANT_CONFIRMED}
)


@dataclass(frozen=True)
class Part:
    """One matter of an application."""

    subject: str
    description: str = ""


def why_not_split(
    request: Request,
    *,
    parts: Sequence[Part],
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Fewer than two matters, a case that is too far on, or one that is a part itself."""
    years = _years(request, at)
    found = [
        *why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_over(request),
    ]
    if request.closed_on is not None or request.set_aside:
        return found
    found += why_not_received(request)
    found += _why_not_ordinary(request)
    found += _why_too_far(request, BEFORE_SPLITTING, "拆分")
    subjects = [part.subject.strip() for part in parts]
    if len(set(subjects)) < 2 or len(set(subjects)) < len(subjects):  # noqa: PLR2004 - two matters
        message = "拆分至少要有两项内容，各项名称不能相同"
        found.append(Obstacle("parts", message, "请逐项填写所需信息", "parts"))
    for row in _rows(request, parts, actor=actor, at=at):
        found += why_row_wrong(row, exclude=["number"])
    if not reason.strip():
        found.append(Obstacle("no_reason", "拆分申请应写明理由", "请填写理由", "reason"))
    return found


def _years(request: Request, at: dt.datetime) -> range:
    """A request counts as new and as open from its receipt on."""
    today = timezone.localdate(at)
    return years_through(request.received_on, today) if request.received_on else range(0)


def _why_not_ordinary(request: Request) -> list[Obstacle]:
    if request.standing == Standing.REDONE:
        return [Obstacle("redone", "重新办理的申请不能再拆分或者合并", "请按原申请的范围答复")]
    if request.parent is not None:
        return [Obstacle("part", f"本件是申请{request.parent.number}的分件", "分件不再拆分或者合并")]
    return []


def _why_too_far(request: Request, allowed: frozenset[FactKind], what: str) -> list[Obstacle]:
    found = [
        Obstacle("under_way", f"已经登记“{fact.get_kind_display()}”，不能再{what}", "请按现有申请办理")
        for fact in request.facts.filter(cancelled_at=None).exclude(kind__in=allowed)
    ]
    if request.letters.filter(state__in=LIVE).exists():
        found.append(Obstacle("letters", f"本件有未发出的文书，不能{what}", "请先作废或者发出"))
    return found


def _rows(request: Request, parts: Sequence[Part], *, actor: Actor, at: dt.datetime) -> list[Request]:
    rows = []
    for position, part in enumerate(parts, start=1):
        row = copy_of(request, number=f"{request.number}-{position}", actor=actor, at=at)
        row.parent, row.received_on = request, request.received_on
        row.subject, row.description = part.subject.strip(), part.description.strip() or request.description
        rows.append(row)
    return rows


def split_request(
    *,
    request: Request,
    parts: Sequence[Part],
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Request]:
    """Split an application into its matters; each goes on with the facts so far. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_split(request, parts=parts, reason=reason, actor=actor, at=at, amendment=amendment))
        facts = list(request.facts.filter(cancelled_at=None).order_by("on", "pk"))
        rows = _rows(request, parts, actor=actor, at=at)
        for row in rows:
            row.save()
            copy_facts(facts, row)
        numbers = [row.number for row in rows]
        _set_aside(request, FactKind.SPLIT, {"numbers": "、".join(numbers)}, actor=actor, at=at)
        record_dated(
            verb="foi.split_request",
            actor=actor,
            target=request,
            body=request.body,
            years=_years(request, at),
            amendment=amendment,
            detail={"parts": numbers},
            reason=reason,
        )
    return rows


def _set_aside(
    request: Request, kind: FactKind, detail: dict[str, str], *, actor: Actor, at: dt.datetime
) -> None:
    """Nothing more is done on this row: its assignment ends, its standing says where it goes on."""
    CaseFact.objects.create(
        request=request,
        kind=kind,
        on=timezone.localdate(at),
        detail=detail,
        recorded_at=at,
        recorded_by=officer_of(actor),
    )
    request.assignments.filter(ended_at=None).update(ended_at=at)
    request.standing = Standing.SPLIT if kind is FactKind.SPLIT else Standing.MERGED
    request.save(update_fields=["standing", "merged_into"])


def why_not_merge(
    request: Request,
    duplicate: Request,
    *,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Another applicant or body, a duplicate that came first, or either too far on."""
    years = {*_years(request, at), *_years(duplicate, at)}
    over = [*why_over(request), *why_over(duplicate)]
    handled = why_not_handle(request.body, actor=actor, at=at, years=years, amendment=amendment)
    if over:
        return [*handled, *over]
    found = [
        *handled,
        *why_not_received(request),
        *_why_not_ordinary(duplicate),
        *_why_too_far(duplicate, BEFORE_MERGING, "合并"),
    ]
    if request.standing == Standing.REDONE:
        found += _why_not_ordinary(request)
    if request.pk == duplicate.pk:
        found.append(Obstacle("same", "申请不能与自己合并", "请选择另一件申请", "duplicate"))
    if not _same_person(request, duplicate):
        message = f"{duplicate.number}与{request.number}不是同一申请人向本机关提出的"
        found.append(Obstacle("other_applicant", message, "不同申请人的申请应分别答复", "duplicate"))
    if _came_first(duplicate, request):
        message = f"{duplicate.number}收到在先（{duplicate.received_on}）"
        found.append(Obstacle("earlier", message, "请并入先收到的申请，答复期限从其起算", "duplicate"))
    if not reason.strip():
        found.append(Obstacle("no_reason", "合并办理应写明理由", "请填写理由", "reason"))
    return found


def _same_person(one: Request, other: Request) -> bool:
    if one.body_id != other.body_id:
        return False
    first, second = one.applicant, other.applicant
    by_number = bool(first.identity_index) and first.identity_index == second.identity_index
    return first.pk == second.pk or by_number


def _came_first(duplicate: Request, request: Request) -> bool:
    if duplicate.received_on is None or request.received_on is None:
        return False
    return duplicate.received_on < request.received_on


def merge_requests(
    *,
    request: Request,
    duplicate: Request,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Request:
    """Handle a later application of the same applicant for the same matter with the first one. Raises RefusedError."""
    with transaction.atomic():
        rows = lock(Request, {request.pk, duplicate.pk})
        request, duplicate = rows[request.pk], rows[duplicate.pk]
        refuse_if(why_not_merge(request, duplicate, reason=reason, actor=actor, at=at, amendment=amendment))
        duplicate.merged_into = request
        _set_aside(duplicate, FactKind.MERGED, {"numbers": request.number}, actor=actor, at=at)
        record_dated(
            verb="foi.merge_requests",
            actor=actor,
            target=duplicate,
            body=duplicate.body,
            years={*_years(request, at), *_years(duplicate, at)},
            amendment=amendment,
            detail={"into": request.number},
            reason=reason,
        )
    return duplicate
