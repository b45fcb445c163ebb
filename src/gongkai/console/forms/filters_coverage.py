"""How the monitor's list of items is narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters as filters

from gongkai.catalogue.models import Field
from gongkai.console.forms.filters import ALL, Narrowing, choice
from gongkai.law.coverage import State
from gongkai.law.duty_terms import Rhythm

if TYPE_CHECKING:
    from django.db.models import QuerySet

STATES = [(one.value, one.label) for one in State]


class CoverageFilter(Narrowing):
    """Which body, field, unit; which state; which duty."""

    body_path = "catalogue__body"

    q = filters.CharFilter(field_name="name", lookup_expr="icontains", label="事项名称")
    state = choice("state", "状态", STATES)
    field = filters.ModelChoiceFilter(
        field_name="catalogue__field", queryset=Field.objects.all(), label="领域", empty_label=ALL
    )
    unit = filters.CharFilter(method="by_unit", label="责任机构")
    rhythm = choice("rhythm", "公开义务", [(one.value, one.label) for one in Rhythm])

    def by_unit(self, rows: QuerySet[Any], _name: str, words: str) -> QuerySet[Any]:
        """By a part of its name; 未指定 are those without one."""
        if words == "未指定":
            return rows.filter(unit__isnull=True)
        return rows.filter(unit__name__icontains=words)
