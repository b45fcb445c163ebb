"""What a file is by its bytes, and a name for it that does no harm. The browser's word is not taken for either."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

MEBIBYTE = 1024 * 1024
APPLICANT_LIMIT = 20 * MEBIBYTE  # bytes of one file that comes through the portal
APPLICANT_FILES = 20  # files an applicant may add to one request
LONGEST_NAME = 120  # characters
ENTRIES = 5000  # parts of an Office file; more is no letter and no table


@dataclass(frozen=True)
class FileType:
    """A kind of file that is taken: its media type and the endings it may have."""

    media_type: str
    endings: tuple[str, ...]


PDF = FileType("application/pdf", ("pdf",))
DOCX = FileType("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ("docx",))
XLSX = FileType("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ("xlsx",))
PNG = FileType("image/png", ("png",))
JPEG = FileType("image/jpeg", ("jpg", "jpeg"))
TIFF = FileType("image/tiff", ("tif", "tiff"))
BMP = FileType("image/bmp", ("bmp",))
TEXT = FileType("text/plain", ("txt",))

_HEADS = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"BM", BMP),
)
_MACROS = "vbaproject.bin"
_UNSAFE = re.compile(r'[\\/:*?"<>|]')


def sniff(content: bytes) -> FileType | None:
    """The type by the bytes; None for what is not taken: programs, macros, archives, old Office files."""
    for head, found in _HEADS:
        if content.startswith(head):
            return found
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    return TEXT if _is_text(content) else None


def _office(content: bytes) -> FileType | None:
    """By the list of parts alone; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.lower() for name in package.namelist()[:ENTRIES]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return None
    if any(name.endswith(_MACROS) for name in names):
        return None
    if "word/document.xml" in names:
        return DOCX
    return XLSX if "xl/workbook.xml" in names else None


def _is_text(content: bytes) -> bool:
    """UTF-8 or GB 18030 without control characters."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not any(unicodedata.category(sign) == "Cc" and sign not in "\r\n\t\f" for sign in text)
    return False


def safe_name(name: str, found: FileType) -> str:
    """The last part of a name, without what a file system or a terminal takes amiss, with an ending of its type."""
    last = PurePath(name.replace("\\", "/")).name
    plain = "".join(sign for sign in unicodedata.normalize("NFC", last) if sign.isprintable())
    stem, _, ending = _UNSAFE.sub("_", plain).strip(" .").rpartition(".")
    if ending.lower() not in found.endings:
        stem, ending = _UNSAFE.sub("_", plain).strip(" .") or "文件", found.endings[0]
    return f"{stem[: LONGEST_NAME - len(ending) - 1] or '文件'}.{ending.lower()}"
