"""Subscribing by e-mail: the form, the confirmation, leaving. Nothing of it is remembered or put into an address."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.catalogue.models import Item
from gongkai.core.errors import RefusedError
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.portal.documents.finding import LARGEST_KEY
from gongkai.portal.subscriptions.forms import SubscriptionForm
from gongkai.portal.throttle import seconds_to_wait, too_many
from gongkai.portal.views.search import NARROWING, asked_for, filters_of
from gongkai.subscriptions import acts
from gongkai.subscriptions.enums import About
from gongkai.subscriptions.links import to_confirm, to_leave
from gongkai.subscriptions.models import Subscription
from gongkai.subscriptions.rules import why_no_mail
from gongkai.subscriptions.subjects import Subject, query_of, subject_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from gongkai.subscriptions.models import Subscriber

Row = TypeVar("Row", Body, Document, Item)

FORMS_A_MINUTE = 20
LOOKS_A_MINUTE = 60
READ = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@READ
def subscribe(request: HttpRequest) -> HttpResponse:
    """The form. What was typed stays when something is wrong; a second click asks once."""
    subject = _subject(request.GET)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and (wait := seconds_to_wait(request, "subscribe", limit=FORMS_A_MINUTE)):
        return too_many(request, wait)
    form = SubscriptionForm(sent)
    if form.is_valid() and _asked(request, subject, form):
        return redirect("portal:subscription_asked")
    context = {
        "form": form,
        "subject": subject,
        "obstacles": why_no_mail(),
        "here": request.get_full_path(),
        "crumbs": [("首页", reverse("portal:home")), ("订阅", reverse("portal:feeds")), ("邮件订阅", "")],
    }
    status = 422 if form.is_bound else 200
    return render(request, "portal/subscriptions/subscribe.html", context, status=status)


def _subject(asked: Mapping[str, str]) -> Subject:
    """What the address names. Raises ``Http404`` for what is not public or not there."""
    if "document" in asked:
        document = Document.objects.public().filter(pk=_key(asked["document"])).first()
        return Subject(About.DOCUMENT, document=_there(document))
    if "item" in asked:
        items = Item.objects.select_related("catalogue__body").filter(catalogue__body__is_active=True)
        return Subject(About.ITEM, item=_there(items.filter(pk=_key(asked["item"])).first()))
    if asked.get("body") and not asked.get("q") and not any(asked.get(one) for one in NARROWING[1:]):
        return Subject(About.BODY, body=_there(_body(asked["body"])))
    words = asked_for(asked)
    filters = filters_of(words)
    if not words["q"] and not filters:
        raise Http404
    narrowed = {name: str(getattr(filters, name) or "") for name in NARROWING}
    return Subject(About.SEARCH, query=query_of(words["q"], narrowed))


def _body(named: str) -> Body | None:
    return Body.objects.filter(slug=named[:60].replace("\0", ""), is_active=True).first()


def _key(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 20 and int(text) < LARGEST_KEY):  # noqa: PLR2004
        raise Http404
    return int(text)


def _there(row: Row | None) -> Row:
    if row is None:
        raise Http404
    return row


def _asked(request: HttpRequest, subject: Subject, form: SubscriptionForm) -> bool:
    """Whether it was taken; otherwise the reasons stand in the form."""
    data = form.cleaned_data
    try:
        acts.ask(
            address=data["address"],
            subject=subject,
            rhythm=data["rhythm"],
            origin=request.META.get("REMOTE_ADDR", ""),
            at=timezone.now(),
        )
    except RefusedError as refused:
        for one in refused.obstacles:
            form.add_error(one.field if one.field in form.fields else None, str(one))
        return False
    return True


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What happens next; the same whoever asked, so that nobody learns who subscribed to what."""
    crumbs = [("首页", reverse("portal:home")), ("订阅", reverse("portal:feeds")), ("请到邮箱确认", "")]
    return render(request, "portal/subscriptions/asked.html", {"crumbs": crumbs})


@never_cache
@READ
def confirm(request: HttpRequest, word: str) -> HttpResponse:
    """A button, not the link itself, confirms: programs that open links in letters confirm nothing."""
    if wait := seconds_to_wait(request, "subscription.word", limit=LOOKS_A_MINUTE):
        return too_many(request, wait)
    subscription = to_confirm(word)
    if subscription is None:
        return _over(
            request, "这个确认链接已经失效", "链接48小时内有效，只对还在等待确认的订阅有用。请重新订阅。"
        )
    if request.method == "POST":
        with suppress(Subscription.DoesNotExist):  # ended a moment ago: the page will say so
            acts.confirm(subscription=subscription, at=timezone.now())
        return redirect("portal:confirm_subscription", word)
    context = {
        "subscription": subscription,
        "subject": subject_of(subscription),
        "crumbs": [("首页", reverse("portal:home")), ("确认订阅", "")],
    }
    return render(request, "portal/subscriptions/confirm.html", context)


def _over(request: HttpRequest, title: str, said: str) -> HttpResponse:
    context = {"title": title, "said": said, "crumbs": [("首页", reverse("portal:home")), ("订阅", "")]}
    return render(request, "portal/subscriptions/over.html", context, status=410)


@csrf_exempt  # mail programs post here for their reader (RFC 8058); the signed word is what allows it
@never_cache
@READ
def leave(request: HttpRequest, word: str) -> HttpResponse:
    """Everything the address subscribed to, each to be ended; a mail program's one click ends what its letter was about."""
    if wait := seconds_to_wait(request, "subscription.word", limit=LOOKS_A_MINUTE):
        return too_many(request, wait)
    found = to_leave(word)
    if request.method == "POST":
        return _left(request, word, found)
    if found is None or not found[1]:
        return _over(request, "没有需要退订的内容", "这个邮箱的订阅已经全部结束，邮箱地址已经删除。")
    _, subscriptions, meant = found
    rows = [(one, subject_of(one), one.pk in meant) for one in subscriptions]
    context = {"rows": rows, "crumbs": [("首页", reverse("portal:home")), ("退订", "")]}
    return render(request, "portal/subscriptions/leave.html", context)


def _left(
    request: HttpRequest, word: str, found: tuple[Subscriber, list[Subscription], list[int]] | None
) -> HttpResponse:
    """End what was chosen: one, all, or, without a choice, what the letter was about."""
    if found is not None:
        subscriber, _, meant = found
        chosen = request.POST.get("which", "")
        keys: list[int] | None = meant
        if chosen == "all":
            keys = None
        elif chosen.isascii() and chosen.isdigit() and len(chosen) < 19:  # noqa: PLR2004 - digits of a key
            keys = [int(chosen)]
        acts.leave(subscriber=subscriber, subscriptions=keys)
    if "List-Unsubscribe" in request.POST:
        return HttpResponse("已退订。\n", content_type="text/plain; charset=utf-8")
    return redirect("portal:leave_subscription", word)
