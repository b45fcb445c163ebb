"""A bureau with the education catalogue; documents put under its items on given days."""

import datetime as dt
import itertools

import pytest
from django.utils import timezone
from tests.factories import at

from gongkai.catalogue.acts import adopt_catalogue, load_reference_catalogue
from gongkai.catalogue.models import Item
from gongkai.core.actors import SYSTEM
from gongkai.disclosure.models import Document, Edition

NOW = at()  # 2024-06-28, a Friday
TODAY = NOW.date()
ADOPTED = dt.date(2023, 1, 3)
_counter = itertools.count(1)


def noon(day):
    return timezone.make_aware(dt.datetime.combine(day, dt.time(12)))


def put(item, made_on, published_on=None, *, changed_on=None, **kw):
    """A document of an item; its last edition was let out on ``changed_on``."""
    document = Document.objects.create(
        body=kw.pop("body", None) or item.catalogue.body,
        index_number=f"T/{next(_counter)}",
        title=kw.pop("title", f"文件{next(_counter)}"),
        kind="notice",
        item=item,
        made_on=made_on,
        first_published_at=noon(published_on) if published_on else None,
        **kw,
    )
    if changed_on:
        Edition.objects.create(
            document=document,
            title=document.title,
            text="正文",
            state="published",
            created_at=noon(changed_on),
            published_at=noon(changed_on),
        )
    return document


@pytest.fixture
def own(body):
    return adopt_catalogue(body=body, catalogue=load_reference_catalogue(), actor=SYSTEM, adopted_on=ADOPTED)


@pytest.fixture
def items(own):
    """The second-level items by name."""
    return {item.name: item for item in Item.objects.filter(catalogue=own, parent__isnull=False)}


@pytest.fixture
def item(items):
    return items["招生计划"]
