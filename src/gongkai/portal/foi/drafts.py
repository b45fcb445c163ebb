"""An application while it is being filled in, and how its browser finds it again.

The browser keeps the draft's secret key in a signed cookie; the page shows the same key as 继续填写码, for another browser.
An address names a draft by ``ref`` alone, which opens nothing without the key: so several tabs and several drafts of
one browser never mix, and an address in a log betrays nobody.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import secrets
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.crypto import salted_hmac

from gongkai.core.locks import lock_one
from gongkai.core.query_codes import ALPHABET, shown_code
from gongkai.foi import acts
from gongkai.foi.acts.access_codes import code_of_key
from gongkai.foi.acts.online import DRAFT_DAYS, Application, CaseFile
from gongkai.foi.models import Access, OnlineDraft
from gongkai.foi.models.materials import MaterialKind
from gongkai.portal.foi.files import Upload
from gongkai.portal.foi.filled_form import filled_form
from gongkai.portal.foi.keeping import drop, fetched, stored

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

COOKIE = "gongkai_foi"
SALT = "gongkai.portal.foi"
KEPT_DAYS = DRAFT_DAYS
CODE_SHOWN = dt.timedelta(minutes=30)
MOST_DRAFTS = 5  # in one browser; the oldest is only found by its code then
KEY_LENGTH = 20  # of 31 signs: 99 bits


def new_key() -> str:
    """A secret one can write down."""
    return "".join(secrets.choice(ALPHABET) for _ in range(KEY_LENGTH))


def shown_key(key: str) -> str:
    """In groups of four."""
    return "-".join(key[at : at + 4] for at in range(0, len(key), 4))


def ref_of(key: str) -> str:
    """The name of a draft in addresses."""
    return salted_hmac(SALT + ".ref", key).hexdigest()[:12]


@dataclass
class Draft:
    """A draft with its key and its content read."""

    key: str
    row: OnlineDraft
    content: dict[str, Any] = field(default_factory=dict)

    @property
    def ref(self) -> str:
        """Its name in addresses."""
        return ref_of(self.key)

    @property
    def code(self) -> str:
        """继续填写码."""
        return shown_key(self.key)

    @property
    def kind(self) -> str:
        """The kind of applicant."""
        return str(self.content.get("kind", ""))

    @property
    def applicant(self) -> dict[str, str]:
        """The words of the step on the applicant."""
        return dict(self.content.get("applicant", {}))

    @property
    def information(self) -> dict[str, str]:
        """The words of the step on the information."""
        return dict(self.content.get("information", {}))

    @property
    def files(self) -> list[dict[str, Any]]:
        """The files handed in so far."""
        return list(self.content.get("files", []))

    @property
    def submitted(self) -> bool:
        """Whether a request has come of it."""
        return self.row.request_id is not None


# Keys in the browser --------------------------------------------------------------------------------------


def keys_of(request: HttpRequest) -> list[str]:
    """The keys this browser keeps, newest first."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=KEPT_DAYS * 86400)
    return [key for key in str(kept).split(".") if key]


def keep_key(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Let this browser find the draft again."""
    keys = [key, *(one for one in keys_of(request) if one != key)][:MOST_DRAFTS]
    _set(request, response, keys)


def forget_key(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """This browser has nothing more to do with the draft."""
    _set(request, response, [one for one in keys_of(request) if one != key])


def _set(request: HttpRequest, response: HttpResponse, keys: list[str]) -> None:
    response.set_signed_cookie(
        COOKIE,
        ".".join(keys),
        salt=SALT,
        max_age=KEPT_DAYS * 86400 if keys else 0,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


# Reading and writing --------------------------------------------------------------------------------------


def find(body: Body, key: str) -> Draft | None:
    """The body's draft of a key, unless it has expired."""
    row = acts.find_draft(body=body, key=key, at=timezone.now())
    return None if row is None else Draft(key, row, _read(row))


def draft_of(request: HttpRequest, body: Body, ref: str) -> Draft:
    """The draft an address names, if this browser has its key. Raises ``Http404``."""
    for key in keys_of(request):
        if ref_of(key) == ref and (draft := find(body, key)) is not None:
            return draft
    raise Http404


def start(body: Body, content: dict[str, Any]) -> Draft:
    """A new draft."""
    key = new_key()
    row = acts.save_draft(body=body, key=key, content=_written(content), at=timezone.now())
    return Draft(key, row, content)


def save(draft: Draft, **parts: Any) -> None:
    """Replace some parts of the content, the others as they are now: another tab may have written them meanwhile.

    What was submitted meanwhile stays as it was submitted.
    """
    with transaction.atomic():
        row = lock_one(draft.row)
        if row.request_id is not None:
            draft.row = row
            return
        draft.content = _read(row) | parts
        draft.row = acts.save_draft(
            body=row.body, key=draft.key, content=_written(draft.content), at=timezone.now()
        )


def add_files(draft: Draft, kind: str, uploads: list[Upload]) -> None:
    """Put files into private storage and note them."""
    noted = [stored(upload) | {"kind": kind} for upload in uploads]
    with transaction.atomic():
        lock_one(draft.row)
        draft.row.refresh_from_db()
        save(draft, files=[*_read(draft.row).get("files", []), *noted])


def remove_file(draft: Draft, identity: str) -> None:
    """Take one file out again."""
    with transaction.atomic():
        lock_one(draft.row)
        draft.row.refresh_from_db()
        files = list(_read(draft.row).get("files", []))
        gone = [one for one in files if one["id"] == identity]
        save(draft, files=[one for one in files if one["id"] != identity])
    for one in gone:
        drop(one)


def discard(draft: Draft) -> None:
    """Delete the draft and its files; nothing of it was ever handed in."""
    with transaction.atomic():
        row = lock_one(draft.row)
        if row.request_id is None:
            row.delete()
    for one in draft.files:
        drop(one)


def submit(draft: Draft, applicant: dict[str, str], information: dict[str, str]) -> None:
    """Hand it in. Raises RefusedError; one who presses twice has handed it in once."""
    application = application_of(draft, applicant, information)
    submission = acts.submit_online(
        body=draft.row.body, key=draft.key, application=application, at=timezone.now()
    )
    draft.row.request = submission.request
    for one in draft.files:
        drop(one)


def application_of(draft: Draft, applicant: dict[str, str], information: dict[str, str]) -> Application:
    """The cleaned words and the files, as the act takes them."""
    number = information["document_number"]
    postcode = applicant["postcode"]
    return Application(
        kind=draft.kind,
        name=applicant["name"],
        identity_number=applicant.get("identity_number") or applicant.get("credit_code", ""),
        subject=information["subject"],
        phone=applicant["phone"],
        address=applicant["address"] + (f"（邮编{postcode}）" if postcode else ""),
        email=applicant["email"],
        description=(f"文号：{number}\n" if number else "") + information["description"],
        special_needs=information["special_needs"],
        wanted_form=information["wanted_form"],
        wanted_delivery=information["wanted_delivery"],
        agent_name=applicant["agent_name"],
        agent_phone=applicant["agent_phone"],
        files=[CaseFile(MaterialKind.ORIGINAL, *filled_form(draft, applicant, information)), *_files(draft)],
    )


def _files(draft: Draft) -> list[CaseFile]:
    """Those that are still there; a second click may find them in the case already."""
    found = []
    for one in draft.files:
        with contextlib.suppress(FileNotFoundError):
            found.append(CaseFile(one["kind"], one["name"], fetched(one).content))
    return found


def code_of(draft: Draft) -> str:
    """The query code while it may be seen: half an hour after submitting, unless the office has given a new one."""
    case = draft.row.request
    if case is None or timezone.now() - case.registered_at > CODE_SHOWN:
        return ""
    access = Access.objects.filter(request=case, made_at=case.registered_at).first()
    return shown_code(code_of_key(draft.key)) if access else ""


def _written(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False)


def _read(row: OnlineDraft) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(row.content) if row.content else {}
    return read
