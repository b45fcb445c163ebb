"""Files that belong to no case yet: in private storage, noted by who handed them in, swept away when forgotten."""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Any

from django.core.files.base import ContentFile
from django.utils import timezone

from gongkai.core.storage import PrivateStorage
from gongkai.portal.foi.files import Upload

if TYPE_CHECKING:
    from django.http import HttpRequest

    from gongkai.foi.models import Request

FOLDER = "foi/waiting"
KEPT = dt.timedelta(days=31)  # a day longer than a draft
SESSION = "foi_waiting"
Note = dict[str, Any]


def stored(upload: Upload) -> Note:
    """Put a file away; what must be remembered of it."""
    identity = secrets.token_hex(8)
    path = PrivateStorage().save(f"{FOLDER}/{identity}", ContentFile(upload.content))
    return {
        "id": identity,
        "name": upload.name,
        "media_type": upload.media_type,
        "size": len(upload.content),
        "path": path,
    }


def fetched(note: Note) -> Upload:
    """The file again. Raises ``FileNotFoundError`` when it was swept away."""
    with PrivateStorage().open(note["path"]) as file:
        return Upload(note["name"], note["media_type"], file.read())


def drop(note: Note) -> None:
    """Delete the file."""
    PrivateStorage().delete(note["path"])


def sweep(*, now: dt.datetime | None = None) -> int:
    """Delete the files nobody came back for; how many there were."""
    storage, before = PrivateStorage(), (now or timezone.now()) - KEPT
    if not storage.exists(FOLDER):
        return 0
    old = [
        name for name in storage.listdir(FOLDER)[1] if storage.get_modified_time(f"{FOLDER}/{name}") < before
    ]
    for name in old:
        storage.delete(f"{FOLDER}/{name}")
    return len(old)


# Files of an act in a case, kept in the session while its form is being mended ----------------------------


def _place(case: Request, act: str) -> str:
    return f"{case.pk}:{act}"


def waiting(request: HttpRequest, case: Request, act: str) -> list[Note]:
    """What was handed in for this act and not used yet."""
    return list(request.session.get(SESSION, {}).get(_place(case, act), []))


def wait_for(request: HttpRequest, case: Request, act: str, notes: list[Note]) -> None:
    """Remember these, and no others."""
    request.session[SESSION] = request.session.get(SESSION, {}) | {_place(case, act): notes}
