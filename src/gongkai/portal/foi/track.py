"""Tracking: number and code open a case; what is told, what can be done, what can be fetched."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.core.errors import RefusedError
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.enums import ServiceMethod
from gongkai.foi.letter_text import document_of
from gongkai.foi.letters.kinds import KINDS, Recipient
from gongkai.foi.models import CaseFact, Dispatch, Letter, Material, Request
from gongkai.foi.models.letters import LetterState
from gongkai.portal.foi import keyring
from gongkai.portal.foi.apply import AGAIN, both
from gongkai.portal.foi.counting import Counting
from gongkai.portal.foi.doings import DOINGS, Doing
from gongkai.portal.foi.files import opened_all, shown_size
from gongkai.portal.foi.form_file import KINDS as FILE_KINDS
from gongkai.portal.foi.form_file import as_file
from gongkai.portal.foi.guide import crumbs
from gongkai.portal.foi.keeping import drop, fetched, stored, wait_for, waiting
from gongkai.portal.foi.offices import accepting_body
from gongkai.portal.foi.standing import facts_of, result_of, told
from gongkai.portal.throttle import seconds_to_wait, too_many

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest


TRIES_PER_MINUTE = 10
ACTS_PER_MINUTE = 20
FILES_PER_MINUTE = 60
NUMBER = re.compile(r"\d{4}-\d{1,8}")
TO_APPLICANT = frozenset(key for key, kind in KINDS.items() if kind.recipient is Recipient.APPLICANT)
SHOWN_STATES = (LetterState.ISSUED,)
WRONG = "申请编号和查询码不相符，或者暂时不能查询。请核对以后再试；多次不符会锁定一段时间。"


@never_cache
@both
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Number and code. Whatever is wrong, the answer is the same."""
    body = accepting_body(slug)
    if request.method != "POST":
        context = {
            "body": body,
            "number": request.GET.get("number", "").strip()[:40],
            "wrong": WRONG if AGAIN in request.GET else "",
            "any_open": keyring.any_open(request),
            "crumbs": crumbs(body, ("查询办理进度", "")),
        }
        return render(request, "portal/foi/track.html", context)
    wait = seconds_to_wait(request, "foi-track", limit=TRIES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    number = request.POST.get("number", "").strip()[:40]
    case = acts.open_case(body=body, number=number, code=request.POST.get("code", "")[:60], at=timezone.now())
    if case is None:
        kept = (
            f"number={number}&" if NUMBER.fullmatch(number) else ""
        )  # whatever else was typed is no address's business
        return redirect(f"{request.path}?{kept}{AGAIN}")
    keyring.unlock(request, case)
    return redirect("portal:foi_case", slug, case.number)


@never_cache
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign off."""
    keyring.close_all(request)
    return redirect("portal:foi_track", slug)


def _cases() -> QuerySet[Request]:
    facts = Prefetch("facts", CaseFact.objects.order_by("on", "pk"))
    return Request.objects.select_related("body", "merged_into").prefetch_related(facts, "parts")


def _case(request: HttpRequest, slug: str, number: str) -> Request | None:
    """The case of an address, when this browser has opened it."""
    body = accepting_body(slug)
    found = _cases().filter(body=body, number=number).first()
    return found if found is not None and keyring.is_open(request, found.pk) else None


def _entrance(slug: str, number: str) -> HttpResponse:
    """The same for a case that is not open and for one that is not there."""
    return redirect(f"{reverse('portal:foi_track', args=[slug])}?number={quote(number)}")


@never_cache
@require_safe
def case(request: HttpRequest, slug: str, number: str) -> HttpResponse:
    """How it stands, what is to be done, what can be fetched."""
    found = _case(request, slug, number)
    if found is None:
        return _entrance(slug, number)
    result = result_of(found, timezone.localdate())
    context = {
        "case": found,
        "told": told(found, result),
        "counting": Counting(result) if result else None,
        "events": _events(found),
        "letters": letters_of(found),
        "to_acknowledge": _to_acknowledge(found),
        "materials": [(one, shown_size(one.size)) for one in materials_of(found)],
        "mine": [(one, shown_size(one.size)) for one in found.materials.filter(by_applicant=True)],
        "doings": _offered(found),
        "corrections": found.corrections.all(),
        "proposals": found.proposals.all(),
    }
    return _page(request, "case", found, **context)


def _page(request: HttpRequest, name: str, found: Request, **context: Any) -> HttpResponse:
    more: dict[str, Any] = {"body": found.body, "case": found, "crumbs": crumbs(found.body, ("办理进度", ""))}
    status = context.pop("status", 200)
    return render(request, f"portal/foi/{name}.html", more | context, status=status)


def _events(found: Request) -> list[tuple[Any, str]]:
    """The dated facts, without the names of others and without notes for the file."""
    return [(fact.on, fact.get_kind_display()) for fact in facts_of(found)]


def letters_of(found: Request) -> QuerySet[Letter]:
    """The letters to the applicant that have left the house."""
    shown = found.letters.filter(state__in=SHOWN_STATES, kind__in=TO_APPLICANT)
    return shown.prefetch_related("replaced_by").order_by("issued_at", "pk")


def _to_acknowledge(found: Request) -> set[int]:
    """The letters that were sent electronically and whose arrival nobody has confirmed."""
    sent = Dispatch.objects.filter(
        letter__request=found, method=ServiceMethod.ELECTRONIC, received_on=None, failed_on=None
    )
    return set(sent.values_list("letter_id", flat=True))


@never_cache
@require_POST
def acknowledge(request: HttpRequest, slug: str, number: str, letter: int) -> HttpResponse:
    """A letter sent electronically has arrived."""
    found = _case(request, slug, number)
    if found is None:
        return _entrance(slug, number)
    one = get_object_or_404(letters_of(found), pk=letter)
    try:
        acts.acknowledge_letter(letter=one, actor=applicant_of(found), at=timezone.now())
    except RefusedError as error:
        messages.error(request, "；".join(str(one) for one in error.obstacles))
    else:
        messages.success(request, f"已经确认收到《{one.title}》。")
    return redirect("portal:foi_case", slug, number)


def materials_of(found: Request) -> QuerySet[Material]:
    """The information that was given to him, once the answer has left."""
    if found.closed_on is None:
        return found.materials.none()
    return found.materials.filter(for_applicant=True)


def _offered(found: Request) -> list[tuple[Doing, bool]]:
    """What the applicant can do now, what is wanted of him first."""
    now = timezone.now()
    open_ones = [one for one in DOINGS.values() if not one.why_not(found, now)]
    return [
        (one, one.is_wanted(found)) for one in sorted(open_ones, key=lambda one: not one.is_wanted(found))
    ]


@never_cache
@both
def do(request: HttpRequest, slug: str, number: str, act: str) -> HttpResponse:
    """The form of one act, and the act."""
    found, doing = _case(request, slug, number), DOINGS.get(act)
    if found is None:
        return _entrance(slug, number)
    if doing is None:
        raise Http404
    if request.method != "POST":
        return _form_page(request, found, doing, doing.form())
    wait = seconds_to_wait(request, "foi-do", limit=ACTS_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    errors = _take_files(request, found, doing) if doing.takes_files else []
    form = doing.form(request.POST)
    if "remove" in request.POST:
        return _form_page(request, found, doing, form_again(doing, request))
    for text in errors:
        form.add_error(None, text)
    if form.is_valid() and _performed(request, found, doing, form):
        return redirect("portal:foi_case", slug, number)
    return _form_page(request, found, doing, form, status=422)


def form_again(doing: Doing, request: HttpRequest) -> forms.Form:
    """The words as they were, not judged."""
    return doing.form(initial={name: request.POST.get(name, "") for name in doing.form.base_fields})


def _take_files(request: HttpRequest, found: Request, doing: Doing) -> list[str]:
    """Keep the good files while the form is being mended; say of each other what is wrong with it."""
    gone = request.POST.get("remove", "")
    notes = waiting(request, found, doing.key)
    for one in notes:
        if one["id"] == gone:
            drop(one)
    notes = [one for one in notes if one["id"] != gone]
    uploads, errors = opened_all(
        request.FILES.getlist("files"), already=len(notes), size=sum(one["size"] for one in notes)
    )
    wait_for(request, found, doing.key, [*notes, *(stored(one) for one in uploads)])
    return errors


def _performed(request: HttpRequest, found: Request, doing: Doing, form: forms.Form) -> bool:
    """Do it; what the act says against it becomes an error of the form."""
    notes = waiting(request, found, doing.key)
    try:
        doing.perform(found, form.cleaned_data, [fetched(one) for one in notes], timezone.now())
    except RefusedError as error:
        for one in error.obstacles:
            form.add_error(one.field if one.field in form.fields else None, str(one))
        return False
    for note in notes:
        drop(note)
    wait_for(request, found, doing.key, [])
    messages.success(request, f"{doing.label}：已经办好。")
    return True


def _form_page(
    request: HttpRequest, found: Request, doing: Doing, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = {
        "doing": doing,
        "form": form,
        "obstacles": doing.why_not(found, timezone.now()),
        "group": {
            "field": "files",
            "label": "材料",
            "kept": [
                one | {"shown_size": shown_size(one["size"])} for one in waiting(request, found, doing.key)
            ],
            "errors": [],
        },
    }
    return _page(request, "do", found, status=status, **context)


@never_cache
@require_safe
def letter_file(request: HttpRequest, slug: str, number: str, letter: int, ending: str) -> HttpResponse:
    """A letter as a file."""
    found = _case(request, slug, number)
    if found is None:
        return _entrance(slug, number)
    wait = seconds_to_wait(request, "foi-letter", limit=FILES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    one = get_object_or_404(letters_of(found), pk=letter)
    if ending not in FILE_KINDS:
        raise Http404
    at = one.signed_at or one.made_at  # the file is the same every time
    document = document_of(one, on=timezone.localdate(at))
    return as_file(request, document, ending, at=at, back=found_at(found))


def found_at(found: Request) -> str:
    """Where the case is shown."""
    return reverse("portal:foi_case", args=[found.body.slug, found.number])


@never_cache
@require_safe
def material_file(request: HttpRequest, slug: str, number: str, material: int) -> HttpResponse:
    """A file: what the applicant was given, or what he handed in himself."""
    found = _case(request, slug, number)
    if found is None:
        return _entrance(slug, number)
    wait = seconds_to_wait(request, "foi-letter", limit=FILES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    allowed = materials_of(found) | found.materials.filter(by_applicant=True)
    one = get_object_or_404(allowed, pk=material)
    with one.file.open("rb") as stored:
        response = HttpResponse(stored.read(), content_type=one.media_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(one.name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
