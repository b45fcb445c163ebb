"""A file before publication, of whatever kind: what is in it, what it hides, what it tells of its makers."""

from __future__ import annotations

import csv
import io
import zipfile

import pikepdf

from gongkai.drafting import DraftingError
from gongkai.drafting.errors import as_drafting_errors
from gongkai.drafting.opening import LIMITS, decoded, kind_of
from gongkai.guard import pictures
from gongkai.guard.leftovers import add_leftovers, add_pdf_leftovers
from gongkai.guard.material import add_text, judge
from gongkai.guard.model import Finding, Grid, GridCell, Material, Unit
from gongkai.guard.office import add_container, embedded_parts
from gongkai.guard.office_docx import add_docx
from gongkai.guard.office_pptx import add_pptx
from gongkai.guard.office_xlsx import add_xlsx
from gongkai.guard.pdf import add_pdf
from gongkai.guard.pdf_parts import attached
from gongkai.guard.rules import found
from gongkai.guard.words import WordList
from gongkai.redaction.archive import open_archive, read_part
from gongkai.redaction.limits import Limits

_DEEPEST = 3
_MOST_INSIDE = 200


def inspect_file(
    name: str,
    content: bytes,
    *,
    place: str | None = None,
    words: WordList | None = None,
    limits: Limits = LIMITS,
) -> tuple[Finding, ...]:
    """Findings in a file, the gravest first. Never raises for a bad file: what cannot be read is a finding."""
    material = Material(name)
    add_file(material, name, content, f"附件“{name}” " if place is None else place, limits, 0)
    return judge(material, words)


def add_file(material: Material, name: str, content: bytes, place: str, limits: Limits, depth: int) -> None:
    """A file's material; that of files inside it with their own places."""
    try:
        with as_drafting_errors():
            _add(material, name, content, place, limits, depth)
    except DraftingError as error:
        material.findings.append(
            found(
                "file.unreadable",
                place.strip() or name,
                key=error.reason,
                container=material.container,
                message=str(error),
            )
        )


def _add(material: Material, name: str, content: bytes, place: str, limits: Limits, depth: int) -> None:
    kind = kind_of(name, content, limits)
    if kind in {"docx", "xlsx", "pptx", "zip"}:
        _packed(material, kind, content, place, limits, depth)
    elif kind == "pdf":
        add_pdf(material, content, limits, place)
        for inner, data in _attached(content):
            _inside(material, inner, data, f"{place}内附文件“{inner}” ", limits, depth)
        add_pdf_leftovers(material, content, place)
    elif kind == "image":
        pictures.look_at(material, content, place or "图片")
    elif kind in {"html", "text"}:
        text = decoded(content)
        add_text(material, text, place)
        if kind == "html":
            add_raw(material, text, place)
    elif kind == "csv":
        _add_csv(material, decoded(content), place)
    else:
        material.findings.append(
            found("file.unchecked", place.strip() or name, key=name, container=material.container)
        )


def _packed(material: Material, kind: str, content: bytes, place: str, limits: Limits, depth: int) -> None:
    archive = open_archive(content, limits)
    if kind == "docx":
        add_docx(material, content, archive, limits, place)
    elif kind == "xlsx":
        add_xlsx(material, archive, limits, place)
    elif kind == "pptx":
        add_pptx(material, archive, limits, place)
    if kind == "zip":
        _members(material, archive, place, limits, depth)
    else:
        add_container(material, archive, limits, place)
        for part in embedded_parts(archive):
            inner = part.rpartition("/")[2]
            where = f"{place}嵌入文件{inner} "
            material.findings.append(
                found("hidden.embedded", where.strip(), key=part, container=material.container)
            )
            _inside(material, inner, read_part(archive, part, limits), where, limits, depth)
    add_leftovers(material, content, archive, limits, place)


def _members(material: Material, archive: zipfile.ZipFile, place: str, limits: Limits, depth: int) -> None:
    """A packed folder: each file in it; other formats in a ZIP are searched for ID numbers only."""
    names = [name for name in archive.namelist() if not name.endswith("/")]
    if "OFD.xml" in names or len(names) > _MOST_INSIDE:
        material.findings.append(
            found("file.unchecked", place.strip(), key="zip", container=material.container)
        )
        return
    for name in names:
        _inside(material, name, read_part(archive, name, limits), f"{place}压缩包内“{name}” ", limits, depth)


def _inside(material: Material, name: str, data: bytes, place: str, limits: Limits, depth: int) -> None:
    if depth >= _DEEPEST:
        material.findings.append(
            found(
                "file.unreadable",
                place.strip(),
                key=name,
                container=material.container,
                message="文件套文件过深",
            )
        )
        return
    add_file(material, name, data, place, limits, depth + 1)


def _attached(content: bytes) -> list[tuple[str, bytes]]:
    with pikepdf.open(io.BytesIO(content)) as book:
        return list(attached(book))[:_MOST_INSIDE]


def add_raw(material: Material, text: str, place: str) -> None:
    """The markup itself: what a page hides by style or script is in its source for everyone."""
    shown = {unit.text for unit in material.units}
    rest = [line.strip() for line in text.splitlines() if line.strip()]
    material.units += [Unit(line, f"{place}网页源代码") for line in rest if line not in shown]


def _add_csv(material: Material, text: str, place: str) -> None:
    grid = Grid(place or "表")
    for row, cells in enumerate(_csv_rows(text), start=1):
        for column, cell in enumerate(cells, start=1):
            if cell.strip():
                grid.cells.append(GridCell(row, column, cell, f"{place}第{row}行第{column}列"))
    material.grids.append(grid)


def _csv_rows(text: str) -> list[list[str]]:
    delimiter = max(",\t;，", key=text[:4096].count)
    try:
        return list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise DraftingError("broken_text") from error
