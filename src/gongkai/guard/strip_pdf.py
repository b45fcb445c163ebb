"""A PDF without properties, XMP, attachments, scripts, comments and old revisions; its pages stay as they are."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from gongkai.guard.errors import GuardError
from gongkai.guard.pdf_parts import MARKUP
from gongkai.guard.pictures import strip_picture
from gongkai.redaction.pdf_findings import revisions

_ROOT = {"/OpenAction": "自动动作", "/AA": "自动动作", "/PieceInfo": "软件的私有数据", "/AF": "内附文件"}
_PAGE = ("/Metadata", "/PieceInfo", "/Thumb", "/AA", "/LastModified")
_NOTE = ("/T", "/Subj", "/NM", "/M", "/CreationDate", "/RC", "/AA", "/Popup")
_NAMES = {"/EmbeddedFiles": "内附文件", "/JavaScript": "脚本"}
_BROKEN = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError)


def strip_pdf(data: bytes) -> tuple[bytes, list[str]]:
    """The file anew and what is gone. Raises ``GuardError``."""
    removed: dict[str, None] = {}
    try:
        with pikepdf.open(io.BytesIO(data)) as book:
            _root(book, removed)
            _pages(book, removed)
            _objects(book, removed)
            if revisions(data):
                removed.setdefault("旧版本")
            book.remove_unreferenced_resources()
            out = io.BytesIO()
            book.save(out, deterministic_id=True, encryption=False)
    except pikepdf.PasswordError as error:
        raise GuardError("encrypted") from error
    except _BROKEN as error:
        raise GuardError("broken_pdf") from error
    return out.getvalue(), list(removed)


def _root(book: pikepdf.Pdf, removed: dict[str, None]) -> None:
    root: Any = book.Root
    if "/Info" in book.trailer:
        if len(book.docinfo):
            removed.setdefault("文档属性")
        del book.trailer["/Info"]
    if "/Metadata" in root:
        del root["/Metadata"]
        removed.setdefault("文档属性")
    for key, what in _ROOT.items():
        if key in root:
            del root[key]
            removed.setdefault(what)
    names = root.get("/Names", {})
    for key, what in _NAMES.items():
        if key in names:
            del names[key]
            removed.setdefault(what)


def _pages(book: pikepdf.Pdf, removed: dict[str, None]) -> None:
    for page in book.pages:
        for key in _PAGE:
            if key in page:
                del page[key]
                removed.setdefault("软件的私有数据")
        notes: Any = page.get("/Annots")
        if notes is None:
            continue
        kept = [note for note in notes if not _is_markup(note)]
        if len(kept) < len(notes):
            removed.setdefault("批注")
            page["/Annots"] = pikepdf.Array(kept)
        for note in kept:
            _tidy(note, removed)


def _is_markup(note: Any) -> bool:
    return isinstance(note, pikepdf.Dictionary) and str(note.get("/Subtype")) in MARKUP


def _tidy(note: Any, removed: dict[str, None]) -> None:
    """A stamp, a link, a field stays; who set it, and what it would run, goes."""
    if not isinstance(note, pikepdf.Dictionary):
        return
    action = note.get("/A")
    if isinstance(action, pikepdf.Dictionary) and str(action.get("/S")) in {"/JavaScript", "/Launch"}:
        del note["/A"]
        removed.setdefault("脚本")
    if note.get("/Subtype") == "/Widget":
        return
    for key in _NOTE:
        if key in note:
            del note[key]


def _objects(book: pikepdf.Pdf, removed: dict[str, None]) -> None:
    """Metadata of pictures and forms, and of the JPEG files in the streams themselves."""
    for item in book.objects:
        if not isinstance(item, pikepdf.Stream):
            continue
        for key in ("/Metadata", "/PieceInfo", "/LastModified"):
            if key in item:
                del item[key]
                removed.setdefault("图片的拍摄或编辑信息")
        if item.get("/Filter") == "/DCTDecode" and item.get("/Subtype") == "/Image":
            _jpeg(item, removed)


def _jpeg(item: pikepdf.Stream, removed: dict[str, None]) -> None:
    raw = item.read_raw_bytes()
    parms: Any = item.get("/DecodeParms")
    try:
        bare = strip_picture(raw)
    except GuardError:
        return
    if bare != raw:
        item.write(bare, filter=pikepdf.Name.DCTDecode, decode_parms=parms)
        removed.setdefault("图片的拍摄或编辑信息")
