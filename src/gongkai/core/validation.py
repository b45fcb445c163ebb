"""What a model says against a row, as obstacles."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from gongkai.core.errors import Obstacle


def why_not_text(text: str, label: str, *, limit: int, field: str) -> list[Obstacle]:
    """Too long for its column, or holding a character no database keeps (NUL)."""
    found = []
    if len(text.strip()) > limit:
        over = len(text.strip()) - limit
        found.append(Obstacle("too_long", f"{label}超过{limit}个字", f"请删去{over}个字", field))
    if "\0" in text:
        found.append(Obstacle("unwritable", f"{label}含有不可见的控制字符", "请重新输入，不要粘贴", field))
    return found


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
