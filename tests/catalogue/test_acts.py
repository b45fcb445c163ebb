import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from gongkai.audit.models import Entry
from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue, open_key_area
from gongkai.catalogue.models import Catalogue, Field, Item, KeyArea
from gongkai.core.errors import RefusedError

DAY = dt.date(2019, 12, 20)


@pytest.mark.django_db
def test_the_reference_catalogue_is_entered_once_with_its_origin():
    first, second = load_reference_catalogue(), load_reference_catalogue()
    assert first == second
    assert first.body is None
    assert "教育部" in first.origin
    assert Field.objects.count() == 26
    assert first.items.filter(parent=None).count() == 10
    assert first.items.exclude(parent=None).count() == 34


@pytest.mark.django_db
def test_a_field_renamed_locally_is_left_alone():
    Field.objects.create(code="poverty-relief", name="乡村振兴")
    load_reference_catalogue()
    assert Field.objects.get(code="poverty-relief").name == "乡村振兴"
    assert Field.objects.count() == 26


def test_adopting_copies_both_levels(body, appointed):
    reference = load_reference_catalogue()
    own = adopt_catalogue(body=body, catalogue=reference, actor=appointed("approver"), adopted_on=DAY)
    assert (own.body, own.based_on, own.adopted_on) == (body, reference, DAY)
    assert own.title == "县教体局义务教育领域基层政务公开标准目录"
    names = list(own.items.exclude(parent=None).values_list("parent__name", "name", "content"))
    originals = list(reference.items.exclude(parent=None).values_list("parent__name", "name", "content"))
    assert names == originals
    assert set(own.items.exclude(parent=None).values_list("parent__catalogue", flat=True)) == {own.pk}
    entry = Entry.objects.get(verb="catalogue.adopt_catalogue")
    assert entry.detail == {"title": own.title, "items": 44, "adopted_on": "2019-12-20"}


def test_adopting_twice_is_refused(body, appointed):
    reference, approver = load_reference_catalogue(), appointed("approver")
    adopt_catalogue(body=body, catalogue=reference, actor=approver, adopted_on=DAY)
    with pytest.raises(RefusedError) as refused:
        adopt_catalogue(body=body, catalogue=reference, actor=approver, adopted_on=DAY)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["adopted"]
    assert Catalogue.objects.filter(body=body).count() == 1


def test_a_body_s_own_catalogue_cannot_be_adopted_and_a_handler_may_not(body, appointed):
    reference = load_reference_catalogue()
    own = adopt_catalogue(body=body, catalogue=reference, actor=appointed("approver"), adopted_on=DAY)
    items = Item.objects.count()
    with pytest.raises(RefusedError) as refused:
        adopt_catalogue(body=body, catalogue=own, actor=appointed("handler"), adopted_on=DAY)
    assert [obstacle.code for obstacle in refused.value.obstacles] == ["not_permitted", "not_reference"]
    assert Item.objects.count() == items


def test_a_key_area_has_a_name_of_its_own(body, appointed):
    approver = appointed("approver")
    area = open_key_area(body=body, name=" 学前教育 ", actor=approver)
    assert (area.body, area.name) == (body, "学前教育")
    with pytest.raises(ValidationError):
        open_key_area(body=body, name="学前教育", actor=approver)
    assert KeyArea.objects.count() == 1
