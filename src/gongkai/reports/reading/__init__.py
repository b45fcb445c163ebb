"""Reading an annual report of either format out of any file: HTML, DOCX, PDF, plain text, XLSX, JSON.

``read`` turns the file into blocks (``document``), finds the tables and parts in them and returns a ``Report`` in
which every cell keeps its raw text and place. What cannot be read is uncertain, blank or missing, never zero.
"""

from __future__ import annotations

import json
from pathlib import Path

from gongkai.law.report.figures import Report
from gongkai.reports.reading.assemble import assemble
from gongkai.reports.reading.document import Document
from gongkai.reports.reading.errors import ReadingError
from gongkai.reports.reading.limits import DEFAULT_LIMITS, MEBIBYTE, Limits, Meter
from gongkai.reports.reading.sniff import decode, kind_of, looks_like_html, looks_like_json

__all__ = ["DEFAULT_LIMITS", "Limits", "ReadingError", "read"]


def read(source: str | Path | bytes, *, filename: str = "", limits: Limits = DEFAULT_LIMITS) -> Report:
    """Read an annual report.

    ``source`` is a path or the bytes themselves; ``filename`` is only a name for ``Report.source``.
    Raises ``ReadingError`` when the file cannot be read or is no annual report.
    """
    data, name = _load(source, filename, limits)
    meter = Meter(limits)
    try:
        return _read(data, name, limits, meter)
    except (RecursionError, MemoryError) as error:
        raise ReadingError("too_complex") from error


def _load(source: str | Path | bytes, filename: str, limits: Limits) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        data, name = source, filename
    else:
        path = Path(source)
        name = filename or path.name
        try:
            if path.stat().st_size > limits.file_bytes:
                raise _too_large(path.stat().st_size, limits)
            data = path.read_bytes()
        except OSError as error:
            raise ReadingError("unreadable", _why(path, error)) from error
    if len(data) > limits.file_bytes:
        raise _too_large(len(data), limits)
    return data, name


def _why(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"找不到“{path}”，请检查文件名和路径。"
    if isinstance(error, IsADirectoryError) or path.is_dir():
        return f"“{path}”是文件夹，请指定其中的文件。"
    if isinstance(error, PermissionError):
        return f"没有读取“{path}”的权限。"
    return f"读取“{path}”时出错。"


def _too_large(size: int, limits: Limits) -> ReadingError:
    allowed = limits.file_bytes // MEBIBYTE
    return ReadingError(
        "too_large",
        f"文件有{size / MEBIBYTE:.1f} MB，最大{allowed} MB。请只提供年度报告本身，去掉附件和图片。",
    )


def _read(data: bytes, name: str, limits: Limits, meter: Meter) -> Report:
    kind = kind_of(data)
    if kind == "pdf":
        return _read_pdf(data, name, limits, meter)
    if kind == "zip":
        return _read_office(data, name, limits, meter)
    text = decode(data)
    if not text.strip():
        raise ReadingError("empty")
    if looks_like_json(text):
        return _read_json(text, name)
    return assemble(_textual(text, meter), source=name)


def _read_pdf(data: bytes, name: str, limits: Limits, meter: Meter) -> Report:
    """By layout; when that finds nothing, by the text alone."""
    from gongkai.reports.reading.pdf import read_pdf, read_pdf_text  # slow to import, needed for PDF alone

    try:
        return assemble(read_pdf(data, limits, meter), source=name)
    except ReadingError as error:
        if error.reason not in {"no_report", "broken_pdf"}:
            raise
        try:
            return assemble(read_pdf_text(data, limits, meter), source=name)
        except ReadingError:
            raise error from None


def _textual(text: str, meter: Meter) -> Document:
    if looks_like_html(text):
        from gongkai.reports.reading.html import read_html

        return read_html(text, meter)
    from gongkai.reports.reading.text import read_text

    return read_text(text, meter)


def _read_office(data: bytes, name: str, limits: Limits, meter: Meter) -> Report:
    from gongkai.reports.reading.archive import open_archive

    names = open_archive(data, limits).namelist()
    if any(part.startswith("word/") for part in names):
        from gongkai.reports.reading.docx import read_docx

        return assemble(read_docx(data, limits, meter), source=name)
    if any(part.startswith("xl/") for part in names):
        from gongkai.reports.reading.xlsx import read_xlsx

        try:
            return assemble(read_xlsx(data, limits, meter), source=name)
        except ReadingError as error:
            raise ReadingError("not_our_xlsx") if error.reason == "no_report" else error from error
    raise ReadingError("archive" if names and "[Content_Types].xml" not in names else "unsupported")


def _read_json(text: str, name: str) -> Report:
    from gongkai.reports.reading.transcript import from_transcript

    try:
        data = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise ReadingError("not_our_json") from error
    if not isinstance(data, dict):
        raise ReadingError("not_our_json")
    return from_transcript(data).with_(source=name)
