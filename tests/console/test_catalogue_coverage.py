"""The monitor's pages: numbers that lead to their lists, whose they are, what they cost, urging."""

import datetime as dt
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from tests.console.conftest import client_for
from tests.factories import make_body, make_handler
from tests.oversight.conftest import put

from gongkai.audit.models import Entry
from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue
from gongkai.catalogue.models import Item
from gongkai.console.forms import filters
from gongkai.core.actors import SYSTEM
from gongkai.organisations.acts import add_unit
from gongkai.organisations.enums import Role
from gongkai.oversight.models import CoverageReminder

pytestmark = pytest.mark.django_db


def to(name, *args):
    return reverse(f"console:{name}", args=args)


def adopt(body):
    day = timezone.localdate() - dt.timedelta(400)
    return adopt_catalogue(body=body, catalogue=load_reference_catalogue(), actor=SYSTEM, adopted_on=day)


@pytest.fixture
def own(bureau):
    """One item public, one overdue, the rest blank."""
    catalogue, today = adopt(bureau), timezone.localdate()
    items = {item.name: item for item in Item.objects.filter(catalogue=catalogue)}
    put(items["招生计划"], today - dt.timedelta(1), today - dt.timedelta(1))
    put(items["招生政策"], today - dt.timedelta(60))
    return catalogue


@pytest.fixture
def supervisor(county):
    return client_for(make_handler(county, Role.SUPERVISOR))


def numbers(answer):
    return [tile.number for tile in answer.context["tiles"]]


def test_every_number_leads_to_a_list_of_as_many(own, bureau, supervisor):
    answer = supervisor.get(to("coverage"))
    assert numbers(answer) == [34, 1, 1, 0, 32]
    (line,) = answer.context["lines"]
    assert [one.number for one in line.figures] == [34, 1, 1, 0, 32]
    assert line.share == "3%"
    for figure in (*answer.context["tiles"], *line.figures, line.cells[0][1]):
        found = supervisor.get(figure.address).context["page"].paginator.count
        assert found == figure.number, figure
    body = supervisor.get(line.address)
    assert numbers(body) == [34, 1, 1, 0, 32, 0]
    for _, _, groups in body.context["groups"]:
        for _, figures, _ in groups:
            for figure in figures:
                found = supervisor.get(figure.address).context["page"].paginator.count
                assert found == figure.number, figure
    undetermined = body.context["undetermined"]
    assert supervisor.get(undetermined.address).context["page"].paginator.count == 1


def test_an_officer_sees_his_own_bodies_only(own, bureau, elsewhere, supervisor):
    adopt(elsewhere)
    assert numbers(supervisor.get(to("coverage")))[0] == 68
    reader = client_for(make_handler(bureau, Role.READER))
    assert numbers(reader.get(to("coverage")))[0] == 34
    assert reader.get(to("coverage_body", bureau.pk)).status_code == 200
    assert reader.get(to("coverage_body", elsewhere.pk)).status_code == 404
    assert reader.get(to("coverage_late", elsewhere.pk, 2024)).status_code == 404
    assert reader.get(to("coverage_urge", bureau.pk)).status_code == 403
    nobody = client_for(make_handler(make_body()))
    assert "还没有在用的公开目录" in nobody.get(to("coverage")).content.decode()


def test_above_a_hundred_bodies_the_list_is_asked_by_name(own, bureau, supervisor, monkeypatch):
    monkeypatch.setattr(filters, "MOST_BODIES", 1)
    monkeypatch.setattr("gongkai.console.views.coverage.MOST_BODIES", 1)
    monkeypatch.setattr("gongkai.console.views.coverage.BODIES_PER_PAGE", 1)
    adopt(make_body(parent=bureau.parent, name="青屿县卫生局"))
    answer = supervisor.get(to("coverage"))
    assert numbers(answer)[0] == 68
    (line,) = answer.context["lines"]
    assert supervisor.get(line.figures[0].address).context["page"].paginator.count == 34
    found = supervisor.get(to("coverage"), {"q": "卫生"})
    assert [one.name for one in found.context["lines"]] == ["青屿县卫生局"]
    assert "没有名称含" in supervisor.get(to("coverage"), {"q": "没有"}).content.decode()


def test_the_list_is_narrowed_and_exported(own, supervisor):
    page = supervisor.get(to("coverage_items"), {"state": "overdue"}).content.decode()
    assert "招生政策" in page
    assert "形成或者变更之日起20个工作日内公开" in page
    assert supervisor.get(to("coverage_items"), {"unit": "未指定"}).context["page"].paginator.count == 34
    assert supervisor.get(to("coverage_items"), {"unit": "基教"}).context["page"].paginator.count == 0
    answer = supervisor.get(to("coverage_items_export"), {"state": "overdue"})
    head, row = list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))
    assert (told["事项"], told["状态"], told["公开时限"]) == (
        "招生政策",
        "逾期",
        "信息形成或者变更之日起20个工作日内",
    )
    assert Entry.objects.filter(verb="console.export").count() == 1


def test_late_publications_are_listed(own, bureau, supervisor):
    today = timezone.localdate()
    item = Item.objects.get(catalogue=own, name="学校介绍")
    late = put(item, today.replace(month=1, day=2) - dt.timedelta(90), today.replace(month=1, day=3))
    page = supervisor.get(to("coverage_late", bureau.pk, today.year)).content.decode()
    assert late.title in page
    assert numbers(supervisor.get(to("coverage_body", bureau.pk)))[-1] == 1
    assert supervisor.get(to("coverage_late", bureau.pk, today.year + 1)).status_code == 404


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_pages_cost_the_same_with_more_rows(own, bureau, county, supervisor):
    addresses = [
        to("coverage"),
        to("coverage_items"),
        to("coverage_items_export"),
        to("coverage_body", bureau.pk),
        to("catalogues"),
        to("catalogue", own.pk),
    ]
    one = Item.objects.get(catalogue=own, name="招生计划")
    for address in addresses:
        supervisor.get(address)
    before = [queries(supervisor, address) for address in addresses]
    add_unit(body=bureau, name="基教股", kind="internal", actor=SYSTEM)
    today = timezone.localdate()
    for offset in range(1, 4):
        put(one, today - dt.timedelta(offset), today)
    for _ in range(2):
        adopt(make_body(parent=county))
    assert [queries(supervisor, address) for address in addresses] == before


def test_an_item_s_page_costs_the_same_with_more_documents(own, supervisor):
    item = Item.objects.get(catalogue=own, name="招生计划")
    address = to("catalogue_item", item.pk)
    supervisor.get(address)
    before = queries(supervisor, address)
    today = timezone.localdate()
    for offset in range(1, 4):
        put(item, today - dt.timedelta(offset), today)
    assert queries(supervisor, address) == before


def test_an_item_s_page_gives_the_reasons(own, supervisor):
    item = Item.objects.get(catalogue=own, name="招生政策")
    page = supervisor.get(to("catalogue_item", item.pk)).content.decode()
    assert "逾期未公开" in page
    assert "次日起算" in page
    blank = Item.objects.get(catalogue=own, name="控辍保学")
    assert "空白栏目" in supervisor.get(to("catalogue_item", blank.pk)).content.decode()


def test_a_supervisor_urges_and_the_officer_sees_it(own, bureau, supervisor):
    handler = make_handler(bureau, Role.HANDLER)
    mine = client_for(handler)
    assert supervisor.get(to("coverage_urge", bureau.pk)).status_code == 200
    answer = supervisor.post(to("coverage_urge", bureau.pk), {"once": "u"})
    assert answer.url == to("coverage_body", bureau.pk)
    row = CoverageReminder.objects.get()
    assert (row.officer, row.text) == (handler, "公开目录有1项逾期、32项空白：招生政策、教育法律、教育法规等")
    again = supervisor.post(to("coverage_urge", bureau.pk), {"once": "v"})
    assert "今天已经催办过" in again.content.decode()
    assert row.text in mine.get(to("desk")).content.decode()
    page = mine.get(to("reminders"))
    assert page.context["unread"] == 1
    assert row.text in page.content.decode()
    mine.post(to("reminders_read"))
    assert mine.get(to("reminders")).context["unread"] == 0
    assert row.text not in mine.get(to("desk")).content.decode()
    assert "催办" in supervisor.get(to("coverage_body", bureau.pk)).content.decode()
