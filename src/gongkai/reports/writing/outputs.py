"""Every file a report can be written to, by the ending of its name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from gongkai.law.report.figures import Report
from gongkai.reports.writing.presentation import PLAIN, Presentation

Renderer = Callable[[Report, Presentation, dt.datetime], bytes]


@dataclass(frozen=True)
class Output:
    """A kind of file: the ending of its name, what it is called, its media type."""

    ending: str
    name: str
    media_type: str
    renderer: Renderer

    def render(self, report: Report, presentation: Presentation = PLAIN, *, at: dt.datetime) -> bytes:
        """The file. ``at`` is the date written into it.

        Raises ``pdf.PdfUnavailable`` for PDF when the machine's fonts do not suffice.
        """
        return self.renderer(report, presentation, at)


def _html(report: Report, presentation: Presentation, _at: dt.datetime) -> bytes:
    from gongkai.reports.writing import html

    return html.render_page(report, presentation).encode("utf-8")


def _docx(report: Report, presentation: Presentation, at: dt.datetime) -> bytes:
    from gongkai.reports.writing import docx

    return docx.render(report, presentation, at=at)


def _pdf(report: Report, presentation: Presentation, at: dt.datetime) -> bytes:
    from gongkai.reports.writing import pdf

    return pdf.render(report, presentation, at=at)


def _xlsx(report: Report, presentation: Presentation, at: dt.datetime) -> bytes:
    from gongkai.reports.writing import xlsx

    return xlsx.render(report, presentation, at=at)


def _json(report: Report, presentation: Presentation, _at: dt.datetime) -> bytes:
    from gongkai.reports.writing import json

    return json.render(report, presentation)


def _csv(report: Report, _presentation: Presentation, _at: dt.datetime) -> bytes:
    from gongkai.reports.writing import csv

    return csv.render(report)


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OUTPUTS = {
    output.ending: output
    for output in (
        Output("html", "网页", "text/html; charset=utf-8", _html),
        Output("docx", "Word文档", _WORD, _docx),
        Output("pdf", "PDF", "application/pdf", _pdf),
        Output("xlsx", "Excel工作簿", _SHEET, _xlsx),
        Output("json", "JSON数据", "application/json", _json),
        Output("csv", "CSV数据", "text/csv; charset=utf-8", _csv),
    )
}
