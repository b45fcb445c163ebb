"""Our own site and its feeds: published there is delivered, nothing is sent."""

from __future__ import annotations

from gongkai.channels.kinds.base import Kind


class BuiltIn(Kind):
    """Delivered with the document's address the moment it is public; withdrawn with it."""

    title = "本系统内置"
    built_in = True
    can_update = can_withdraw = replaces = lasting = True
