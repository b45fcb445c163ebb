"""Consultations for the public: the list, one with its files and its result, giving an opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core import signing
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.calendars.queries import current_calendar
from gongkai.core.errors import RefusedError
from gongkai.core.files import DamagedFileError, read
from gongkai.engagement import acts
from gongkai.engagement.enums import CommentState
from gongkai.engagement.flood import origin_of
from gongkai.engagement.masking import masked
from gongkai.engagement.models import Consultation, ConsultationFile
from gongkai.engagement.stages import feedback_due_of, is_open, stage_of
from gongkai.portal.caching import public_page
from gongkai.portal.engagement.forms import OpinionForm
from gongkai.portal.pages import body_named, crumbs_to, page
from gongkai.portal.texts import readable
from gongkai.portal.throttle import seconds_to_wait, too_many

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

    from gongkai.engagement.models import Comment
    from gongkai.organisations.models import Body

PER_PAGE = 20
OPINIONS_A_MINUTE = 20  # from one address: a class of pupils may answer at once
SALT = "gongkai.portal.opinion"
RECEIPT_FOR = 3600  # seconds
STAGES = {"open": "征集中", "waiting": "已截止，待公布采纳情况", "answered": "已公布采纳情况"}


def released(body: Body | None = None) -> QuerySet[Consultation]:
    """What the public sees, newest first."""
    found = Consultation.objects.filter(released_at__isnull=False, body__is_active=True)
    found = found.filter(body=body) if body is not None else found
    return found.select_related("body").order_by("-opens_on", "-pk")


def by_stage(rows: QuerySet[Consultation], stage: str) -> QuerySet[Consultation]:
    """Those in a stage on this day; all for any other word."""
    today = timezone.localdate()
    if stage == "answered":
        return rows.filter(feedback_published_on__isnull=False)
    waiting = rows.filter(feedback_published_on=None)
    if stage == "open":
        return waiting.filter(opens_on__lte=today, closes_on__gte=today)
    return waiting.filter(closes_on__lt=today) if stage == "waiting" else rows


@public_page
def consultations(request: HttpRequest, slug: str = "") -> HttpResponse:
    """All consultations, of a body or of the whole site, by stage."""
    body = body_named(slug) if slug else None
    chosen = request.GET.get("stage", "")
    chosen = chosen if chosen in STAGES else ""
    rows = Paginator(by_stage(released(body), chosen), PER_PAGE).get_page(request.GET.get("page"))
    here = reverse("portal:body_consultations", args=[slug]) if slug else reverse("portal:consultations")
    ways: list[tuple[str, str]] = [("意见征集", "")]
    today, calendar = timezone.localdate(), current_calendar()
    context: dict[str, Any] = {
        "page": rows,
        "lines": [(one, stage_of(one, today, calendar)) for one in rows],
        "tabs": [("", "全部"), *STAGES.items()],
        "chosen": chosen,
        "here": here,
        "crumbs": crumbs_to(body, *ways) if body else [("首页", reverse("portal:home")), *ways],
    }
    return page(request, "portal/engagement/consultations.html", context, body=body)


def found(pk: int) -> Consultation:
    """A consultation the public sees. Raises ``Http404``."""
    row = released().select_related("body", "document").filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


@public_page
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """One: what is asked and until when, its files, what came in and what became of it."""
    row = found(pk)
    today, calendar = timezone.localdate(), current_calendar()
    document = row.document if row.document and row.document.first_published_at else None
    counts = row.comments.filter(state=CommentState.ACCEPTED)
    context: dict[str, Any] = {
        "consultation": row,
        "text": readable(row.text),
        "stage": stage_of(row, today, calendar),
        "is_open": is_open(row, today),
        "days_left": (row.closes_on - today).days,
        "due": feedback_due_of(row, calendar),
        "document": document if document and document.withdrawn_at is None else None,
        "files": list(row.files.filter(removed_at=None)),
        "questions": list(row.questions.all()),
        "groups": _groups(row),
        "opinions": [masked(one.text) for one in counts.exclude(text="")[:PER_PAGE]]
        if row.shows_comments
        else [],
        "crumbs": crumbs_to(
            row.body,
            ("意见征集", reverse("portal:body_consultations", args=[row.body.slug])),
            (row.title, ""),
        ),
    }
    return page(request, "portal/engagement/consultation.html", context, body=row.body)


def _groups(row: Consultation) -> list[Any]:
    """The opinions as they were grouped, once the result is out."""
    if row.feedback_published_on is None:
        return []
    counted = Count("comments", filter=Q(comments__state=CommentState.ACCEPTED))
    return list(row.groups.annotate(number=counted))


@require_safe
def consultation_file(request: HttpRequest, public_id: UUID) -> HttpResponse:  # noqa: ARG001 - a view
    """A file of a consultation, saved and never opened in our name."""
    row = ConsultationFile.objects.filter(
        public_id=public_id,
        removed_at=None,
        consultation__released_at__isnull=False,
        consultation__body__is_active=True,
    ).first()
    if row is None:
        raise Http404
    try:
        content = read(row.file, row.sha256)
    except DamagedFileError:
        raise Http404 from None
    response = HttpResponse(content, content_type=row.media_type)
    response.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=row.name) or "attachment"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """Give an opinion. What was typed stays when something is wrong; a second click gives it once."""
    row = found(pk)
    if not (row.takes_online and is_open(row, timezone.localdate())):
        return redirect("portal:consultation", pk)
    sent = request.POST if request.method == "POST" else None
    if sent is not None and (wait := seconds_to_wait(request, "opinion", limit=OPINIONS_A_MINUTE)):
        return too_many(request, wait)
    form = OpinionForm(sent, consultation=row)
    if form.is_valid():
        given = _given(request, row, form)
        if given is not None:
            return redirect("portal:opinion_received", pk, signing.dumps(given.pk, salt=SALT))
    context = {
        "body": row.body,
        "consultation": row,
        "form": form,
        "crumbs": crumbs_to(row.body, (row.title, reverse("portal:consultation", args=[pk])), ("提意见", "")),
    }
    return render(request, "portal/engagement/opinion.html", context, status=422 if form.is_bound else 200)


def _given(request: HttpRequest, row: Consultation, form: OpinionForm) -> Comment | None:
    """The opinion that was taken, or that a click before took; None when it was refused, with the reasons told."""
    now = timezone.now()
    origin, words = origin_of(request.META.get("REMOTE_ADDR", ""), now), form.words()
    try:
        return acts.comment(consultation=row, words=words, origin=origin, at=now)
    except RefusedError as refused:
        if [one.code for one in refused.obstacles] == ["again"]:
            same = row.comments.filter(origin=origin, likeness=words.likeness)
            return same.order_by("-pk").first()
        for one in refused.obstacles:
            form.add_error(one.field if one.field in form.fields else None, str(one))
        return None


@never_cache
@require_safe
def opinion_received(request: HttpRequest, pk: int, token: str) -> HttpResponse:
    """The receipt of an opinion: its number, and what happens next."""
    row = found(pk)
    try:
        key = signing.loads(token, salt=SALT, max_age=RECEIPT_FOR)
    except signing.BadSignature:
        return redirect("portal:consultation", pk)
    given = row.comments.filter(pk=key).first()
    if given is None:
        raise Http404
    context = {
        "body": row.body,
        "consultation": row,
        "number": given.number,
        "due": feedback_due_of(row, current_calendar()),
        "crumbs": crumbs_to(
            row.body, (row.title, reverse("portal:consultation", args=[pk])), ("意见已收到", "")
        ),
    }
    return render(request, "portal/engagement/opinion_received.html", context)
