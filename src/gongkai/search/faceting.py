"""Counts by body, year, subject, kind and validity, over the candidates of a search."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongkai.disclosure.enums import DocumentKind, Subject, Validity
from gongkai.organisations.models import Body
from gongkai.search.backends.base import Row
from gongkai.search.results import Count, Facet, FacetValue, Filters

MOST = 20  # values of one facet
_LABELS = {
    "body": "发布机构",
    "year": "公开年份",
    "subject": "主题分类",
    "kind": "类别",
    "validity": "效力状态",
}


def facets(rows: Sequence[Row], filters: Filters, *, is_exact: bool) -> tuple[Facet, ...]:
    """The facets that have values, those with most documents first and years from the newest.

    Where the candidates are not all hits, a count says how many there are at least.
    """
    names = dict(Body.objects.filter(pk__in={row.body for row in rows}).values_list("pk", "name"))
    found = []
    for name, label in _LABELS.items():
        counts = Counter(str(getattr(row, name)) for row in rows)
        del counts[""]
        values = sorted(
            counts.items(), key=lambda one: (-int(one[0]),) if name == "year" else (-one[1], one[0])
        )
        chosen = str(getattr(filters, name) or "")
        values = [one for place, one in enumerate(values) if place < MOST or one[0] == chosen]
        if values:
            found.append(
                Facet(
                    name,
                    label,
                    tuple(
                        FacetValue(value, _label(name, value, names), Count(count, is_exact), value == chosen)
                        for value, count in values
                    ),
                )
            )
    return tuple(found)


def _label(name: str, value: str, bodies: dict[int, str]) -> str:
    match name:
        case "body":
            return bodies.get(int(value), value)
        case "year":
            return f"{value}年"
        case "subject":
            return dict(Subject.choices).get(value, value)
        case "kind":
            return dict(DocumentKind.choices).get(value, value)
        case _:
            return dict(Validity.choices).get(value, value)
