"""What a model says against a row, as obstacles."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from gongkai.core.errors import Obstacle


def why_row_wrong(row: models.Model, *, exclude: Collection[str] = ()) -> list[Obstacle]:
    """Every field and constraint the row breaks, named in Chinese; foreign keys are the caller's to check."""
    fields = row._meta.concrete_fields  # noqa: SLF001 - Django's documented interface
    skipped = {*exclude, *(field.name for field in fields if field.is_relation)}
    try:
        row.full_clean(exclude=skipped, validate_unique=False)
    except ValidationError as error:
        return [
            Obstacle("field", _sentence(row, name, message), field="" if name == NON_FIELD_ERRORS else name)
            for name, messages in error.message_dict.items()
            for message in messages
        ]
    return []


def _sentence(row: models.Model, name: str, message: str) -> str:
    if name == NON_FIELD_ERRORS:
        return message
    labels = {field.name: field.verbose_name for field in row._meta.concrete_fields}  # noqa: SLF001 - see above
    return f"{labels[name]}：{message}"
