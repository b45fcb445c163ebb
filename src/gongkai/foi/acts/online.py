"""An application over the internet: the draft that survives, the submission that happens once."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.fields import blind_index
from gongkai.core.locks import lock_one
from gongkai.core.validation import why_row_wrong
from gongkai.foi.actors import applicant_of
from gongkai.foi.acts.access_codes import code_of_key, give_access
from gongkai.foi.acts.intake import register_request
from gongkai.foi.acts.materials import files_or_nothing, keep, why_file_wrong
from gongkai.foi.enums import IntakeChannel
from gongkai.foi.models import Applicant, OnlineDraft, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.sniffing import APPLICANT_FILES
from gongkai.organisations.models import Body

DRAFT_DAYS = 30  # a draft nobody came back to is deleted
LONGEST_DRAFT = 200_000  # characters
UPLOADABLE = (MaterialKind.ORIGINAL, MaterialKind.IDENTITY, MaterialKind.AUTHORITY, MaterialKind.OTHER)


@dataclass(frozen=True)
class CaseFile:
    """A file an applicant hands in."""

    kind: str
    name: str
    content: bytes


@dataclass(frozen=True)
class Application:
    """What 条例 art. 29 asks for: who, how to reach him, what information, in which form and by which way."""

    kind: str
    name: str
    identity_number: str
    subject: str
    phone: str = ""
    address: str = ""
    email: str = ""
    description: str = ""
    special_needs: str = ""
    wanted_form: str = ""
    wanted_delivery: str = ""
    agent_name: str = ""
    agent_phone: str = ""
    files: Sequence[CaseFile] = ()


@dataclass(frozen=True)
class Submission:
    """The request that came of a draft, and its query code."""

    request: Request
    code: str


class _Submitting:
    pk: int | None = None
    name_for_record = "申请人（网上提交）"


SUBMITTING = _Submitting()
"""Who submits, before the request has a number."""

_PERSON = ("kind", "name", "identity_number", "phone", "address", "email")
_WISH = ("description", "special_needs", "wanted_form", "wanted_delivery", "agent_name", "agent_phone")


def key_digest(key: str) -> str:
    """What the database knows of a draft's key."""
    return hmac.new(settings.FIELD_KEY.encode(), b"foi.draft:" + key.encode(), hashlib.sha256).hexdigest()


def find_draft(*, body: Body, key: str, at: dt.datetime) -> OnlineDraft | None:
    """The body's draft of this key, unless it has expired."""
    since = at - dt.timedelta(DRAFT_DAYS)
    return OnlineDraft.objects.filter(body=body, key_digest=key_digest(key), saved_at__gt=since).first()


def why_not_save_draft(body: Body, content: str) -> list[Obstacle]:
    """A body that takes nothing any more, or a draft as long as a book."""
    found = []
    if not body.is_active:
        found.append(Obstacle("inactive", f"“{body.name}”已不再受理申请", "请向其继续行使职权的机关申请"))
    if len(content) > LONGEST_DRAFT:
        found.append(Obstacle("too_long", "填写的内容过长", "请缩短，其余内容可以作为附件"))
    return found


def save_draft(*, body: Body, key: str, content: str, at: dt.datetime) -> OnlineDraft:
    """Keep what was typed, encrypted, right or wrong; no act on a case, so nothing is recorded. Raises RefusedError."""
    refuse_if(why_not_save_draft(body, content))
    draft, _ = OnlineDraft.objects.update_or_create(
        key_digest=key_digest(key),
        defaults={"body": body, "content": content, "saved_at": at},
        create_defaults={"body": body, "content": content, "saved_at": at, "started_at": at},
    )
    return draft


def forget_drafts(*, at: dt.datetime) -> int:
    """Delete drafts nobody came back to and empty those that were submitted; how many were deleted."""
    OnlineDraft.objects.filter(saved_at__lte=at - dt.timedelta(1)).exclude(request=None).update(content="")
    old = OnlineDraft.objects.filter(request=None, saved_at__lte=at - dt.timedelta(DRAFT_DAYS))
    return old.delete()[0]


def why_not_submit_online(body: Body, application: Application) -> list[Obstacle]:
    """Everything 条例 art. 29 asks for and is missing; everything that is wrong with what is there."""
    person, request = _person(body, application), _request(body, application)
    found = [
        *why_not_save_draft(body, ""),
        *why_row_wrong(person),
        *why_row_wrong(request, exclude=["number", "applicant_kind"]),
    ]
    if not application.identity_number.strip():
        found.append(
            Obstacle("no_identity", "没有填写证件号码或者统一社会信用代码", "请填写", "identity_number")
        )
    if not any((application.phone, application.address, application.email)):
        found.append(Obstacle("no_contact", "没有填写任何联系方式", "请至少填写一种", "phone"))
    needed = {"邮寄": ("address", "通信地址"), "电子邮件": ("email", "电子邮箱")}
    name, label = needed.get(application.wanted_delivery, ("", ""))
    if name and not getattr(application, name).strip():
        message = f"选择“{application.wanted_delivery}”获取信息，没有填写{label}"
        found.append(Obstacle("no_contact", message, "请填写，或者改选其他途径", name))
    return found + _why_files_wrong(application)


def _why_files_wrong(application: Application) -> list[Obstacle]:
    kinds = {one.kind for one in application.files}
    found = [one for file in application.files for one in why_file_wrong(file.content, by_applicant=True)]
    if kinds - set(UPLOADABLE):
        found.append(Obstacle("kind", "附件类别不正确", "请重新选择", "files"))
    if len(application.files) > APPLICANT_FILES:
        found.append(Obstacle("too_many", f"最多上传{APPLICANT_FILES}个文件", "请合并后上传", "files"))
    if application.agent_name.strip() and MaterialKind.AUTHORITY not in kinds:
        found.append(Obstacle("no_authority", "由代理人申请的，没有上传授权委托书", "请上传", "files"))
    return found


def _person(body: Body, application: Application) -> Applicant:
    said = {name: getattr(application, name).strip() for name in _PERSON}
    return Applicant(
        body=body,
        name_index=blind_index(said["name"]),
        identity_index=blind_index(said["identity_number"]),
        **said,
    )


def _request(body: Body, application: Application) -> Request:
    wish = {name: getattr(application, name).strip() for name in _WISH}
    return Request(
        body=body,
        channel=IntakeChannel.ONLINE,
        subject=application.subject.strip(),
        registered_at=timezone.now(),
        **wish,
    )


def submit_online(*, body: Body, key: str, application: Application, at: dt.datetime) -> Submission:
    """Make one request of a draft, however often it is submitted; the same key gets the same code. Raises RefusedError.

    It is not received yet: over the internet that is the day both sides have confirmed (条例 art. 31, ``confirming``).
    """
    with files_or_nothing(), transaction.atomic():
        draft = lock_one(_draft(body, key, at))
        code = code_of_key(key)
        if draft.request is not None:
            return Submission(draft.request, code)
        refuse_if(why_not_submit_online(body, application))
        request = _registered(body, application, at)
        actor = applicant_of(request)
        give_access(request, code, at=at)
        draft.request, draft.content, draft.saved_at = request, "", at
        draft.save(update_fields=["request", "content", "saved_at"])
        for file in application.files:
            keep(request, file.kind, file.name, file.content, by_applicant=True, actor=actor, at=at)
        record(
            verb="foi.submit_online",
            actor=actor,
            target=request,
            body=body,
            detail={"number": request.number, "files": len(application.files)},
        )
    return Submission(request, code)


def _draft(body: Body, key: str, at: dt.datetime) -> OnlineDraft:
    """One row per key, made here when the browser never saved."""
    made = {"body": body, "saved_at": at, "started_at": at}
    return OnlineDraft.objects.get_or_create(key_digest=key_digest(key), defaults=made)[0]


def _registered(body: Body, application: Application, at: dt.datetime) -> Request:
    """Two applications of one day alike in everything are for the officer to merge, not for the portal to refuse."""
    wish: dict[str, Any] = {name: getattr(application, name).strip() for name in _WISH}
    return register_request(
        body=body,
        applicant=_known_or_new(_person(body, application)),
        channel=IntakeChannel.ONLINE,
        subject=application.subject,
        submitted_on=timezone.localdate(at),
        actor=SUBMITTING,
        at=at,
        duplicate_confirmed=True,
        **wish,
    )


def _known_or_new(person: Applicant) -> Applicant:
    """Who applied before with exactly these data. Whoever merely gives another's number changes nothing of his."""
    names = [one.name for one in fields(Application) if one.name in _PERSON]
    same = Applicant.objects.filter(
        body=person.body, name_index=person.name_index, identity_index=person.identity_index
    )
    for known in same.order_by("pk"):
        if all(getattr(known, name) == getattr(person, name) for name in names):
            return known
    person.save()
    return person
