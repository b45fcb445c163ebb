"""The desk's part on publishing, and the channels of a document from its page."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from tests.console.conftest import client_for
from tests.console.test_forms import send
from tests.factories import make_handler

from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.models import Delivery, Selection
from gongkai.core.actors import SYSTEM
from gongkai.disclosure import acts
from gongkai.disclosure.models import Document, Edition, Fault, InterpretationPlan
from gongkai.organisations.enums import Role

pytestmark = pytest.mark.django_db


def make_draft(body, title="关于校车安全的通知", kind="notice"):
    now = timezone.now()
    made = acts.register_document(
        body=body, title=title, kind=kind, made_on=dt.date(2024, 3, 1), actor=SYSTEM, at=now
    )
    return acts.add_edition(document=made, text="<p>各校：请执行。</p>", actor=SYSTEM, at=now)


def in_review(body, drafter, title="关于校车安全的通知"):
    edition = make_draft(body, title)
    acts.submit_edition(edition=edition, actor=drafter, at=timezone.now())
    edition.refresh_from_db()
    return edition


def desk(officer):
    return client_for(officer).get(reverse("console:desk"))


def turns(officer):
    return [(one.edition, one.step) for one in desk(officer).context["publishing"].turns]


def waiting(officer):
    return {one.text: (one.number, one.late) for one in desk(officer).context["publishing"].waiting}


@pytest.fixture
def people(bureau):
    names = {"drafter": Role.HANDLER, "reviewer": Role.HANDLER, "signer": Role.APPROVER}
    return {name: make_handler(bureau, role) for name, role in names.items()}


def test_the_desk_shows_each_officer_what_waits_for_him(bureau, elsewhere, people):
    edition = in_review(bureau, people["drafter"])
    in_review(elsewhere, make_handler(elsewhere))
    by = {"edition": edition, "opinion": "passed", "basis": "保密法", "at": timezone.now()}
    assert turns(people["drafter"]) == []
    assert turns(people["reviewer"]) == [(edition, "部门审核")]
    acts.review_edition(step="unit", actor=people["reviewer"], **by)
    acts.review_edition(step="secrecy", actor=people["reviewer"], **by)
    assert turns(people["reviewer"]) == []
    assert turns(people["signer"]) == [(edition, "签发")]
    acts.review_edition(step="sign_off", actor=people["signer"], **by)
    assert turns(people["signer"]) == []
    assert waiting(people["reviewer"])["件已签发，等待发布"] == (1, False)


def test_who_reviewed_the_secrecy_does_not_see_the_signature_as_his(bureau, people):
    edition = in_review(bureau, people["drafter"])
    by = {"edition": edition, "opinion": "passed", "basis": "保密法", "at": timezone.now()}
    acts.review_edition(step="unit", actor=people["reviewer"], **by)
    acts.review_edition(step="secrecy", actor=people["signer"], **by)
    assert turns(people["signer"]) == []


def test_the_desk_counts_what_else_waits(bureau, people):
    now, today = timezone.now(), timezone.localdate()
    edition = make_draft(bureau, "直接发布")
    acts.publish_edition(edition=edition, actor=people["signer"], at=now, override="仅一人在岗")
    late = make_draft(bureau, "到时没有发布")
    Edition.objects.filter(pk=late.pk).update(
        state="approved", publish_at=now, publish_problem="附件丢失", round=1
    )
    withheld = acts.register_document(
        body=bureau, title="内部事项", kind="other", made_on=today, actor=SYSTEM, at=now,
        attribute="withheld", attribute_reason="条例第十六条",
    )  # fmt: skip
    Document.objects.filter(pk=withheld.pk).update(reassess_on=today)
    policy = make_draft(bureau, "政策", "policy")
    acts.publish_edition(edition=policy, actor=SYSTEM, at=now)
    InterpretationPlan.objects.create(document=policy.document, at=now, planned_on=today)
    Fault.objects.create(document=policy.document, code="broken_link", message="断链", found_at=now)
    other = make_handler(bureau, Role.APPROVER)
    found = waiting(other)
    assert found["件例外放行等待您复核"][0] == 3
    assert found["件到时未能自动发布"] == (1, True)
    assert found["件等待发布后核查"] == (1, False)
    assert found["件不予公开的信息到期应评估（条例第十八条）"] == (1, False)
    assert found["件政策文件尚缺解读"] == (1, False)
    assert found["项已公开内容的问题（断链、缺附件、到期、个人信息）"] == (1, True)
    assert "件例外放行等待您复核" not in waiting(people["signer"])
    assert "件例外放行等待您复核" not in waiting(people["reviewer"])
    assert "没有等待您办理的发布事项" not in desk(other).content.decode()


def test_an_empty_desk_says_so(bureau, people):
    assert "没有等待您办理的发布事项" in desk(people["drafter"]).content.decode()


def test_the_desk_costs_the_same_with_more_to_publish(bureau, people, django_assert_num_queries):
    client = client_for(people["reviewer"])

    def more(title):
        edition = in_review(bureau, people["drafter"], title)
        acts.review_edition(
            edition=edition, step="unit", opinion="passed", actor=people["signer"], at=timezone.now()
        )

    more("甲")
    client.get(reverse("console:desk"))
    with CaptureQueriesContext(connection) as before:
        client.get(reverse("console:desk"))
    more("乙")
    more("丙")
    with django_assert_num_queries(len(before)):
        page = client.get(reverse("console:desk"))
    assert len(page.context["publishing"].turns) == 3


# Channels of a document ------------------------------------------------------------------------------------


@pytest.fixture
def board(bureau):
    channel = open_channel(body=bureau, kind="board", name="公示栏", actor=SYSTEM)
    return configure_channel(channel=channel, settings={}, secrets={}, takes="all", actor=SYSTEM)


def test_channels_are_chosen_before_publication_and_said_on_the_page(bureau, people, board):
    paper = open_channel(body=bureau, kind="newspaper", name="青屿日报", actor=SYSTEM)
    edition = make_draft(bureau)
    client, here = client_for(people["drafter"]), reverse("console:document", args=[edition.document_id])
    page = client.get(here)
    assert dict(page.context["docket"])["发布时发往"] == "公示栏"
    assert reverse("console:document_channels", args=[edition.document_id]) in page.content.decode()
    send(client, "document_channels", {"channels": [paper.pk]}, edition.document_id)
    assert dict(client.get(here).context["docket"])["发布时发往"] == "青屿日报"
    send(client, "document_channels", {"channels": []}, edition.document_id)
    assert dict(client.get(here).context["docket"])["发布时发往"] == "只在本站公开"
    assert Selection.objects.get().channels.count() == 0
    acts.publish_edition(edition=edition, actor=SYSTEM, at=timezone.now())
    assert not Delivery.objects.exists()
    page = client.get(here)
    assert "发布时发往" not in [label for label, _ in page.context["docket"] if _]
    assert reverse("console:delivery_send", args=[edition.pk]) in page.content.decode()
    send(client, "delivery_send", {"channel": paper.pk}, edition.pk)
    delivery = Delivery.objects.get()
    assert reverse("console:delivery", args=[delivery.pk]) in client.get(here).content.decode()


def test_a_signed_edition_leads_to_the_choice_of_channels(bureau, people):
    edition = make_draft(bureau)
    Edition.objects.filter(pk=edition.pk).update(state="approved", round=1)
    page = client_for(people["drafter"]).get(reverse("console:edition", args=[edition.pk]))
    assert reverse("console:document_channels", args=[edition.document_id]) in page.content.decode()
