"""When did the public site last change? The record of acts knows: every act stands in it, in order, for every worker.

A worker reads the end of the record, one row by its key, and looks at the verbs that are new to it. What it remembers
of the site is good as long as no act changed anything public since. So a withdrawal counts at once in every worker,
with no message between them and no column somebody could forget to update (docs/adr/0016-public-pages.md).
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from django.conf import settings
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

HEAD = "SELECT sequence FROM audit_head WHERE id = 1"
SINCE = "SELECT verb, body_id FROM audit_entry WHERE sequence > %s ORDER BY sequence"
QUIET_ROOMS = (
    "foi.",
    "disputes.",
    "ledgers.",
    "accounts.",
    "console.",
    "schedule.",
    "channels.",
    "subscriptions.",
)
"""Rooms whose acts change no public page that is remembered; an application's own pages never are."""
QUIET = frozenset(
    {
        "organisations.appoint",
        "organisations.end_post",
        "organisations.open_account",
        "organisations.lock_year",
        "disclosure.register_document",
        "disclosure.add_edition",
        "disclosure.describe_file",
        "disclosure.drop_file",
        "disclosure.edit_edition",
        "disclosure.hand_over",
        "disclosure.pass_finding",
        "disclosure.plan_interpretation",
        "disclosure.recheck_edition",
        "disclosure.review_edition",
        "disclosure.schedule_edition",
        "disclosure.submit_edition",
        "engagement.comment",
        "engagement.enter_letter",
        "engagement.give_letter",
        "engagement.letter_locked",
        "engagement.open_consultation",
        "engagement.set_aside_letter",
        "engagement.view_sender",
        "engagement.write_letter",
        "reports.open",
        "reports.set_section_text",
        "reports.note_problem",
        "reports.follow_up",
        "reports.remove_problem",
        "reports.start_correction",
        "reports.return",
    }
)
"""Acts of other rooms that the public does not see. An act that is not named here counts as seen."""
OF_THE_SITE = ("organisations.", "calendars.")
"""Acts that may change the frame of every page: names, bodies, what stands in the foot."""
MOST_NEW = 5000  # acts; after a longer absence everything is forgotten instead of being looked at


class Watch:
    """What one worker knows of the record: the last act it saw, the last public one of the site and of each body."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """Start anew."""
        self._seen = -1
        self._latest = 0
        self._site = 0
        self._bodies: dict[int, int] = {}

    def look(self) -> None:
        """Read what is new in the record: one cheap question, a second one when there is something."""
        with connection.cursor() as cursor:
            cursor.execute(HEAD)
            row = cursor.fetchone()
            head = row[0] if row else 0
            if head == self._seen:
                return
            with self._lock:
                if 0 <= self._seen < head <= self._seen + MOST_NEW:
                    cursor.execute(SINCE, [self._seen])
                    self._note(cursor.fetchall(), head)
                elif head != self._seen:
                    self._seen = self._latest = self._site = head
                    self._bodies = {}

    def _note(self, acts: list[tuple[str, int | None]], head: int) -> None:
        for verb, body in acts:
            if verb in QUIET or verb.startswith(QUIET_ROOMS):
                continue
            self._latest = head
            if body is None or verb.startswith(OF_THE_SITE):
                self._site = head
            else:
                self._bodies[body] = head
        self._seen = head

    def stamp(self, body: int | None = None) -> int:
        """A number that grows when something public changed: in this body, or anywhere when none is named."""
        return self._latest if body is None else max(self._site, self._bodies.get(body, 0))


watch = Watch()
_kept: dict[Hashable, tuple[int, object]] = {}


def enabled() -> bool:
    """Whether this installation remembers anything; tests do not unless they say so."""
    return settings.GONGKAI_PAGE_CACHE > 0


def remembered(name: Hashable, make: Callable[[], T], *, body: int | None = None) -> T:
    """A small fact, made anew only after something public changed: in this body, or anywhere when none is named."""
    if not enabled():
        return make()
    stamp = watch.stamp(body)
    kept = _kept.get(name)
    if kept is not None and kept[0] == stamp:
        return kept[1]  # type: ignore[return-value]
    value = make()
    if len(_kept) > 10_000:  # noqa: PLR2004 - names come from bodies; a bound all the same
        _kept.clear()
    _kept[name] = (stamp, value)
    return value


def forget() -> None:
    """Forget everything, as a new worker."""
    watch.forget()
    _kept.clear()
