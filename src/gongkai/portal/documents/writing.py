"""The parts of a document's page that are there or not, as HTML: the template around them is ``portal/document.html``."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from gongkai.disclosure.enums import AttachmentRole
from gongkai.portal.addresses import of_document
from gongkai.portal.sizes import size_in_words
from gongkai.portal.writing import day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gongkai.disclosure.models import Attachment, Document
    from gongkai.portal.documents.head import Banner
    from gongkai.portal.documents.related import Near

NOTHING = SafeString("")


def crumbs(ways: Iterable[tuple[str, str]]) -> SafeString:
    """The way to this page, whose own address is ""."""
    rows = "\n".join(
        f'<li><a href="{escape(address)}">{escape(text)}</a></li>'
        if address
        else f'<li><span aria-current="page">{escape(text)}</span></li>'
        for text, address in ways
    )
    return mark_safe(f'<nav class="crumbs" aria-label="当前位置"><ol>\n{rows}\n</ol></nav>')  # noqa: S308 - escaped


def notes(banners: Iterable[Banner]) -> SafeString:
    """What is said above the text about the standing of the document."""
    return mark_safe("".join(_note(one) for one in banners))  # noqa: S308 - every value is escaped


def _note(one: Banner) -> str:
    link = f'<a href="{escape(one.address)}">{escape(one.link)}</a>' if one.address else ""
    return (
        f'<div class="message message--{one.level}" role="note"><p><strong>{escape(one.word)}</strong>'
        f"{escape(one.sentence)}{link}</p></div>\n"
    )


def number(document: Document) -> SafeString:
    """The document number below the title."""
    if not document.document_number:
        return NOTHING
    return mark_safe(f'<p class="doc__number">{escape(document.document_number)}</p>\n')  # noqa: S308 - escaped


def explains(document: Document) -> SafeString:
    """The paper that an interpretation is about."""
    paper = document.interprets
    if paper is None:
        return NOTHING
    link = f'<a href="{of_document(paper.pk)}">{escape(paper.title)}</a>'
    return mark_safe(f'<p class="doc__of">解读的文件：{link}</p>\n')  # noqa: S308 - escaped


def files(attachments: Iterable[Attachment], query: str) -> SafeString:
    """The files below the text: the ending says the type and the size is said before anybody taps."""
    rows = [_file(one, query) for one in attachments if one.role != AttachmentRole.PICTURE]
    if not rows:
        return NOTHING
    return mark_safe(  # noqa: S308 - every value is escaped
        '<section class="doc__part" aria-labelledby="files"><h2 id="files">附件</h2><ul class="files">\n'
        + "".join(rows)
        + "</ul></section>\n"
    )


def _file(one: Attachment, query: str) -> str:
    kind = one.name.rpartition(".")[2].upper() if "." in one.name else "文件"
    role = "原文件，" if one.role == AttachmentRole.ORIGINAL else ""
    return (
        f'<li><a href="{escape(one.public_path)}{query}" download>{escape(one.name)}</a>'
        f'<span class="fine soft">{role}{escape(kind)}，{size_in_words(one.size)}</span></li>\n'
    )


def links(title: str, name: str, found: Iterable[Near], kind: str = "") -> SafeString:
    """A part of links to other documents with their days; ``name`` is the anchor of its heading."""
    rows = "".join(
        f'<li><a href="{of_document(one.pk)}">{escape(one.title)}</a> {day(one.published, "fine soft num")}</li>'
        for one in found
    )
    if not rows:
        return NOTHING
    return mark_safe(  # noqa: S308 - every value is escaped
        f'<section class="doc__part{kind}" aria-labelledby="{name}"><h2 id="{name}">{title}</h2>'
        f'<ul class="links">{rows}</ul></section>\n'
    )


def canonical(address: str) -> SafeString:
    """The one address of the document among all that lead to it."""
    return mark_safe(f'<link rel="canonical" href="{escape(address)}">') if address else NOTHING  # noqa: S308 - escaped


def qr(document: Document, address: str) -> SafeString:
    """The address as a picture, for whoever holds the printed page."""
    if not address:
        return NOTHING
    return mark_safe(  # noqa: S308 - a number
        f'<img class="doc__qr" src="{of_document(document.pk)}qr.svg" width="116" height="116" '
        'alt="本页网址的二维码" loading="lazy">'
    )


def versions(document: Document, *, several: bool) -> SafeString:
    """Where the other versions and the changes stand, when there are any."""
    if not several:
        return NOTHING
    return mark_safe(f'<a href="{of_document(document.pk)}editions/">全部版本与变化</a>')  # noqa: S308 - a number
