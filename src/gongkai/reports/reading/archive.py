"""Opening the ZIP container of DOCX and XLSX without being bombed by it."""

from __future__ import annotations

import io
import zipfile
import zlib

from lxml import etree

from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import MEBIBYTE, Limits

MOST_PARTS = 5000


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The container, after its table of contents was found harmless. Raises ``ReadingError``."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (
        zipfile.BadZipFile,
        ValueError,
        OSError,
        NotImplementedError,
        RuntimeError,
        OverflowError,
        EOFError,
    ) as error:
        raise ReadingError("broken_office") from error
    if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > limits.unpacked_bytes:
        raise ReadingError("hostile")
    for info in infos:
        if info.flag_bits & 0x1:
            raise ReadingError("encrypted_office")
        if info.file_size > MEBIBYTE and info.file_size > max(info.compress_size, 1) * limits.pack_ratio:
            raise ReadingError("hostile")
    return archive


def read_part(archive: zipfile.ZipFile, name: str, limits: Limits) -> bytes:
    """One part of the container. Raises ``ReadingError`` when it is broken or larger than it said."""
    try:
        with archive.open(name) as part:
            data = part.read(limits.part_bytes + 1)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
    ) as error:
        raise ReadingError("broken_office") from error
    if len(data) > limits.part_bytes:
        raise ReadingError("hostile")
    return data


def parse_xml(data: bytes) -> etree._Element:
    """XML without entities, network or recovery. Raises ``ReadingError``."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise ReadingError("hostile")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError("broken_office") from error
