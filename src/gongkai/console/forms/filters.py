"""How the lists are narrowed. Every filter works on what the officer may read, never beyond it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import django_filters as filters
from django import forms
from django.db.models import F, Q
from django.utils import timezone

from gongkai.calendars.queries import current_calendar
from gongkai.channels.models import COUNTED_STATES, Channel
from gongkai.console.access import bodies_for, reach
from gongkai.console.words import SOON
from gongkai.disclosure.enums import DocumentKind
from gongkai.disputes.models import Result, Route
from gongkai.foi.clock import BATCH, clock_of
from gongkai.foi.enums import ApplicantKind, IntakeChannel, Standing
from gongkai.foi.letters.kinds import KINDS
from gongkai.foi.models.letters import LetterState
from gongkai.law.clock import REPLY_WORKDAYS
from gongkai.law.outcomes import OUTCOMES
from gongkai.ledgers.models import MatterKind, SupervisionKind

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from gongkai.organisations.models import Body

ALL = "全部"
FIRST_YEAR, LAST_YEAR = 2007, 2100
MOST_BODIES = 100  # in a list to choose from; above it the name is typed


class YearFilter(filters.Filter):
    """A year, between those there can be records of."""

    field_class = forms.IntegerField

    def __init__(self, field_name: str, label: str = "年度", **kwargs: Any) -> None:
        super().__init__(field_name, "year", label=label, min_value=FIRST_YEAR, max_value=LAST_YEAR, **kwargs)


def choice(field_name: str, label: str, choices: Any, **kwargs: Any) -> filters.ChoiceFilter:
    """One of a few."""
    return filters.ChoiceFilter(
        field_name=field_name, label=label, choices=choices, empty_label=ALL, **kwargs
    )


class Narrowing(filters.FilterSet):
    """A filter that also offers the bodies, where the officer sees more than one.

    What is asked for in a way nobody understands shows nothing, rather than everything.
    """

    body_path = "body"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = self.bodies()
        number = bodies[: MOST_BODIES + 1].count()
        if number > MOST_BODIES:
            self._offer(
                filters.CharFilter(f"{self.body_path}__name", lookup_expr="icontains", label="机关名称")
            )
        elif number > 1:
            self._offer(
                filters.ModelChoiceFilter(self.body_path, queryset=bodies, label="机关", empty_label=ALL)
            )

    def _offer(self, chosen: filters.Filter) -> None:
        chosen.parent, chosen.model = self, self.queryset.model
        self.filters: dict[str, Any] = {"body": chosen, **self.filters}

    def bodies(self) -> QuerySet[Body]:
        """The bodies to choose from."""
        return bodies_for(self.request)

    @property
    def qs(self) -> QuerySet[Any]:
        """The records, or none while the filters have an error."""
        return super().qs if self.form.is_valid() or not self.is_bound else self.queryset.none()


SET_ASIDE = (Standing.SPLIT, Standing.MERGED)
"""Handled with other requests, so that nothing is due in them."""
LATE_OPEN, DUE_SOON, LATE_CLOSED = "late_open", "due_soon", "late_closed"


class LetterFilter(Narrowing):
    """Which letters, where they stand, when they were signed."""

    body_path = "request__body"

    q = filters.CharFilter(method="by_words", label="文号、标题或申请编号")
    kind = choice("kind", "文书", [(one.key, one.title) for one in KINDS.values()])
    state = choice("state", "状态", LetterState.choices)
    year = YearFilter("signed_at", "签发年度")

    def by_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """In the number, the title or the number of the case."""
        wanted = Q(number__icontains=words) | Q(title__icontains=words) | Q(request__number__icontains=words)
        return rows.filter(wanted)


class RequestFilter(Narrowing):
    """Open or closed, when, by whom, with what result, and how it stands with the term."""

    q = filters.CharFilter(method="by_words", label="编号或内容")
    state = choice(
        "closed_on",
        "状态",
        [("open", "未办结"), ("closed", "已办结"), ("unreceived", "尚未登记收到")],
        method="by_state",
    )
    year = YearFilter("received_on", "收到年度")
    closed_year = YearFilter("closed_on", "办结年度")
    kind = choice("applicant_kind", "申请人类别", ApplicantKind.choices)
    channel = choice("channel", "渠道", IntakeChannel.choices)
    outcome = choice("outcome", "办理结果", [(one.key, one.name) for one in OUTCOMES.values()])
    timing = choice(
        "received_on",
        "期限",
        [(LATE_OPEN, "逾期未办结"), (DUE_SOON, f"{SOON}个工作日内到期"), (LATE_CLOSED, "逾期办结")],
        method="by_timing",
    )

    def by_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """In the number or in what was asked for."""
        return rows.filter(Q(number__icontains=words) | Q(subject__icontains=words))

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """``unreceived`` is open too: its term has not begun."""
        if state == "closed":
            return rows.filter(closed_on__isnull=False)
        rows = rows.filter(closed_on__isnull=True).exclude(standing__in=SET_ASIDE)
        return rows.filter(received_on__isnull=True) if state == "unreceived" else rows

    def by_timing(self, rows: QuerySet[Any], _name: str, timing: str) -> QuerySet[Any]:
        """Due days are reckoned, not stored: the database passes over what cannot be meant, the clock reads the rest.

        No term is shorter than 20 working days, so none is shorter than 20 days.
        """
        term, today = dt.timedelta(days=REPLY_WORKDAYS), timezone.localdate()
        if timing == LATE_CLOSED:
            doubtful = rows.filter(closed_on__gt=F("received_on") + term)
        else:
            doubtful = rows.filter(closed_on__isnull=True, received_on__isnull=False)
            doubtful = doubtful.exclude(standing__in=SET_ASIDE)
            if timing == LATE_OPEN:
                doubtful = doubtful.filter(received_on__lt=today - term)
        calendar = current_calendar()
        meant = []
        for row in doubtful.iterator(chunk_size=BATCH):
            clock = clock_of(row, as_of=row.closed_on or today, calendar=calendar)
            soon = not clock.overdue and clock.due_on is not None and (clock.left or 0) <= SOON
            if soon if timing == DUE_SOON else clock.overdue:
                meant.append(row.pk)
        return rows.filter(pk__in=meant)


class DisputeFilter(Narrowing):
    """By route, year and result."""

    q = filters.CharFilter(method="by_words", label="案号或案由")
    route = choice("route", "类别", Route.choices)
    year = YearFilter("filed_on", "受理年度")
    closed_year = YearFilter("concluded_on", "审结年度")
    state = choice("concluded_on", "状态", [("open", "未审结"), ("closed", "已审结")], method="by_state")
    result = choice("result", "结果", Result.choices)

    def by_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """In the case number or the matter."""
        return rows.filter(Q(number__icontains=words) | Q(matter__icontains=words))

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """Concluded or not."""
        return rows.filter(concluded_on__isnull=state == "open")


DOCUMENT_STATES = {
    "unpublished": ("尚未公开", Q(first_published_at__isnull=True)),
    "online": ("在线", Q(first_published_at__isnull=False, withdrawn_at__isnull=True)),
    "withdrawn": ("已撤下", Q(withdrawn_at__isnull=False)),
    "ended": ("已废止或失效", Q(ended_on__isnull=False)),
}


class DocumentFilter(Narrowing):
    """By kind, year, channel and whether it is public."""

    q = filters.CharFilter(method="by_words", label="名称、文号或索引号")
    kind = choice("kind", "类别", DocumentKind.choices)
    state = choice(
        "withdrawn_at",
        "状态",
        [(key, label) for key, (label, _) in DOCUMENT_STATES.items()],
        method="by_state",
    )
    year = YearFilter("first_published_at", "公开年度")
    made_year = YearFilter("made_on", "成文年度")
    channel = filters.ModelChoiceFilter(
        queryset=lambda request: reach(request, Channel),
        method="by_channel",
        label="发布渠道",
        empty_label=ALL,
    )

    def by_words(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """In the title or one of the numbers."""
        return rows.filter(
            Q(title__icontains=words) | Q(document_number__icontains=words) | Q(index_number__icontains=words)
        )

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """See ``DOCUMENT_STATES``."""
        return rows.filter(DOCUMENT_STATES[state][1])

    def by_channel(self, rows: QuerySet[Any], _name: str, channel: Channel) -> QuerySet[Any]:
        """Any edition of it reached the public there."""
        delivered = channel.deliveries.filter(state__in=COUNTED_STATES)
        return rows.filter(pk__in=delivered.values("edition__document"))


class MatterFilter(Narrowing):
    """By kind, name and whether it is still on the list."""

    kind = choice("kind", "类别", MatterKind.choices)
    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label="事项名称")
    state = choice("until", "状态", [("listed", "在用"), ("cancelled", "已取消")], method="by_state")

    def by_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        """A matter to be cancelled in the future is still on the list."""
        gone = Q(until__lt=timezone.localdate())
        return rows.filter(gone) if state == "cancelled" else rows.exclude(gone)


class TallyFilter(Narrowing):
    """By kind of the matter and year."""

    body_path = "matter__body"

    kind = choice("matter__kind", "类别", [one for one in MatterKind.choices if one[0] != MatterKind.FEE])
    q = filters.CharFilter(field_name="matter__name", lookup_expr="icontains", label="事项名称")
    year = YearFilter("first_day")


class FeeReceiptFilter(Narrowing):
    """By year."""

    body_path = "matter__body"

    q = filters.CharFilter(field_name="matter__name", lookup_expr="icontains", label="收费项目")
    year = YearFilter("first_day")


class ProcurementFilter(Narrowing):
    """By year."""

    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label="采购项目")
    year = YearFilter("concluded_on", "成交年度")


class TrainingFilter(Narrowing):
    """By year."""

    year = YearFilter("held_on")


class SupervisionFilter(Narrowing):
    """By kind and year."""

    kind = choice("kind", "类别", SupervisionKind.choices)
    year = YearFilter("held_on")
