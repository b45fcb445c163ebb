"""The metadata of the directory guide: which fields an officer may set, and what they must say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from gongkai.core.errors import Obstacle
from gongkai.disclosure.enums import Attribute
from gongkai.disclosure.procedure import rules_of
from gongkai.law.duties import reassessment_due
from gongkai.organisations.models import Body

EDITABLE = (
    "document_number",
    "kind",
    "unit",
    "made_on",
    "effective_on",
    "valid_until",
    "genre",
    "subject",
    "keywords",
    "summary",
    "joint_issuers",
    "is_lead",
    "item",
    "key_area",
    "is_institution",
    "interprets",
    "interpretation_form",
    "amended_on",
    "amended_basis",
)
"""What can be corrected. Title belongs to the editions; number, times of publication and departure to the system."""

MOST_WORDS = 20
LONGEST_WORD = 40


def why_not_attributed(attribute: str, reason: str) -> list[Obstacle]:
    """What is not published on one's own motion is so for a reason, said at the source (条例 arts. 13–17)."""
    if attribute not in Attribute.values:
        return [Obstacle("attribute", "应选择公开属性", "请选择", "attribute")]
    if attribute == Attribute.PROACTIVE or reason.strip():
        return []
    message = f"公开属性为“{Attribute(attribute).label}”，没有说明理由"
    return [
        Obstacle("no_reason", message, "请写明理由和依据的条款（条例第十三条至第十七条）", "attribute_reason")
    ]


def first_reassessment(body: Body, attribute: str, at: dt.datetime) -> dt.date | None:
    """When withheld information is looked at again (art. 18); None for what is not withheld."""
    if attribute != Attribute.WITHHELD:
        return None
    return reassessment_due(timezone.localdate(at), months=rules_of(body).reassessment_months)


def why_not_metadata(made_on: dt.date, values: Mapping[str, Any]) -> list[Obstacle]:
    """Dates in their order, lists that are lists."""
    found = []
    effective, until = values.get("effective_on"), values.get("valid_until")
    if until is not None and until < (effective or made_on):
        found.append(Obstacle("until_before", "有效期早于成文或者施行日期", "请核对日期", "valid_until"))
    amended = values.get("amended_on")
    if amended is not None and amended < made_on:
        found.append(Obstacle("amended_before", "修改日期早于成文日期", "请核对日期", "amended_on"))
    for name, label in (("keywords", "关键词"), ("joint_issuers", "联合发文机关")):
        words = values.get(name) or []
        limit = LONGEST_WORD if name == "keywords" else 120
        if len(words) > MOST_WORDS:
            found.append(Obstacle("too_many", f"{label}超过{MOST_WORDS}个", "请精简", name))
        if any(len(word) > limit for word in words):
            found.append(Obstacle("long_word", f"有的{label}超过{limit}个字", "请用逗号或者换行分开", name))
    return found
