"""What a channel is given of an edition, read once so that no channel asks the database while it calls."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from html import unescape

from django.conf import settings
from django.utils.html import strip_tags

from gongkai.disclosure.enums import AttachmentRole
from gongkai.disclosure.models import Attachment, Edition

PICTURES = frozenset({"image/jpeg", "image/png", "image/gif"})
SUMMARY = 200


@dataclass(frozen=True)
class Picture:
    """A picture of the text: its address there, and what it is. ``read`` opens the private file."""

    address: str
    name: str
    media_type: str
    attachment: Attachment

    def read(self) -> bytes:
        """The file's bytes."""
        with self.attachment.file.open("rb") as file:
            return bytes(file.read())


@dataclass(frozen=True)
class Material:
    """An edition as a channel publishes it."""

    document: int
    edition: int
    number: int
    title: str
    summary: str
    html: str
    address: str
    body: str
    index_number: str
    document_number: str
    kind: str
    made_on: dt.date
    published_at: dt.datetime | None
    keywords: tuple[str, ...]
    validity: str
    pictures: tuple[Picture, ...]
    files: tuple[dict[str, object], ...]
    left: str = ""
    """How it left the site, if it did."""
    reason: str = ""

    @property
    def plain(self) -> str:
        """The text without markup."""
        return plain(self.html)


def public_address(path: str) -> str:
    """A path of the public site as a full address."""
    return f"{settings.GONGKAI_SITE_ADDRESS.rstrip('/')}{path}"


def plain(html: str) -> str:
    """HTML as words: blocks become spaces."""
    return " ".join(unescape(strip_tags(re.sub(r"</(p|h\d|li|tr|td|th|div)>|<br\s*/?>", " ", html))).split())


def material_of(edition: Edition, today: dt.date) -> Material:
    """Everything a channel may need of an edition."""
    document = edition.document
    attachments = list(edition.attachments.order_by("position", "pk"))
    departure = document.departures.filter(returned_at=None).order_by("-at", "-pk").first()
    validity = document.validity(today)
    return Material(
        document=document.pk,
        edition=edition.pk,
        number=edition.number,
        title=edition.title,
        summary=document.summary or plain(edition.text)[:SUMMARY],
        html=edition.text,
        address=public_address(document.public_path),
        body=document.body.name,
        index_number=document.index_number,
        document_number=document.document_number,
        kind=document.kind,
        made_on=document.made_on,
        published_at=edition.published_at,
        keywords=tuple(map(str, document.keywords)),
        validity=str(validity) if validity else "",
        pictures=tuple(
            Picture(one.public_path, one.name, one.media_type, one)
            for one in attachments
            if one.media_type in PICTURES and one.role != AttachmentRole.ORIGINAL
        ),
        files=tuple(
            {"name": one.name, "url": public_address(one.public_path), "sha256": one.sha256, "size": one.size}
            for one in attachments
            if one.role == AttachmentRole.ATTACHMENT
        ),
        left=departure.way if departure else "",
        reason=departure.reason if departure else "",
    )
