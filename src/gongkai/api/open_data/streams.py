"""Files that are made while they are sent: never more than a batch in memory, never older than the moment.

A file that lay ready would still hold what was withdrawn since (docs/adr). Each batch is read by position and by what is
public then; between two batches nothing is held open.
"""

from __future__ import annotations

import csv
import json
import zlib
from decimal import Decimal
from io import StringIO
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q

from gongkai.reports.writing.csv import safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from django.db.models import Model, QuerySet

BATCH = 500
BOM = "\ufeff"


def in_batches(rows: QuerySet[Any], *order: str, size: int = BATCH) -> Iterator[list[Any]]:
    """The rows in ascending order of these fields, of which the last is unique, a batch at a time."""
    rows = rows.order_by(*order)
    last: Model | None = None
    while True:
        found = rows if last is None else rows.filter(_after(last, order))
        batch = list(found[:size])
        if batch:
            yield batch
        if len(batch) < size:
            return
        last = batch[-1]


def _after(row: Model, order: tuple[str, ...]) -> Q:
    """Beyond a row in the order: greater in the last field where the fields before it are alike."""
    found = Q()
    alike = Q()
    for name in order:
        value: Any = row
        for part in name.split("__"):
            value = getattr(value, part)
        found |= alike & Q(**{f"{name}__gt": value})
        alike &= Q(**{name: value})
    return found


def as_csv(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """A table that spreadsheets read as text and run nothing of; with the mark by which they know UTF-8."""
    stream = StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    stream.write(BOM)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
        if stream.tell() > 32 * 1024:
            yield _taken(stream)
    yield _taken(stream)


def _cell(value: object) -> str:
    """Numbers as they are, also negative ones; every text made safe."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, list | tuple):
        return safe("；".join(str(one) for one in value))
    return safe(str(value))


def _taken(stream: StringIO) -> bytes:
    content = stream.getvalue().encode()
    stream.seek(0)
    stream.truncate()
    return content


def as_lines(rows: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """An object of JSON on each line."""
    for row in rows:
        text = json.dumps(row, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        yield text.encode() + b"\n"


def packed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same as gzip."""
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    for piece in pieces:
        if out := packer.compress(piece):
            yield out
    yield packer.flush()


def flat(batches: Iterable[list[Any]], shape: Callable[[list[Any]], Iterable[Any]]) -> Iterator[Any]:
    """Every row of every batch in its shape."""
    for batch in batches:
        yield from shape(batch)
