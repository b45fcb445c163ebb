"""What the guard finds in an edition — personal data, hidden content, watched words — and what of it was let pass.

Findings block publication until they are fixed or overridden with a reason. A finding is known by its fingerprint, so an
override survives editing elsewhere in the text and does not cover another finding.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.html import strip_tags

from gongkai.core.errors import Obstacle, RefusedError
from gongkai.disclosure.enums import WordKind
from gongkai.disclosure.models import Attachment, Edition, WatchWord
from gongkai.drafting import DraftingError, extract_text
from gongkai.guard import (
    RULES,
    Finding,
    GuardError,
    Severity,
    inspect_file,
    inspect_text,
    strip_metadata,
)
from gongkai.organisations.models import Body

KIND_LABELS: dict[str, str] = {kind.value: str(kind.label) for kind in WordKind}


@dataclass(frozen=True)
class Found:
    """One finding in words: what, where, the remedy, and the fingerprint it is known by."""

    fingerprint: str
    kind: str
    label: str
    place: str
    remedy: str = ""
    excerpt: str = ""
    """With personal data masked."""
    blocks: bool = True
    """Whether it must be fixed or let pass; otherwise it is only shown."""

    def __str__(self) -> str:
        words = f"{self.place}：{self.label}" if self.place else self.label
        return f"{words}（{self.excerpt}）" if self.excerpt else words

    @property
    def kind_label(self) -> str:
        """What kind of finding it is, without the words found, which may be personal data."""
        rule = RULES.get(self.kind)
        return rule.name if rule is not None else KIND_LABELS.get(self.kind, self.kind)


def words_for(body: Body) -> list[WatchWord]:
    """The words of the body and of those above it."""
    parts = [part for part in body.path.split("/") if part]
    paths = [f"/{'/'.join(parts[: depth + 1])}/" for depth in range(len(parts))]
    return list(WatchWord.objects.filter(body__path__in=paths).order_by("kind", "word"))


def fingerprint(*parts: str) -> str:
    """A short name for a finding; the words themselves, which may be personal data, are not kept."""
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def watched(text: str, words: Iterable[WatchWord], place: str) -> list[Found]:
    """The watched words in a text, each once."""
    return [
        Found(
            fingerprint("word", place, one.word),
            one.kind,
            f"{WordKind(one.kind).label}“{one.word}”",
            place,
            f"建议改为“{one.suggestion}”" if one.suggestion else "请修改，或者说明可以使用的理由",
            blocks=one.kind == WordKind.SENSITIVE,
        )
        for one in words
        if one.word in text
    ]


def plain_of(text: str) -> str:
    """The words of an HTML text, a line per paragraph or cell."""
    broken = text
    for end in ("</p>", "</td>", "</th>", "</li>", "</h2>", "</h3>", "</h4>", "</caption>", "<br>"):
        broken = broken.replace(end, f"{end}\n")
    return strip_tags(broken)


def _told(findings: Iterable[Finding]) -> list[Found]:
    return [
        Found(
            one.fingerprint,
            one.rule,
            one.message,
            one.place.strip(),
            one.remedy,
            one.excerpt,
            one.severity == Severity.BLOCK,
        )
        for one in findings
    ]


def text_findings(edition: Edition, words: Sequence[WatchWord] | None = None) -> list[Found]:
    """What is found in title and text of an edition as it stands now, and in what is said of its document."""
    document = edition.document
    known = words_for(document.body) if words is None else words
    return [
        *said_findings(document.summary, document.keywords, known),
        *_told(inspect_text(edition.title, place="标题")),
        *watched(edition.title, known, "标题"),
        *_told(inspect_text(edition.text)),
        *watched(plain_of(edition.text), known, "正文"),
    ]


def said_findings(summary: str, keywords: Iterable[object], words: Sequence[WatchWord]) -> list[Found]:
    """What is found in the summary and the keywords, which the public reads too."""
    found: list[Found] = []
    for place, said in (("摘要", summary), ("关键词", "、".join(str(one) for one in keywords))):
        if said.strip():
            found += [*_told(inspect_text(said, place=place)), *watched(said, words, place)]
    return found


def why_not_said(body: Body, summary: str, keywords: Iterable[object]) -> list[Obstacle]:
    """What must not be said of a document that is public already, where nobody lets a finding pass."""
    found = said_findings(summary, keywords, words_for(body))
    return [
        Obstacle("finding", str(one), one.remedy, "keywords" if one.place.startswith("关键词") else "summary")
        for one in found
        if one.blocks
    ]


@dataclass(frozen=True)
class Inspected:
    """A file as it may be kept: without metadata, with what is found in it and its words for the search."""

    content: bytes
    findings: list[Found]
    text: str


def inspect(name: str, content: bytes) -> Inspected:
    """Take the metadata out and look at what is left. Slow: done once, when the file comes in.

    Raises ``RefusedError`` for a file that cannot be cleaned.
    """
    try:
        cleaned, _ = strip_metadata(name, content)
    except GuardError as error:
        if error.reason != "unsupported":
            raise RefusedError([Obstacle("not_cleaned", str(error), field="file")]) from error
        cleaned = content
    try:
        text = extract_text(name, cleaned)
    except DraftingError:
        text = ""
    return Inspected(cleaned, _told(inspect_file(name, cleaned)), text)


def stored(found: Iterable[Found]) -> list[dict[str, Any]]:
    """Findings as they are kept with a file."""
    return [asdict(one) for one in found]


def attachment_findings(row: Attachment, words: Sequence[WatchWord]) -> list[Found]:
    """What was found in the file when it came in, and the watched words in it by today's list."""
    place = f"附件“{row.name}”"
    return [
        *(Found(**one) for one in row.findings),
        *_told(inspect_text(row.name, place="附件的文件名")),
        *watched(f"{row.name}\n{row.text}", words, place),
    ]


def findings_of(edition: Edition) -> list[Found]:
    """Everything found in an edition and its files, let pass or not."""
    words = words_for(edition.document.body)
    found = text_findings(edition, words)
    for row in edition.attachments.all():
        found += attachment_findings(row, words)
    return list({one.fingerprint: one for one in found}.values())


def passed(edition: Edition) -> set[str]:
    """The fingerprints that were let pass, in this edition or, for what stayed as it was, in an earlier one."""
    rows = edition.finding_overrides.model.objects.filter(edition__document_id=edition.document_id)
    return set(rows.values_list("fingerprint", flat=True))


def open_findings(edition: Edition) -> list[Found]:
    """What still blocks."""
    let_pass = passed(edition)
    return [one for one in findings_of(edition) if one.blocks and one.fingerprint not in let_pass]


def why_findings(edition: Edition) -> list[Obstacle]:
    """Every finding as an obstacle."""
    return [Obstacle("finding", str(one), one.remedy, "text") for one in open_findings(edition)]


OF_AN_OFFICE = frozenset({"personal.mobile", "personal.address", "personal.plate"})
"""What a guide may well say of the office itself."""


def why_words_of(body: Body, text: str) -> list[Obstacle]:
    """What must not stand in the body's own words about its office, where nobody lets a finding pass."""
    found = [*_told(inspect_text(text)), *watched(plain_of(text), words_for(body), "内容")]
    return [
        Obstacle("finding", str(one), one.remedy, "text")
        for one in found
        if one.blocks and one.kind not in OF_AN_OFFICE
    ]
