"""Redacting a file: marks, the new file, its verification, its release by a second person.

The engine (``gongkai.redaction``) makes a new file in which what lies under a mark is gone, and verifies it as if a
stranger had sent it. What was not verified is never released, and who made the marks does not release.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from gongkai.audit.acts import record
from gongkai.core.actors import Actor
from gongkai.core.errors import Obstacle, refuse_if
from gongkai.core.locks import lock_one
from gongkai.foi.acts.materials import files_or_nothing, keep, read
from gongkai.foi.models import Material, Redaction, Request
from gongkai.foi.models.materials import MaterialKind
from gongkai.foi.rules import why_not_handle, why_over
from gongkai.organisations.rules import officer_of
from gongkai.redaction.bases import BASES
from gongkai.redaction.errors import RedactionError
from gongkai.redaction.issues import Verification
from gongkai.redaction.model import Mark, Source
from gongkai.redaction.opening import open_source
from gongkai.redaction.redacting import Redacted, redact, why_marks_wrong
from gongkai.redaction.verifying import verify


def marks_of(redaction: Redaction) -> tuple[Mark, ...]:
    """The marks as the engine takes them."""
    return tuple(Mark(**one) for one in redaction.marks)


def _opened(material: Material) -> tuple[Source | None, list[Obstacle]]:
    try:
        return open_source(read(material), material.name), []
    except RedactionError as error:
        return None, [Obstacle(error.reason, str(error), field="source")]


def why_not_begin(source: Material, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not information to be provided, begun already, or a file the engine cannot open."""
    request = source.request
    found = [*why_not_handle(request.body, actor=actor, at=at), *why_over(request)]
    if source.kind != MaterialKind.SOURCE:
        found.append(Obstacle("kind", "只遮盖拟提供的信息", "请把文件作为“拟提供的信息”上传", "source"))
    if source.redactions.filter(released_at=None).exists():
        found.append(Obstacle("again", "本文件正在遮盖", "请在已建立的遮盖上继续", "source"))
    return found or _opened(source)[1]


def begin_redaction(*, source: Material, actor: Actor, at: dt.datetime) -> Redaction:
    """Begin to redact a file; it is no longer for the applicant as it is. Raises RefusedError."""
    with transaction.atomic():
        request = lock_one(source.request)
        source = lock_one(source)
        refuse_if(why_not_begin(source, actor=actor, at=at))
        Material.objects.filter(pk=source.pk).update(for_applicant=False)
        begun = Redaction.objects.create(
            request=request, source=source, made_at=at, made_by=officer_of(actor)
        )
        _record("foi.begin_redaction", begun, request, actor, source=source.pk)
    return begun


def _record(verb: str, redaction: Redaction, request: Request, actor: Actor, **detail: Any) -> None:
    record(
        verb=verb,
        actor=actor,
        target=request,
        body=request.body,
        detail={"redaction": redaction.pk, **detail},
    )


def why_not_set_marks(
    redaction: Redaction,
    *,
    marks: Sequence[Mark],
    seen: Sequence[Mark] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> list[Obstacle]:
    """Released already, changed by somebody else meanwhile (``seen``: the marks the officer started from), or wrong."""
    found = _why_not_work_on(redaction, actor=actor, at=at)
    if seen is not None and tuple(seen) != marks_of(redaction):
        found.append(Obstacle("changed", "遮盖区域在您打开以后已由他人修改", "请刷新后再标注", "marks"))
    if tuple(marks) == marks_of(redaction) and redaction.marks:
        found.append(Obstacle("unchanged", "没有任何改动", "无须保存", "marks"))
    if found:
        return found
    source, obstacles = _opened(redaction.source)
    if source is None:
        return obstacles
    return [Obstacle(one.reason, str(one), field="marks") for one in why_marks_wrong(source, marks)]


def _why_not_work_on(redaction: Redaction, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    request = redaction.request
    found = [*why_not_handle(request.body, actor=actor, at=at), *why_over(request)]
    if redaction.released_at is not None:
        found.append(Obstacle("released", "遮盖后的文件已经放行", "需要修改的，请重新建立遮盖"))
    return found


def set_marks(
    *,
    redaction: Redaction,
    marks: Sequence[Mark],
    seen: Sequence[Mark] | None = None,
    actor: Actor,
    at: dt.datetime,
) -> Redaction:
    """Put other marks in the place of those there are; a file made of the old ones is thrown away. Raises RefusedError."""
    with transaction.atomic():
        redaction = _locked(redaction)
        refuse_if(why_not_set_marks(redaction, marks=marks, seen=seen, actor=actor, at=at))
        _discard_result(redaction)
        redaction.marks = [asdict(one) for one in marks]
        redaction.bases = sorted({one.basis for one in marks}, key=list(BASES).index)
        redaction.save(update_fields=["marks", "bases"])
        detail = {"marks": len(redaction.marks), "bases": redaction.bases}
        _record("foi.set_marks", redaction, redaction.request, actor, **detail)
    return redaction


def _locked(redaction: Redaction) -> Redaction:
    request = lock_one(redaction.request)
    redaction = lock_one(redaction)
    redaction.request = request
    return redaction


def _discard_result(redaction: Redaction) -> None:
    """What was made of other marks shows too much or too little; its file goes when the act is done."""
    result = redaction.result
    redaction.result, redaction.verified_at, redaction.findings = None, None, []
    redaction.save(update_fields=["result", "verified_at", "findings"])
    if result is not None:
        storage, name = result.file.storage, result.file.name
        result.delete()
        transaction.on_commit(lambda: storage.delete(name))


def why_not_produce(redaction: Redaction, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """No marks, produced already, or a file the engine cannot open."""
    found = _why_not_work_on(redaction, actor=actor, at=at)
    if not redaction.marks:
        found.append(Obstacle("no_marks", "还没有标注任何遮盖处", "请先标注", "marks"))
    if redaction.result_id is not None:
        found.append(Obstacle("produced", "遮盖后的文件已经生成", "修改遮盖区域后可以重新生成"))
    return found or _opened(redaction.source)[1]


def produce_redaction(*, redaction: Redaction, actor: Actor, at: dt.datetime) -> Redaction:
    """Make the new file and verify it; problems and warnings are kept as findings. Raises RefusedError.

    The file is made before anything is locked: it takes seconds, and the marks are compared afterwards.
    """
    refuse_if(why_not_produce(redaction, actor=actor, at=at))
    marks = marks_of(redaction)
    made, verified = _made(redaction.source, marks, at)
    with files_or_nothing(), transaction.atomic():
        redaction = _locked(redaction)
        refuse_if(why_not_produce(redaction, actor=actor, at=at))
        if marks_of(redaction) != marks:
            refuse_if([Obstacle("changed", "生成期间遮盖区域有改动", "请重新生成", "marks")])
        redaction.findings = [
            {"code": one.code, "message": str(one), "problem": one in verified.problems}
            for one in (*verified.problems, *verified.warnings)
        ]
        redaction.verified_at = at if verified.releasable else None
        name = f"{redaction.source.name.rpartition('.')[0]}（遮盖）.pdf"
        redaction.result = keep(redaction.request, MaterialKind.REDACTED, name, made.pdf, actor=actor, at=at)
        redaction.save(update_fields=["findings", "verified_at", "result"])
        detail = {"result": redaction.result.pk, "removed": made.removed, "verified": verified.releasable}
        _record("foi.produce_redaction", redaction, redaction.request, actor, **detail)
    return redaction


def _made(material: Material, marks: Sequence[Mark], at: dt.datetime) -> tuple[Redacted, Verification]:
    """Raises RefusedError for what the engine refuses."""
    try:
        source = open_source(read(material), material.name)
        made = redact(source, marks, at=at)
        return made, verify(source, made, marks)
    except RedactionError as error:
        refuse_if([Obstacle(error.reason, str(error), field="source")])
        raise


def why_not_release(redaction: Redaction, *, actor: Actor, at: dt.datetime) -> list[Obstacle]:
    """Not produced, not verified, one's own marks, or released already."""
    found = _why_not_work_on(redaction, actor=actor, at=at)
    officer = officer_of(actor)
    if officer is None or officer.pk == redaction.made_by_id:
        found.append(Obstacle("own_marks", "遮盖人不能自己放行", "请由其他人员核对后放行"))
    if redaction.result_id is None:
        found.append(Obstacle("not_produced", "还没有生成遮盖后的文件", "请先生成"))
    elif redaction.verified_at is None:
        said = "；".join(one["message"] for one in redaction.findings if one["problem"])
        found.append(Obstacle("not_verified", f"核验没有通过：{said}", "请修改遮盖区域后重新生成"))
    return found


def release_redaction(*, redaction: Redaction, actor: Actor, at: dt.datetime) -> Redaction:
    """Release a verified file: it goes to the applicant with the answer. Raises RefusedError."""
    with transaction.atomic():
        redaction = _locked(redaction)
        refuse_if(why_not_release(redaction, actor=actor, at=at))
        redaction.released_at, redaction.released_by = at, officer_of(actor)
        redaction.save(update_fields=["released_at", "released_by"])
        Material.objects.filter(made_by_redaction=redaction).update(for_applicant=True)
        _record("foi.release_redaction", redaction, redaction.request, actor, result=redaction.result_id)
    return redaction
