"""A dropped file, or what was pasted, as the beginnings of a document: proposals for the form, text, pictures."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from PIL import Image

from gongkai.core.errors import Obstacle, RefusedError
from gongkai.core.files import files_or_nothing
from gongkai.core.sniffing import sniff
from gongkai.disclosure.acts.attachments import PICTURES, add_file
from gongkai.disclosure.acts.documents import register_document
from gongkai.disclosure.acts.dropping import forget_drop, read_drop
from gongkai.disclosure.acts.editions import add_edition
from gongkai.disclosure.checking import UNDESCRIBED
from gongkai.disclosure.enums import AttachmentRole, TextSource
from gongkai.disclosure.html import clean_text
from gongkai.disclosure.models import Document, Drop, Edition
from gongkai.drafting import Drafted, DraftingError, Picture, clean_pasted, place_pictures, read_document
from gongkai.organisations.models import Officer

SOURCES = {"docx": TextSource.DOCX, "pdf": TextSource.PDF}


def read(drop: Drop) -> Drafted:
    """The dropped file as a draft. Raises ``RefusedError`` with the remedy."""
    try:
        return read_document(drop.name, read_drop(drop))
    except DraftingError as error:
        raise RefusedError([Obstacle("unreadable", str(error), field="file")]) from error
    except OSError as error:
        raise RefusedError([Obstacle("gone", "来稿已经不在", "请重新上传", "file")]) from error


def pasted(text: str) -> str:
    """What was pasted into the editor, from a word processor or a page, as clean HTML."""
    if "<" not in text:
        return clean_text(text)
    try:
        return clean_text(clean_pasted(text).html)
    except DraftingError:
        return clean_text(text)


def take_up(
    *,
    drop: Drop,
    values: Mapping[str, Any],
    text: str,
    alternatives: Mapping[str, str],
    keep_original: bool,
    actor: Officer,
    at: dt.datetime,
) -> Document:
    """Make the document, its draft and its pictures of a dropped file whose form was confirmed, and let the file go.

    Raises ``RefusedError``; then nothing has changed and the file is still there.
    """
    drafted = read(drop)
    with files_or_nothing(), transaction.atomic():
        document = register_document(actor=actor, at=at, **values)
        edition = add_edition(
            document=document,
            text=text,
            source=SOURCES.get(drafted.kind, TextSource.PASTED),
            actor=actor,
            at=at,
        )
        _pictures(edition, drafted, text, alternatives, actor, at)
        if keep_original:
            add_file(
                edition=edition,
                name=drop.name,
                content=read_drop(drop),
                role=AttachmentRole.ORIGINAL,
                actor=actor,
                at=at,
            )
        forget_drop(drop)
    return document


def _pictures(
    edition: Edition,
    drafted: Drafted,
    text: str,
    alternatives: Mapping[str, str],
    actor: Officer,
    at: dt.datetime,
) -> None:
    """Keep the pictures the text still names and put their addresses in; one without words waits for them."""
    addresses, words = {}, {}
    for picture in drafted.pictures:
        if picture.name not in text:
            continue
        said = (alternatives.get(picture.name) or picture.alternative or "").strip()
        row = add_file(
            edition=edition,
            name=picture.name,
            content=shown_picture(picture),
            role=AttachmentRole.PICTURE,
            alternative=said or UNDESCRIBED,
            actor=actor,
            at=at,
        )
        addresses[picture.name] = row.public_path
        words[picture.name] = said
    if addresses:
        described = {name: one for name, one in words.items() if one}
        edition.text = clean_text(place_pictures(edition.text, addresses, described))
        edition.save(update_fields=["text"])


def shown_picture(picture: Picture) -> bytes:
    """As PNG or JPEG, which every browser shows; other kinds are drawn anew."""
    if sniff(picture.content) in PICTURES:
        return picture.content
    target = io.BytesIO()
    with Image.open(io.BytesIO(picture.content)) as pixels:
        pixels.convert("RGBA").save(target, "PNG")
    return target.getvalue()
