"""Let a finding of the guard pass, with a reason that stays with the edition."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.disclosure.enums import EditionState
from gongkai.disclosure.guarding import findings_of, passed
from gongkai.disclosure.models import Edition, FindingOverride
from gongkai.organisations.rules import Permission, officer_of, why_not_permitted

REASON_LENGTH = 300


def why_not_pass(
    edition: Edition, *, fingerprint: str, reason: str, actor: Actor, at: dt.datetime
) -> list[Obstacle]:
    """The finding is there, and somebody says why it is none."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, edition.document.body, timezone.localdate(at))
    if edition.state in {EditionState.SUPERSEDED, EditionState.WITHDRAWN}:
        obstacles.append(Obstacle("state", "这一版已经下线", "请在新版本上处理"))
    if fingerprint not in {one.fingerprint for one in findings_of(edition)}:
        obstacles.append(Obstacle("gone", "这一项已经不存在", "内容可能已经修改，请刷新页面", "fingerprint"))
    elif fingerprint in passed(edition):
        obstacles.append(Obstacle("passed", "这一项已经放行", "请刷新页面", "fingerprint"))
    if not reason.strip():
        obstacles.append(Obstacle("no_reason", "没有写明放行理由", "请说明为什么可以公开", "reason"))
    elif len(reason.strip()) > REASON_LENGTH:
        obstacles.append(Obstacle("long_reason", f"理由超过{REASON_LENGTH}个字", "请缩短", "reason"))
    return obstacles


def pass_finding(
    *, edition: Edition, fingerprint: str, reason: str, actor: Actor, at: dt.datetime
) -> FindingOverride:
    """Record that a finding is no reason against publication. Raises ``RefusedError``."""
    with transaction.atomic():
        document = lock_one(edition.document)
        edition = lock_one(edition)
        refuse_if(why_not_pass(edition, fingerprint=fingerprint, reason=reason, actor=actor, at=at))
        found = next(one for one in findings_of(edition) if one.fingerprint == fingerprint)
        row = FindingOverride.objects.create(
            edition=edition,
            fingerprint=fingerprint,
            label=f"{found.place}：{found.kind_label}"[:200],
            reason=reason.strip(),
            at=at,
            officer=officer_of(actor),
        )
        record(
            verb="disclosure.pass_finding",
            actor=actor,
            target=edition,
            body=document.body,
            detail={"number": edition.number, "finding": row.label, "fingerprint": fingerprint},
            reason=reason,
        )
    return row
