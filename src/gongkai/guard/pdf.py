"""A PDF before publication: its text layer, what it hides, and whether it has a text layer at all."""

from __future__ import annotations

import io
from typing import Any

import pikepdf

from gongkai.drafting.extracting import pdf_pages
from gongkai.drafting.pdf_read import survey
from gongkai.guard.masking import masked
from gongkai.guard.model import Material, Severity, Unit
from gongkai.guard.pdf_parts import MARKUP, attached, information, notes_of, strings, xmp_of
from gongkai.guard.rules import found
from gongkai.redaction import Kind, RedactionError, open_source, read_page
from gongkai.redaction.limits import Limits
from gongkai.redaction.pdf_findings import findings_of

_OF_KINDS = {
    "revisions": "hidden.revisions",
    "portfolio": "hidden.embedded",
    "scripts": "active.scripts",
    "xfa": "active.form",
    "form": "active.form",
    "layers": "hidden.layers",
    "signature": "trace.signature",
    "thumbnail": "trace.paths",
    "private": "trace.paths",
}
_FEWEST_SIGNS = 8
_MOST_LOOKED_AT = 30
"""Pages drawn twice to see what can be read on them; more would take minutes."""
_BROKEN = (pikepdf.PdfError, ValueError, TypeError, AttributeError, KeyError, RecursionError)


def add_pdf(material: Material, data: bytes, limits: Limits, place: str) -> None:
    """Raises ``DraftingError``, ``RedactionError``."""
    pages = survey(data, limits)
    for number, text in enumerate(pdf_pages(data, limits), start=1):
        material.units += [Unit(part, f"{place}第{number}页") for part in _paragraphs(text)]
    _text_layer(material, pages, place)
    try:
        with pikepdf.open(io.BytesIO(data)) as book:
            _structure(material, book, data, place)
    except pikepdf.PasswordError as error:
        raise RedactionError("encrypted_pdf") from error
    except _BROKEN as error:
        raise RedactionError("broken_pdf") from error
    if material.thorough and any(signs for signs, _ in pages):
        _unseen(material, data, len(pages), limits, place)


def _paragraphs(text: str) -> list[str]:
    """A page as pieces of some lines; a number over a line's end stays whole."""
    return [text] if text.strip() else []


def _text_layer(material: Material, pages: list[tuple[int, bool]], place: str) -> None:
    scans = [number for number, (signs, picture) in enumerate(pages, 1) if picture and signs < _FEWEST_SIGNS]
    if not scans:
        return
    whole = len(scans) == len(pages)
    said = "、".join(map(str, scans[:10])) + ("等" if len(scans) > 10 else "")  # noqa: PLR2004
    material.findings.append(
        found(
            "file.no_text_layer" if whole else "file.scanned_pages",
            place,
            key=said,
            container=material.container,
            message="" if whole else f"第{said}页没有文字层，系统查不出其中的个人信息",
        )
    )


def _structure(material: Material, book: pikepdf.Pdf, data: bytes, place: str) -> None:
    container = material.container
    for name, value in information(book):
        where = f"{place}文档属性·{name}"
        material.units.append(Unit(value, where))
        material.findings.append(
            found("trace.properties", where, key=f"{name}\x1f{value}", container=container,
                  excerpt=masked(Kind.NAME, value[:20]), message=f"PDF属性里有{name}")
        )  # fmt: skip
    if text := xmp_of(book):
        material.units.append(Unit(text, f"{place}文档属性（XMP）"))
        material.findings.append(
            found("trace.properties", f"{place}文档属性（XMP）", key="xmp", container=container)
        )
    for name, _ in attached(book):
        material.findings.append(
            found("hidden.attachments", f"{place}内附文件“{name}”", key=name, container=container)
        )
    for number, note in notes_of(book):
        kind = str(note.get("/Subtype"))
        texts = [str(note.get(key, "")) for key in ("/Contents", "/T", "/Subj")]
        material.units += [Unit(text, f"{place}第{number}页批注") for text in texts if text.strip()]
        if kind in MARKUP:
            material.findings.append(
                found(
                    "hidden.annotations", f"{place}第{number}页", key=f"{kind}{texts[0]}", container=container
                )
            )
        elif kind == "/Link" and (uri := str(note.get("/A", {}).get("/URI", ""))):
            material.units.append(Unit(uri, f"{place}第{number}页链接"))
    material.units += [Unit(text, f"{place}表单或书签") for text in strings(book)]
    _known(material, book, data, place)


def _known(material: Material, book: Any, data: bytes, place: str) -> None:
    for finding in findings_of(book, data):
        rule = _OF_KINDS.get(finding.kind)
        if rule is None or (finding.kind == "layers" and finding.message.endswith("隐藏0个")):
            continue
        where = place if finding.place in {"", "文件"} else f"{place}{finding.place}"
        material.findings.append(
            found(rule, where, key=finding.message, container=material.container, message=finding.message)
        )


def _unseen(material: Material, data: bytes, count: int, limits: Limits, place: str) -> None:
    """Text below black bars, white on white, off the page: drawn pages tell."""
    try:
        source = open_source(data, "", limits=limits)
        unseen = [(n, read_page(source, n).unseen) for n in range(1, min(count, _MOST_LOOKED_AT) + 1)]
    except RedactionError as error:
        if error.reason in {"too_complex", "page_too_large", "broken_pdf"}:
            return
        raise
    for number, signs in unseen:
        if signs:
            message = f"有{signs}个看不见的字（被色块遮住、白色或在页外），但在文件里可以复制出来"
            material.findings.append(
                found("hidden.text", f"{place}第{number}页", key=str(signs), container=material.container,
                      severity=Severity.BLOCK, message=message,
                      remedy="遮盖请用“遮盖”功能重新生成文件；否则删去后重新导出")
            )  # fmt: skip
