"""Queries whose text is worked out once: on a page that is asked for often that costs more than the answer.

``prepared`` takes a function that builds the query set from its values. It is called once per database connection with
stand-ins; later calls put their own values in the same places. The rows are model instances as ever, related ones too.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)
Value = int | str

FIRST_NUMBER = 910_000_000_000_001


class Plan(NamedTuple):
    """A query made ready: its text, where its values go, and how its rows become instances."""

    sql: str
    parameters: tuple[object, ...]
    places: tuple[tuple[int, int], ...]
    """(place among the parameters, number of the value)"""
    compiler: Any
    converters: dict[int, Any]
    names: list[str]
    span: tuple[int, int]
    populators: list[Any]


def prepared(name: Hashable, build: Callable[..., QuerySet[M]], *values: Value) -> list[M]:
    """The rows of ``build(*values)``. The name stands for the function: one name, one query but for the values."""
    plans: dict[Hashable, Plan] = connection.__dict__.setdefault("gongkai_plans", {})
    plan = plans.get(name)
    if plan is None:
        plan = plans[name] = _plan(build, values)
    parameters: list[Any] = list(plan.parameters)
    for place, number in plan.places:
        parameters[place] = values[number]
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, parameters)
        rows = cursor.fetchall()
    return _instances(plan, rows)


def _plan(build: Callable[..., QuerySet[M]], values: tuple[Value, ...]) -> Plan:
    """Work the query out with stand-ins. Raises ``ValueError`` when one of them does not arrive as it is."""
    stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
    compiler = build(*stand_ins).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    places = tuple(
        (place, stand_ins.index(given)) for place, given in enumerate(parameters) if given in stand_ins
    )
    if {number for _, number in places} != set(range(len(values))):
        message = "a value of a prepared query does not reach the database as it is"
        raise ValueError(message)
    select, info = compiler.select, compiler.klass_info
    fields = info["select_fields"]
    start, stop = fields[0], fields[-1] + 1
    names = [one[0].target.attname for one in select[start:stop]]
    converters = compiler.get_converters([one[0] for one in select])
    populators = get_related_populators(info, select, connection.alias)
    return Plan(sql, tuple(parameters), places, compiler, converters, names, (start, stop), populators)


def _stand_in(value: Value, number: int) -> Value:
    return FIRST_NUMBER + number if isinstance(value, int) else f"\ufdd0{number}"


def _instances(plan: Plan, rows: list[Any]) -> list[Any]:
    model = plan.compiler.klass_info["model"]
    start, stop = plan.span
    found = []
    converted = plan.compiler.apply_converters(rows, plan.converters) if plan.converters else rows
    for row in converted:
        one = model.from_db(connection.alias, plan.names, row[start:stop])
        for populator in plan.populators:
            populator.populate(row, one)
        found.append(one)
    return found
