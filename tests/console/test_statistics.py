"""Statistics of requests: the annual report's figures for any year, each with its list."""

import re

import pytest
from django.urls import reverse

from gongkai.law.report.cells import Cell
from gongkai.law.report.formats import format_for
from gongkai.reports.compute.figures import compute_figures

from .test_who_may import READERS, expected, statuses

pytestmark = pytest.mark.django_db


def test_every_figure_equals_the_annual_report(as_, bureau, records):
    answer = as_("reader").get(reverse("console:statistics"), {"body": bureau.pk, "year": 2024})
    shown = re.findall(r'href="[^"]*/(t[34]\.[^"/]+)/"[^>]*>([^<]+)<', "".join(answer.context["tables"]))
    figures = compute_figures(bureau, 2024)
    asked = [cell for cell in format_for(2024).cells if cell.table in {3, 4}]
    assert dict(shown) == {str(cell): str(figures[cell]) for cell in asked}


def test_a_figure_opens_its_records(as_, bureau, records):
    address = reverse("console:statistics_cell", args=[bureau.slug, 2024, str(Cell(3, "granted", "natural"))])
    answer = as_("reader").get(address)
    assert (answer.context["shown"], answer.context["page"].paginator.count) == (1, 1)
    assert reverse("console:request", args=[records.closed.pk]) in answer.content.decode()


def test_figures_are_for_who_sees_the_body(as_, bureau, records):
    address = reverse("console:statistics_cell", args=[bureau.slug, 2024, "t3.new.total"])
    assert statuses(as_, address) == expected(READERS, READERS)


@pytest.mark.parametrize("key", ["t3.new", "t9.new.total", "t2.procurement.count", "x"])
def test_figures_that_are_not_there(as_, bureau, records, key):
    address = reverse("console:statistics_cell", args=[bureau.slug, 2024, key])
    assert as_("reader").get(address).status_code == 404


def test_a_body_elsewhere_is_refused_at_the_field(as_, elsewhere, records):
    answer = as_("reader").get(reverse("console:statistics"), {"body": elsewhere.pk, "year": 2024})
    assert answer.status_code == 200
    assert "body" in answer.context["form"].errors
    assert "tables" not in answer.context
