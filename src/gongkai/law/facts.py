"""What happened in a case, dated: the only input of the clock. Nothing here is a conclusion.

Every fact has `on`, the day it happened. A date that may still be unknown (when did the third party receive
the letter?) is None until it is known; the clock then says what it waits for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


class ClockError(ValueError):
    """A sequence of facts the Regulation does not allow; the message is Chinese and names the remedy."""


@dataclass(frozen=True, slots=True)
class Received:
    """The request was received, as `receipt.received` finds it (art. 31)."""

    on: date


@dataclass(frozen=True, slots=True)
class ClarificationNotified:
    """The applicant was told, once and completely, what to clarify and by when (art. 30)."""

    on: date
    deadline_on: date


@dataclass(frozen=True, slots=True)
class ClarificationReceived:
    """The clarification arrived; after the deadline it counts only with a good reason (art. 30)."""

    on: date
    late_reason: str = ""


@dataclass(frozen=True, slots=True)
class ThirdPartyConsulted:
    """A letter asking a third party's opinion was sent; its 15 workdays run from `received_on` (art. 32)."""

    on: date
    party: str = "第三方"
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class ThirdPartyAnswered:
    """The third party gave its opinion. Whether it consents decides the content, not the clock (art. 32)."""

    on: date
    party: str = "第三方"
    consents: bool | None = None


@dataclass(frozen=True, slots=True)
class CoAuthorConsulted:
    """A body that made the information jointly was asked; 15 workdays from `received_on` (art. 34)."""

    on: date
    body: str = "相关行政机关"
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class CoAuthorAnswered:
    """The co-author body gave its opinion (art. 34)."""

    on: date
    body: str = "相关行政机关"
    consents: bool | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """The head of the office agreed to extend by `workdays`, and the applicant was told (art. 33).

    Until the applicant has been told, the extension does not move the due date.
    """

    on: date
    workdays: int
    approved_by: str
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeeNotified:
    """A processing-fee notice was issued; the applicant pays within 20 workdays of receiving it."""

    on: date
    received_by_applicant_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The processing fee was paid in full; the reply term starts anew the next day."""

    on: date


@dataclass(frozen=True, slots=True)
class ReasonsRequested:
    """An applicant with plainly excessive requests was asked for reasons (art. 35); the clock runs on."""

    on: date


@dataclass(frozen=True, slots=True)
class ReasonsGiven:
    """The applicant gave the reasons asked for (art. 35)."""

    on: date


@dataclass(frozen=True, slots=True)
class TermSet:
    """Reasonable reasons, but no answer possible in time: a reasonable term was set and told (art. 35)."""

    on: date
    due_on: date
    told_on: date | None = None


@dataclass(frozen=True, slots=True)
class TermOrdered:
    """A review decision or a judgment set the day by which the request is answered anew; it is never moved."""

    on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant withdrew the request."""

    on: date


@dataclass(frozen=True, slots=True)
class Discontinued:
    """The office recorded that it no longer handles the request: not clarified, or not paid, in time."""

    on: date


@dataclass(frozen=True, slots=True)
class Answered:
    """The decision was served; `on` is the day that counts by the 235号 letter (see `delivery.delivered`)."""

    on: date


Fact = (
    Received
    | ClarificationNotified
    | ClarificationReceived
    | ThirdPartyConsulted
    | ThirdPartyAnswered
    | CoAuthorConsulted
    | CoAuthorAnswered
    | Extended
    | FeeNotified
    | FeePaid
    | ReasonsRequested
    | ReasonsGiven
    | TermSet
    | TermOrdered
    | Withdrawn
    | Discontinued
    | Answered
)

# Facts of one day are read in this order: what opens a wait before what ends it, the end of the case last.
SAME_DAY_ORDER: dict[type[Fact], int] = {
    kind: rank
    for rank, kind in enumerate(
        (
            Received,
            TermOrdered,
            ClarificationNotified,
            ClarificationReceived,
            ReasonsRequested,
            ReasonsGiven,
            ThirdPartyConsulted,
            CoAuthorConsulted,
            ThirdPartyAnswered,
            CoAuthorAnswered,
            Extended,
            TermSet,
            FeeNotified,
            FeePaid,
            Withdrawn,
            Discontinued,
            Answered,
        )
    )
}
