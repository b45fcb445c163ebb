"""Which catalogues an officer reads: those of his bodies, and the standard ones, which belong to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.http import Http404

from gongkai.catalogue.models import Catalogue, ImportDraft, Item
from gongkai.console.access import bodies_for, officer_of

if TYPE_CHECKING:
    from django.http import HttpRequest


def catalogue_for(request: HttpRequest, pk: int) -> Catalogue:
    """A catalogue this officer may read. Raises ``Http404`` for any other."""
    mine = Q(body__in=bodies_for(request)) | Q(body=None)
    found = Catalogue.objects.filter(mine, pk=pk).select_related("body", "field", "based_on").first()
    if found is None:
        raise Http404
    return found


def item_for(request: HttpRequest, pk: int) -> Item:
    """A second-level item of such a catalogue. Raises ``Http404`` for any other."""
    mine = Q(catalogue__body__in=bodies_for(request)) | Q(catalogue__body=None)
    related = ("catalogue__body", "catalogue__field", "parent", "unit", "source__parent", "source__unit")
    found = Item.objects.filter(mine, pk=pk, parent__isnull=False).select_related(*related).first()
    if found is None:
        raise Http404
    return found


def draft_for(request: HttpRequest, pk: int) -> ImportDraft:
    """A table that waits in one of the officer's bodies; of a standard catalogue, for the superuser alone."""
    mine = Q(body__in=bodies_for(request))
    if officer_of(request).is_superuser:
        mine |= Q(body=None)
    related = ("body", "catalogue", "field", "made_by")
    found = ImportDraft.objects.filter(mine, pk=pk).select_related(*related).first()
    if found is None:
        raise Http404
    return found
