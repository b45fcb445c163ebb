"""Requests as stories: what happens to a request, in workdays after it was received, played through the acts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gongkai.core.numbering import next_number
from gongkai.demo.days import morning, next_workday, workdays_after
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.enums import IntakeChannel, ServiceMethod
from gongkai.foi.models import Applicant, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.law.outcomes import OUTCOMES

AGENT_PHONE = "0000-0000001"
AUTHORITY = "授权委托书（演示）\n委托{}代为提出“{}”的政府信息公开申请，代收答复文书。\n"


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
    overridden: int | None = None
    """The workday on which it was told that the public interest outweighs its own (条例 art. 32)."""


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


@dataclass(frozen=True)
class Assistance:
    """Another body asked to help (条例 art. 11), to answer by a workday."""

    asked: int
    body: str
    due: int


Turn = Clarified | ThirdParty | CoAuthor | Extension | Fee | Reasons | Assistance


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
    first_attempt: str = ""
    """Why the answer did not arrive the first time."""
    agent: str = ""
    """Who asks in the applicant's name; his authority is on file."""
    needs: str = ""
    """The help the applicant needs (条例 art. 43)."""


class Story:
    """Plays a case through the acts as of the day each thing happened."""

    def __init__(
        self, office: Office, applicants: dict[str, Applicant], next_letter: Callable[[int], str]
    ) -> None:
        self.office, self.applicants, self.next_letter = office, applicants, next_letter

    def play(self, case: Case) -> Request:
        """Register the request, record what happened, close it when it ended. Raises ``RefusedError``."""
        request = self.register(case)
        if not case.is_confirmed:
            return request
        self.receive(case, request)
        for turn in case.turns:
            self.turn(turn, case, request)
        if case.outcome:
            self.end(case, request)
        request.refresh_from_db()
        return request

    def register(self, case: Case) -> Request:
        """Enter what came in."""
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
            special_needs=case.needs,
            agent_name=case.agent,
            agent_phone=AGENT_PHONE if case.agent else "",
            actor=office.handler,
            at=at,
        )
        if case.agent:
            foi.add_material(
                request=request,
                kind=MaterialKind.AUTHORITY,
                name="授权委托书.txt",
                content=AUTHORITY.format(case.agent, case.subject).encode(),
                actor=office.handler,
                at=at,
            )
        return request

    def receive(self, case: Case, request: Request) -> None:
        """Record the receipt on the first workday."""
        received_on = next_workday(case.submitted_on)
        days = _evidence(case.channel, received_on)
        foi.record_receipt(request=request, actor=self.office.handler, at=morning(received_on), **days)
        request.refresh_from_db()

    def on(self, request: Request, workday: int) -> dt.date:
        """The day so many workdays after the receipt."""
        assert request.received_on is not None  # noqa: S101 - just recorded
        return workdays_after(request.received_on, workday)

    def record(self, request: Request, kind: str, workday: int, **detail: object) -> None:
        """Record a fact on that day."""
        on = self.on(request, workday)
        foi.record_fact(
            request=request, kind=kind, on=on, detail=detail, actor=self.office.handler, at=morning(on)
        )

    def turn(self, turn: Turn, case: Case, request: Request) -> None:
        """What happened on the way; a plain story has nothing of the kind."""
        raise TypeError(turn, case, request)

    def end(self, case: Case, request: Request) -> None:
        """Close it with a decision entered from paper."""
        on = self.on(request, case.after)
        foi.close_request(
            request=request,
            outcome=case.outcome,
            number=self.next_letter(on.year),
            decided_on=on,
            served_by=case.served_by,
            served_on=on,
            wording=OUTCOMES[case.outcome].wording,
            signed_by=self.office.approver,
            actor=self.office.handler,
            at=morning(on),
        )


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
