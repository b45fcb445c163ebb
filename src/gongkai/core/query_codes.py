"""Query codes (查询码): made once, told to one person, kept only as a salted keyed digest, compared in constant time."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that reads like something else
CODE_LENGTH = 10  # of 31 signs: 49 bits
NOBODY = f"{'0' * 32}${'0' * 64}"
"""A digest no code has: compared with when there is nothing to compare with, so that both take the same time."""


def new_code() -> str:
    """A code nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def shown_code(code: str) -> str:
    """In two groups, to be read out: ``ABCDE-FGHJK``."""
    return f"{code[:5]}-{code[5:]}"


def digest_of_code(code: str, salt: str = "") -> str:
    """What is kept of a code. Signs that are in no code are passed over, small letters read as large ones."""
    salt = salt or secrets.token_hex(16)
    typed = "".join(sign for sign in code.upper() if sign in ALPHABET)
    keyed = hmac.new(settings.FIELD_KEY.encode(), f"{salt}:{typed}".encode(), hashlib.sha256)
    return f"{salt}${keyed.hexdigest()}"


def is_code(code: str, digest: str) -> bool:
    """Whether a code is the one a digest was kept of."""
    return hmac.compare_digest(digest_of_code(code, digest.partition("$")[0]), digest)
