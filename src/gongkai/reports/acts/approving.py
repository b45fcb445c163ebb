"""From draft to the public: submit, return, approve, publish. Who submits does not approve."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_not_text
from gongkai.law.report.cells import Cell
from gongkai.law.report.findings import Finding, Severity, Verdict
from gongkai.law.report.formats import format_for
from gongkai.law.report.narrative import NarrativeError
from gongkai.organisations.acts import lock_year
from gongkai.organisations.models import Officer
from gongkai.organisations.rules import Permission, why_not_permitted
from gongkai.reports.compute.figures import compute_figures, is_derived
from gongkai.reports.drafting import check_draft, draft_of
from gongkai.reports.enums import VersionState
from gongkai.reports.freeze import from_frozen, frozen_adjustments, to_frozen
from gongkai.reports.models import REASON_LENGTH, Version
from gongkai.reports.moves import move, why_not_move
from gongkai.reports.writing.canonical import digest

SHOWN_CHANGES = 5


def why_not_submit(version: Version, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that keeps a draft from being submitted."""
    today, annual = timezone.localdate(at), version.report
    obstacles = why_not_permitted(actor, Permission.HANDLE, annual.body, today)
    obstacles += why_not_move(version, VersionState.CHECKED)
    if today <= dt.date(annual.year, 12, 31):
        message = f"{annual.year}年度的统计期限到12月31日，尚未结束"
        obstacles.append(Obstacle("year_running", message, f"请在{annual.year + 1}年1月1日以后送审"))
    if obstacles:
        return obstacles
    return _why_checks_fail(version)


def _why_checks_fail(version: Version) -> list[Obstacle]:
    try:
        findings = check_draft(version.report.body, draft_of(version))
    except NarrativeError as error:
        return [Obstacle("narrative", str(error), "请修改该部分的文字")]
    return [_as_obstacle(finding) for finding in findings if _blocks(finding)]


def _blocks(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR and finding.verdict in {Verdict.FAIL, Verdict.UNCERTAIN}


def _as_obstacle(finding: Finding) -> Obstacle:
    return Obstacle(f"check_{finding.rule}", f"{finding.rule} {finding.message}", finding.remedy)


def submit(*, version: Version, actor: Actor, at: dt.datetime) -> None:
    """Check, freeze and hand a draft over for approval. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_submit(version, actor, at))
        draft = draft_of(version)
        frozen = to_frozen(draft.report, draft.adjustments)
        move(
            version,
            VersionState.CHECKED,
            frozen=frozen,
            digest=digest(draft.report),
            submitted_at=at,
            submitted_by=_officer(actor),
            return_reason="",
        )
        _record("reports.submit", version, actor)


def why_not_return(version: Version, actor: Actor, at: dt.datetime, reason: str) -> list[Obstacle]:
    """Why a submitted or approved version cannot be sent back."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, version.report.body, timezone.localdate(at))
    obstacles += why_not_move(version, VersionState.DRAFT)
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "退回年报应写明理由", "请填写退回理由", "reason"))
    return obstacles + why_not_text(reason, "退回理由", limit=REASON_LENGTH, field="reason")


def return_to_draft(*, version: Version, actor: Actor, reason: str, at: dt.datetime) -> None:
    """Send a version back to be worked on; its frozen content is given up. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_return(version, actor, at, reason))
        detail = {"digest": version.digest, "version": version.number}
        move(
            version,
            VersionState.DRAFT,
            frozen=None,
            digest="",
            return_reason=reason.strip(),
            submitted_at=None,
            submitted_by=None,
            approved_at=None,
            approved_by=None,
        )
        body = version.report.body
        record(
            verb="reports.return", actor=actor, target=version.report, body=body, detail=detail, reason=reason
        )


def why_not_approve(version: Version, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that keeps a submitted version from being approved by this actor."""
    body = version.report.body
    obstacles = why_not_permitted(actor, Permission.APPROVE, body, timezone.localdate(at))
    obstacles += why_not_move(version, VersionState.APPROVED)
    if version.submitted_by_id is not None and version.submitted_by_id == actor.pk:
        obstacles.append(
            Obstacle("same_person", "送审人不能审签自己送审的年报", "请由另一位有审签权限的人员办理")
        )
    return obstacles + _why_outdated(version)


def _why_outdated(version: Version) -> list[Obstacle]:
    """The records moved after the figures were frozen."""
    if version.frozen is None:
        return []
    annual = version.report
    now, fmt = compute_figures(annual.body, annual.year), format_for(annual.year)
    then = dict(from_frozen(version.frozen).known())
    then |= {cell: computed for cell, (computed, _) in frozen_adjustments(version.frozen).items()}
    changed = [cell for cell in _plain_cells(version) if now[cell] != then[cell]]
    told = "；".join(
        f"{fmt.label(cell)}：送审{then[cell]}，现为{now[cell]}" for cell in changed[:SHOWN_CHANGES]
    )
    if not changed:
        return []
    return [Obstacle("records_moved", f"送审后记录有变化：{told}", "请退回草稿重新计算后再送审")]


def _plain_cells(version: Version) -> list[Cell]:
    return [cell for cell in format_for(version.report.year).cells if not is_derived(cell)]


def approve(*, version: Version, actor: Actor, at: dt.datetime) -> None:
    """Approve what was submitted. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_approve(version, actor, at))
        move(version, VersionState.APPROVED, approved_at=at, approved_by=_officer(actor))
        _record("reports.approve", version, actor)


def why_not_publish(version: Version, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Everything that keeps an approved version from being published."""
    body = version.report.body
    obstacles = why_not_permitted(actor, Permission.HANDLE, body, timezone.localdate(at))
    return obstacles + why_not_move(version, VersionState.PUBLISHED) + _why_outdated(version)


def publish(*, version: Version, actor: Actor, at: dt.datetime) -> None:
    """Make an approved version public, replace the former one and lock the year. Raises ``RefusedError``."""
    with transaction.atomic():
        annual = lock_one(version.report)
        version = lock_one(version)
        refuse_if(why_not_publish(version, actor, at))
        # Locked first: whatever is recorded from here on sees the lock, so nothing slips in after the comparison.
        lock_year(body=annual.body, year=annual.year, actor=actor, at=at)
        refuse_if(_why_outdated(version))
        for former in annual.versions.filter(state=VersionState.PUBLISHED):
            move(former, VersionState.SUPERSEDED)
        move(version, VersionState.PUBLISHED, published_at=at)
        _record("reports.publish", version, actor)


def _officer(actor: Actor) -> Officer | None:
    return actor if isinstance(actor, Officer) else None


def _record(verb: str, version: Version, actor: Actor) -> None:
    detail = {"version": version.number, "digest": version.digest}
    record(verb=verb, actor=actor, target=version.report, body=version.report.body, detail=detail)
