"""Rows for tests: plain functions, each with a working default for everything."""

import contextlib
import datetime as dt
import itertools
import threading

import pytest
from django.apps import apps
from django.db import connection, connections
from django.utils import timezone

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.core.fields import blind_index
from gongkai.foi import acts as foi
from gongkai.foi.enums import ApplicantKind, IntakeChannel
from gongkai.foi.models import Applicant, Request
from gongkai.organisations.acts import appoint, register_body
from gongkai.organisations.enums import BodyKind, Role, Tier
from gongkai.organisations.models import Officer, YearLock

_counter = itertools.count(1)


def at(year=2024, month=6, day=28, hour=10, minute=0):
    """A moment of office hours in China."""
    return dt.datetime(year, month, day, hour, minute, tzinfo=timezone.get_default_timezone())


def day(text):
    return dt.date.fromisoformat(text)


def make_body(**kw):
    number = next(_counter)
    kw = {
        "name": f"测试局{number}",
        "slug": f"body-{number}",
        "kind": BodyKind.DEPARTMENT,
        "tier": Tier.COUNTY,
    } | kw
    return register_body(actor=SYSTEM, **kw)


def make_officer(**kw):
    number = next(_counter)
    kw = {"username": f"officer{number}", "name": f"人员{number}"} | kw
    return Officer.objects.create_user(**kw)


def make_post(officer=None, body=None, role=Role.HANDLER, since=dt.date(2015, 1, 1), **kw):
    """A post; its officer and body are made when not given."""
    return appoint(
        officer=officer or make_officer(),
        body=body or make_body(),
        role=role,
        since=since,
        actor=SYSTEM,
        **kw,
    )


def make_handler(body, role=Role.HANDLER, **kw):
    """An officer who may handle requests in a body."""
    return make_post(officer=make_officer(**kw), body=body, role=role).officer


def lock_year(body, year):
    return YearLock.objects.create(body=body, year=year, locked_at=at())


def make_applicant(body=None, **kw):
    kw = {"kind": ApplicantKind.NATURAL, "name": "张三"} | kw
    kw |= {
        "name_index": blind_index(kw["name"]),
        "identity_index": blind_index(kw.get("identity_number", "")),
    }
    return Applicant.objects.create(body=body or make_body(), **kw)


def make_request(body=None, *, submitted_on=dt.date(2024, 3, 1), received=True, **kw):
    """A request handed in at the counter and, unless told otherwise, received the same day."""
    body = body or make_body()
    kw = {
        "applicant": kw.pop("applicant", None) or make_applicant(body),
        "channel": IntakeChannel.IN_PERSON,
        "subject": f"信息{next(_counter)}",
        "actor": SYSTEM,
        "at": at(submitted_on.year, submitted_on.month, submitted_on.day),
    } | kw
    request = foi.register_request(body=body, submitted_on=submitted_on, **kw)
    if received:
        foi.record_receipt(request=request, actor=SYSTEM, at=kw["at"])
    return Request.objects.get(pk=request.pk)


def close(request, **kw):
    """Close a request with a letter served on 2024-03-20 unless told otherwise."""
    served_on = kw.setdefault("served_on", dt.date(2024, 3, 20))
    kw = {
        "outcome": "granted",
        "number": f"公开〔2024〕{next(_counter)}号",
        "decided_on": served_on,
        "served_by": "post",
        "actor": SYSTEM,
        "at": at(),
    } | kw
    return foi.close_request(request=request, **kw)


def everything():
    """Every row of the records and of the audit, to prove that nothing changed."""
    models = [model for label in ROOMS for model in apps.get_app_config(label).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


ROOMS = ("core", "organisations", "audit", "calendars", "foi", "disputes", "ledgers", "reports")


def codes(obstacles):
    """The obstacles by their stable codes, in order."""
    return [one.code for one in obstacles]


@contextlib.contextmanager
def refused(*expected):
    """The act is refused for exactly these reasons, and nothing at all has changed."""
    before = everything()
    with pytest.raises(RefusedError) as caught:
        yield caught
    assert codes(caught.value.obstacles) == list(expected)
    assert everything() == before


def verbs():
    """What the audit says was done, oldest first, the making of the test's world left out."""
    made = ("organisations.register_body", "organisations.appoint")
    return [
        verb for verb in Entry.objects.order_by("sequence").values_list("verb", flat=True) if verb not in made
    ]


def at_once(*calls):
    """Run the calls in threads that start together; what each returned or raised, in order."""
    barrier = threading.Barrier(len(calls))
    found = [None] * len(calls)

    def run(position, call):
        barrier.wait(timeout=30)
        try:
            found[position] = call()
        except Exception as error:  # noqa: BLE001 - the test looks at it
            found[position] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return found


def workers_wait_for_each_other():
    """Whether threads share one database; a SQLite database in memory belongs to one connection."""
    return not (connection.vendor == "sqlite" and connection.is_in_memory_db())
