"""One case as terms and pauses: what every count is made from. `reading.read_timeline` fills it from facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongkai.law.calendar import CountedDay, WorkCalendar
from gongkai.law.consultation import Consultation
from gongkai.law.facts import ClarificationNotified, Extended, FeeNotified, TermSet
from gongkai.law.fees import payment_due

REPLY_WORKDAYS = 20  # 条例 art. 33, from the day after receipt
EXTENSION_WORKDAYS = 20  # 条例 art. 33, at most, once
CLARIFICATION_NOTICE_WORKDAYS = 7  # 条例 art. 30, from the day after receipt


class Start(StrEnum):
    """Why a reply term starts; the value is the Chinese word for what arrived."""

    RECEIPT = "收到申请"
    CLARIFICATION = "收到补正"
    PAYMENT = "收到缴费"


class Ending(StrEnum):
    """How a case was closed."""

    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    DISCONTINUED = "discontinued"


@dataclass(frozen=True, slots=True)
class Term:
    """A reply term: the day that is not counted, and why it starts there."""

    starts_on: date
    because: Start


@dataclass(frozen=True, slots=True)
class Pause:
    """Days not counted: after `after`, through `through` (None while it lasts)."""

    after: date
    through: date | None


@dataclass
class Timeline:
    """A case as read so far, looked at on `as_of`. Filled by `reading` only; everyone else just looks."""

    calendar: WorkCalendar
    as_of: date
    terms: list[Term] = field(default_factory=list)
    consultations: list[Consultation] = field(default_factory=list)
    clarification: ClarificationNotified | None = None
    clarified_on: date | None = None
    extension: Extended | None = None
    extended_term: Term | None = None
    fee: FeeNotified | None = None
    paid_on: date | None = None
    reasons_requested_on: date | None = None
    reasons_given_on: date | None = None
    term_set: TermSet | None = None
    term_ordered: bool = False
    reset_term: Term | None = None
    ending: Ending | None = None
    ended_on: date | None = None

    @property
    def received_on(self) -> date:
        """The day the request was received."""
        return self.terms[0].starts_on

    @property
    def term(self) -> Term:
        """The reply term that runs now: a clarification or a payment starts a new one."""
        return self.terms[-1]

    @property
    def looks_on(self) -> date:
        """The day the case is looked at: today, or the day it was closed."""
        return self.as_of if self.ended_on is None else self.ended_on

    @property
    def awaits_clarification(self) -> bool:
        """The applicant has been asked and has not clarified."""
        return self.clarification is not None and self.clarified_on is None

    @property
    def awaits_payment(self) -> bool:
        """The fee notice is out and nothing has been paid."""
        return self.fee is not None and self.paid_on is None

    @property
    def stopped_on(self) -> date | None:
        """The day on which a notice to the applicant ended the running term, while he has not acted."""
        for notice, acted_on in ((self.fee, self.paid_on), (self.clarification, self.clarified_on)):
            if notice is not None and acted_on is None:
                return notice.on
        return None

    @property
    def effective_extension(self) -> Extended | None:
        """The extension of the present term, once the applicant has been told (art. 33)."""
        extension = self.extension
        told = extension is not None and extension.told_on is not None
        return extension if told and self.extended_term is self.term else None

    @property
    def allowed(self) -> int:
        """Workdays of the present term."""
        extension = self.effective_extension
        return REPLY_WORKDAYS + (extension.workdays if extension else 0)

    @property
    def effective_term_set(self) -> TermSet | None:
        """The term of art. 35, once told, for the present term."""
        term_set = self.term_set
        told = term_set is not None and term_set.told_on is not None
        return term_set if told and self.reset_term is self.term else None

    def lapsed_after(self) -> date | None:
        """The last day the applicant had, once it has passed unused (art. 30; fee measure); else None."""
        if self.fee is not None and self.paid_on is None:
            received_on = self.fee.received_by_applicant_on
            last = None if received_on is None else payment_due(received_on, self.calendar).day
        elif self.clarification is not None and self.clarified_on is None:
            last = self.clarification.deadline_on
        else:
            last = None
        return last if last is not None and last < self.as_of else None

    def open_consultations(self) -> list[Consultation]:
        """Those that still stop the clock on the day the case is looked at."""
        return [one for one in self.consultations if one.ended_on(self.calendar, self.looks_on) is None]

    def pauses(self, *, silent: bool = False) -> list[Pause]:
        """The days not counted, overlaps joined; if `silent`, open letters run to their term's end."""
        ends = [self._end(one, silent=silent) for one in self.consultations]
        spans = [Pause(one.sent_on, end) for one, end in zip(self.consultations, ends, strict=True)]
        return _joined(spans)

    def _end(self, consultation: Consultation, *, silent: bool) -> date | None:
        end = consultation.ended_on(self.calendar, self.looks_on)
        if end is not None or not silent:
            return end
        due = consultation.due(self.calendar)
        return None if due is None else due.day

    def due(self, *, silent: bool = False) -> CountedDay | None:
        """The last day for the reply; None while the applicant must act or an open letter may move it."""
        if self.stopped_on is not None:
            return None
        term_set = self.effective_term_set
        if term_set is not None:
            note = self.calendar.provisional_note(term_set.due_on)
            return CountedDay(term_set.due_on, bool(note), note)
        return self.nth(self.allowed, self.pauses(silent=silent))

    def nth(self, number: int, pauses: list[Pause]) -> CountedDay | None:
        """The number-th counted workday of the present term; None when a pause that lasts comes before it."""
        start, calendar = self.term.starts_on, self.calendar
        for pause in pauses:
            available = calendar.workdays_between(start, pause.after).number
            if number <= available:
                break
            number -= available
            if pause.through is None:
                return None
            start = max(start, pause.through)
        return calendar.add_workdays(start, number)

    def counted(self, through: date) -> int:
        """Workdays of the present term used up by the end of that day."""
        start, used = self.term.starts_on, 0
        for pause in self.pauses():
            if pause.after >= through:
                break
            used += self.calendar.workdays_between(start, pause.after).number
            if pause.through is None:
                return used
            start = max(start, pause.through)
        return used + self.calendar.workdays_between(start, through).number


def _joined(spans: list[Pause]) -> list[Pause]:
    """Overlapping pauses are counted once; one that lasts swallows all that begin later."""
    joined: list[Pause] = []
    for span in sorted(spans, key=lambda one: one.after):
        last = joined[-1] if joined else None
        if last is None or (last.through is not None and span.after > last.through):
            joined.append(span)
        elif last.through is not None:
            through = None if span.through is None else max(span.through, last.through)
            joined[-1] = Pause(last.after, through)
    return joined
