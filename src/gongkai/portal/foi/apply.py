"""An online application, step by step. Everything typed is saved before it is judged, so nothing is ever lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.core.fields import decrypt, encrypt
from gongkai.core.query_codes import plain_code
from gongkai.foi.enums import ApplicantKind
from gongkai.foi.models.materials import MaterialKind
from gongkai.portal.foi import drafts, steps
from gongkai.portal.foi.doors import DOORS, hinted
from gongkai.portal.foi.files import LARGEST, MEBIBYTE, MOST_FILES, opened_all, shown_size
from gongkai.portal.foi.forms import KindForm, SearchForm
from gongkai.portal.foi.guide import crumbs
from gongkai.portal.foi.matching import matching_documents
from gongkai.portal.foi.offices import accepting_body
from gongkai.portal.throttle import seconds_to_wait, too_many

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from gongkai.organisations.models import Body

SEARCHES_PER_MINUTE = 40
DRAFTS_PER_MINUTE = 20
UPLOADS_PER_MINUTE = 40
RESUMES_PER_MINUTE = 10
UPLOADED = (
    ("identity", MaterialKind.IDENTITY, "身份证明"),
    ("authority", MaterialKind.AUTHORITY, "授权委托书和代理人身份证明"),
    ("other", MaterialKind.OTHER, "其他材料"),
)
AGAIN = "again"  # in an address: show what is wrong. Every page is got, none is the answer to a form: 后退 always works.
WORDS = "foi_words"
both = require_http_methods(["GET", "HEAD", "POST"])


def page(request: HttpRequest, name: str, body: Body, step: str = "", **context: Any) -> HttpResponse:
    """A page of the application."""
    draft = context.get("draft")
    context |= {"body": body, "crumbs": crumbs(body, ("网上申请", ""))}
    if step:
        context["places"] = steps.places(body, step, draft)
    return render(request, f"portal/foi/{name}.html", context)


@never_cache
@both
def search(request: HttpRequest, slug: str) -> HttpResponse:
    """Before writing: is it public already, and is this the right door? Words may name people: no address has them."""
    body = accepting_body(slug)
    if request.method == "POST":
        wait = seconds_to_wait(request, "foi-search", limit=SEARCHES_PER_MINUTE)
        if wait:
            return too_many(request, wait)
        request.session[WORDS] = encrypt(request.POST.get("q", "").strip()[:200] or " ")
        return redirect(f"{request.path}?{AGAIN}")
    words = _words(request)
    form = SearchForm({"q": words} if AGAIN in request.GET else None, initial={"q": words})
    found: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        found = {"searched": True, "matches": matching_documents(body, words), "hinted": hinted(words)}
    return page(request, "search", body, form=form, doors=DOORS, **found)


def _words(request: HttpRequest) -> str:
    """What this browser searched for last."""
    kept = request.session.get(WORDS, "")
    return decrypt(kept).strip() if kept else ""


@never_cache
@both
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """The first question. Its answer makes the draft."""
    body = accepting_body(slug)
    form = KindForm(_asked(request))
    if request.method != "POST":
        return page(request, "kind", body, "kind", form=form)
    if not form.is_valid():
        return redirect(f"{request.path}?{AGAIN}")
    wait = seconds_to_wait(request, "foi-draft", limit=DRAFTS_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    draft = drafts.start(body, {"kind": form.cleaned_data["kind"], "q": _words(request)})
    response = redirect(steps.address(body, draft, "applicant"))
    drafts.keep_key(request, response, draft.key)
    return response


def _asked(request: HttpRequest) -> Mapping[str, str] | None:
    """What was posted; nothing at all when the page is shown again for its errors; None when it is shown first."""
    if request.method == "POST":
        return request.POST.dict()
    return {} if AGAIN in request.GET else None


@never_cache
@both
def kind(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """The first question once more, for who chose the wrong answer."""
    body, draft, done = _open(request, slug, ref)
    if done:
        return done
    form = KindForm(_asked(request), initial={"kind": draft.kind})
    if request.method != "POST":
        return page(request, "kind", body, "kind", form=form, draft=draft)
    if not form.is_valid():
        return redirect(f"{request.path}?{AGAIN}")
    drafts.save(draft, kind=form.cleaned_data["kind"])
    return redirect(steps.address(body, draft, "applicant"))


def _open(request: HttpRequest, slug: str, ref: str) -> tuple[Body, drafts.Draft, HttpResponse | None]:
    """The body and the draft; with a way on when the draft has been submitted already."""
    body = accepting_body(slug)
    draft = drafts.draft_of(request, body, ref)
    done = redirect("portal:foi_receipt", body.slug, ref) if draft.submitted else None
    return body, draft, done


def _step(request: HttpRequest, slug: str, ref: str, step: str) -> HttpResponse:
    body, draft, done = _open(request, slug, ref)
    if done:
        return done
    if request.method != "POST":
        words = getattr(draft, step) if AGAIN in request.GET else None
        return page(request, step, body, step, form=steps.form_of(step, draft, words), draft=draft)
    form = steps.form_of(step, draft, request.POST.dict())
    drafts.save(draft, **{step: form.words})
    return _go(request, body, draft, step, form)


def _go(request: HttpRequest, body: Body, draft: drafts.Draft, step: str, form: Any) -> HttpResponse:
    """Back and away whatever was typed; on only when it is right."""
    go = request.POST.get("go", "next")
    if go == "back":
        return redirect(steps.address(body, draft, steps.ORDER[steps.ORDER.index(step) - 1]))
    if go == "later":
        return redirect("portal:foi_saved", body.slug, draft.ref)
    if not form.is_valid():
        return redirect(f"{request.path}?{AGAIN}")
    return redirect(steps.address(body, draft, steps.ORDER[steps.ORDER.index(step) + 1]))


@never_cache
@both
def applicant(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Who asks."""
    return _step(request, slug, ref, "applicant")


@never_cache
@both
def information(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """What is wanted, in which form, in which way."""
    return _step(request, slug, ref, "information")


@never_cache
@both
def files(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Proofs. What is good is kept even when another file is refused."""
    body, draft, done = _open(request, slug, ref)
    if done:
        return done
    if request.method != "POST":
        return _files_page(request, body, draft)
    wait = seconds_to_wait(request, "foi-files", limit=UPLOADS_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    errors = _take_files(request, draft)
    if gone := request.POST.get("remove", ""):
        drafts.remove_file(draft, gone)
    go = "upload" if gone else request.POST.get("go", "next")
    drafts.save(draft, **{steps.NOTED_LATER: "later" in request.POST})
    if go == "next":
        errors += [("identity", text) for text in steps.why_files_lacking(draft)]
    drafts.save(draft, file_errors=errors)
    if errors or go == "upload":
        return redirect(f"{request.path}?{AGAIN}")
    return _onward(body, draft, go)


def _onward(body: Body, draft: drafts.Draft, go: str) -> HttpResponse:
    if go == "later":
        return redirect("portal:foi_saved", body.slug, draft.ref)
    return redirect(steps.address(body, draft, "information" if go == "back" else "check"))


def _take_files(request: HttpRequest, draft: drafts.Draft) -> list[tuple[str, str]]:
    """Keep the good files; say of each other one what is wrong with it."""
    errors: list[tuple[str, str]] = []
    for field, kind, _ in UPLOADED:
        kept = draft.files
        good, wrong = opened_all(
            request.FILES.getlist(field), already=len(kept), size=sum(one["size"] for one in kept)
        )
        errors += [(field, text) for text in wrong]
        if good:
            drafts.add_files(draft, kind, good)
    return errors


def _files_page(request: HttpRequest, body: Body, draft: drafts.Draft) -> HttpResponse:
    errors = draft.content.get("file_errors", []) if AGAIN in request.GET else []
    groups = [
        {
            "field": field,
            "label": label,
            "kept": [
                one | {"shown_size": shown_size(one["size"])} for one in draft.files if one["kind"] == kind
            ],
            "errors": [text for at, text in errors if at == field],
        }
        for field, kind, label in UPLOADED
    ]
    context = {
        "groups": groups,
        "errors": errors,
        "draft": draft,
        "later": draft.content.get(steps.NOTED_LATER),
        "person": draft.kind == ApplicantKind.NATURAL,
        "largest": LARGEST // MEBIBYTE,
        "most": MOST_FILES,
    }
    return page(request, "files", body, "files", **context)


@never_cache
@require_safe
def saved(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Saved for later: the code that finds it again."""
    body, draft, done = _open(request, slug, ref)
    return done or page(request, "saved", body, draft=draft, days=drafts.KEPT_DAYS)


@never_cache
@both
def resume(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on with a draft: those of this browser at once, any other by its code."""
    body = accepting_body(slug)
    mine = [one for key in drafts.keys_of(request) if (one := drafts.find(body, key)) and not one.submitted]
    if request.method != "POST":
        wrong = AGAIN in request.GET
        return page(request, "resume", body, mine=mine, days=drafts.KEPT_DAYS, wrong=wrong)
    wait = seconds_to_wait(request, "foi-resume", limit=RESUMES_PER_MINUTE)
    if wait:
        return too_many(request, wait)
    found = drafts.find(body, plain_code(request.POST.get("code", "")[:60]))
    if found is None or found.submitted:
        return redirect(f"{request.path}?{AGAIN}")
    response = redirect(steps.address(body, found, "check" if found.information else "applicant"))
    drafts.keep_key(request, response, found.key)
    return response


@never_cache
@require_POST
def discard(request: HttpRequest, slug: str, ref: str) -> HttpResponse:
    """Leave nothing behind, as on a computer in a library."""
    body, draft, done = _open(request, slug, ref)
    if done:
        return done
    drafts.discard(draft)
    response = redirect("portal:foi_guide", body.slug)
    drafts.forget_key(request, response, draft.key)
    return response
