"""Acts on reviews and lawsuits (条例 art. 51; table 4 of the report)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.disputes.models import Dispute, Route
from gongkai.foi.models import Request
from gongkai.foi.rules import why_future, why_not_handle
from gongkai.organisations.amendments import record_dated, years_through
from gongkai.organisations.models import Body

CHANGEABLE = frozenset(
    {
        "request", "route", "number", "organ", "matter", "filed_on", "concluded_on", "result", "as_reviewing_organ"
    }
)  # fmt: skip


def why_dispute_wrong(dispute: Dispute, *, at: dt.datetime) -> list[Obstacle]:
    """What is wrong with a case by itself: its fields, days, route, request, or that it is kept already."""
    return [
        *why_row_wrong(dispute),
        *why_future(at, filed_on=dispute.filed_on, concluded_on=dispute.concluded_on),
        *_why_route_wrong(dispute),
        *_why_request_wrong(dispute),
        *_why_again(dispute),
    ]


def _why_route_wrong(dispute: Dispute) -> list[Obstacle]:
    """A reviewing organ is a co-defendant, never the defendant of a review (国办公开办函〔2016〕201号)."""
    if not dispute.as_reviewing_organ:
        return _why_no_review(dispute)
    found = []
    if dispute.route == Route.REVIEW:
        message = "“仅作为复议机关共同被告”只适用于诉讼案件"
        found.append(Obstacle("reviewing_organ", message, "行政复议案件请不要勾选", "as_reviewing_organ"))
    if dispute.route == Route.DIRECT:
        message = "未经复议直接起诉的案件没有复议机关作共同被告"
        found.append(Obstacle("reviewing_organ", message, "请核对类别", "route"))
    if dispute.request is not None:
        message = "本机关仅作为复议机关时，所涉申请由原行为机关登记"
        found.append(Obstacle("reviewing_organ", message, "请不要选择所涉申请", "request"))
    return found


def _why_no_review(dispute: Dispute) -> list[Obstacle]:
    """Litigation after review needs the review; where the request is known, it must be on file."""
    if dispute.route != Route.AFTER_REVIEW or dispute.request is None:
        return []
    before = Dispute.objects.filter(
        request=dispute.request, route=Route.REVIEW, concluded_on__lte=dispute.filed_on
    )
    if before.exists():
        return []
    message = "复议后起诉的案件，起诉前没有登记已审结的行政复议"
    return [Obstacle("no_review", message, "请先登记该申请的行政复议及其结果", "route")]


def _why_request_wrong(dispute: Dispute) -> list[Obstacle]:
    request = dispute.request
    if request is None:
        return []
    found = []
    if request.body_id != dispute.body_id:
        found.append(Obstacle("elsewhere", "所选申请不是本机关受理的", "请重新选择", "request"))
    if request.received_on is None or dispute.filed_on < request.received_on:
        message = f"受理日期{dispute.filed_on}早于申请{request.number}的收到日期"
        found.append(Obstacle("too_early", message, "请核对日期或者所涉申请", "filed_on"))
    return found


def _why_again(dispute: Dispute) -> list[Obstacle]:
    same = Dispute.objects.exclude(pk=dispute.pk).filter(
        body=dispute.body, route=dispute.route, number=dispute.number
    )
    if not dispute.number:
        same = same.filter(request=dispute.request, filed_on=dispute.filed_on, matter=dispute.matter)
    if not same.exists():
        return []
    return [Obstacle("again", f"“{dispute}”已经登记过", "无须重复登记；确为另一件的，请填写案号", "number")]


def why_not_file(dispute: Dispute, *, actor: Actor, at: dt.datetime, amendment: str = "") -> list[Obstacle]:
    """Everything that stands against keeping this case."""
    years = _years(at, dispute)
    return [
        *why_not_handle(dispute.body, actor=actor, at=at, years=years, amendment=amendment),
        *why_dispute_wrong(dispute, at=at),
    ]


def _years(at: dt.datetime, *states: Dispute) -> range:
    """A case counts in every year from its filing until it is concluded: as pending, then with its result."""
    today = timezone.localdate(at)
    days = [day for one in states for day in (one.filed_on, one.concluded_on or today)]
    return years_through(*days)


def _years_changed(at: dt.datetime, before: Dispute, after: Dispute) -> range:
    """What a correction changes: every year when the case is counted elsewhere, else from one ending to the other."""
    if any(
        getattr(before, name) != getattr(after, name) for name in ("route", "filed_on", "as_reviewing_organ")
    ):
        return _years(at, before, after)
    today = timezone.localdate(at)
    return years_through(before.concluded_on or today, after.concluded_on or today)


def file_dispute(
    *,
    body: Body,
    route: str,
    filed_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    request: Request | None = None,
    amendment: str = "",
    **more: Any,
) -> Dispute:
    """Keep a review or lawsuit that was accepted. ``more``: number, organ, matter, as_reviewing_organ.

    Raises RefusedError. What an officer should look at once more: ``queries.notes_on_dispute``.
    """
    dispute = Dispute(body=body, request=request, route=route, filed_on=filed_on, **more)
    with transaction.atomic():
        lock_one(body)
        refuse_if(why_not_file(dispute, actor=actor, at=at, amendment=amendment))
        dispute.save()
        record_dated(
            verb="disputes.file_dispute",
            actor=actor,
            target=dispute,
            body=body,
            years=_years(at, dispute),
            amendment=amendment,
            detail=_told(dispute),
        )
    return dispute


def why_not_conclude(
    dispute: Dispute,
    *,
    result: str,
    concluded_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against concluding the case with this result."""
    years = years_through(concluded_on, timezone.localdate(at))
    found = why_not_handle(dispute.body, actor=actor, at=at, years=years, amendment=amendment)
    if dispute.concluded_on is not None:
        message = f"本案已于{dispute.concluded_on}审结（{dispute.get_result_display()}）"
        return [*found, Obstacle("concluded", message, "有误的请更正案件记录")]
    concluded = _changed(dispute, {"result": result, "concluded_on": concluded_on})
    return [*found, *why_row_wrong(concluded), *why_future(at, concluded_on=concluded_on)]


def conclude_dispute(
    *,
    dispute: Dispute,
    result: str,
    concluded_on: dt.date,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> Dispute:
    """Record how a case ended. Raises RefusedError."""
    with transaction.atomic():
        dispute = lock_one(dispute)
        obstacles = why_not_conclude(
            dispute, result=result, concluded_on=concluded_on, actor=actor, at=at, amendment=amendment
        )
        refuse_if(obstacles)
        dispute.result, dispute.concluded_on = result, concluded_on
        dispute.save(update_fields=["result", "concluded_on"])
        record_dated(
            verb="disputes.conclude_dispute",
            actor=actor,
            target=dispute,
            body=dispute.body,
            years=years_through(concluded_on, timezone.localdate(at)),
            amendment=amendment,
            detail={"result": result, "concluded_on": concluded_on},
        )
    return dispute


def _changed(dispute: Dispute, changes: dict[str, Any]) -> Dispute:
    """The case as it would be, not saved."""
    fields = [field.attname for field in Dispute._meta.concrete_fields]  # noqa: SLF001 - documented interface
    copy = Dispute(**{name: getattr(dispute, name) for name in fields})
    for name, value in changes.items():
        setattr(copy, name, value)
    return copy


def why_not_amend(
    dispute: Dispute,
    changes: dict[str, Any],
    *,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
) -> list[Obstacle]:
    """Everything that stands against correcting the case."""
    after = _changed(dispute, changes)
    years = _years_changed(at, dispute, after)
    found = why_not_handle(dispute.body, actor=actor, at=at, years=years, amendment=amendment)
    if not reason.strip():
        found.append(Obstacle("no_reason", "更正案件记录应写明理由", "请填写理由", "reason"))
    if _told(after) == _told(dispute):
        found.append(Obstacle("unchanged", "没有任何改动", "无须更正"))
    return found + why_dispute_wrong(after, at=at)


def amend_dispute(
    *,
    dispute: Dispute,
    reason: str,
    actor: Actor,
    at: dt.datetime,
    amendment: str = "",
    **changes: Any,
) -> Dispute:
    """Correct a case; what it said before is kept in the audit. Raises RefusedError, TypeError for no such field."""
    unknown = set(changes) - CHANGEABLE
    if unknown:
        message = f"a dispute has no {', '.join(sorted(unknown))} to change"
        raise TypeError(message)
    with transaction.atomic():
        lock_one(dispute.body)
        dispute = lock_one(dispute)
        refuse_if(why_not_amend(dispute, changes, reason=reason, actor=actor, at=at, amendment=amendment))
        after = _changed(dispute, changes)
        years, before = _years_changed(at, dispute, after), _told(dispute)
        for name, value in changes.items():
            setattr(dispute, name, value)
        dispute.save(update_fields=sorted(changes))
        record_dated(
            verb="disputes.amend_dispute",
            actor=actor,
            target=dispute,
            body=dispute.body,
            years=years,
            amendment=amendment,
            detail={"from": before, "to": _told(dispute)},
            reason=reason,
        )
    return dispute


def _told(dispute: Dispute) -> dict[str, Any]:
    names = sorted(CHANGEABLE - {"request"})
    return {"request": dispute.request_id, **{name: getattr(dispute, name) for name in names}}
