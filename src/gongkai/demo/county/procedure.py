"""The county's way of handling a request: every step by its letter, every answer reviewed, signed and served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import singledispatchmethod

from gongkai.demo.cases import (
    Assistance,
    Case,
    Clarified,
    CoAuthor,
    Extension,
    Fee,
    Reasons,
    Story,
    ThirdParty,
    Turn,
)
from gongkai.demo.county import redacted
from gongkai.demo.county.answers import OBJECTION, answer_of
from gongkai.demo.county.notices import NOTICES, TREASURY
from gongkai.demo.days import morning
from gongkai.demo.desk import Desk
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.enums import ApplicantKind, FactKind, IntakeChannel, ServiceMethod
from gongkai.foi.models import Applicant, Letter, Request
from gongkai.typesetting.document import chinese_date

CLARIFY_WITHIN = 10  # workdays the applicant is given
REASONS_WITHIN = 10
BY_HAND = ServiceMethod.IN_PERSON


class Procedure(Story):
    """Plays a case with all its letters."""

    def __init__(self, office: Office, applicants: dict[str, Applicant]) -> None:
        super().__init__(office, applicants, lambda _year: "")
        self.desk = Desk(office)

    def receive(self, case: Case, request: Request) -> None:
        """The receipt is a letter of its own."""
        super().receive(case, request)
        self.notify(request, "receipt", self.on(request, 0), _back(case))

    def notify(
        self,
        request: Request,
        kind: str,
        on: dt.date,
        by: str,
        said: Mapping[str, object] | None = None,
        recipient: str = "",
    ) -> Letter:
        """A letter drafted, signed and sent on one day."""
        letter = self.desk.sign(self.desk.draft(request, kind, on, said, recipient=recipient), on)
        self.desk.send(letter, on, by)
        return letter

    def turn(self, turn: Turn, case: Case, request: Request) -> None:
        """A step on the way."""
        self._turn(turn, case, request)

    @singledispatchmethod
    def _turn(self, turn: object, _case: Case, _request: Request) -> None:
        raise TypeError(turn)

    @_turn.register
    def _(self, turn: Clarified, case: Case, request: Request) -> None:
        said = {
            "clarify": NOTICES[case.subject].clarify,
            "clarify_by": self.on(request, turn.told + CLARIFY_WITHIN),
        }
        self.notify(request, "clarification", self.on(request, turn.told), case.served_by, said)
        if turn.answered is not None:
            self.record(request, FactKind.CLARIFICATION_RECEIVED, turn.answered)

    @_turn.register
    def _(self, turn: ThirdParty, case: Case, request: Request) -> None:
        on, notice = self.on(request, turn.asked), NOTICES[case.subject]
        content = {"consulted_content": notice.content}
        self.notify(request, "third_party_consultation", on, BY_HAND, content, turn.party)
        self._tell_of_consultation(case, request, on, "第三方")
        if turn.answered is not None:
            kind = FactKind.THIRD_PARTY_ANSWERED
            self.record(request, kind, turn.answered, party=turn.party, consents=turn.consents)
        if turn.overridden is not None:
            said = {
                "opinion": self._opinion(turn, request),
                "disclosed_content": notice.disclosed,
                "disclosed_reasons": notice.reasons,
            }
            on = self.on(request, turn.overridden)
            self.notify(request, "third_party_override", on, BY_HAND, said, turn.party)

    def _tell_of_consultation(self, case: Case, request: Request, on: dt.date, whom: str) -> None:
        said = {"consulted": whom, "consulted_on": on}
        self.notify(request, "consultation_notice", on, case.served_by, said)

    def _opinion(self, turn: ThirdParty, request: Request) -> str:
        if turn.answered is None:
            return "你单位逾期未提出意见。"
        day = chinese_date(self.on(request, turn.answered))
        return f"你单位于{day}提出书面意见，不同意公开，理由是{NOTICES[request.subject].objection}。"

    @_turn.register
    def _(self, turn: CoAuthor, case: Case, request: Request) -> None:
        on = self.on(request, turn.asked)
        content = {"consulted_content": NOTICES[case.subject].content}
        self.notify(request, "co_author_consultation", on, BY_HAND, content, turn.body)
        self._tell_of_consultation(case, request, on, turn.body)
        if turn.answered is not None:
            kind = FactKind.CO_AUTHOR_ANSWERED
            self.record(request, kind, turn.answered, body=turn.body, consents=True)

    @_turn.register
    def _(self, turn: Extension, case: Case, request: Request) -> None:
        said = {"extension_workdays": turn.by, "extension_reasons": NOTICES[case.subject].reasons}
        self.notify(request, "extension", self.on(request, turn.on), case.served_by, said)

    @_turn.register
    def _(self, turn: Fee, case: Case, request: Request) -> None:
        said = {"basis": "by_page", "quantity": turn.pages, "how_to_pay": TREASURY}
        self.notify(request, "fee_notice", self.on(request, turn.notified), case.served_by, said)
        if turn.paid is not None:
            notice, paid_on = request.fee_notices.get(), self.on(request, turn.paid)
            foi.record_fee_payment(
                notice=notice,
                paid_on=paid_on,
                paid_yuan=notice.amount_yuan,
                actor=self.office.handler,
                at=morning(paid_on),
            )

    @_turn.register
    def _(self, turn: Reasons, case: Case, request: Request) -> None:
        on, notice = self.on(request, turn.asked), NOTICES[case.subject]
        reasons_by = self.on(request, turn.asked + REASONS_WITHIN)
        said = {"requests_counted": notice.counted, "reasons_by": reasons_by}
        self.notify(request, "reasons_request", on, case.served_by, said)
        if turn.given is not None:
            self.record(request, FactKind.REASONS_GIVEN, turn.given)
        if turn.due_after is not None and turn.given is not None:
            said = {"delay_reasons": notice.reasons, "due_on": self.on(request, turn.due_after)}
            told = self.on(request, turn.given + 1)
            self.notify(request, "reasonable_term", told, case.served_by, said)

    @_turn.register
    def _(self, turn: Assistance, case: Case, request: Request) -> None:
        said = {"task": NOTICES[case.subject].content, "task_due_on": self.on(request, turn.due)}
        self.notify(request, "assistance", self.on(request, turn.asked), BY_HAND, said, turn.body)

    def end(self, case: Case, request: Request) -> None:
        """The answer, or what is told when the case ends without one."""
        on = self.on(request, case.after)
        if case.outcome == "withdrawn":
            foi.withdraw_request(request=request, on=on, actor=self.office.handler, at=morning(on))
            self.notify(request, "withdrawn", on, case.served_by)
        elif case.outcome.startswith("lapse_"):
            self.notify(request, case.outcome, on, case.served_by)
        else:
            self._answer(case, request, on)

    def _answer(self, case: Case, request: Request, on: dt.date) -> None:
        before = self.on(request, case.after - 1)
        bounced = bool(case.first_attempt) and case.served_by == ServiceMethod.ELECTRONIC
        said = answer_of(case, is_person=request.applicant_kind == ApplicantKind.NATURAL)
        if request.subject == redacted.SUBJECT and redacted.redact_opinions(self.office, request, before):
            said.pop("withheld")  # the released file tells what it leaves out
        letter = self.desk.draft(request, case.outcome, before, said)
        if request.subject in OBJECTION:
            objection, old, new = OBJECTION[request.subject]
            letter = self.desk.rewrite(self.desk.send_back(letter, before, objection), before, old, new)
        letter = self.desk.sign(letter, before if bounced else on)
        if case.first_attempt:
            self.desk.send_twice(letter, before if bounced else on, case.served_by, case.first_attempt)
        else:
            self.desk.send(letter, on, case.served_by)
        self._prove(case, request, on)
        for turn in case.turns:
            if isinstance(turn, ThirdParty) and turn.overridden is None:
                self._tell_party(turn, case, request, on)

    def _prove(self, case: Case, request: Request, on: dt.date) -> None:
        """What is handed over is signed for on a form that stays in the file."""
        if case.served_by != BY_HAND:
            return
        form = self.desk.sign(self.desk.draft(request, "service_receipt", on), on)
        foi.issue_letter(letter=form, on=on, actor=self.office.handler, at=morning(on))

    def _tell_party(self, turn: ThirdParty, case: Case, request: Request, on: dt.date) -> None:
        notice = NOTICES[case.subject]
        said = {
            "consulted_content": notice.content,
            "opinion": self._opinion(turn, request),
            "handling": notice.handling,
        }
        self.notify(request, "third_party_result", on, BY_HAND, said, turn.party)


def _back(case: Case) -> str:
    """The receipt goes back the way the request came in."""
    if case.channel in {IntakeChannel.IN_PERSON, IntakeChannel.ORAL}:
        return BY_HAND
    if case.channel in {IntakeChannel.ONLINE, IntakeChannel.EMAIL}:
        return ServiceMethod.ELECTRONIC
    return ServiceMethod.POST
