"""Reports for the tests: consistent ones made from numbers, and the transcribed corpus when it lies beside the tree."""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Level, Number, Report, ShapeNote, Standing
from gongkai.law.report.findings import Finding, Verdict
from gongkai.law.report.formats import FORMATS, TABLE3_COLUMNS, ReportFormat, format_for

CORPUS = Path(__file__).resolve().parents[4] / "shared" / "corpus"
NO_CORPUS = "the corpus of real reports is not beside this checkout"


def number(value: Number) -> Figure:
    return Figure(value, Standing.CLEAR, raw=str(value))


def blank(raw: str = "") -> Figure:
    return Figure(None, Standing.BLANK, raw=raw)


def unreadable(raw: str = "?") -> Figure:
    return Figure(None, Standing.UNCERTAIN, raw=raw)


def zeros(form: ReportFormat) -> dict[Cell, Figure]:
    return {cell: number(0) for cell in form.cells}


def report(year: int = 2023, **changes: Any) -> Report:
    """A department's report that is all zeros, with ``values`` (by address) put in."""
    form = changes.pop("form", None) or format_for(year)
    figures = zeros(form)
    for address, value in changes.pop("values", {}).items():
        figures[Cell.parse(address)] = value if isinstance(value, Figure) else number(value)
    for address in changes.pop("absent", ()):
        del figures[Cell.parse(address)]
    fields: dict[str, Any] = {"agency": "某市教育局", "level": Level.DEPARTMENT, **changes}
    return Report(form, year, figures=figures, **fields)


def with_requests(year: int = 2023, **rows: int) -> dict[str, int]:
    """Table-3 values by address for requests of natural persons, totals filled in."""
    form = format_for(year)
    total = sum(count for row, count in rows.items() if row in form.result_rows)
    rows = {"total": total, **rows}
    rows.setdefault("new", total + rows.get("carried_out", 0) - rows.get("carried_in", 0))
    return {f"t3.{row}.{column}": count for row, count in rows.items() for column in ("natural", "total")}


def of(findings: tuple[Finding, ...], rule: str, *verdicts: Verdict) -> list[Finding]:
    return [one for one in findings if one.rule == rule and (not verdicts or one.verdict in verdicts)]


def verdicts(findings: tuple[Finding, ...], rule: str) -> list[str]:
    return [one.verdict.value for one in of(findings, rule)]


def told(findings: tuple[Finding, ...], rule: str) -> list[tuple[str, str, str, str]]:
    """What a rule has to say beyond passing: verdict, severity, expected, found."""
    problems = of(findings, rule, Verdict.FAIL, Verdict.UNCERTAIN)
    return [(one.verdict.value, one.severity.value, one.expected, one.found) for one in problems]


def broken(findings: tuple[Finding, ...]) -> list[str]:
    """The rules that failed."""
    return sorted({one.rule for one in findings if one.verdict is Verdict.FAIL})


def transcripts() -> list[Path]:
    return sorted(CORPUS.glob("*/*.json"))


def from_transcript(path: Path) -> Report:
    """A corpus transcript as a report. Only for tests: the product reads the documents themselves."""
    data = json.loads(path.read_text(encoding="utf-8"))
    form = FORMATS[data["format"]]
    figures: dict[Cell, Figure] = {}
    for row in form.table2:
        values = (data["table2"] or {}).get(row.key)
        if values is not None:
            values = values if isinstance(values, list) else [values]
            figures |= {
                Cell(2, row.key, column.key): _figure(value)
                for column, value in zip(row.columns, values, strict=False)
            }
    for key, values in ((data["table3"] or {}).get("rows") or {}).items():
        figures |= {
            Cell(3, key, column.key): _figure(value)
            for column, value in zip(TABLE3_COLUMNS, values, strict=True)
        }
    if data["table4"]:
        figures |= {
            cell: _figure(value) for cell, value in zip(form.table4_cells, data["table4"], strict=True)
        }
    return Report(
        form,
        data["year"],
        data["agency"],
        figures,
        title=data.get("title", ""),
        sections=_sections(path.with_suffix(".txt")),
        published_on=_date(data.get("published")),
        shape=_notes(data),
        source=data["name"],
    )


def _figure(value: Any) -> Figure:
    if value is None:
        return blank()
    if not isinstance(value, str):
        return number(Decimal(str(value)) if isinstance(value, float) else value)
    if re.fullmatch(r"[/\\—-]", value):
        return blank(value)
    if value == "+(0) -(0)":
        return Figure(0, Standing.NORMALISED, raw=value)
    match = re.fullmatch(r"([增减+]?)(\d+(?:\.\d+)?)(万元|元)?", value)
    assert match, value
    amount = Decimal(match[2]) / (10_000 if match[3] == "元" else 1)
    whole = int(amount) if amount == int(amount) else amount
    return Figure(-whole if match[1] == "减" else whole, Standing.NORMALISED, raw=value, unit=match[3] or "")


def _sections(path: Path) -> dict[str, str]:
    """The prose of a text report, cut at its headings; the tables are left out as far as their lines show."""
    if not path.exists():
        return {}
    keys = ("lead", "overview", "proactive", "requests", "disputes", "problems", "other")
    heading = r"^(?:一、总体情况|二、主动公开|三、收到和处理|四、政府信息公开行政复议|五、|六、其他).*$"
    parts = re.split(heading, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {
        key: "" if key in {"proactive", "requests", "disputes"} else text
        for key, text in zip(keys, parts, strict=True)
    }


def _date(text: str | None) -> dt.date | None:
    if not text or "PDF" in text:
        return None
    match = re.search(r"(20\d\d)-?(\d\d)-?(\d\d)", text)
    return dt.date(*map(int, match.groups())) if match else None


def _notes(data: dict[str, Any]) -> tuple[ShapeNote, ...]:
    notes = []
    if data["name"].startswith("hongze"):
        notes.append(ShapeNote("row_label", "表三", "2.其他法律行政止公开", "2.其他法律行政法规禁止公开"))
    if data["name"].startswith("jiyuan"):
        notes.append(ShapeNote("cell_extra", "表四数据行", "16个数", "15列"))
    return tuple(notes)
