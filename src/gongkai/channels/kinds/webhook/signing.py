"""The signature of a call: who knows the secret can tell that it came from us, is whole and is not an old one again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time

TIMESTAMP, NONCE, SIGNATURE, KEY = (
    "X-Gongkai-Timestamp",
    "X-Gongkai-Nonce",
    "X-Gongkai-Signature",
    "Idempotency-Key",
)


def signature(secret: str, timestamp: str, nonce: str, body: bytes) -> str:
    """HMAC-SHA256 over timestamp, nonce and body, each on a line of its own."""
    message = f"{timestamp}\n{nonce}\n".encode() + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, *, key: str) -> dict[str, str]:
    """The headers of a call made now."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    return {
        "Content-Type": "application/json; charset=utf-8",
        TIMESTAMP: timestamp,
        NONCE: nonce,
        SIGNATURE: signature(secret, timestamp, nonce, body),
        KEY: key,
    }
