# ruff: noqa: PLR2004 - thresholds of recognition are named where they are used more than once
"""What kind of file this is, by its bytes rather than by its name, and its text when it is text."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from gongkai.reports.reading.errors import ReadingError

_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_ARCHIVES = (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_COMMON = re.compile("[的年政府信息公开情况报告]")
_TAGS = re.compile(r"<(?:!doctype|html|head|body|table|tr|td|div|p|span|meta)\b", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """``pdf``, ``zip``, ``text``. Raises ``ReadingError`` for what is none of them."""
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise ReadingError("empty")
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    if head.startswith(_OLE):
        raise ReadingError(_ole_reason(data))
    if (head.startswith(_IMAGES) and not head[:2] == b"BM") or (head[:2] == b"BM" and b"\x00" in head[:14]):
        raise ReadingError("image")
    if head.startswith(_ARCHIVES):
        raise ReadingError("archive")
    if head.startswith(b"{\\rtf"):
        raise ReadingError("unsupported", "（RTF 文件请在 Word、WPS 中另存为 DOCX。）")
    return "text"


def _ole_reason(data: bytes) -> str:
    """Old Office files and password-protected new ones share a container."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        return "encrypted_office"
    return "old_office"


def decode(data: bytes) -> str:
    """Text from bytes, whatever encoding they are in or claim to be in. Raises ``ReadingError``."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _checked(data.decode(encoding, "replace"))
    if (wide := _wide(data)) is not None:
        return _checked(wide)
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    return _checked(_best_guess(data))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of the western part is zero."""
    sample = data[:4000]
    for encoding, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = sample[offset::2].count(0)
        if zeros > len(sample) / 10 and sample[1 - offset :: 2].count(0) < zeros / 8:
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                return None
    return None


def _best_guess(data: bytes) -> str:
    """The declared encoding, the usual Chinese ones, then a guess; the one with most Chinese wins."""
    declared = _DECLARED.search(data[:4096])
    names = ["gb18030", "big5", "utf-8"]
    if declared:
        names.insert(0, declared.group(1).decode("ascii").lower())
    best, best_score = "", -1.0
    for name in names:
        try:
            text = data.decode(name, "replace")
        except (LookupError, UnicodeError):
            continue
        score = _score(text)
        if score > best_score:
            best, best_score = text, score
    if best_score < 0.5:
        guess = from_bytes(data[:20000]).best()
        if guess is not None:
            best = max(best, data.decode(guess.encoding, "replace"), key=_score)
    return best


def _score(text: str) -> float:
    """Common words of a report speak for a reading, replacement characters against it."""
    size = max(len(text), 1)
    return (len(_COMMON.findall(text)) * 10 - text.count("\ufffd") * 20) / size


def _checked(text: str) -> str:
    size = max(len(text), 1)
    odd = sum(1 for c in text[:20000] if c < " " and c not in "\t\r\n\f\v\x00") + text[:20000].count("\ufffd")
    if odd > min(size, 20000) * 0.1:
        raise ReadingError("binary")
    return text.replace("\x00", "")


def looks_like_html(text: str) -> bool:
    """Whether the text is markup rather than words."""
    head = text.lstrip()[:200].lower()
    return head.startswith(("<!doctype html", "<html", "<?xml")) or len(_TAGS.findall(text[:200_000])) >= 3


def looks_like_json(text: str) -> bool:
    """Whether the text is a JSON object."""
    return text.lstrip("\ufeff \t\r\n").startswith(("{", "["))
