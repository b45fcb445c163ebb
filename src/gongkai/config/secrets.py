"""Secrets that a demonstration makes for itself; a real installation brings its own."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OWNER_ONLY = 0o600


def new_key() -> str:
    """A key good for `GONGKAI_SECRET_KEY` and `GONGKAI_FIELD_KEY` alike."""
    return secrets.token_urlsafe(64)


def kept(path: Path, fresh: str) -> str:
    """The secret kept in `path`; `fresh` is written there, readable by its owner alone, when there is none.

    Two processes may start at once: the file is linked into place whole, and the loser reads the winner's.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        draft.touch(mode=OWNER_ONLY, exist_ok=False)
        draft.write_text(fresh, encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
