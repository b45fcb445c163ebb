"""What an officer may reach: every page of the console looks its objects up here, so that scope cannot be forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q
from django.http import Http404
from django.utils import timezone

from gongkai.catalogue.models import Catalogue, Item, KeyArea
from gongkai.channels.models import Channel, Delivery
from gongkai.disclosure.models import Attachment, Departure, Document, Drop, Edition, HandOver, ImportJob
from gongkai.disclosure.models import Review as EditionReview
from gongkai.disputes.models import Dispute
from gongkai.engagement.models import (
    Comment,
    Concern,
    Consultation,
    ConsultationFile,
    FaqEntry,
    MailboxLetter,
    OpinionGroup,
    Question,
)
from gongkai.foi.models import (
    Assignment,
    CaseFact,
    Decision,
    DisclosureProposal,
    Dispatch,
    FeeNotice,
    InformationCorrection,
    Letter,
    Material,
    Redaction,
    Request,
    Task,
)
from gongkai.ledgers.models import FeeReceipt, Matter, Procurement, Supervision, Tally, Training
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body, Officer
from gongkai.organisations.rules import (
    ROLE_PERMISSIONS,
    Permission,
    administered_bodies,
    current_posts,
    may,
    visible_bodies,
)
from gongkai.reports.models import AnnualReport, Version

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest

M = TypeVar("M", bound=Model)

SCOPES: dict[type[Model], str] = {
    Request: "body",
    CaseFact: "request__body",
    Decision: "request__body",
    FeeNotice: "request__body",
    Letter: "request__body",
    Dispatch: "letter__request__body",
    Material: "request__body",
    Redaction: "request__body",
    Assignment: "request__body",
    Task: "request__body",
    InformationCorrection: "request__body",
    DisclosureProposal: "request__body",
    Dispute: "body",
    Document: "body",
    Edition: "document__body",
    Attachment: "edition__document__body",
    EditionReview: "edition__document__body",
    Departure: "document__body",
    HandOver: "body",
    Drop: "body",
    ImportJob: "body",
    Channel: "body",
    Delivery: "channel__body",
    Consultation: "body",
    ConsultationFile: "consultation__body",
    Question: "consultation__body",
    OpinionGroup: "consultation__body",
    Comment: "consultation__body",
    Concern: "body",
    FaqEntry: "body",
    MailboxLetter: "body",
    Matter: "body",
    Tally: "matter__body",
    FeeReceipt: "matter__body",
    Procurement: "body",
    Training: "body",
    Supervision: "body",
    Catalogue: "body",
    Item: "catalogue__body",
    KeyArea: "body",
}
"""How a record leads to the body it belongs to. What stands not here cannot be reached at all."""


def officer_of(request: HttpRequest) -> Officer:
    """Who is signed in. The views are behind ``login_required``."""
    return cast("Officer", request.user)


def bodies_for(request: HttpRequest) -> QuerySet[Body]:
    """The bodies whose records this officer may read today."""
    return visible_bodies(officer_of(request), timezone.localdate())


def sees_several(request: HttpRequest) -> bool:
    """Whether the lists must say which body a record belongs to."""
    return len(bodies_for(request)[:2]) > 1


def bodies_to(request: HttpRequest, permission: Permission) -> QuerySet[Body]:
    """The bodies in which this officer has a permission; a page for doing something starts here."""
    roles = [role for role, allowed in ROLE_PERMISSIONS.items() if permission in allowed]
    posts = current_posts(officer_of(request), timezone.localdate())
    held = posts.filter(role__in=roles).values_list("body_id", flat=True)
    return Body.objects.filter(pk__in=list(held), is_active=True)


def required_bodies(request: HttpRequest, permission: Permission) -> QuerySet[Body]:
    """The same, where there must be one. Raises ``PermissionDenied``."""
    found = bodies_to(request, permission)
    if not found:
        raise PermissionDenied
    return found


def require(request: HttpRequest, permission: Permission, body: Body) -> None:
    """Raises ``PermissionDenied`` when the officer sees the body but may not do this in it."""
    if not may(officer_of(request), permission, body, timezone.localdate()):
        raise PermissionDenied


def reach(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """The records of a kind this officer may read. Raises ``KeyError`` for a kind that belongs to no body."""
    return model._default_manager.filter(**{f"{SCOPES[model]}__in": bodies_for(request)})  # noqa: SLF001


def reach_one(request: HttpRequest, model: type[M], pk: int, *related: str) -> M:
    """One record, with what belongs to it. Raises ``Http404`` for any other, existing or not."""
    found = reach(request, model).filter(pk=pk).select_related(SCOPES[model], *related).first()
    if found is None:
        raise Http404
    return found


def body_of(record: Any) -> Body:
    """Whose record it is."""
    for name in SCOPES[type(record)].split("__"):
        record = getattr(record, name)
    return cast("Body", record)


def version_for(request: HttpRequest, pk: int) -> Version:
    """A version of a report this officer may read. Raises ``Http404`` for any other, existing or not."""
    found = Version.objects.filter(pk=pk, report__body__in=bodies_for(request))
    version = found.select_related("report__body", "submitted_by", "approved_by", "created_by").first()
    if version is None:
        raise Http404
    return version


def reports_for(request: HttpRequest) -> QuerySet[AnnualReport]:
    """The annual reports this officer may read."""
    return AnnualReport.objects.filter(body__in=bodies_for(request)).select_related("body")


def bodies_administered(request: HttpRequest) -> QuerySet[Body]:
    """The bodies whose data, officers and channels this officer manages."""
    return administered_bodies(officer_of(request), timezone.localdate())


def bodies_overseen(request: HttpRequest) -> QuerySet[Body]:
    """The bodies whose administration this officer sees: his own as administrator, and those he supervises.

    Raises ``PermissionDenied`` for who is neither.
    """
    posts = current_posts(officer_of(request), timezone.localdate())
    scope = Q(pk__in=bodies_administered(request).values("pk"))
    watched = [post.body.path for post in posts if post.role == Role.SUPERVISOR]
    for path in watched:
        scope |= Q(path__startswith=path)
    found = Body.objects.filter(scope)
    if not found.exists():
        raise PermissionDenied
    return found


def overseen_one(request: HttpRequest, pk: int) -> Body:
    """One of them. Raises ``Http404`` for any other."""
    body = bodies_overseen(request).filter(pk=pk).select_related("parent").first()
    if body is None:
        raise Http404
    return body


def require_administration(request: HttpRequest, body: Body) -> None:
    """Raises ``PermissionDenied`` when the officer only looks on."""
    if not bodies_administered(request).filter(pk=body.pk).exists():
        raise PermissionDenied


def oversees_all(request: HttpRequest) -> bool:
    """Whether what belongs to no single body is this officer's concern: he oversees a body without a parent."""
    return officer_of(request).is_superuser or bodies_overseen(request).filter(parent=None).exists()
