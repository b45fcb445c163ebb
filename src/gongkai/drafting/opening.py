"""Which kind of file it is, by its bytes; the name decides only between kinds of text."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

from charset_normalizer import from_bytes

from gongkai.drafting.errors import DraftingError, as_drafting_errors
from gongkai.redaction.archive import open_archive
from gongkai.redaction.limits import MEBIBYTE, Limits

FileKind = Literal["docx", "xlsx", "pptx", "pdf", "html", "csv", "text", "image", "zip", "other"]
LIMITS = Limits(file_bytes=60 * MEBIBYTE, pages=300, cells=200_000)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*", b"BM")
_HEAD = 1024
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "ppt/presentation.xml": "pptx"}
_TEXT_BYTES = 20 * MEBIBYTE
_HTML = re.compile(rb"<(?:!doctype html|html|head|body|p|div|table)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0e-\x1f]")


def suffix(name: str) -> str:
    """The ending of a file's name, in small letters, without the dot."""
    return PurePath(name.replace("\\", "/")).suffix.lower().removeprefix(".")


def kind_of(name: str, content: bytes, limits: Limits = LIMITS) -> FileKind:
    """Raises ``DraftingError`` for what is empty, too large, locked, broken or in the old formats."""
    if not content.strip(b"\x00 \t\r\n"):
        raise DraftingError("empty")
    if len(content) > limits.file_bytes:
        raise DraftingError("too_large", f"文件超过{limits.file_bytes // MEBIBYTE}MB。")
    head = content[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_OLE):
        sealed = "EncryptedPackage".encode("utf-16-le") in content
        raise DraftingError("encrypted_office" if sealed else "old_office")
    if head.startswith(b"PK\x03\x04"):
        return _packed(content, limits)
    if head.startswith(_IMAGES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    return _written(name, content)


def _packed(content: bytes, limits: Limits) -> FileKind:
    with as_drafting_errors():
        names = open_archive(content, limits).namelist()
    if len(names) != len(set(names)):
        raise DraftingError("hostile")
    kinds: list[FileKind] = [kind for part, kind in _MAIN.items() if part in names]  # type: ignore[misc]
    if "[Content_Types].xml" in names and len(kinds) == 1:
        return kinds[0]
    return "zip"


def _written(name: str, content: bytes) -> FileKind:
    ending = suffix(name)
    if ending in {"htm", "html", "mht"} or _HTML.search(content[:4096]):
        return "html"
    if ending in {"csv", "tsv"}:
        return "csv"
    if ending in {"txt", "text", "md", ""}:
        return "text"
    return "other"


def decoded(content: bytes) -> str:
    """Text in whatever encoding it has: UTF-8, the Chinese ones, or a guess. Raises ``DraftingError``."""
    if len(content) > _TEXT_BYTES:
        raise DraftingError("too_large", f"文字文件超过{_TEXT_BYTES // MEBIBYTE}MB。")
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if content.startswith(mark):
            return _strict(content, encoding) or ""
    for encoding in ("utf-8", "gb18030"):
        said = _strict(content, encoding)
        if said is not None and not _CONTROLS.search(said):
            return said
    best = from_bytes(content[:MEBIBYTE]).best()
    said = _strict(content, best.encoding) if best is not None else None
    if said is None or _CONTROLS.search(said):
        raise DraftingError("broken_text")
    return said


def _strict(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except (UnicodeError, LookupError):
        return None
