"""Requests as stories: what happens to a request, in workdays after it was received, played through the acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import singledispatchmethod
from typing import Any

from gongkai.core.numbering import next_number
from gongkai.demo.days import morning, next_workday, workdays_after
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.enums import FactKind, IntakeChannel, ServiceMethod
from gongkai.foi.models import Applicant, Request
from gongkai.law.outcomes import OUTCOMES


@dataclass(frozen=True)
class Person:
    """An applicant: kind, a name that is nobody's, and a way to reach him."""

    kind: str
    name: str
    number: str = ""


@dataclass(frozen=True)
class Clarified:
    """Asked to clarify on a workday; answered on another, or not at all."""

    told: int
    answered: int | None = None


@dataclass(frozen=True)
class ThirdParty:
    """A third party asked; ``answered`` is None while, or when, it is silent."""

    asked: int
    party: str
    answered: int | None = None
    consents: bool | None = None


@dataclass(frozen=True)
class CoAuthor:
    """A body that made the information jointly asked (条例 art. 34)."""

    asked: int
    body: str
    answered: int | None = None


@dataclass(frozen=True)
class Extension:
    """The reply put off by so many workdays (条例 art. 33)."""

    on: int
    by: int


@dataclass(frozen=True)
class Fee:
    """A notice for so many pages; paid on a workday or never."""

    notified: int
    pages: int
    paid: int | None = None


@dataclass(frozen=True)
class Reasons:
    """An applicant of very many requests asked for his reasons (条例 art. 35)."""

    asked: int
    given: int | None = None
    due_after: int | None = None


Turn = Clarified | ThirdParty | CoAuthor | Extension | Fee | Reasons


@dataclass(frozen=True)
class Case:
    """A request from submission to answer; ``after`` is the workday after receipt on which it ended."""

    who: str
    channel: str
    subject: str
    submitted_on: dt.date
    outcome: str = ""
    after: int = 0
    turns: tuple[Turn, ...] = ()
    served_by: str = ServiceMethod.ELECTRONIC
    unit: str = "办公室"
    is_confirmed: bool = True
    """Whether it is received yet: by the internet, once both sides have confirmed (条例 art. 31)."""


WITHOUT_LETTER = {"withdrawn", "lapse_no_correction", "lapse_unpaid"}


class Story:
    """Plays a case through the acts as of the day each thing happened."""

    def __init__(
        self, office: Office, applicants: dict[str, Applicant], next_letter: Callable[[int], str]
    ) -> None:
        self.office, self.applicants, self.next_letter = office, applicants, next_letter

    def play(self, case: Case) -> Request:
        """Register the request, record what happened, close it when it ended. Raises ``RefusedError``."""
        office, at = self.office, morning(case.submitted_on)
        request = foi.register_request(
            body=office.body,
            applicant=self.applicants[case.who],
            channel=case.channel,
            subject=case.subject,
            description=f"申请公开：{case.subject}",
            wanted_form="电子文本" if case.served_by == ServiceMethod.ELECTRONIC else "纸质",
            submitted_on=case.submitted_on,
            unit=office.units[case.unit],
            actor=office.handler,
            at=at,
        )
        if not case.is_confirmed:
            return request
        received_on = next_workday(case.submitted_on)
        days = _evidence(case.channel, received_on)
        foi.record_receipt(request=request, actor=office.handler, at=morning(received_on), **days)
        request.refresh_from_db()
        for turn in case.turns:
            self._turn(turn, request)
        if case.outcome:
            self._end(case, request)
        return request

    def _on(self, request: Request, workday: int) -> dt.date:
        assert request.received_on is not None  # noqa: S101 - just recorded
        return workdays_after(request.received_on, workday)

    def _record(self, request: Request, kind: str, workday: int, **detail: object) -> None:
        on = self._on(request, workday)
        foi.record_fact(
            request=request, kind=kind, on=on, detail=detail, actor=self.office.handler, at=morning(on)
        )

    @singledispatchmethod
    def _turn(self, turn: object, _request: Request) -> None:
        raise TypeError(turn)

    @_turn.register
    def _(self, turn: Clarified, request: Request) -> None:
        deadline = self._on(request, turn.told + 10)
        self._record(request, FactKind.CLARIFICATION_NOTIFIED, turn.told, deadline_on=deadline)
        if turn.answered is not None:
            self._record(request, FactKind.CLARIFICATION_RECEIVED, turn.answered)

    @_turn.register
    def _(self, turn: ThirdParty, request: Request) -> None:
        signed = self._on(request, turn.asked)
        kind = FactKind.THIRD_PARTY_CONSULTED
        self._record(request, kind, turn.asked, party=turn.party, received_on=signed)
        if turn.answered is not None:
            kind = FactKind.THIRD_PARTY_ANSWERED
            self._record(request, kind, turn.answered, party=turn.party, consents=turn.consents)

    @_turn.register
    def _(self, turn: CoAuthor, request: Request) -> None:
        signed = self._on(request, turn.asked)
        self._record(request, FactKind.CO_AUTHOR_CONSULTED, turn.asked, body=turn.body, received_on=signed)
        if turn.answered is not None:
            kind = FactKind.CO_AUTHOR_ANSWERED
            self._record(request, kind, turn.answered, body=turn.body, consents=True)

    @_turn.register
    def _(self, turn: Extension, request: Request) -> None:
        told = self._on(request, turn.on)
        head = "公开工作机构负责人（演示）"
        self._record(request, FactKind.EXTENDED, turn.on, workdays=turn.by, approved_by=head, told_on=told)

    @_turn.register
    def _(self, turn: Fee, request: Request) -> None:
        on = self._on(request, turn.notified)
        notice = foi.issue_fee_notice(
            request=request,
            basis="by_page",
            quantity=turn.pages,
            notified_on=on,
            received_by_applicant_on=on,
            actor=self.office.handler,
            at=morning(on),
        )
        if turn.paid is not None:
            paid_on = self._on(request, turn.paid)
            foi.record_fee_payment(
                notice=notice,
                paid_on=paid_on,
                paid_yuan=notice.amount_yuan,
                actor=self.office.handler,
                at=morning(paid_on),
            )

    @_turn.register
    def _(self, turn: Reasons, request: Request) -> None:
        self._record(request, FactKind.REASONS_REQUESTED, turn.asked)
        if turn.given is not None:
            self._record(request, FactKind.REASONS_GIVEN, turn.given)
        if turn.due_after is not None and turn.given is not None:
            due = self._on(request, turn.due_after)
            told = self._on(request, turn.given + 1)
            self._record(request, FactKind.TERM_SET, turn.given + 1, due_on=due, told_on=told)

    def _end(self, case: Case, request: Request) -> None:
        on = self._on(request, case.after)
        office, at = self.office, morning(on)
        request.refresh_from_db()
        if case.outcome == "withdrawn":
            foi.withdraw_request(request=request, on=on, actor=office.handler, at=at)
        elif case.outcome in WITHOUT_LETTER:
            foi.lapse_request(request=request, on=on, actor=office.handler, at=at)
        else:
            foi.close_request(
                request=request,
                outcome=case.outcome,
                number=self.next_letter(on.year),
                decided_on=on,
                served_by=case.served_by,
                served_on=on,
                wording=OUTCOMES[case.outcome].wording,
                signed_by=office.approver,
                actor=office.handler,
                at=at,
            )
        request.refresh_from_db()


def _evidence(channel: str, day: dt.date) -> dict[str, Any]:
    """What shows the day of receipt, by the way in (条例 art. 31)."""
    match channel:
        case IntakeChannel.REGISTERED_MAIL:
            return {"signed_on": day}
        case IntakeChannel.ORDINARY_MAIL | IntakeChannel.MISDIRECTED_MAIL:
            return {"arrived_on": day, "confirmed_on": day}
        case IntakeChannel.FAX | IntakeChannel.ONLINE | IntakeChannel.EMAIL:
            return {"arrived_on": day, "confirmed_on": day}
        case _:
            return {}


def letters(office: Office, mark: str) -> Callable[[int], str]:
    """The numbers of the letters of each year, one after the other, whether or not some exist already."""
    return lambda year: f"{mark}〔{year}〕{next_number(f'demo.letter:{office.body.pk}:{year}')}号"


def register_people(office: Office, people: dict[str, Person], at: dt.datetime) -> dict[str, Applicant]:
    """Enter the applicants."""
    return {
        key: foi.register_applicant(
            body=office.body,
            kind=person.kind,
            name=person.name,
            identity_number=person.number,
            phone="0000-0000000",
            address="演示地址",
            email="applicant@example.org",
            actor=office.handler,
            at=at,
        )
        for key, person in people.items()
    }
