"""Files that stand or fall with the rows that name them."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile

_stored: ContextVar[list[FieldFile] | None] = ContextVar("stored", default=None)


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


def store(file: FieldFile, content: bytes, *, ending: str) -> None:
    """Keep bytes under 32 random hexadecimal digits: the name tells nothing and cannot be guessed."""
    file.save(f"{secrets.token_hex(16)}.{ending}", ContentFile(content), save=False)
    kept = _stored.get()
    if kept is not None:
        kept.append(file)
