"""States of a version of the report, and the moves between them."""

from django.db.models import TextChoices


class VersionState(TextChoices):
    """The life of a version. From ``CHECKED`` on its figures and prose are frozen."""

    DRAFT = "draft", "草稿"
    CHECKED = "checked", "已校核送审"
    APPROVED = "approved", "已审签"
    PUBLISHED = "published", "已公布"
    SUPERSEDED = "superseded", "已被更正版替代"


MOVES: dict[str, frozenset[str]] = {
    VersionState.DRAFT: frozenset({VersionState.CHECKED}),
    VersionState.CHECKED: frozenset({VersionState.APPROVED, VersionState.DRAFT}),
    VersionState.APPROVED: frozenset({VersionState.PUBLISHED, VersionState.DRAFT}),
    VersionState.PUBLISHED: frozenset({VersionState.SUPERSEDED}),
    VersionState.SUPERSEDED: frozenset(),
}
"""Which state may follow which."""

FROZEN_STATES = frozenset(VersionState.values) - {VersionState.DRAFT}
