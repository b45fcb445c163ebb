"""What an applicant does in his own case: reply to a clarification, withdraw, take note of a letter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.actors import ApplicantActor
from gongkai.foi.acts.closing import why_not_withdraw, withdraw_request
from gongkai.foi.acts.facts import record_fact, why_not_record
from gongkai.foi.acts.materials import files_or_nothing, keep, why_file_wrong
from gongkai.foi.acts.service_results import confirm_service, why_not_confirm_service
from gongkai.foi.enums import FactKind, ServiceMethod
from gongkai.foi.models import CaseFact, Dispatch, Letter, Remark, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.sniffing import APPLICANT_FILES
from gongkai.organisations.rules import officer_of


class HandedIn(Protocol):
    """A file with its name, as the portal holds it."""

    @property
    def name(self) -> str:
        """As the applicant called it."""

    @property
    def content(self) -> bytes:
        """All of it."""


def why_not_own(request: Request, actor: Actor) -> list[Obstacle]:
    """An applicant acts in the case he opened, in its parts and in its new rounds; nobody else acts as applicant."""
    row: Request | None = request
    while isinstance(actor, ApplicantActor) and row is not None:
        if row.pk == actor.request_id:
            return []
        row = row.reopens or row.parent
    return [Obstacle("not_yours", "这不是您的申请", "请用申请编号和查询码打开")]


def why_files_not_taken(request: Request, files: Sequence[HandedIn]) -> list[Obstacle]:
    """Too many, too large, or of a type that is not taken."""
    found = [one for file in files for one in why_file_wrong(file.content, by_applicant=True)]
    already = request.materials.filter(by_applicant=True).count()
    if files and already + len(files) > APPLICANT_FILES:
        message = f"一件申请最多上传{APPLICANT_FILES}个文件"
        found.append(Obstacle("too_many", message, "请合并后上传，或者邮寄给本机关", "files"))
    return found


def keep_files(
    request: Request, kind: str, files: Sequence[HandedIn], *, actor: Actor, at: dt.datetime
) -> None:
    """Keep what the applicant handed in; inside ``files_or_nothing``."""
    for file in files:
        keep(request, kind, file.name, file.content, by_applicant=True, actor=actor, at=at)


def why_not_reply(
    request: Request,
    *,
    text: str | None = None,
    files: Sequence[HandedIn] = (),
    late_reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Not his, not asked, answered already, too late without a reason; with ``text`` given, nothing said at all."""
    found = [*why_not_own(request, actor), *why_files_not_taken(request, files)]
    if text is not None and not text.strip() and not files:
        found.append(Obstacle("empty", "没有填写补正的内容", "请填写或者上传材料", "text"))
    return found or why_not_record(
        request,
        kind=FactKind.CLARIFICATION_RECEIVED,
        on=timezone.localdate(at),
        detail=_late(late_reason),
        actor=actor,
        at=at,
    )


def _late(reason: str) -> dict[str, object]:
    return {"late_reason": reason.strip()} if reason.strip() else {}


def reply_to_clarification(
    *,
    request: Request,
    text: str,
    files: Sequence[HandedIn] = (),
    late_reason: str = "",
    actor: Actor,
    at: dt.datetime,
) -> CaseFact:
    """Clarify: the term starts anew (条例 art. 30). What was written is kept as a file of the case. Raises RefusedError."""
    with files_or_nothing(), transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_reply(request, text=text, files=files, late_reason=late_reason, actor=actor, at=at))
        if text.strip():
            said = text.strip().encode()
            keep(request, MaterialKind.CLARIFICATION, "补正.txt", said, by_applicant=True, actor=actor, at=at)
        keep_files(request, MaterialKind.CLARIFICATION, files, actor=actor, at=at)
        return record_fact(
            request=request,
            kind=FactKind.CLARIFICATION_RECEIVED,
            on=timezone.localdate(at),
            detail=_late(late_reason),
            actor=actor,
            at=at,
        )


def why_not_withdraw_own(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not his, closed already, or not received yet."""
    on = timezone.localdate(at)
    return why_not_own(request, actor) or why_not_withdraw(request, on=on, actor=actor, at=at)


def withdraw_own(*, request: Request, reason: str = "", actor: Actor, at: dt.datetime) -> CaseFact:
    """Withdraw; a reason, which nobody has to give, is kept as a remark. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_withdraw_own(request, actor=actor, at=at))
        if reason.strip():
            text = f"申请人撤回的原因：{reason.strip()}"
            Remark.objects.create(request=request, text=text, made_at=at, made_by=officer_of(actor))
        return withdraw_request(request=request, on=timezone.localdate(at), actor=actor, at=at)


def unconfirmed(letter: Letter) -> Dispatch | None:
    """The electronic dispatch of a letter whose arrival nobody has confirmed."""
    sent = letter.dispatches.filter(method=ServiceMethod.ELECTRONIC, received_on=None, failed_on=None)
    return sent.last()


def why_not_acknowledge(letter: Letter, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not his, or not sent to him electronically."""
    found = why_not_own(letter.request, actor)
    sent = unconfirmed(letter)
    if sent is None:
        return [*found, Obstacle("not_sent", "没有待签收的电子文书", "无须签收")]
    on = timezone.localdate(at)
    return found or why_not_confirm_service(sent, received_on=on, actor=actor, at=at)


def acknowledge_letter(*, letter: Letter, actor: Actor, at: dt.datetime) -> Dispatch:
    """Confirm that an electronic letter arrived: it counts as served on the day it was sent. Raises RefusedError."""
    with transaction.atomic():
        lock_one(letter.request.body)
        request = lock_one(letter.request)
        letter = lock_one(letter)
        letter.request = request
        refuse_if(why_not_acknowledge(letter, actor=actor, at=at))
        sent = unconfirmed(letter)
        assert sent is not None  # noqa: S101 - the obstacles were asked
        served = confirm_service(dispatch=sent, received_on=timezone.localdate(at), actor=actor, at=at)
        record(
            verb="foi.acknowledge_letter",
            actor=actor,
            target=request,
            body=request.body,
            detail={"letter": letter.pk},
        )
    return served
