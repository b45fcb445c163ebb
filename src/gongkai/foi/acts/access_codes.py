"""The query code of a case: made once, kept as a salted keyed digest, checked in constant time, locked after failures."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import secrets

from django.conf import settings
from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.models import Access, Request
from gongkai.foi.rules import why_not_handle
from gongkai.organisations.models import Body

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that reads like something else
CODE_LENGTH = 10  # of 31 signs: 49 bits, tried five times a quarter of an hour
FAILURES = 5
LOCKED_FOR = dt.timedelta(minutes=15)
_NOBODY = f"{'0' * 32}${'0' * 64}"


def new_code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def code_of_key(key: str) -> str:
    """The code of the request made of a draft: the browser that holds the draft's key can be shown it again."""
    digest = hmac.new(settings.FIELD_KEY.encode(), b"foi.query-code:" + key.encode(), hashlib.sha256).digest()
    number, signs = int.from_bytes(digest, "big"), []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)


def shown_code(code: str) -> str:
    """In two groups, to be read out: ``ABCDE-FGHJK``."""
    return f"{code[:5]}-{code[5:]}"


def _digest(code: str, salt: str) -> str:
    typed = "".join(sign for sign in code.upper() if sign in ALPHABET)
    keyed = hmac.new(settings.FIELD_KEY.encode(), f"{salt}:{typed}".encode(), hashlib.sha256)
    return f"{salt}${keyed.hexdigest()}"


def give_access(request: Request, code: str, *, at: dt.datetime) -> Access:
    """Let the code open the case, and no earlier one; call it inside the act that hands the code out."""
    made = {
        "code_digest": _digest(code, secrets.token_hex(16)),
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
        known = access.code_digest if access is not None else _NOBODY
        right = hmac.compare_digest(_digest(code, known.partition("$")[0]), known)
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
