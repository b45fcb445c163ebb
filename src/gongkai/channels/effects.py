"""Registered with the disclosure room: the channels are told of every public change of a document."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from gongkai.channels import queueing
from gongkai.disclosure.effects import Change, register
from gongkai.disclosure.models import Document

_WORK = {
    Change.PUBLISHED: queueing.published,
    Change.REVISED: queueing.published,
    Change.LEFT: queueing.left,
    Change.RETURNED: queueing.returned,
    Change.METADATA: queueing.changed,
}


def tell_channels(document: Document, change: Change, at: dt.datetime) -> None:
    """Queue what the change asks for, inside the transaction that makes it."""
    _WORK[change](document, at)


def tell_channels_of_many(_documents: Sequence[Document], _change: Change, _at: dt.datetime) -> None:
    """An import brings what was published long ago and elsewhere: nothing is sent, its deliveries are imported too."""


def install() -> None:
    """Take part in every public change."""
    register("channels", tell_channels, many=tell_channels_of_many)
