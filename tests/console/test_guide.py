"""The pages of the guide to disclosure, and the papers about the work itself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.console.conftest import client_for
from tests.console.test_forms import errors, send
from tests.factories import make_body, make_handler

from gongkai.disclosure.models import GuideText
from gongkai.organisations.enums import Role

pytestmark = pytest.mark.django_db


def test_the_guide_is_written_section_by_section_and_shown_to_the_public(as_, bureau, client):
    approver, here = as_("approver"), reverse("console:guide", args=[bureau.pk])
    assert bureau.display_name in approver.get(reverse("console:guides")).content.decode()
    assert "本机关的补充" in approver.get(here).content.decode()
    answer = send(approver, "guide_write", {"text": "周三延时至19时"}, bureau.pk, "office")
    assert answer.url == here
    page = approver.get(here).content.decode()
    assert page.count("周三延时至19时") == 2
    assert "周三延时至19时" in client.get(reverse("portal:guide", args=[bureau.slug])).content.decode()
    assert "text" in errors(send(approver, "guide_write", {"text": "周三延时至19时"}, bureau.pk, "office"))
    send(approver, "guide_write", {"text": ""}, bureau.pk, "office")
    assert "周三延时至19时" not in client.get(reverse("portal:guide", args=[bureau.slug])).content.decode()
    assert GuideText.objects.count() == 2


def test_who_may_read_and_who_may_write(as_, bureau):
    here = reverse("console:guide", args=[bureau.pk])
    write = reverse("console:guide_write", args=[bureau.pk, "office"])
    assert (as_("handler").get(here).status_code, as_("handler").get(write).status_code) == (200, 403)
    assert as_("stranger").get(here).status_code == 404
    assert as_("stranger").get(write).status_code == 404
    assert as_("approver").get(write.replace("office", "preface")).status_code == 404
    assert write not in as_("handler").get(here).content.decode()


def test_the_list_costs_the_same_with_more_bodies(county, bureau, django_assert_num_queries):
    client = client_for(make_handler(county, Role.SUPERVISOR))
    client.get(reverse("console:guides"))
    with CaptureQueriesContext(connection) as before:
        client.get(reverse("console:guides"))
    for number in range(2):
        make_body(
            name=f"局{number}", slug=f"b{number}", parent=county, credit_code=f"11999900MB00000{number}1X"
        )
    with django_assert_num_queries(len(before)):
        client.get(reverse("console:guides"))


def test_a_paper_about_the_work_is_marked_and_stands_with_the_institutions(as_, records, bureau, client):
    here = reverse("portal:institutions", args=[bureau.slug])
    assert records.document.title not in client.get(here).content.decode()
    send(as_("approver"), "document_edit", {"is_institution": "on"}, records.document.pk)
    assert records.document.title in client.get(here).content.decode()
