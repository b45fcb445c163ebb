"""What the redacted files of a case leave out, as a letter tells it."""

from __future__ import annotations

from gongkai.foi.letters.facts import Withheld
from gongkai.foi.models import Request
from gongkai.redaction.bases import BASES


def withheld_of(request: Request) -> tuple[Withheld, ...]:
    """What the released files leave out and why: the rows of the letter on a partial disclosure (条例 art. 37)."""
    released = request.redactions.exclude(released_at=None).select_related("source").order_by("pk")
    return tuple(
        Withheld(
            part=f"《{one.source.name.rpartition('.')[0]}》中遮盖并注明“{BASES[key].label}”的内容",
            reason=BASES[key].wording,
            basis=BASES[key].clause,
        )
        for one in released
        for key in one.bases
    )
