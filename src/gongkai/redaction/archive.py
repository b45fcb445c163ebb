"""Opening the ZIP container of DOCX and XLSX without being bombed by it."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from gongkai.redaction.errors import RedactionError
from gongkai.redaction.limits import MEBIBYTE, Limits

_MOST_PARTS = 5000
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    EOFError,
)


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The container, after its table of contents was found harmless. Raises ``RedactionError``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        parts = archive.infolist()
    except _BROKEN as error:
        raise RedactionError("broken_office") from error
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > limits.unpacked_bytes:
        raise RedactionError("hostile")
    for part in parts:
        if part.flag_bits & 0x1:
            raise RedactionError("encrypted_office")
        packed = max(part.compress_size, 1)
        if part.file_size > MEBIBYTE and part.file_size > packed * limits.pack_ratio:
            raise RedactionError("hostile")
    return archive


def read_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """One part. Raises ``RedactionError`` when it is broken, or larger than it said."""
    try:
        with archive.open(name) as part:
            data = part.read(limits.part_bytes + 1)
    except _BROKEN as error:
        raise RedactionError("broken_office") from error
    if len(data) > limits.part_bytes:
        raise RedactionError("hostile")
    return data


def parse_xml(data: bytes) -> etree._Element:
    """XML without entities, network or recovery. Raises ``RedactionError``."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise RedactionError("hostile")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RedactionError("broken_office") from error


def xml_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> etree._Element | None:
    """One part as XML, None when the file has none of that name. Raises ``RedactionError``."""
    return parse_xml(read_part(archive, name, limits)) if name in archive.namelist() else None
