"""A web server that is killed outright (SIGKILL) in the middle of an act: the case is as before, or as after.

``test_interrupted`` ends every act after every write by an exception. Here it is the process that goes, with its
connection to the database, while it serves an officer's click; another server takes over the same database.
"""

import os
import signal
import subprocess
import sys
import textwrap
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from tests.console.conftest import client_for
from tests.factories import everything, make_handler, make_request

from gongkai.audit.models import Entry
from gongkai.foi.models import Decision, Request

pytestmark = pytest.mark.django_db(transaction=True)

SERVER = """
    import os, signal
    from wsgiref.simple_server import WSGIRequestHandler, make_server
    from django.conf import settings
    settings.configured  # read the file before anything is changed
    settings.SECRET_KEY, settings.FIELD_KEY, settings.PRIVATE_ROOT = {secret!r}, {field!r}, {private!r}
    settings.ALLOWED_HOSTS = ["*"]
    import django; django.setup()
    from django.core.wsgi import get_wsgi_application
    from django.db import connection
    connection.settings_dict["NAME"] = {name!r}
    WRITES, after, seen = ("INSERT", "UPDATE", "DELETE"), {after!r}, 0

    def killing(execute, sql, params, many, context):
        global seen
        done = execute(sql, params, many, context)
        seen += sql.lstrip().upper().startswith(WRITES)
        if after is not None and seen >= after:
            os.kill(os.getpid(), signal.SIGKILL)
        return done

    served = get_wsgi_application()

    def application(environ, start_response):
        if environ["REQUEST_METHOD"] != "POST":
            return served(environ, start_response)
        with connection.execute_wrapper(killing):
            answer = served(environ, start_response)
        if after is None and {unanswered!r}:
            os.kill(os.getpid(), signal.SIGKILL)  # it is done, and nobody was told
        return answer

    class Silent(WSGIRequestHandler):
        def log_message(self, *_):
            pass

    server = make_server("127.0.0.1", 0, application, handler_class=Silent)
    print(server.server_port, flush=True)
    server.serve_forever()
"""


class Server:
    """One on a port of its own, on the database of the test."""

    def __init__(self, after=None, *, unanswered=False):
        code = textwrap.dedent(SERVER).format(
            secret=settings.SECRET_KEY,
            field=settings.FIELD_KEY,
            private=str(settings.PRIVATE_ROOT),
            name=str(connection.settings_dict["NAME"]),
            after=after,
            unanswered=unanswered,
        )
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.testing"}
        self.process = subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, text=True
        )
        self.port = self.process.stdout.readline().strip()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(timeout=30)
        self.process.stdout.close()

    def post(self, address, data, cookies):
        """The status, or None when the server died over it."""
        sent = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{address}",
            data=urllib.parse.urlencode(data).encode(),
            headers={"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())},
        )
        try:
            return opener().open(sent, timeout=60).status
        except urllib.error.HTTPError as answer:
            return answer.code
        except (urllib.error.URLError, HTTPException, ConnectionError):
            return None

    @property
    def was_killed(self):
        return self.process.wait(timeout=30) == -signal.SIGKILL


class Unfollowed(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer."""

    def redirect_request(self, *_):
        return None


def opener():
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), Unfollowed())


@pytest.fixture
def click():
    """What the officer's browser sends when the case is closed: address, form, cookies."""
    case = make_request()
    client = client_for(make_handler(case.body))
    address = reverse("console:request_close", args=[case.pk])
    form = client.get(address).context["form"]
    token = client.get(address).cookies["csrftoken"].value
    data = {
        "outcome": "granted",
        "number": "公开〔2024〕1号",
        "decided_on": "2024-03-20",
        "served_on": "2024-03-20",
    }
    data |= {"served_by": "post", "once": form["once"].value(), "csrfmiddlewaretoken": token}
    cookies = {settings.SESSION_COOKIE_NAME: client.session.session_key, settings.CSRF_COOKIE_NAME: token}
    return case, address, data, cookies


@pytest.mark.parametrize("after", [1, 4])
def test_a_server_killed_in_the_middle_leaves_the_case_as_it_was_and_the_next_one_does_it(click, after):
    case, address, data, cookies = click
    before = everything()
    with Server(after) as dying:
        assert dying.post(address, data, cookies) is None
        assert dying.was_killed
    assert everything() == before
    with Server() as next_one:
        assert next_one.post(address, data, cookies) == 302
    assert_closed_once(case)


def test_a_server_killed_before_it_could_answer_has_done_it_and_the_second_click_does_nothing(click):
    case, address, data, cookies = click
    with Server(unanswered=True) as dying:
        assert dying.post(address, data, cookies) is None
        assert dying.was_killed
    assert_closed_once(case)
    with Server() as next_one:
        assert next_one.post(address, data, cookies) == 302
    assert_closed_once(case)


def assert_closed_once(case):
    case = Request.objects.get(pk=case.pk)
    assert (case.outcome, f"{case.closed_on}") == ("granted", "2024-03-20")
    assert Decision.objects.filter(request=case).count() == 1
    assert case.facts.filter(kind="answered", cancelled_at=None).count() == 1
    assert Entry.objects.filter(verb="foi.close_request", target_id=str(case.pk)).count() == 1
