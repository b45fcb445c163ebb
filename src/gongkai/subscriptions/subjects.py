"""What a subscription is about, in the words of a person and of the machine."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from gongkai.catalogue.models import Item
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.search.api import Filters
from gongkai.subscriptions.enums import About
from gongkai.subscriptions.models import Subscription

NARROWING = ("body", "year", "subject", "kind", "validity")
LONGEST_QUERY = 600


@dataclass(frozen=True)
class Subject:
    """A body, an item, a document, or the words and filters of a search as they stand in its address."""

    about: About
    body: Body | None = None
    item: Item | None = None
    document: Document | None = None
    query: str = ""

    @property
    def mark(self) -> str:
        """The same for the same subject, so that nobody subscribes to it twice."""
        keys = (row.pk if row is not None else "" for row in (self.body, self.item, self.document))
        said = "|".join([self.about.value, *map(str, keys), self.query])
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def words(self) -> str:
        """What it is, for people."""
        if self.body is not None:
            return f"{self.body.name}的最新公开"
        if self.item is not None:
            owner = self.item.catalogue.body
            return f"公开事项“{self.item.name}”{f'（{owner.name}）' if owner else ''}"
        if self.document is not None:
            return f"文件《{self.document.title}》的变化" if is_readable(self.document) else "一份文件的变化"
        return f"检索{words_of(self.query)}"

    @property
    def path(self) -> str:
        """Its page on the public site."""
        if self.body is not None:
            return f"/bodies/{self.body.slug}/"
        if self.item is not None:
            owner = self.item.catalogue.body
            return f"/bodies/{owner.slug}/items/{self.item.pk}/" if owner else "/"
        if self.document is not None:
            return self.document.public_path
        return f"/search/?{self.query}"


def is_readable(document: Document) -> bool:
    """Whether its title may still be told."""
    return document.first_published_at is not None and document.withdrawn_at is None


def subject_of(subscription: Subscription) -> Subject:
    """What a subscription is about."""
    return Subject(
        About(subscription.about),
        subscription.body,
        subscription.item,
        subscription.document,
        subscription.query,
    )


def query_of(words: str, filters: dict[str, str]) -> str:
    """A search in one spelling: words first, then the filters that narrow, in their order; "" for none."""
    asked = [("q", " ".join(words.split())), *((name, filters.get(name, "")) for name in NARROWING)]
    return urlencode([(name, value) for name, value in asked if value])


def words_of(query: str) -> str:
    """A stored search in words."""
    asked = dict(parse_qsl(query))
    words = f"“{asked['q']}”" if "q" in asked else "所选条件"
    return f"{words}（另有筛选条件）" if "q" in asked and len(asked) > 1 else words


def search_of(query: str) -> tuple[str, Filters]:
    """A stored search as the search takes it; the body is kept by its key."""
    asked = dict(parse_qsl(query))
    body, year = asked.get("body", ""), asked.get("year", "")
    return asked.get("q", ""), Filters(
        body=int(body) if body.isdigit() else None,
        year=int(year) if year.isdigit() else None,
        subject=asked.get("subject", ""),
        kind=asked.get("kind", ""),
        validity=asked.get("validity", ""),
    )
