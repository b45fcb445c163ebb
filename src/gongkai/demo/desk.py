"""The bureau's desk: a letter drafted, reviewed, signed and served by the people whose work that is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from gongkai.demo.days import morning, workdays_after
from gongkai.demo.offices import Office
from gongkai.foi import acts as foi
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.letter_text import digest_of
from gongkai.foi.models import Dispatch, Letter, Request
from gongkai.foi.models.letters import Stage
from gongkai.foi.stages import stages_of

CARRIER = "中国邮政EMS"
ON_THE_WAY, RETURNED, AGAIN = 2, 6, 8  # workdays after posting: signed for, come back, posted again
OPINIONS = {
    Stage.LEGAL: ("答复主体、程序、依据和救济途径符合规定，同意。", ""),
    Stage.SECRECY: (
        "不涉及国家秘密，同意。",
        "《中华人民共和国政府信息公开条例》第十七条，本机关保密审查制度",
    ),
}


class Desk:
    """Makes and sends letters as of the day it happened: who drafts neither reviews nor signs."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.posted = 0

    def draft(
        self,
        request: Request,
        kind: str,
        on: dt.date,
        said: Mapping[str, object] | None = None,
        *,
        recipient: str = "",
        outcome: str = "",
        replaces: Letter | None = None,
    ) -> Letter:
        """The handler's draft. Raises ``RefusedError``."""
        return foi.draft_letter(
            request=request,
            kind=kind,
            outcome=outcome,
            recipient=recipient,
            facts=said,
            replaces=replaces,
            actor=self.office.handler,
            at=morning(on),
        )

    def review(self, letter: Letter, on: dt.date) -> Letter:
        """Put before the reviewers, who agree."""
        office, at = self.office, morning(on)
        letter = foi.submit_letter(letter=letter, actor=office.handler, at=at)
        for stage in stages_of(letter.kind):
            if stage in OPINIONS:
                opinion, basis = OPINIONS[stage]
                foi.give_opinion(
                    letter=letter,
                    stage=stage,
                    agrees=True,
                    opinion=opinion,
                    basis=basis,
                    actor=office.reviewer,
                    at=at,
                )
        return letter

    def send_back(self, letter: Letter, on: dt.date, objection: str) -> Letter:
        """The legal reviewer does not agree: the letter is a draft again, with his reason."""
        office, at = self.office, morning(on)
        letter = foi.submit_letter(letter=letter, actor=office.handler, at=at)
        foi.give_opinion(
            letter=letter, stage=Stage.LEGAL, agrees=False, opinion=objection, actor=office.reviewer, at=at
        )
        return Letter.objects.get(pk=letter.pk)

    def rewrite(self, letter: Letter, on: dt.date, before: str, after: str) -> Letter:
        """The drafter changes the words that were objected to."""
        text = letter.text.replace(before, after)
        return foi.edit_letter(
            letter=letter, seen=digest_of(letter), text=text, actor=self.office.handler, at=morning(on)
        )

    def sign(self, letter: Letter, on: dt.date) -> Letter:
        """Reviewed and signed on one day."""
        return foi.sign_letter(letter=self.review(letter, on), actor=self.office.approver, at=morning(on))

    def send(self, letter: Letter, on: dt.date, by: str) -> Dispatch:
        """Serve it: by post it is signed for two workdays later, else at once."""
        if by == ServiceMethod.POST:
            return self._arrived(self._post(letter, on))
        return foi.dispatch_letter(
            letter=letter,
            method=by,
            sent_on=on,
            received_on=on,
            received_by=letter.recipient,
            actor=self.office.handler,
            at=morning(on),
        )

    def send_twice(self, letter: Letter, on: dt.date, by: str, failure: str) -> Dispatch:
        """The first attempt fails; the second arrives. By post the first day counts, electronically the second."""
        if by == ServiceMethod.POST:
            self._failed(self._post(letter, on), workdays_after(on, RETURNED), failure)
            return self._arrived(self._post(letter, workdays_after(on, AGAIN)))
        bounced = foi.dispatch_letter(
            letter=letter, method=by, sent_on=on, actor=self.office.handler, at=morning(on)
        )
        self._failed(bounced, on, failure)
        return self.send(Letter.objects.get(pk=letter.pk), workdays_after(on, 1), by)

    def _post(self, letter: Letter, on: dt.date) -> Dispatch:
        self.posted += 1
        return foi.dispatch_letter(
            letter=letter,
            method=ServiceMethod.POST,
            sent_on=on,
            carrier=CARRIER,
            tracking_number=f"演示{on:%Y%m%d}{self.posted:03d}",
            actor=self.office.handler,
            at=morning(on),
        )

    def _arrived(self, dispatch: Dispatch) -> Dispatch:
        on = workdays_after(dispatch.sent_on, ON_THE_WAY)
        if on > timezone.localdate(self.office.now):
            return dispatch
        return foi.confirm_service(
            dispatch=dispatch,
            received_on=on,
            received_by=dispatch.letter.recipient,
            actor=self.office.handler,
            at=morning(on),
        )

    def _failed(self, dispatch: Dispatch, on: dt.date, failure: str) -> None:
        foi.fail_service(
            dispatch=dispatch, failed_on=on, failure=failure, actor=self.office.handler, at=morning(on)
        )
