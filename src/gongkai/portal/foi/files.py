"""Files the public hands in: small enough, few enough, and really what their names say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from gongkai.foi import sniffing
from gongkai.foi.sniffing import LONGEST_NAME, MEBIBYTE, safe_name, sniff

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

LARGEST = 10 * MEBIBYTE  # one file: a photograph of a page, or a scan of some
MOST_FILES = 8  # of one application or one answer
ALL_TOGETHER = 40 * MEBIBYTE
ACCEPTED = (sniffing.PDF, sniffing.JPEG, sniffing.PNG, sniffing.DOCX)


@dataclass(frozen=True)
class Upload:
    """A file that was looked into."""

    name: str
    media_type: str
    content: bytes


def opened(file: UploadedFile) -> Upload:
    """Read an uploaded file, told by its content and not by its name. Raises ``ValidationError`` with the remedy."""
    name = PurePath((file.name or "").replace("\\", "/")).name[:LONGEST_NAME] or "文件"
    if (file.size or 0) > LARGEST:
        raise ValidationError(
            f"“{name}”超过{LARGEST // MEBIBYTE}MB，请压缩或者重新拍一张小一些的再上传。", code="large"
        )
    content = file.read()
    if not content:
        raise ValidationError(f"“{name}”是空文件，请重新选择。", code="empty")
    found = sniff(content)
    if found not in ACCEPTED:
        raise ValidationError(_refusal(name, content), code="kind")
    return Upload(safe_name(name, found), found.media_type, content)


def opened_all(files: Iterable[UploadedFile], *, already: int, size: int) -> tuple[list[Upload], list[str]]:
    """The good ones, and what is wrong with each of the others; ``already`` so many are kept, so many bytes."""
    good: list[Upload] = []
    errors: list[str] = []
    for file in files:
        try:
            upload = opened(file)
        except ValidationError as error:
            errors += error.messages
            continue
        together = size + sum(len(one.content) for one in good) + len(upload.content)
        if already + len(good) >= MOST_FILES or together > ALL_TOGETHER:
            errors.append(
                f"“{upload.name}”没有保存：最多{MOST_FILES}个文件、共{ALL_TOGETHER // MEBIBYTE}MB。"
            )
            continue
        good.append(upload)
    return good, errors


def _refusal(name: str, content: bytes) -> str:
    if content[4:8] == b"ftyp" and content[8:12] in {b"heic", b"heix", b"mif1", b"msf1"}:
        return f"“{name}”是苹果手机的HEIC照片，请把相机格式改为“兼容性最佳”重新拍，或者截一张图再上传。"
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return f"“{name}”是旧版Word文件，请另存为DOCX或者PDF再上传。"
    return f"“{name}”不是PDF、JPG、PNG或者DOCX文件，请换一种格式再上传。"


def shown_size(size: int) -> str:
    """A size for people."""
    return f"{size / MEBIBYTE:.1f} MB" if size >= MEBIBYTE else f"{max(1, round(size / 1024))} KB"
