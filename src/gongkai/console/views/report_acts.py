"""What can be done with a version next, and doing it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.console.access import officer_of, version_for
from gongkai.console.forms.reports import ReasonForm
from gongkai.console.performing import perform
from gongkai.reports import acts
from gongkai.reports.enums import VersionState

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

    from gongkai.core.errors import Obstacle
    from gongkai.organisations.models import Officer
    from gongkai.reports.models import Version


@dataclass(frozen=True)
class OfferedAct:
    """An act as the page offers it: possible, or with every reason why not."""

    label: str
    address: str
    obstacles: list[Obstacle]
    note: str = ""
    form: forms.Form | None = None
    confirm: str = ""
    primary: bool = False


@dataclass(frozen=True)
class _Act:
    label: str
    done: str
    states: tuple[VersionState, ...]
    why_not: Callable[[Version, Officer, dt.datetime, str], list[Obstacle]]
    run: Callable[[Version, Officer, dt.datetime, str], object]
    note: str = ""
    asks_reason: bool = False
    primary: bool = True


def _start_correction(version: Version, actor: Officer, at: dt.datetime, reason: str) -> object:
    return acts.start_correction(annual=version.report, actor=actor, reason=reason, at=at)


ACTS: dict[str, _Act] = {
    "submit": _Act(
        label="校核送审",
        done="已送审，数据和正文已定稿",
        states=(VersionState.DRAFT,),
        why_not=lambda version, actor, at, _: acts.why_not_submit(version, actor, at),
        run=lambda version, actor, at, _: acts.submit(version=version, actor=actor, at=at),
        note="送审后数据和正文定稿，由另一人审签。",
    ),
    "approve": _Act(
        label="审签",
        done="已审签",
        states=(VersionState.CHECKED,),
        why_not=lambda version, actor, at, _: acts.why_not_approve(version, actor, at),
        run=lambda version, actor, at, _: acts.approve(version=version, actor=actor, at=at),
        note="送审人不能审签自己送审的年报。",
    ),
    "publish": _Act(
        label="公布",
        done="已公布，本年度记录已锁定",
        states=(VersionState.APPROVED,),
        why_not=lambda version, actor, at, _: acts.why_not_publish(version, actor, at),
        run=lambda version, actor, at, _: acts.publish(version=version, actor=actor, at=at),
        note="公布后本年度记录锁定，更正须写明理由。",
    ),
    "return": _Act(
        label="退回草稿",
        done="已退回草稿",
        states=(VersionState.CHECKED, VersionState.APPROVED),
        why_not=acts.why_not_return,
        run=lambda version, actor, at, reason: acts.return_to_draft(
            version=version, actor=actor, reason=reason, at=at
        ),
        asks_reason=True,
        primary=False,
    ),
    "correct": _Act(
        label="发起更正",
        done="已建立更正版本，原版本在更正版公布前继续有效",
        states=(VersionState.PUBLISHED,),
        why_not=lambda version, actor, at, reason: acts.why_not_correct(version.report, actor, at, reason),
        run=_start_correction,
        asks_reason=True,
        primary=False,
    ),
}
ANY_REASON = "—"
"""Stands for the reason not yet typed, so that only the other obstacles show."""


def acts_for(version: Version, actor: Officer, at: dt.datetime) -> list[OfferedAct]:
    """The acts that belong to the version's state, each with its obstacles."""
    return [
        _offered(name, act, version, actor, at) for name, act in ACTS.items() if version.state in act.states
    ]


def _offered(name: str, act: _Act, version: Version, actor: Officer, at: dt.datetime) -> OfferedAct:
    return OfferedAct(
        label=act.label,
        address=reverse("console:report_act", args=[version.pk, name]),
        obstacles=act.why_not(version, actor, at, ANY_REASON),
        note=act.note,
        form=ReasonForm(prefix=name) if act.asks_reason else None,
        primary=act.primary,
    )


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Carry out one act on a version; every refusal is told in words."""
    version, chosen = version_for(request, pk), ACTS.get(name)
    if chosen is None:
        raise Http404
    reason = request.POST.get(f"{name}-reason", "")
    result: list[Any] = []

    def run() -> None:
        result.append(chosen.run(version, officer_of(request), timezone.now(), reason))

    done = perform(request, run, chosen.done)
    newer = result[0] if done and name == "correct" else version
    return redirect("console:report", newer.pk)
