"""Model fields of our own."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import models


def _key() -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(settings.FIELD_KEY.encode()).digest())


def encrypt(text: str) -> str:
    """Encrypt with the field key, which lives outside the database (个人信息保护法 art. 51)."""
    return Fernet(_key()).encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Reverse of ``encrypt``. Raises ``ValueError`` when the key is not the one it was encrypted with."""
    try:
        return Fernet(_key()).decrypt(token.encode("ascii")).decode()
    except InvalidToken as error:
        message = "字段密钥（GONGKAI_FIELD_KEY）与加密时使用的不一致，无法读取个人信息"
        raise ValueError(message) from error


def blind_index(text: str) -> str:
    """A keyed digest to find equal values without storing them in the clear; ``""`` stays ``""``."""
    folded = "".join(text.split()).upper()
    return hmac.new(_key(), folded.encode(), hashlib.sha256).hexdigest() if folded else ""


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]
    """Text encrypted at rest. Cannot be filtered; keep a ``blind_index`` beside it where it must be found."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way into the database; the empty string stays empty."""
        text = super().get_prep_value(value)
        return encrypt(text) if text else text

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        """Decrypt on the way out."""
        return decrypt(value) if value else value
