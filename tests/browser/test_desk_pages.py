"""Every page of publishing, catalogue, channels and answers to the public: accessible and fitting on a desk and at 320."""

import datetime as dt

import pytest
from django.urls import reverse
from tests.browser.conftest import DESKTOP, NARROW
from tests.console.conftest import fill
from tests.console.test_who_may import APPROVING, HANDLING, READING
from tests.factories import make_body, make_handler

from gongkai.catalogue.acts import adopt_catalogue
from gongkai.catalogue.models import Catalogue, Item
from gongkai.core.actors import SYSTEM
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Post

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOMS = (
    "document", "edition", "file", "delivery", "channel", "catalogue", "key_area", "consultation", "question", "group",
    "comment", "opinions", "concern", "faq", "mailbox",
)  # fmt: skip
LISTS = (
    "documents", "document_add", "drop_add", "document_work", "interpretations", "faults", "guides", "hand_over_lists",
    "hand_over_list_add", "deliveries", "channels", "imports", "import_add", "catalogues", "catalogue_adopt", "key_area_add",
    "catalogue_import", "coverage", "coverage_items", "consultations", "consultation_add", "comments", "concerns",
    "concern_add", "faq_entries", "faq_add", "mailbox", "mailbox_add", "reminders",
)  # fmt: skip
DOWNLOADS = {"consultation_file", "opinions_export"}
OF_A_BODY = ("guide", "coverage_body")
OF_A_CATALOGUE = ("catalogue", "catalogue_table", "catalogue_item_add")
OF_AN_ITEM = ("catalogue_item", "catalogue_item_edit", "catalogue_item_duty")
ADMINISTERING = ("channel_configure", "channel_pause", "channel_close")
OF_A_BODY_S_RULES = ("publishing_rules", "word_add", "channel_add")


@pytest.fixture
def bureau():
    county = make_body(name="青屿县人民政府", kind="government", credit_code="11999900MB0000001X")
    return make_body(name="青屿县教育局", parent=county, credit_code="11999900MB0000000X")


def to(name, *args):
    return reverse(f"console:{name}", args=args)


def working(bureau, records):
    """One page of every kind that who drafts and signs may open."""
    about = {**READING, **HANDLING, **APPROVING}
    mine = {name: row for name, row in about.items() if name.startswith(ROOMS) and name not in DOWNLOADS}
    reference = Catalogue.objects.get(body=None)
    own = adopt_catalogue(
        body=bureau, catalogue=reference, actor=SYSTEM, adopted_on=dt.date(2024, 1, 5), title="目录"
    )
    item = Item.objects.filter(catalogue=own, parent__isnull=False).first()
    yield from (to(name) for name in LISTS)
    yield from (to(name, getattr(records, row).pk) for name, row in mine.items())
    yield from (to(name, bureau.pk) for name in OF_A_BODY)
    yield from (to(name, own.pk) for name in OF_A_CATALOGUE)
    yield from (to(name, item.pk) for name in OF_AN_ITEM)
    yield to("catalogue", reference.pk)


def administering(bureau, records):
    """The same for who keeps the body's channels and rules."""
    yield from (to(name, records.channel.pk) for name in ADMINISTERING)
    yield from (to(name, bureau.pk) for name in OF_A_BODY_S_RULES)


def look_at_all(page, addresses, violations, overflow):
    wrong = []
    for address in addresses:
        answer = page.goto(address)
        if answer.status != 200:
            wrong.append((address, answer.status))
            continue
        for viewport in (DESKTOP, NARROW):
            page.set_viewport_size(viewport)
            found = (violations(page), overflow(page))
            if found != ([], 0):
                wrong.append((address, viewport["width"], found))
    assert wrong == []


def test_pages_of_who_drafts_and_signs(bureau, visit, violations, overflow):
    records = fill(bureau)
    officer = make_handler(bureau, role=Role.APPROVER)
    Post.objects.create(officer=officer, body=bureau, role=Role.HANDLER, since="2015-01-01")
    page = visit("/console/", officer=officer)
    look_at_all(page, working(bureau, records), violations, overflow)


def test_pages_of_who_keeps_channels_and_rules(bureau, visit, violations, overflow):
    records = fill(bureau)
    page = visit("/console/", officer=make_handler(bureau, role=Role.ADMINISTRATOR))
    look_at_all(page, administering(bureau, records), violations, overflow)
