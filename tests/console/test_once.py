"""Two clicks at the same moment make one record."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.console.conftest import client_for
from tests.factories import at_once, make_body, make_handler, workers_wait_for_each_other

from gongkai.ledgers.models import Training


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_record():
    if not workers_wait_for_each_other():
        pytest.skip("one connection for all threads")
    client = client_for(make_handler(make_body()))
    address = reverse("console:training_add")
    form = client.get(address).context["form"]
    data = {"title": "公开培训", "held_on": "2024-05-01", "attendees": "40"}
    sent = data | {"body": form["body"].value(), "once": form["once"].value()}
    other = Client()
    other.cookies = client.cookies
    answers = at_once(lambda: client.post(address, sent), lambda: other.post(address, sent))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert Training.objects.count() == 1
