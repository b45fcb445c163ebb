"""A version as a file, ready to be sent or written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.organisations.models import Body
from gongkai.reports.drafting import Draft, draft_of
from gongkai.reports.models import Version
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.presentation import Adjustment, Presentation, title_of

_NOT_IN_NAMES = str.maketrans('/\\:*?"<>|', "／＼：＊？＂＜＞｜", "\t\r\n")
"""Signs that mean something in a path, as signs that look like them: a body may be called 甲局/乙局."""


@dataclass(frozen=True)
class ExportedFile:
    """A file with its name and media type."""

    name: str
    media_type: str
    content: bytes


def export(version: Version, ending: str, *, at: dt.datetime) -> ExportedFile:
    """A version as HTML, DOCX, PDF, XLSX, JSON or CSV.

    ``at`` is the date written into the file while it is not published; a published version carries its own.
    Raises ``KeyError`` for another ending, ``NarrativeError`` when a draft's prose cannot be filled and
    ``PdfUnavailable`` when the machine's fonts do not suffice.
    """
    return export_draft(draft_of(version), ending, at=version.published_at or at)


def export_draft(draft: Draft, ending: str, *, at: dt.datetime) -> ExportedFile:
    """The same for a report at hand, stored or not."""
    output = OUTPUTS[ending]
    content = output.render(draft.report, presentation_of(draft), at=at)
    name = f"{title_of(draft.report)}{_suffix(draft.version)}.{ending}"
    return ExportedFile(name.translate(_NOT_IN_NAMES), output.media_type, content)


def _suffix(version: Version | None) -> str:
    """Tells versions, and what is not yet public, apart."""
    if version is None:
        return "（试算）"
    edition = f"（第{version.number}版）" if version.number > 1 else ""
    return edition if version.published_at else f"{edition}（{version.get_state_display()}）"


def presentation_of(draft: Draft) -> Presentation:
    """What every face shows beside the report: adjustments with their reasons, version, digest, contact."""
    version = draft.version
    return Presentation(
        adjustments={cell: Adjustment(*why) for cell, why in draft.adjustments.items()},
        version=version.number if version else None,
        digest=version.digest if version else "",
        contact=contact_line(draft.body),
    )


def contact_line(body: Body) -> str:
    """Whom to ask about the report, from the body's own data."""
    parts = (
        ("", body.office or body.name),
        ("地址：", body.address),
        ("邮编：", body.postcode),
        ("电话：", body.phone),
        ("电子邮箱：", body.email),
    )
    return "，".join(f"{label}{value}" for label, value in parts if value)
