"""Normative documents: made and published on a day, some of them ended later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from gongkai.demo.days import chance, moment
from gongkai.demo.offices import Office
from gongkai.demo.text.bodies import body_text
from gongkai.demo.text.metadata import metadata_of
from gongkai.disclosure.acts import DocumentRow, end_document, import_documents
from gongkai.disclosure.enums import DocumentKind


@dataclass(frozen=True)
class Paper:
    """A normative document, and when and how it ended if it did."""

    name: str
    made_on: dt.date
    ended_on: dt.date | None = None
    ended_how: str = ""
    ended_basis: str = ""


def build_normative(office: Office, papers: Iterable[Paper]) -> None:
    """Enter the papers with the day they were published and record how some ended."""
    listed = list(papers)
    rows = [_row(office, serial, paper) for serial, paper in enumerate(listed, start=1)]
    editions = import_documents(body=office.body, rows=rows, actor=office.approver, at=office.now)
    for paper, edition in zip(listed, editions, strict=True):
        if paper.ended_on is not None:
            end_document(
                document=edition.document,
                how=paper.ended_how,
                on=paper.ended_on,
                basis=paper.ended_basis,
                actor=office.approver,
            )


def _row(office: Office, serial: int, paper: Paper) -> DocumentRow:
    kind, unit = DocumentKind.NORMATIVE, "政策法规科"
    rng = chance(f"{office.body.slug}/normative/{serial}")
    title = f"关于印发《{paper.name}》的通知"
    text = body_text(rng, kind=kind, title=title, on=paper.made_on, unit=unit)
    return DocumentRow(
        title=title,
        kind=kind,
        made_on=paper.made_on,
        text=text,
        metadata=metadata_of(kind, title, text, paper.made_on),
        published_at=moment(paper.made_on, 15 * 60),
        document_number=f"{office.paper_mark}规〔{paper.made_on.year}〕{serial}号",
        unit=office.units[unit],
        item=office.items["规范性文件"],
    )
