"""Tables with a cell or a row too few or too many: every figure read is the one printed there, or none is."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.law.report.cells import Cell as Place
from gongkai.law.report.figures import Report, Standing
from gongkai.reports.reading import read

from .layouts import markup, web
from .markup import shown
from .papers import Cell, Rows, grid2, grid3
from .sample import COLUMNS, Sample, made_up

Damage = Callable[[random.Random, Rows], None]


def a_cell_lost(rng: random.Random, rows: Rows) -> None:
    row = rng.choice([row for row in rows if row[-1].text.isdigit()])
    del row[rng.choice([at for at, cell in enumerate(row) if cell.text.isdigit()])]


def a_cell_twice(rng: random.Random, rows: Rows) -> None:
    row = rng.choice([row for row in rows if row[-1].text.isdigit()])
    at = rng.choice([at for at, cell in enumerate(row) if cell.text.isdigit()])
    row.insert(at, row[at])


def an_empty_cell_more(rng: random.Random, rows: Rows) -> None:
    row = rng.choice(rows)
    row.insert(rng.randint(0, len(row)), Cell(""))


def a_row_lost(rng: random.Random, rows: Rows) -> None:
    rows.remove(rng.choice(rows))


def a_row_twice(rng: random.Random, rows: Rows) -> None:
    at = rng.randrange(len(rows))
    rows.insert(at, rows[at])


def a_name_lost(rng: random.Random, rows: Rows) -> None:
    row = rng.choice([row for row in rows if len(row[0].text) > 3])
    row[0] = replace(row[0], text="")


def a_name_and_number_in_one_cell(rng: random.Random, rows: Rows) -> None:
    row = rng.choice([row for row in rows[3:] if len(row) >= 8])
    row[-8:-6] = [replace(row[-8], text=f"{row[-8].text} {row[-7].text}")]


DAMAGES = [
    a_cell_lost,
    a_cell_twice,
    an_empty_cell_more,
    a_row_lost,
    a_row_twice,
    a_name_lost,
    a_name_and_number_in_one_cell,
]


def wrong(report: Report, sample: Sample) -> list[Place]:
    """The cells of tables 2 and 3 that were read as another number than the report's."""
    found = []
    for place, figure in report.figures.items():
        if place.table == 3:
            told = sample.table3[place.row][COLUMNS.index(place.column)]
        elif place.table == 2:
            values = sample.table2[place.row]
            names = [column.key for column in sample.fmt.table2_row(place.row).columns]
            told = values[names.index(place.column)] if isinstance(values, list) else values
        else:
            continue
        expected = shown(told).removesuffix("万元")
        if figure.value is not None and (not expected or float(figure.value) != float(expected)):
            found.append(place)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10**6),
    form=st.sampled_from(["2019", "2021"]),
    damage=st.sampled_from(DAMAGES),
)
def test_a_damaged_table_is_never_read_wrong(seed, form, damage):
    sample = made_up(seed, form)
    rows = grid3(sample)
    damage(random.Random(seed), rows)  # noqa: S311 - repeatable, not secret
    assert wrong(read(web(sample, three=markup(rows)).encode()), sample) == []


@pytest.mark.parametrize("at", [-3, -2])
def test_a_row_of_table_2_that_lost_a_cell(at):
    sample = made_up(3, "2019")
    sample = sample.with_(table2={**sample.table2, "penalty": [12, -417, 37]})
    rows = grid2(sample)
    row = next(row for row in rows if row[0].text == "行政处罚")
    del row[at]
    report = read(web(sample, two=markup(rows)).encode())
    assert wrong(report, sample) == []
    assert {figure.standing for figure in report.row(2, "penalty")} == {Standing.UNCERTAIN}


def test_a_row_of_zeros_that_lost_a_cell_is_still_zeros():
    sample = made_up(5, "2021")
    sample = sample.with_(table3={**sample.table3, "denied_1_secret": [0] * 7})
    rows = grid3(sample)
    row = next(row for row in rows if any("国家秘密" in cell.text for cell in row))
    del row[-3]
    report = read(web(sample, three=markup(rows)).encode())
    assert [figure.value for figure in report.row(3, "denied_1_secret")] == [0] * 6 + [None]


def test_a_number_twice_beside_a_blank_is_not_settled_by_the_blank():
    sample = made_up(5, "2021")
    values = [None, 7, None, 88, 0, 0, 95]
    sample = sample.with_(table3={**sample.table3, "denied_2_law": values})
    rows = grid3(sample)
    row = next(row for row in rows if any("其他法律" in cell.text for cell in row))
    at = next(at for at, cell in enumerate(row) if cell.text == "7")
    row.insert(at, row[at])
    report = read(web(sample, three=markup(rows)).encode())
    assert wrong(report, sample) == []
