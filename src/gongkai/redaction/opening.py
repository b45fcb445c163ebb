"""Opening a file to be redacted: what kind it is by its bytes, and its pages as one plain PDF."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import PurePath

from gongkai.redaction import docx_source, image_source, pdf_source, xlsx_source
from gongkai.redaction.archive import open_archive
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import DEFAULT_LIMITS, Limits
from gongkai.redaction.model import Finding, Source, SourceKind

_IMAGES = (
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff",
    b"GIF87a",
    b"GIF89a",
    b"II*\x00",
    b"MM\x00*",
    b"II+\x00",
    b"MM\x00+",
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEAD = 1024


_READERS: dict[SourceKind, Callable[[bytes, Limits], tuple[bytes, tuple[Finding, ...]]]] = {
    "pdf": lambda data, _limits: (data, ()),
    "image": image_source.read,
    "docx": docx_source.read,
    "xlsx": xlsx_source.read,
}


def open_source(data: bytes, filename: str, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """The file as pages, with everything found beside them. Raises ``RedactionError``.

    The kind is told by the bytes; the name is only kept, without folders.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise RedactionError("empty")
    if len(data) > limits.file_bytes:
        raise RedactionError("too_large", f"文件超过{limits.file_bytes // (1024 * 1024)}MB。")
    kind = kind_of(data, limits)
    made, findings = _READERS[kind](data, limits)
    plain = pdf_source.plain(made, limits)
    return Source(
        kind=kind,
        filename=PurePath(filename.replace("\\", "/")).name,
        digest=hashlib.sha256(data).hexdigest(),
        pdf=plain.pdf,
        sizes=plain.sizes,
        findings=findings if kind != "pdf" else plain.findings,
        layered=plain.layered,
    )


def kind_of(data: bytes, limits: Limits = DEFAULT_LIMITS) -> SourceKind:
    """Which reader it is for. Raises ``RedactionError`` (``unsupported``, ``old_office``, ``encrypted_office`` …)."""
    head = data[:_HEAD]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGES) or head[:2] == b"BM" or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return "image"
    if head.startswith(_OLE):
        sealed = "EncryptedPackage".encode("utf-16-le") in data
        raise RedactionError("encrypted_office" if sealed else "old_office")
    if head.startswith(b"PK\x03\x04"):
        return _office_kind(data, limits)
    raise RedactionError("unsupported")


def _office_kind(data: bytes, limits: Limits) -> SourceKind:
    names = open_archive(data, limits).namelist()
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise RedactionError("unsupported")
