"""The built-in official tables: the 26 fields and the catalogue of compulsory education, with their origin."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

PUBLISHED_ON = dt.date(2019, 6, 18)  # about when the guidelines came out; newspapers of the 19th tell of them
STANDARD_WORKDAYS = 20  # 条例 art. 26: within 20 working days of being made or changed


@dataclass(frozen=True)
class FieldRow:
    """One of the 26 fields of 国办发〔2019〕54号."""

    code: str
    name: str


@dataclass(frozen=True)
class ItemRow:
    """A second-level item with the columns of an official catalogue. ``time_limit_workdays`` is in working days."""

    number: str
    name: str
    content: str
    basis: str
    time_limit: str
    time_limit_workdays: int | None
    publisher: str
    channels: tuple[str, ...]
    audience: str
    method: str
    level: str
    is_official: bool


@dataclass(frozen=True)
class CatalogueTable:
    """An official catalogue: first-level items in order, each with its second-level items."""

    field: str
    title: str
    origin: str
    items: tuple[tuple[str, tuple[ItemRow, ...]], ...]


def _read(name: str) -> Any:
    return json.loads(files("gongkai.catalogue").joinpath("data", name).read_text("utf-8"))


@cache
def fields() -> tuple[FieldRow, ...]:
    """The 26 fields."""
    return tuple(FieldRow(row["code"], row["name"]) for row in _read("fields.json")["fields"])


@cache
def compulsory_education() -> CatalogueTable:
    """The catalogue of compulsory education: 10 first-level and 34 second-level items."""
    table = _read("compulsory_education.json")
    items = tuple((group["name"], tuple(_item_rows(table, group))) for group in table["items"])
    return CatalogueTable(table["field"], table["title"], table["origin"], items)


def _item_rows(table: dict[str, Any], group: dict[str, Any]) -> Iterator[ItemRow]:
    for row in group["children"]:
        yield ItemRow(
            number=row["number"],
            name=row["name"],
            content="；".join(row["content"]),
            basis="、".join(row["basis"]),
            time_limit=row.get("time_limit", table["default_time_limit"]),
            time_limit_workdays=None if "time_limit" in row else STANDARD_WORKDAYS,
            publisher=table["default_publisher"],
            channels=tuple(row["channels"]),
            audience=row["audience"],
            method=row["method"],
            level=row["level"],
            is_official=row["confirmed"],
        )
