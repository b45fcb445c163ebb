"""What a page of the copy depends on, in a word: while the word stays, the page need not be made again."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Min
from django.db.models.functions import TruncMonth
from django.utils import timezone

from gongkai import __version__
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.portal.documents.related import NEAR
from gongkai.portal.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterable


def word(*parts: object) -> str:
    """The parts as one short word."""
    return blake2b("\x1f".join(str(part) for part in parts).encode(), digest_size=12).hexdigest()


class Stamps:
    """The words of one run: looked up once, whatever is said of the frame, of neighbours and of interpretations."""

    def __init__(self, settings: tuple[str, ...]) -> None:
        self.today = timezone.localdate()
        bodies = Body.objects.order_by("pk").values_list()
        self.frame = word(__version__, *settings, *bodies)
        self._near: dict[tuple[int, int | None, str], str] = {}
        self._explained: dict[int, list[str]] = {}
        found = (
            Document.objects.listed().filter(interprets__isnull=False).order_by("first_published_at", "pk")
        )
        for pk, of, title in found.values_list("pk", "interprets", "title").iterator():
            self._explained.setdefault(of or 0, []).append(word(pk, title))

    def of(self, document: Document) -> str:
        """A document's page: its own state, what explains it, what stands beside it."""
        interpreted = document.interprets
        return word(
            self.frame,
            document.pk,
            document.changed_at,
            document.first_published_at,
            document.withdrawn_at,
            document.archived_at,
            document.title,
            document.validity(self.today),
            self._explained.get(document.pk),
            interpreted and (interpreted.title, interpreted.withdrawn_at),
            self._beside(document),
        )

    def _beside(self, document: Document) -> str:
        """The newest of the same item or kind; the same word for all documents of it."""
        key = (document.body_id, document.item_id, "" if document.item_id else document.kind)
        if key not in self._near:
            found = Document.objects.listed().filter(body=document.body_id)
            found = (
                found.filter(item=document.item_id) if document.item_id else found.filter(kind=document.kind)
            )
            rows = found.order_by("-first_published_at", "-pk").values_list("pk", "title", "keywords")
            self._near[key] = word(*rows[: NEAR + 1])
        return self._near[key]

    def months(self, body: Body | None, kinds: Iterable[str] | None) -> dict[tuple[int, int], str]:
        """The months of an archive with the word of each; papers may lapse on any day."""
        found = listed(body).order_by()
        if kinds is not None:
            found = found.filter(kind__in=list(kinds))
        rows = (
            found.annotate(month=TruncMonth("first_published_at"))
            .values("month")
            .annotate(
                many=Count("pk"),
                last=Max("changed_at"),
                top=Max("pk"),
                low=Min("pk"),
                newest=Max("first_published_at"),
            )
        )
        return {
            (row["month"].year, row["month"].month): word(self.frame, self.today, *row.values())
            for row in rows.order_by("month")
        }
