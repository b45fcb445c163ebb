"""Files that stand or fall with their rows: stored under a name nobody can guess, gone again when the act fails."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile

_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


class DamagedFileError(Exception):
    """A stored file is gone, or its bytes are no longer those that were kept."""


@contextmanager
def files_or_nothing() -> Iterator[None]:
    """Around an act's transaction: when it fails, the files that it stored go again with its rows."""
    stored: list[FieldFile] = []
    token = _stored.set(stored)
    try:
        yield
    except BaseException:
        for file in stored:
            file.storage.delete(str(file.name))
        raise
    finally:
        _stored.reset(token)


def store(file: FieldFile, content: bytes, ending: str) -> None:
    """Under 32 random hexadecimal digits: the name tells nothing and cannot be guessed. The row is not saved."""
    file.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(content), save=False)
    kept = _stored.get()
    if kept is not None:
        kept.append(file)


def read(file: FieldFile, sha256: str) -> bytes:
    """The bytes of a stored file. Raises DamagedFileError when they are gone or not those of the digest."""
    try:
        with file.storage.open(str(file.name)) as stored:
            content = bytes(stored.read())
    except (OSError, ValueError) as error:
        raise DamagedFileError(str(file.name)) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFileError(str(file.name))
    return content
