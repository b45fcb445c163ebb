"""From documents to what the index takes in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from gongkai.disclosure.enums import AttachmentRole, EditionState, Ending
from gongkai.disclosure.models import Attachment, Document, Edition
from gongkai.disclosure.validity import HAS_VALIDITY
from gongkai.search.folding import canon, version
from gongkai.search.models import Entry, Keyword
from gongkai.search.plain import plain

LONGEST = 2_000_000  # characters of one text that are indexed; a longer attachment is cut there
MADE = 3
"""Part of the version of an entry: raised when what stands in the index changes its form."""


@dataclass(frozen=True)
class Source:
    """A document with what is read of it: the HTML of the edition online, its files' names and texts."""

    document: Document
    html: str
    files: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The text as people read it, files after it."""
        return "\n".join([plain(self.html), *self.files])


def current_version() -> int:
    """The version of an entry that is made now."""
    return version() * 100 + MADE


def sources(documents: Sequence[Document]) -> list[Source]:
    """The documents with the text that is online and the texts of its files, in two queries."""
    online = Edition.objects.filter(document__in=documents, state=EditionState.PUBLISHED)
    texts = {
        edition: (document, text) for edition, document, text in online.values_list("pk", "document", "text")
    }
    files: dict[int, list[str]] = defaultdict(list)
    attached = Attachment.objects.filter(edition__in=texts).exclude(role=AttachmentRole.PICTURE)
    for edition, name, text in attached.order_by("position", "pk").values_list("edition", "name", "text"):
        files[texts[edition][0]].append(f"{name}\n{text}")
    html = dict(texts.values())
    return [Source(one, html.get(one.pk, ""), tuple(files[one.pk])) for one in documents]


def lines(source: Source) -> list[str]:
    """The five canonical lines: title, numbers, keywords, body, text."""
    one = source.document
    return [
        canon(one.title),
        canon(f"{one.document_number}。{one.index_number}"),
        canon("。".join(_keywords(one))),
        canon(f"{one.body.name}。{one.body.short_name}。{'。'.join(map(str, one.joint_issuers))}"),
        canon(f"{one.summary}。{source.words}"[:LONGEST]),
    ]


def facets(one: Document) -> list[str]:
    """The marks by which hits are narrowed before the day is looked at."""
    found = ["all", f"b{one.body_id}", f"k{one.kind}"]
    found += [f"s{one.subject}"] if one.subject else []
    if one.kind in HAS_VALIDITY:
        found.append("vin_force")
        found += ["vrepealed"] if one.ended_how == Ending.REPEALED else []
        found += ["vlapsed"] if one.ended_how == Ending.LAPSED or one.valid_until else []
        found += ["vamended"] if one.amended_on else []
        found += ["vnot_yet"] if one.effective_on else []
    return found


def entry(one: Document, key: int, made: Sequence[str]) -> Entry:
    """The entry of a document under a key."""
    assert one.first_published_at is not None  # noqa: S101 - only listed documents come here
    return Entry(
        id=key,
        document=one,
        body_id=one.body_id,
        kind=one.kind,
        subject=one.subject,
        year=timezone.localtime(one.first_published_at).year,
        has_validity=one.kind in HAS_VALIDITY,
        effective_on=one.effective_on,
        valid_until=one.valid_until,
        amended_on=one.amended_on,
        ended_on=one.ended_on,
        ended_how=one.ended_how,
        title=made[0],
        number=made[1],
        keywords=made[2],
        changed_at=one.changed_at,
        version=current_version(),
    )


def keywords(one: Document, key: int) -> list[Keyword]:
    """Its keywords, for suggestions."""
    return [
        Keyword(entry_id=key, canon=folded[:200], shown=word[:60])
        for word in dict.fromkeys(_keywords(one))
        if (folded := canon(word).strip())
    ]


def _keywords(one: Document) -> Iterable[str]:
    return [str(word) for word in one.keywords or []]
