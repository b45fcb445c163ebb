"""The query code of a case: made once, kept as a salted keyed digest, checked in constant time, locked after failures."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.core.query_codes import NOBODY, code_from, digest_of_code, is_code, new_code
from gongkai.foi.models import Access, Request
from gongkai.foi.rules import why_not_handle
from gongkai.organisations.models import Body

FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)


def code_of_key(key: str) -> str:
    """The code of the request made of a draft: the browser that holds the draft's key can be shown it again."""
    return code_from(key, purpose="foi.query-code")


def give_access(request: Request, code: str, *, at: dt.datetime) -> Access:
    """Let the code open the case, and no earlier one; call it inside the act that hands the code out."""
    made = {
        "code_digest": digest_of_code(code),
        "made_at": at,
        "failures": 0,
        "locked_until": None,
    }
    access, _ = Access.objects.update_or_create(request=request, defaults=made)
    return access


def why_not_issue_code(request: Request, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Only who handles the body's requests hands out codes."""
    return why_not_handle(request.body, actor=actor, at=at)


def issue_query_code(*, request: Request, actor: Actor, at: dt.datetime) -> str:
    """A new code, to be told once and to the applicant alone; the old one opens nothing any more. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(request)
        refuse_if(why_not_issue_code(request, actor=actor, at=at))
        code = new_code()
        give_access(request, code, at=at)
        record(verb="foi.issue_query_code", actor=actor, target=request, body=request.body)
    return code


def open_case(*, body: Body, number: str, code: str, at: dt.datetime) -> Request | None:
    """The case, when number and code are right and it is not locked; None for anything else, whatever it is.

    Five wrong codes lock the case for a quarter of an hour, also against the right one.
    """
    with transaction.atomic():
        found = Access.objects.filter(request__body=body, request__number=number.strip()).first()
        access = lock_one(found) if found is not None else None
        known = access.code_digest if access is not None else NOBODY
        right = is_code(code, known)
        if access is None or (access.locked_until is not None and access.locked_until > at):
            return None
        if right:
            Access.objects.filter(pk=access.pk).update(failures=0, locked_until=None)
            return access.request
        _note_failure(access, at)
    return None


def _note_failure(access: Access, at: dt.datetime) -> None:
    failures = access.failures + 1
    if failures < FAILURES:
        Access.objects.filter(pk=access.pk).update(failures=failures)
        return
    Access.objects.filter(pk=access.pk).update(failures=0, locked_until=at + LOCKED_FOR)
    request = access.request
    record(verb="foi.access_locked", actor=SYSTEM, target=request, body=request.body)
