"""Whether a document is in force: asked of a document, or of a row that has what the answer needs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gongkai.disclosure.enums import DocumentKind, Validity

if TYPE_CHECKING:
    import datetime as dt

HAS_VALIDITY = frozenset({DocumentKind.RULE, DocumentKind.NORMATIVE, DocumentKind.OTHER_POLICY})
"""Kinds that are or are no longer in force; a piece of news is neither."""


class Dated(Protocol):
    """A document or a row of a list, with the days of its life."""

    @property
    def kind(self) -> str:
        """The kind of the document."""

    @property
    def effective_on(self) -> dt.date | None:
        """The first day it is in force."""

    @property
    def valid_until(self) -> dt.date | None:
        """The last one."""

    @property
    def amended_on(self) -> dt.date | None:
        """The day it was amended."""

    @property
    def ended_on(self) -> dt.date | None:
        """The first day it is no longer in force."""

    @property
    def ended_how(self) -> str:
        """Repealed or lapsed; "" while it has not ended."""


def validity_of(one: Dated, today: dt.date) -> Validity | None:
    """Whether it is in force on a day; ``None`` for a kind that never is or is not."""
    if one.kind not in HAS_VALIDITY:
        return None
    if one.ended_on is not None and one.ended_on <= today:
        return Validity(one.ended_how)
    if one.valid_until is not None and one.valid_until < today:
        return Validity.LAPSED
    if one.effective_on is not None and one.effective_on > today:
        return Validity.NOT_YET
    return Validity.AMENDED if one.amended_on and one.amended_on <= today else Validity.IN_FORCE
