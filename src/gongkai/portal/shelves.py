"""Under which item of 条例 arts. 20 and 21 a document stands on the platform (国办公开办函〔2019〕61号).

A document states its kind and, where its body has adopted a standard catalogue, its item. Two tables lead from there
to the Regulation: by the field of the item's catalogue first, by the kind otherwise (docs/adr/0016-public-pages.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from gongkai.catalogue.models import Item
from gongkai.disclosure.enums import DocumentKind
from gongkai.law.duties import DutyItem, Level, items_for

if TYPE_CHECKING:
    from gongkai.organisations.models import Body

BY_KIND: dict[str, str] = {
    DocumentKind.RULE: "regulations",
    DocumentKind.NORMATIVE: "regulations",
    DocumentKind.OTHER_POLICY: "regulations",
    DocumentKind.INTERPRETATION: "regulations",
    DocumentKind.STATISTICS: "statistics",
    DocumentKind.BUDGET: "budget",
    DocumentKind.SERVICE: "permits",
    DocumentKind.NOTICE: "other",
    DocumentKind.OTHER: "other",
}
"""A piece of news is not statutory disclosure and stands under none."""

BY_FIELD: dict[str, str] = {
    "major-construction": "projects",
    "public-resource-trading": "procurement",
    "budget": "budget",
    "work-safety": "inspections",
    "taxation": "fees",
    "state-land-housing-expropriation": "housing_expropriation",
    "affordable-housing": "livelihood",
    "collective-land-expropriation": "land_expropriation",
    "rural-housing-renovation": "livelihood",
    "municipal-services": "municipal_works",
    "urban-enforcement": "penalties",
    "environment": "inspections",
    "public-culture": "public_services",
    "legal-services": "public_services",
    "poverty-relief": "livelihood",
    "disaster-relief": "emergencies",
    "food-and-drugs": "inspections",
    "employment": "livelihood",
    "social-insurance": "livelihood",
    "social-assistance": "social_assistance",
    "elderly-care": "livelihood",
    "household-registration": "public_order",
    "agricultural-subsidies": "rural_policies",
    "compulsory-education": "livelihood",
    "health": "livelihood",
    "spatial-planning": "planning",
}
"""The 26 fields of 国办发〔2019〕54号, by the code of the field."""

ELSEWHERE = {
    "social_assistance": "livelihood",
    "municipal_works": "projects",
    "public_services": "livelihood",
    "public_order": "other",
    "rural_policies": "livelihood",
    "land_expropriation": "projects",
    "housing_expropriation": "projects",
}
"""Where an item of art. 21 goes in a body whose level does not owe it."""


def duties_of(body: Body) -> tuple[DutyItem, ...]:
    """The items of arts. 20 and 21 that a body of its level owes."""
    return items_for(Level(body.tier))


def duty_of_field(code: str, owed: frozenset[str]) -> str:
    """The item of the Regulation under which a field's documents stand, among those the body owes."""
    key = BY_FIELD.get(code, "other")
    return key if key in owed else ELSEWHERE.get(key, "other")


def shelves(body: Body) -> dict[str, Q]:
    """For every item the body owes, the condition that finds its documents."""
    duties = duties_of(body)
    owed = frozenset(duty.key for duty in duties)
    items: dict[str, list[int]] = {}
    rows = Item.objects.filter(catalogue__body=body).values_list("pk", "catalogue__field__code")
    for pk, code in rows:
        items.setdefault(duty_of_field(code, owed), []).append(pk)
    policies = [kind for kind, key in BY_KIND.items() if key == "regulations"]
    return {duty.key: _condition(duty.key, items, policies) for duty in duties}


def _condition(key: str, items: dict[str, list[int]], policies: list[str]) -> Q:
    """By item, and by kind what stands under no item; policy papers stand under art. 20(1) in any case as well."""
    kinds = [kind for kind, chosen in BY_KIND.items() if chosen == key]
    found = Q(pk__in=[])
    if items.get(key):
        found |= Q(item__in=items[key]) & ~Q(kind=DocumentKind.NEWS)
    if key == "regulations":
        return found | Q(kind__in=policies)
    return found | Q(kind__in=kinds, item__isnull=True) if kinds else found
