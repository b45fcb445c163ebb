"""The application as it was submitted, set as the official form: the original of the file (条例 arts. 29, 45).

It holds what the register has no column for: the kind of document, the representative, the person to ask for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from gongkai.foi.enums import ApplicantKind
from gongkai.foi.identity import IdentityType
from gongkai.portal.foi.forms import InformationForm, applicant_form, kind_name
from gongkai.typesetting import docx
from gongkai.typesetting.document import KeyValues, OfficialDocument, Paragraph

if TYPE_CHECKING:
    from gongkai.portal.foi.drafts import Draft

NAME = "政府信息公开申请表（网上提交）.docx"


def filled_form(draft: Draft, applicant: dict[str, str], information: dict[str, str]) -> tuple[str, bytes]:
    """Its name and its content."""
    now = timezone.now()
    document = OfficialDocument(
        issuer=draft.row.body.name,
        title="政府信息公开申请表",
        blocks=(
            KeyValues(tuple(_rows(draft.kind, applicant)), "申请人"),
            KeyValues(tuple(_rows("", information)), "所需信息"),
            Paragraph(f"本表由申请人于{timezone.localtime(now):%Y-%m-%d %H:%M}通过互联网填写提交。"),
        ),
        seal=False,
        subject="网上提交的申请",
    )
    return NAME, docx.render(document, at=timezone.localtime(now))


def _rows(kind: str, words: dict[str, str]) -> list[tuple[str, str]]:
    form = applicant_form(kind) if kind else InformationForm
    named = [(str(field.label or name), words.get(name, "")) for name, field in form.base_fields.items()]
    rows = [(label, _shown(label, value)) for label, value in named if value]
    return [("类别", kind_name(kind)), *rows] if kind in ApplicantKind.values else rows


def _shown(label: str, value: str) -> str:
    return IdentityType(value).label if label == "证件种类" else value
