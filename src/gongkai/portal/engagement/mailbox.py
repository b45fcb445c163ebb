"""意见箱 for the public: write, the receipt, looking up the answer, letters that are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.core.errors import RefusedError
from gongkai.core.query_codes import is_code, shown_code
from gongkai.engagement import acts
from gongkai.engagement.flood import likeness_of, origin_of
from gongkai.engagement.masking import masked
from gongkai.engagement.models import MailboxLetter
from gongkai.engagement.stages import letter_due_of
from gongkai.organisations.models import Body
from gongkai.portal.caching import public_page
from gongkai.portal.engagement.fence import code_of
from gongkai.portal.engagement.forms import LetterForm, TrackForm
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.throttle import seconds_to_wait, too_many

if TYPE_CHECKING:
    from django.http import HttpRequest

PER_PAGE = 20
LETTERS_A_MINUTE = 10
LOOKS_A_MINUTE = 10
COOKIE = "gongkai_letter"
SALT = "gongkai.portal.letter"
KEPT_FOR = 1800  # seconds the receipt can be looked at again


@public_page
def mailbox(request: HttpRequest, slug: str = "") -> HttpResponse:
    """Of a body: how to write and the letters that are shown. Of the whole site: which body to write to."""
    if not slug:
        bodies = list(Body.objects.filter(is_active=True).order_by("path")[:500])
        if len(bodies) == 1:
            return redirect("portal:mailbox", bodies[0].slug)
        crumbs = [("首页", reverse("portal:home")), ("意见箱", "")]
        return page(request, "portal/engagement/mailboxes.html", {"bodies": bodies, "crumbs": crumbs})
    body = body_named(slug)
    rows = MailboxLetter.objects.filter(body=body, is_public=True).order_by("-answered_at", "-pk")
    chosen = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "page": chosen,
        "letters": [(masked(one.subject), masked(one.text), one.answer, one.answered_at) for one in chosen],
        "crumbs": crumbs_to(body, ("意见箱", "")),
    }
    return page(request, "portal/engagement/mailbox.html", context, body=body)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write a letter. What was typed stays when something is wrong; a second click sends it once."""
    body = body_named(slug)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and (wait := seconds_to_wait(request, "letter", limit=LETTERS_A_MINUTE)):
        return too_many(request, wait)
    form = LetterForm(sent)
    if form.is_valid() and (letter := _written(request, body, form)):
        response = redirect("portal:letter_received", slug)
        # Never in the address: what stands there is remembered by browsers and written into logs.
        word = signing.dumps([letter.number, code_of(form.nonce)], salt=SALT)
        response.set_cookie(
            COOKIE, word, max_age=KEPT_FOR, path=reverse("portal:mailbox", args=[slug]),
            secure=request.is_secure(), httponly=True, samesite="Lax",
        )  # fmt: skip
        return response
    context = {
        "body": body,
        "form": form,
        "crumbs": crumbs_to(body, ("意见箱", reverse("portal:mailbox", args=[slug])), ("写信", "")),
    }
    return render(request, "portal/engagement/write.html", context, status=422 if form.is_bound else 200)


def _written(request: HttpRequest, body: Body, form: LetterForm) -> MailboxLetter | None:
    """The letter that was taken, or that a click before took; None when it was refused, with the reasons told."""
    now, data = timezone.now(), form.cleaned_data
    said = {name: data[name] for name in ("subject", "text", "name", "contact", "may_publish")}
    origin, code = origin_of(request.META.get("REMOTE_ADDR", ""), now), code_of(form.nonce)
    try:
        letter, _ = acts.write_letter(body=body, origin=origin, at=now, code=code, **said)
    except RefusedError as refused:
        same = body.mailbox.filter(origin=origin, likeness=likeness_of(said["subject"], said["text"]))
        before = same.order_by("-pk").first()
        if before is not None and is_code(code, before.code_digest):
            return before
        for one in refused.obstacles:
            form.add_error(one.field if one.field in form.fields else None, str(one))
        return None
    return letter


@never_cache
@require_safe
def letter_received(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipt: number, query code, and until when there will be an answer."""
    body = body_named(slug)
    try:
        number, code = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=KEPT_FOR)
    except signing.BadSignature:
        return redirect("portal:track_letter", slug)
    letter = MailboxLetter.objects.filter(number=number).first()
    context = {
        "body": body,
        "number": number,
        "code": shown_code(code),
        "due": letter_due_of(letter, current_calendar()) if letter else None,
        "crumbs": crumbs_to(body, ("意见箱", reverse("portal:mailbox", args=[slug])), ("来信已收到", "")),
    }
    return render(request, "portal/engagement/letter_received.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest, slug: str) -> HttpResponse:
    """Look a letter up by number and code; a guesser learns nothing, not even whether a number exists."""
    body = body_named(slug)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and (wait := seconds_to_wait(request, "letter-track", limit=LOOKS_A_MINUTE)):
        return too_many(request, wait)
    form, letter = TrackForm(sent), None
    if form.is_valid():
        data = form.cleaned_data
        letter = acts.open_letter(number=data["number"], code=data["code"], at=timezone.now())
        if letter is None:
            form.add_error(None, "编号或查询码不对，或者多次输错暂停查询，请核对后过一刻钟再试。")
    context = {
        "body": body,
        "form": form,
        "letter": letter,
        "due": letter_due_of(letter, current_calendar()) if letter else None,
        "crumbs": crumbs_to(body, ("意见箱", reverse("portal:mailbox", args=[slug])), ("查询答复", "")),
    }
    wrong = form.is_bound and letter is None
    return render(request, "portal/engagement/track.html", context, status=422 if wrong else 200)
