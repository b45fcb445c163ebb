"""Whatever a report is written in, the same figures come back: HTML, DOCX, PDF and text in the manners of real files."""

import io
import json
import os
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.report.figures import Standing
from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import cells_json, from_transcript, to_transcript

from .markup import MANNERS, page
from .papers import PAPERS, TEXTS, glued, typeset, word
from .sample import from_json, made_up

CORPUS = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))


def samples():
    made = [made_up(seed, form, blanks=seed % 2 == 1) for seed in range(4) for form in ("2019", "2021")]
    real = []
    for path in sorted((CORPUS / "reports").glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        if data["format"] == "2019" or "other_total" not in data["table3"]["rows"]:
            real.append(from_json({**data, "agency": "临河区教育局"}))
    return [*made, *real]


SAMPLES = samples()
FULL = [
    sample
    for sample in SAMPLES
    if None not in [*sample.table4, *(v for row in sample.table3.values() for v in row)]
]


def same(found, sample):
    keys = ("format", "year", "agency", "table2", "table3", "table4")
    transcript = to_transcript(found)
    return {key: transcript[key] for key in keys} == {key: sample.transcript()[key] for key in keys}


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_html(manner):
    for sample in SAMPLES:
        report = read(page(sample, manner).encode())
        assert same(report, sample), sample
        assert report.shape == ()


@pytest.mark.parametrize("name", TEXTS)
def test_text(name):
    for sample in FULL:
        report = read(TEXTS[name](sample).encode())
        assert same(report, sample), sample


def test_glued_text_is_right_or_uncertain():
    for sample in FULL:
        report = read(glued(sample).encode())
        for cell, figure in report.figures.items():
            if cell.table == 3 and figure.standing is not Standing.UNCERTAIN:
                column = [c.column for c in report.format.table3_cells if c.row == cell.row].index(
                    cell.column
                )
                assert figure.value == sample.table3[cell.row][column]


def test_docx():
    for sample in SAMPLES:
        report = read(word(sample))
        assert same(report, sample), sample
        assert report.shape == ()


@pytest.mark.fonts
@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.name)
def test_pdf(paper):
    for sample in FULL[:4]:
        report = read(typeset(sample, paper))
        assert same(report, sample), sample
        assert [note for note in report.shape if note.kind != "row_label"] == []


@pytest.mark.fonts
@pytest.mark.parametrize(
    "paper",
    [paper for paper in PAPERS if "not" not in paper.name and paper.name != "rows ruled"],
    ids=lambda p: p.name,
)
def test_ruled_pdf_with_blanks(paper):
    sample = next(sample for sample in SAMPLES if sample not in FULL)
    report = read(typeset(sample, paper))
    assert same(report, sample)
    assert report.shape == ()


def test_transcript():
    for sample in SAMPLES:
        assert same(from_transcript(sample.transcript()), sample)
        report = read(page(sample, MANNERS[0]).encode())
        told = json.loads(json.dumps({**to_transcript(report), "cells": cells_json(report)}))
        assert from_transcript(told).figures == report.figures


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    form=st.sampled_from(["2019", "2021"]),
    blanks=st.booleans(),
    manner=st.sampled_from(MANNERS),
)
def test_any_figures_in_any_manner(seed, form, blanks, manner):
    sample = made_up(seed, form, blanks=blanks)
    assert same(read(page(sample, manner).encode()), sample)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6), form=st.sampled_from(["2019", "2021"]), name=st.sampled_from(sorted(TEXTS))
)
def test_any_figures_as_text(seed, form, name):
    sample = made_up(seed, form)
    assert same(read(TEXTS[name](sample).encode()), sample)


@pytest.mark.fonts
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_pdf_with_turned_pages(turn):
    sample = FULL[1]
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(typeset(sample, PAPERS[0]))) as book:
        for page_ in book.pages:
            page_.rotate(turn, relative=False)
        book.save(out)
    assert same(read(out.getvalue()), sample)


def test_pages_of_text_with_bare_page_numbers():
    sample = FULL[0]
    lines = TEXTS["cell a line"](sample).split("\n")
    pages = [lines[i : i + 60] for i in range(0, len(lines), 60)]
    text = "\f".join("\n".join([*page_, "", str(n)]) for n, page_ in enumerate(pages, start=1))
    assert same(read(text.encode()), sample)
