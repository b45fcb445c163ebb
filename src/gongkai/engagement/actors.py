"""Who writes to the office: anybody. The record names nobody."""

from __future__ import annotations


class _Public:
    pk: int | None = None

    @property
    def name_for_record(self) -> str:
        return "公众"


PUBLIC = _Public()
"""The actor of an opinion or a letter that came through the site."""
