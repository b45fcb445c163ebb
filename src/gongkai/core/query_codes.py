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


def code_from(secret: str, *, purpose: str) -> str:
    """The code that belongs to a secret only its holder has: the same whenever it is asked for."""
    keyed = f"{purpose}:{secret}".encode()
    number = int.from_bytes(hmac.new(settings.FIELD_KEY.encode(), keyed, hashlib.sha256).digest(), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, rest = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[rest])
    return "".join(signs)


def plain_code(text: str) -> str:
    """What was typed, as a code: small letters read as large ones, what is in no code passed over."""
    return "".join(sign for sign in text.upper() if sign in ALPHABET)


def shown_code(code: str) -> str:
    """In two groups, to be read out: ``ABCDE-FGHJK``."""
    return f"{code[:5]}-{code[5:]}"


def digest_of_code(code: str, salt: str = "") -> str:
    """What is kept of a code."""
    salt = salt or secrets.token_hex(16)
    keyed = hmac.new(settings.FIELD_KEY.encode(), f"{salt}:{plain_code(code)}".encode(), hashlib.sha256)
    return f"{salt}${keyed.hexdigest()}"


def is_code(code: str, digest: str) -> bool:
    """Whether a code is the one a digest was kept of."""
    return hmac.compare_digest(digest_of_code(code, digest.partition("$")[0]), digest)
