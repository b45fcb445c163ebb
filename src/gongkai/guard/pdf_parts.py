"""The parts of a PDF beside its pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf

MARKUP = frozenset(
    {
        "/Text",
        "/Popup",
        "/Highlight",
        "/Underline",
        "/StrikeOut",
        "/Squiggly",
        "/Ink",
        "/Redact",
        "/FileAttachment",
    }
    | {"/Caret", "/Sound", "/Movie", "/Screen", "/RichMedia", "/3D"}
)
"""Annotations that comment or carry something; stamps and text frames are part of what is seen."""
_NAMES = {
    "/Author": "作者",
    "/Title": "标题",
    "/Subject": "主题",
    "/Keywords": "关键词",
    "/Creator": "制作软件",
    "/Producer": "导出软件",
    "/Company": "单位",
    "/CreationDate": "创建时间",
    "/ModDate": "修改时间",
}
_MOST = 5000


def information(book: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """The entries of the information dictionary that say something."""
    for key, value in book.docinfo.items():
        if str(value).strip():
            yield _NAMES.get(str(key), str(key)[1:]), str(value)


def xmp_of(book: pikepdf.Pdf) -> str:
    """The XMP packet without its tags."""
    packet: Any = book.Root.get("/Metadata")
    if packet is None:
        return ""
    text = packet.read_bytes().decode("utf-8", "replace") if isinstance(packet, pikepdf.Stream) else ""
    return text[:200_000]


def attached(book: pikepdf.Pdf) -> Iterator[tuple[str, bytes]]:
    """Files in the list of attachments."""
    for name, spec in book.attachments.items():
        yield name, spec.get_file().read_bytes()


def notes_of(book: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """All annotations with the numbers of their pages."""
    for number, page in enumerate(book.pages, start=1):
        notes: Any = page.get("/Annots", [])
        for note in notes:
            if isinstance(note, pikepdf.Dictionary):
                yield number, note


def _fields(book: pikepdf.Pdf) -> list[Any]:
    form: Any = book.Root.get("/AcroForm")
    return list(form.get("/Fields", [])) if isinstance(form, pikepdf.Dictionary) else []


def strings(book: pikepdf.Pdf) -> list[str]:
    """Values of form fields and titles of bookmarks."""
    found: list[str] = []
    queue: list[Any] = [book.Root.get("/Outlines"), *_fields(book)]
    seen: set[tuple[int, int]] = set()
    while queue and len(seen) < _MOST:
        item = queue.pop()
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in seen:
            continue
        if item.objgen != (0, 0):
            seen.add(item.objgen)
        found += [
            str(item[key]) for key in ("/Title", "/V", "/DV") if isinstance(item.get(key), pikepdf.String)
        ]
        queue += [item.get("/First"), item.get("/Next"), *item.get("/Kids", [])]
    return [text for text in found if text.strip()]
