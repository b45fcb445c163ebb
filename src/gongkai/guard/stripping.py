"""A file without the traces of its makers; what a reader sees stays as it is. The result is looked at again."""

from __future__ import annotations

from gongkai.drafting import DraftingError
from gongkai.drafting.opening import LIMITS, kind_of
from gongkai.guard.errors import GuardError
from gongkai.guard.files import add_file
from gongkai.guard.model import Material
from gongkai.guard.pictures import format_of, strip_picture
from gongkai.guard.strip_office import strip_office
from gongkai.guard.strip_pdf import strip_pdf
from gongkai.redaction import RedactionError
from gongkai.redaction.limits import Limits

_PLAIN = frozenset({"html", "csv", "text"})
_REASONS = {
    "encrypted_pdf": "encrypted",
    "encrypted_office": "encrypted",
    "hostile": "hostile",
    "broken_pdf": "broken_pdf",
}


def strip_metadata(name: str, content: bytes, *, limits: Limits = LIMITS) -> tuple[bytes, list[str]]:
    """The file without comments, properties, EXIF and the like, and what was taken out, in Chinese.

    Nothing to take out gives the same bytes. Tracked changes, hidden sheets, rows and text stay: they are findings
    that block, because only a person knows what is to become of them. Raises ``GuardError``.
    """
    try:
        kind = kind_of(name, content, limits)
        if kind in _PLAIN or format_of(content) == "BMP":
            return content, []
        made, removed = _stripped(kind, content, limits)
    except (DraftingError, RedactionError) as error:
        raise GuardError(_REASONS.get(error.reason, "broken_office"), str(error)) from error
    if not removed:
        return content, []
    left = _left_over(name, made, limits)
    if left:
        raise GuardError("left_over", "、".join(left) + "：")
    return made, removed


def _stripped(kind: str, content: bytes, limits: Limits) -> tuple[bytes, list[str]]:
    if kind in {"docx", "xlsx", "pptx"}:
        return strip_office(content, limits)
    if kind == "pdf":
        return strip_pdf(content)
    if kind == "image":
        made = strip_picture(content)
        return made, ["图片的拍摄或编辑信息"] if made != content else []
    raise GuardError("unsupported")


def _left_over(name: str, content: bytes, limits: Limits) -> list[str]:
    """What should be gone and is not."""
    material = Material(name, thorough=False)
    add_file(material, name, content, "", limits, 0)
    return sorted({finding.message for finding in material.findings if finding.strippable})
