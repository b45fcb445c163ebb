"""What a case may hold: the files that every room takes, known by their bytes (see ``core.sniffing``)."""

from gongkai.core.sniffing import (
    APPLICANT_FILES,
    APPLICANT_LIMIT,
    BMP,
    DOCX,
    JPEG,
    LONGEST_NAME,
    MEBIBYTE,
    PDF,
    PNG,
    TEXT,
    TIFF,
    XLSX,
    FileType,
    safe_name,
    sniff,
)

__all__ = [
    "APPLICANT_FILES",
    "APPLICANT_LIMIT",
    "BMP",
    "DOCX",
    "JPEG",
    "LONGEST_NAME",
    "MEBIBYTE",
    "PDF",
    "PNG",
    "TEXT",
    "TIFF",
    "XLSX",
    "FileType",
    "safe_name",
    "sniff",
]
