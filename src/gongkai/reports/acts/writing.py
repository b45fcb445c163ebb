"""Writing the prose of a draft."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.law.report.narrative import unknown_placeholders
from gongkai.organisations.rules import Permission, why_not_permitted
from gongkai.reports.drafting import SECTION_KEYS
from gongkai.reports.enums import VersionState
from gongkai.reports.models import SectionText, Version


def why_not_edit(version: Version, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Why the content of a version cannot be changed now."""
    obstacles = why_not_permitted(actor, Permission.HANDLE, version.report.body, timezone.localdate(at))
    if version.state != VersionState.DRAFT:
        message = f"年报版本现在是“{version.get_state_display()}”，内容已定稿"
        obstacles.append(Obstacle("not_draft", message, "请先退回草稿，或对已公布的年报发起更正"))
    return obstacles


def why_not_write(version: Version, key: str, template: str, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Why a section's text cannot be saved as it is."""
    obstacles = why_not_edit(version, actor, at)
    if key not in SECTION_KEYS:
        obstacles.append(Obstacle("no_section", f"年报没有“{key}”这一部分", field="key"))
    obstacles += [
        Obstacle(
            "placeholder",
            f"没有名为“{{{{{name}}}}}”的数据项",
            "请从数据项列表中选用，或直接写文字",
            "template",
        )
        for name in unknown_placeholders(template)
    ]
    return obstacles


def set_section_text(*, version: Version, key: str, template: str, actor: Actor, at: dt.datetime) -> None:
    """Replace the text of one section of a draft. Raises ``RefusedError``."""
    with transaction.atomic():
        version = lock_one(version)
        refuse_if(why_not_write(version, key, template, actor, at))
        SectionText.objects.update_or_create(
            version=version, key=key, defaults={"template": template, "edited_at": at}
        )
        detail = {"section": key, "version": version.number, "text": template}
        record(
            verb="reports.set_section_text",
            actor=actor,
            target=version.report,
            body=version.report.body,
            detail=detail,
        )
