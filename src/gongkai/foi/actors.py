"""The applicant as one who acts: named in the record by the number of the request, never by name."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.foi.models import Request


@dataclass(frozen=True)
class ApplicantActor:
    """Whoever opened a case with its query code."""

    request_id: int
    number: str
    pk: int | None = None

    @property
    def name_for_record(self) -> str:
        """``申请人（2024-0012）``: whose case it is, without personal data (个人信息保护法 art. 6)."""
        return f"申请人（{self.number}）"


def applicant_of(request: Request) -> ApplicantActor:
    """The applicant of a request as an actor."""
    return ApplicantActor(request.pk, request.number)
