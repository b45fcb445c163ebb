"""A small world of public things."""

import datetime as dt

from django.utils import timezone
from tests.portal.made import leave, make_document

from gongkai.catalogue.models import Catalogue, Field, Item, KeyArea
from gongkai.disclosure.enums import LeavingWay

WAYS = list(LeavingWay)


def make_item(body, name="学区划分", **fields):
    field, _ = Field.objects.get_or_create(code="compulsory-education", defaults={"name": "义务教育"})
    catalogue, _ = Catalogue.objects.get_or_create(
        body=body, field=field, defaults={"title": "义务教育领域公开事项"}
    )
    return Item.objects.create(catalogue=catalogue, number="1", name=name, method="主动", **fields)


def make_area(body, name="义务教育"):
    return KeyArea.objects.create(body=body, name=name)


def gone(body, way, into=None):
    """A document that left in one of the five ways; as the acts leave it."""
    document = make_document(
        body,
        title=f"绝密标题{way}",
        kind="normative",
        text="<p>不该再看到的文字</p>",
        made_on=dt.date(2024, 1, 1),
    )
    if way == LeavingWay.ENDED:
        document.ended_on, document.ended_how = dt.date(2024, 6, 1), "repealed"
    fields = {"basis": "某法第一条"} if way == LeavingWay.BY_LAW else {}
    if way == LeavingWay.MERGED:
        fields["into"] = into or make_document(body, title="并入的文件")
    leave(document, way, **fields)
    document.changed_at = timezone.now()
    document.save()
    return document
