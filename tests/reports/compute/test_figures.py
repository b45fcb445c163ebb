"""The grouped figures, the query behind each cell, and the laws that hold between them."""

import datetime as dt

import pytest

from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import TABLE3_COLUMNS, TABLE4_GROUPS, format_for
from gongkai.reports.compute.figures import compute_figures, is_derived
from gongkai.reports.compute.sources import source_of

from .records import a_body, fill

pytestmark = pytest.mark.django_db
YEARS = (2019, 2020, 2021, 2022)


@pytest.fixture(params=[1, 2, 3])
def body(request):
    body, other = a_body("bureau"), a_body("other")
    fill(body, request.param)
    fill(other, request.param + 100)
    return body


@pytest.mark.parametrize("year", YEARS)
def test_each_cell_equals_the_query_it_opens(body, year):
    figures = compute_figures(body, year)
    assert figures == {cell: source_of(cell, body, year).value() for cell in format_for(year).cells}


@pytest.mark.parametrize("year", YEARS)
def test_new_and_carried_in_equal_finished_and_carried_out_in_every_column(body, year):
    """表三表头注：第一项加第二项之和，等于第三项加第四项之和."""
    figures = compute_figures(body, year)
    for column in (column.key for column in TABLE3_COLUMNS):
        came = figures[Cell(3, "new", column)] + figures[Cell(3, "carried_in", column)]
        went = figures[Cell(3, "total", column)] + figures[Cell(3, "carried_out", column)]
        assert came == went


@pytest.mark.parametrize("year", YEARS[1:])
def test_what_one_year_hands_over_the_next_takes_in(body, year):
    before, now = compute_figures(body, year - 1), compute_figures(body, year)
    for column in (column.key for column in TABLE3_COLUMNS):
        assert before[Cell(3, "carried_out", column)] == now[Cell(3, "carried_in", column)]
    if year > 2021:
        for row in ("rules", "normdoc"):
            expected = (
                before[Cell(2, row, "in_force")] + now[Cell(2, row, "made")] - now[Cell(2, row, "repealed")]
            )
            assert now[Cell(2, row, "in_force")] == expected


@pytest.mark.parametrize("year", [2020])
def test_matters_of_the_year_before_and_the_change_give_the_next(body, year):
    before, now = compute_figures(body, year - 1), compute_figures(body, year)
    for row in ("licence", "other_mgmt", "penalty", "coercion", "fee"):
        earlier = before[Cell(2, row, "previous")] + before[Cell(2, row, "change")]
        assert now[Cell(2, row, "previous")] == earlier


def test_a_year_without_records_is_all_zero():
    body = a_body()
    assert compute_figures(body, 2020) == dict.fromkeys(format_for(2020).cells, 0)


def test_the_report_takes_few_queries(body, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        compute_figures(body, 2019)
    with django_assert_max_num_queries(24):
        compute_figures(body, 2021)


def test_years_without_a_format_are_refused():
    with pytest.raises(ValueError, match="2018年度没有全国统一的年度报告格式"):
        compute_figures(a_body(), 2018)


def test_a_cell_of_another_format_is_refused():
    with pytest.raises(KeyError):
        source_of(Cell(2, "procurement", "count"), a_body(), 2021)


def test_only_sums_are_derived():
    derived = {cell for cell in format_for(2021).cells if is_derived(cell)}
    rows = {Cell(3, row.key, "total") for row in format_for(2021).table3}
    columns = {Cell(3, "total", column.key) for column in TABLE3_COLUMNS}
    groups = {Cell(4, group.key, "total") for group in TABLE4_GROUPS}
    assert derived == rows | columns | groups


class TestYearBoundary:
    """A case belongs to the year it was received in and to the year it was finished in (条例 arts. 31, 33)."""

    @pytest.fixture
    def case(self):
        from gongkai.foi.models import Applicant, Request

        from .records import noon

        body = a_body()
        applicant = Applicant.objects.create(body=body, kind="natural", name="某")

        def make(received, closed):
            return Request.objects.create(
                body=body,
                number=f"R{received}",
                applicant=applicant,
                applicant_kind="natural",
                channel="online",
                subject="某信息",
                registered_at=noon(received),
                received_on=received,
                closed_on=closed,
                outcome="granted" if closed else "",
            )

        return make

    @pytest.mark.parametrize(
        ("received", "closed", "in_2020", "in_2021"),
        [
            ((2020, 12, 31), (2020, 12, 31), (1, 0, 1, 0), (0, 0, 0, 0)),
            ((2020, 12, 31), (2021, 1, 1), (1, 0, 0, 1), (0, 1, 1, 0)),
            ((2021, 1, 1), (2021, 1, 1), (0, 0, 0, 0), (1, 0, 1, 0)),
            ((2020, 12, 1), None, (1, 0, 0, 1), (0, 1, 0, 1)),
            ((2019, 12, 1), (2021, 6, 1), (0, 1, 0, 1), (0, 1, 1, 0)),
        ],
    )
    def test_each_case_is_counted_where_it_belongs(self, case, received, closed, in_2020, in_2021):
        body = case(dt.date(*received), dt.date(*closed) if closed else None).body
        rows = ("new", "carried_in", "total", "carried_out")
        for year, expected in ((2020, in_2020), (2021, in_2021)):
            figures = compute_figures(body, year)
            assert tuple(figures[Cell(3, row, "natural")] for row in rows) == expected
