"""The real reports beside the repository: every cell as transcribed."""

import json
import os
from pathlib import Path

import pytest

from gongkai.law.report.cells import Cell
from gongkai.law.report.figures import Standing
from gongkai.reports.reading import read
from gongkai.reports.reading.transcript import to_transcript

CORPUS = Path(os.environ.get("GONGKAI_CORPUS", Path(__file__).parents[4] / "shared" / "corpus"))
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the corpus of real reports is not at {CORPUS}")


def found_and_expected(name, ending):
    found = to_transcript(read(CORPUS / "reports" / f"{name}.{ending}"))
    expected = json.loads((CORPUS / "reports" / f"{name}.json").read_text("utf-8"))
    keys = ("format", "year", "agency", "table2", "table3", "table4")
    return {key: found[key] for key in keys}, {key: expected[key] for key in keys}


@pytest.mark.parametrize(
    ("name", "ending"),
    [("jiyuan_edu_sports_2020", "txt"), ("hongze_district_2023", "txt"), ("hongze_district_2023", "pdf")],
)
def test_every_cell_is_read_as_transcribed(name, ending):
    found, expected = found_and_expected(name, ending)
    assert found == expected


def test_a_text_without_table_three_has_it_missing_not_zero():
    found, expected = found_and_expected("shanghai_gov_office_2019", "txt")
    assert found == {**expected, "table3": None}


@pytest.mark.parametrize("path", sorted((CORPUS / "reports").glob("*.json")), ids=lambda path: path.stem)
def test_the_transcriptions_read_back(path):
    data = json.loads(path.read_text("utf-8"))
    again = to_transcript(read(path))
    assert {key: again[key] for key in ("format", "year", "agency", "table2", "table4")} == {
        key: data[key] for key in ("format", "year", "agency", "table2", "table4")
    }
    assert again["table3"]["rows"] == data["table3"]["rows"]


def test_sixteen_zeros_of_jiyuan_are_explained():
    report = read(CORPUS / "reports" / "jiyuan_edu_sports_2020.txt")
    assert [(note.kind, note.where, note.found) for note in report.shape] == [
        ("cell_extra", "表四", "多出单元格：0")
    ]


@pytest.mark.parametrize("ending", ["txt", "pdf"])
def test_the_oddities_of_hongze_are_seen(ending):
    report = read(CORPUS / "reports" / f"hongze_district_2023.{ending}")
    assert [(note.kind, note.found) for note in report.shape] == [
        ("row_label", "2.其他法律行政止公开"),
        ("other_not_split", "（六）其他处理"),
    ]
    assert {figure.standing for figure in report.figures.values()} == {Standing.CLEAR}


def test_text_and_pdf_of_hongze_have_the_same_prose():
    text, pdf = (read(CORPUS / "reports" / f"hongze_district_2023.{ending}") for ending in ("txt", "pdf"))
    bare = [{key: prose.replace(" ", "") for key, prose in report.sections.items()} for report in (text, pdf)]
    assert bare[0] == bare[1]


def test_the_amount_of_shanghai_keeps_its_unit():
    report = read(CORPUS / "reports" / "shanghai_gov_office_2019.txt")
    figure = report[Cell(2, "procurement", "amount_wan")]
    assert (str(figure.value), figure.unit, figure.raw, figure.standing) == (
        "25.1",
        "元",
        "251000元",
        Standing.NORMALISED,
    )
