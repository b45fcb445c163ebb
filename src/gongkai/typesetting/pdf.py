"""An official document as a tagged PDF."""

from __future__ import annotations

import datetime as dt
from importlib.resources import files
from pathlib import Path

from gongkai.typesetting import codes, page
from gongkai.typesetting.document import (
    Block,
    Code,
    Form,
    Heading,
    KeyValues,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Table,
    as_form,
    chinese_date,
    numbered_names,
    outlined,
    signature_indents,
)
from gongkai.typesetting.typst_pdf import Json, compiled


def render(
    document: OfficialDocument,
    *,
    at: dt.datetime,
    font_folders: tuple[Path, ...] = (),
    system_fonts: bool = True,
) -> bytes:
    """The PDF file. ``at`` is its date; the same document, date and fonts give the same bytes.

    Raises ``fonts.FontMissing`` when there is no Chinese font, ``fonts.CharacterMissing`` when none has some character.
    """
    return compiled(
        files(__package__).joinpath("official.typ").read_bytes(),
        _content(document),
        at=at,
        font_folders=font_folders,
        system_fonts=system_fonts,
    )


def _content(document: OfficialDocument) -> Json:
    return {
        "title": document.name,
        "title_lines": document.title_lines,
        "author": document.issuer,
        "subject": document.subject or document.name,
        "head": document.head.value,
        "issuer": document.issuer,
        "issuer_size": document.issuer_size,
        "head_offset": page.HEAD_OFFSET,
        "rule_offset": page.RULE_OFFSET,
        "number": document.number,
        "addressee": document.addressee,
        "blocks": _blocks(document.blocks),
        "attachments": numbered_names(document.all_attachments),
        "signature": _signature(document),
        "notes": document.all_notes,
        "enclosures": [
            {"label": label, "title": one.title, "blocks": _blocks(one.blocks)}
            for label, one in document.labelled_enclosures
        ],
        "form_size": page.FORM_SIZE,
        "form_gap": page.FORM_PITCH - page.FORM_SIZE,
        "code_size": codes.SIZE,
    }


def _blocks(blocks: tuple[Block, ...]) -> list[Json]:
    tagged = outlined(blocks)
    return [_block(block, tag) for block, tag in zip(blocks, tagged, strict=True)]


def _block(block: Block, tagged: bool) -> Json:  # noqa: FBT001 - the pair of a zip
    match block:
        case Paragraph():
            return {"kind": "paragraph", "text": block.text, "indent": block.indent}
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level, "tagged": tagged}
        case NumberedList():
            return {
                "kind": "list",
                "items": [f"{at}. {text}" for at, text in enumerate(block.items, start=1)],
            }
        case Code():
            return {
                "kind": "code",
                "svg": codes.svg(block.content),
                "lines": block.lines,
                "alternative": block.alternative,
            }
        case Form() | Table() | KeyValues():
            return _form(as_form(block))


def _form(form: Form) -> Json:
    rows = [
        {
            "height": row.height,
            "cells": [
                {
                    "lines": cell.text.splitlines(),
                    "label": cell.label,
                    "colspan": cell.colspan,
                    "rowspan": cell.rowspan,
                }
                for cell in row.cells
            ],
        }
        for row in form.rows
    ]
    head, rest = rows[: form.head_rows], rows[form.head_rows :]
    return {"kind": "form", "widths": form.millimetres, "head": head, "rows": rest}


def _signature(document: OfficialDocument) -> Json:
    day = chinese_date(document.signed_on) if document.signed_on else ""
    indents = signature_indents(document.signature, day, seal=document.seal)
    lines = [
        {"text": text, "indent": indent}
        for text, indent in ((document.signature, indents.signature), (day, indents.date))
        if text
    ]
    return {"lines": lines, "room": 2 if document.seal else 1}
