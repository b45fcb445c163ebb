"""What makes an entry's digest: SHA-256 over canonical JSON, so that anyone can recompute it."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


def canonical(values: dict[str, Any]) -> bytes:
    """UTF-8 JSON with sorted keys and without blanks: one spelling for equal values."""
    return json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest_of(values: dict[str, Any]) -> str:
    """SHA-256 of the canonical form, in hexadecimal."""
    return hashlib.sha256(canonical(values)).hexdigest()


def storable(detail: dict[str, Any]) -> dict[str, Any]:
    """The detail as it will be read back: dates and decimals as text.

    Raises TypeError for a float: databases respell floats, and the digest would no longer fit. Raises
    ValueError for a NUL character, which PostgreSQL cannot keep.
    """
    _refuse_floats(detail)
    text = json.dumps(detail, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False)
    if "\\u0000" in text:
        message = "an audit entry cannot hold a NUL character"
        raise ValueError(message)
    values: dict[str, Any] = json.loads(text)
    return values


def _refuse_floats(value: object) -> None:
    if isinstance(value, float):
        message = f"an audit entry holds no float ({value!r}); pass a Decimal or text"
        raise TypeError(message)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        for item in value:
            _refuse_floats(item)
