"""Queries whose text is worked out once: on a page that is asked for often that costs more than the answer.

``prepared`` takes a function that builds the query set from its values. It is called once per database connection with
stand-ins; later calls put their own values in the same places. The rows are model instances as ever, related ones too;
those of ``prepared_rows`` are the tuples of a ``values_list``, which cost a tenth.
"""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.query import get_related_populators  # type: ignore[attr-defined]

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from django.db.models import QuerySet

M = TypeVar("M", bound=Model)
Value = int | str | dt.datetime

FIRST_NUMBER = 910_000_000_000_001
FIRST_MOMENT = dt.datetime(9001, 1, 1, tzinfo=dt.UTC)


class Plan(NamedTuple):
    """A query made ready: its text, where its values go, and how its rows become instances."""

    sql: str
    parameters: tuple[object, ...]
    places: tuple[tuple[int, int], ...]
    """(place among the parameters, number of the value)"""
    compiler: Any
    converters: dict[int, Any]


class Shape(NamedTuple):
    """How the rows of a plan become instances: their columns, and those of what is related."""

    names: list[str]
    span: tuple[int, int]
    populators: list[Any]


def prepared(name: Hashable, build: Callable[..., QuerySet[M]], *values: Value) -> list[M]:
    """The rows of ``build(*values)``. The name stands for the function: one name, one query but for the values."""
    plan, rows = _asked(name, build, values)
    shapes: dict[Hashable, Shape] = connection.__dict__.setdefault("gongkai_shapes", {})
    shape = shapes.get(name)
    if shape is None:
        shape = shapes[name] = _shape(plan.compiler)
    return _instances(plan, shape, rows)


def prepared_rows(
    name: Hashable, build: Callable[..., QuerySet[Any, Any]], *values: Value
) -> list[tuple[Any, ...]]:
    """The same for a query set that ends in ``values_list``: its tuples."""
    return [tuple(row) for row in _asked(name, build, values)[1]]


def _asked(
    name: Hashable, build: Callable[..., QuerySet[Any, Any]], values: tuple[Value, ...]
) -> tuple[Plan, list[Any]]:
    plans: dict[Hashable, Plan] = connection.__dict__.setdefault("gongkai_plans", {})
    plan = plans.get(name)
    if plan is None:
        plan = plans[name] = _plan(build, values)
    parameters: list[Any] = list(plan.parameters)
    for place, number in plan.places:
        parameters[place] = _given(values[number])
    with connection.cursor() as cursor:
        cursor.execute(plan.sql, parameters)
        rows = cursor.fetchall()
    return plan, list(plan.compiler.apply_converters(rows, plan.converters)) if plan.converters else rows


def _plan(build: Callable[..., QuerySet[Any, Any]], values: tuple[Value, ...]) -> Plan:
    """Work the query out with stand-ins. Raises ``ValueError`` when one of them does not arrive as it is."""
    stand_ins = [_stand_in(value, number) for number, value in enumerate(values)]
    compiler = build(*stand_ins).query.get_compiler(connection=connection)
    sql, parameters = compiler.as_sql()
    arriving = [_given(one) for one in stand_ins]
    places = tuple(
        (place, arriving.index(given)) for place, given in enumerate(parameters) if given in arriving
    )
    if {number for _, number in places} != set(range(len(values))):
        message = "a value of a prepared query does not reach the database as it is"
        raise ValueError(message)
    converters = compiler.get_converters([one[0] for one in compiler.select])
    return Plan(sql, tuple(map(_plain, parameters)), places, compiler, converters)


def _plain(value: object) -> object:
    """A choice as its bare value: SQLite's driver takes longer over an enumeration than over the query."""
    return value.value if isinstance(value, Enum) else value


def _stand_in(value: Value, number: int) -> Value:
    if isinstance(value, dt.datetime):
        return FIRST_MOMENT + dt.timedelta(microseconds=number)
    return FIRST_NUMBER + number if isinstance(value, int) else f"\ufdd0{number}"


def _given(value: Value) -> object:
    """A value as it reaches the database."""
    return connection.ops.adapt_datetimefield_value(value) if isinstance(value, dt.datetime) else value


def _shape(compiler: Any) -> Shape:
    select, info = compiler.select, compiler.klass_info
    fields = info["select_fields"]
    start, stop = fields[0], fields[-1] + 1
    names = [one[0].target.attname for one in select[start:stop]]
    return Shape(names, (start, stop), get_related_populators(info, select, connection.alias))


def _instances(plan: Plan, shape: Shape, rows: list[Any]) -> list[Any]:
    model = plan.compiler.klass_info["model"]
    start, stop = shape.span
    found = []
    for row in rows:
        one = model.from_db(connection.alias, shape.names, row[start:stop])
        for populator in shape.populators:
            populator.populate(row, one)
        found.append(one)
    return found
