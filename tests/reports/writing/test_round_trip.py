"""What we write, we read back: the same format, year and figures; a blank stays blank."""

import pytest
from hypothesis import HealthCheck, given, settings

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Figure, Standing
from gongkai.reports.reading import read
from gongkai.reports.writing.outputs import OUTPUTS
from gongkai.reports.writing.presentation import Adjustment, Presentation

from .builders import AT, a_report, reports, values, with_figure

READABLE = ("html", "docx", "xlsx", "json")
PDF = pytest.param("pdf", marks=pytest.mark.fonts)


def written_and_read(report, ending, presentation=None):
    return read(OUTPUTS[ending].render(report, presentation or Presentation(), at=AT))


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("ending", [*READABLE, PDF])
def test_every_cell_comes_back(ending, form):
    report = a_report(form)
    found = written_and_read(report, ending)
    assert (found.format.id, found.year, values(found)) == (form, report.year, values(report))


@pytest.mark.parametrize("ending", ["html", "docx", "json"])
def test_title_and_agency_come_back(ending):
    report = a_report()
    found = written_and_read(report, ending)
    assert (found.title, found.agency) == (report.title, report.agency)


@pytest.mark.parametrize("ending", ["html", "docx", "json"])
def test_prose_comes_back(ending):
    found = written_and_read(a_report(), ending, Presentation(charts=False))
    assert [found.sections[key].split() for key in ("overview", "problems", "other")] == [
        [
            "（一）主动公开情况",
            "全年主动公开政府信息1136条。",
            "（二）依申请公开情况。收到申请21件，均按期答复。",
        ],
        ["一是公开的深度不够。", "二是解读的形式单一。"],
        ["本年度收取信息处理费0元。"],
    ]


@pytest.mark.parametrize("ending", [*READABLE, PDF])
def test_our_own_files_have_no_oddity_of_shape(ending):
    shape = written_and_read(a_report(), ending).shape
    assert [note for note in shape if note.kind != "section_missing"] == []


@pytest.mark.parametrize("ending", READABLE)
def test_an_adjusted_and_a_linked_figure_are_still_read(ending):
    cell = Cell(3, "granted", "natural")
    presentation = Presentation(
        adjustments={cell: Adjustment(7, "漏登一件。")}, links=lambda each: f"/records/{each}"
    )
    assert values(written_and_read(a_report(), ending, presentation)) == values(a_report())


@pytest.mark.parametrize("ending", READABLE)
def test_a_sign_for_nothing_is_read_as_blank(ending):
    cell = Cell(3, "new", "research")
    report = with_figure(a_report(), cell, Figure(None, Standing.BLANK, raw="/"))
    found = written_and_read(report, ending)[cell]
    assert (found.value, found.standing, found.raw) == (None, Standing.BLANK, "/")


@pytest.mark.parametrize("ending", READABLE)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(report=reports())
def test_random_figures_come_back(ending, report):
    found = written_and_read(report, ending)
    assert (found.format.id, values(found)) == (report.format.id, values(report))
