"""The steps of an online application: their order, their forms, what each still lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from gongkai.foi.enums import ApplicantKind
from gongkai.foi.models.materials import MaterialKind
from gongkai.portal.foi.forms import InformationForm, StepForm, applicant_form

if TYPE_CHECKING:
    from gongkai.organisations.models import Body
    from gongkai.portal.foi.drafts import Draft

STEPS = (
    ("kind", "申请人身份"),
    ("applicant", "申请人"),
    ("information", "想要的信息"),
    ("files", "证明材料"),
    ("check", "核对提交"),
)
ORDER = [name for name, _ in STEPS]
NOTED_LATER = "later"  # words of the step on files: the proof of identity comes afterwards


class Place(NamedTuple):
    """One step in the line of steps: ``done``, ``now`` or ``ahead``."""

    number: int
    label: str
    address: str
    state: str


class Lack(NamedTuple):
    """Something that stands against submitting, and where to mend it."""

    text: str
    address: str


def places(body: Body, now: str, draft: Draft | None = None) -> list[Place]:
    """The line of steps above each page."""
    here = ORDER.index(now)
    return [
        Place(
            at + 1,
            label,
            address(body, draft, name) if draft else "",
            "now" if at == here else ("done" if at < here else "ahead"),
        )
        for at, (name, label) in enumerate(STEPS)
    ]


def address(body: Body, draft: Draft, step: str) -> str:
    """Where a step of a draft is."""
    return reverse(f"portal:foi_{step}", args=[body.slug, draft.ref])


def form_of(step: str, draft: Draft, data: dict[str, str] | None = None) -> StepForm:
    """The form of a step with words, or with what the draft has of them."""
    if step == "applicant":
        return applicant_form(draft.kind)(data, initial=_told(draft.applicant))
    initial = {"subject": str(draft.content.get("q", ""))} | _told(draft.information)
    return InformationForm(data, initial=initial, applicant=draft.applicant)


def _told(words: dict[str, str]) -> dict[str, str]:
    return {name: word for name, word in words.items() if word}


def complete(draft: Draft, body: Body) -> tuple[list[Lack], dict[str, dict[str, str]]]:
    """What is still missing or wrong, and the cleaned words of both forms."""
    lacks: list[Lack] = []
    cleaned: dict[str, dict[str, str]] = {}
    if draft.kind not in ApplicantKind.values:
        return [Lack("请选择申请人身份。", address(body, draft, "kind"))], cleaned
    for step in ("applicant", "information"):
        form = form_of(step, draft, getattr(draft, step))
        where = address(body, draft, step)
        if not form.is_valid():
            for name, errors in form.errors.items():
                label = form.fields[name].label if name in form.fields else ""
                lacks += [
                    Lack(f"{label}：{error}" if label else str(error), f"{where}#id_{name}")
                    for error in errors
                ]
        cleaned[step] = form.cleaned_data
    lacks += [Lack(text, address(body, draft, "files")) for text in why_files_lacking(draft)]
    return lacks, cleaned


def why_files_lacking(draft: Draft) -> list[str]:
    """Proof of identity may follow later when that is said; an agent without authority cannot act at all."""
    kinds = {one["kind"] for one in draft.files}
    found = []
    if MaterialKind.IDENTITY not in kinds and not draft.content.get(NOTED_LATER):
        found.append("请上传身份证明；现在没有的，请选“以后补交”。")
    if draft.applicant.get("agent_name", "").strip() and MaterialKind.AUTHORITY not in kinds:
        found.append("由代理人申请的，请上传授权委托书。")
    return found
