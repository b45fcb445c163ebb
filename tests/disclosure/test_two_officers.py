"""Two officers, or an officer and the clock, act on one document at once: one is refused, nothing is done twice."""

import datetime as dt
import os
import signal
import subprocess
import sys
import textwrap
from functools import partial

import pytest
from django.db import connection
from django.utils import timezone
from tests.disclosure.walking import signed, submitted
from tests.factories import at_once, codes, workers_wait_for_each_other

from gongkai.audit.models import Entry
from gongkai.audit.queries import verify_chain
from gongkai.channels.acts import configure_channel, open_channel
from gongkai.channels.models import Delivery
from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts, effects
from gongkai.disclosure.models import Departure, Document, Edition, Review

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def shared_database(db):
    if not workers_wait_for_each_other():
        pytest.skip("threads do not share a database in memory")


def outcome_of(*calls):
    """How many succeeded, and why the others were refused."""
    results = at_once(*calls)
    wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, RefusedError)]
    assert wrong == []
    refused = [one for one in results if isinstance(one, RefusedError)]
    assert verify_chain() is None
    return len(results) - len(refused), sorted({code for one in refused for code in codes(one.obstacles)})


def fresh(edition):
    return Edition.objects.get(pk=edition.pk)


def test_two_reviews_of_one_step(draft, staff, at):
    submitted(draft, staff, at)
    calls = [
        partial(acts.review_edition, edition=fresh(draft), step="unit", opinion=opinion, remark="见附件", actor=one, at=at)
        for one, opinion in ((staff["unit"], "passed"), (staff["secrecy"], "passed"))
    ]  # fmt: skip
    done, why = outcome_of(*calls)
    assert (done, why) == (1, ["step"])
    assert Review.objects.count() == 1


def test_one_consents_while_the_other_returns(draft, staff, at):
    submitted(draft, staff, at)
    calls = [
        partial(acts.review_edition, edition=fresh(draft), step="unit", opinion=opinion, remark="缺附件", actor=one, at=at)
        for one, opinion in ((staff["unit"], "passed"), (staff["secrecy"], "returned"))
    ]  # fmt: skip
    done, why = outcome_of(*calls)
    assert done == 1
    assert set(why) <= {"step", "state"}
    assert Review.objects.count() == 1
    [review] = Review.objects.all()
    assert fresh(draft).state == ("draft" if review.opinion == "returned" else "in_review")


def test_one_publishes_while_the_other_takes_back(draft, staff, at):
    edition = signed(draft, staff, at)
    done, why = outcome_of(
        partial(acts.publish_edition, edition=fresh(edition), actor=staff["unit"], at=at),
        partial(acts.recall_edition, edition=fresh(edition), reason="再改", actor=staff["drafter"], at=at),
    )
    assert done == 1
    assert why
    edition, document = fresh(edition), Document.objects.get(pk=edition.document_id)
    assert (edition.state == "published") == (document.first_published_at is not None)
    assert edition.state in {"published", "draft"}


def test_two_departures_of_one_document(draft, staff, appointed, at):
    acts.publish_edition(edition=signed(draft, staff, at), actor=staff["unit"], at=at)
    document, other = Document.objects.get(pk=draft.document_id), appointed("approver")
    done, why = outcome_of(
        partial(acts.leave_document, document=document, way="error", reason="误发", actor=staff["signer"], at=at),
        partial(acts.leave_document, document=document, way="by_law", reason="裁定", basis="法院裁定", actor=other, at=at),
    )  # fmt: skip
    assert (done, why) == (1, ["not_online"])
    assert Departure.objects.count() == 1
    assert fresh(draft).state == "withdrawn"


def due_edition(draft, staff, at):
    """Signed, and its time has come."""
    edition = signed(draft, staff, at)
    when = at + dt.timedelta(hours=1)
    return acts.schedule_edition(edition=edition, publish_at=when, actor=staff["drafter"], at=at), when


def test_the_clock_and_an_officer_publish_at_once(draft, staff, body, at):
    board = open_channel(body=body, kind="board", name="公示栏", actor=SYSTEM)
    configure_channel(channel=board, settings={}, secrets={}, takes="all", actor=SYSTEM)
    edition, when = due_edition(draft, staff, at)
    results = at_once(
        partial(acts.publish_due, at=when),
        partial(acts.publish_edition, edition=fresh(edition), actor=staff["unit"], at=when),
    )
    clock, officer = results
    assert isinstance(clock, list)
    published = len(clock) + (not isinstance(officer, Exception))
    assert published == 1
    assert isinstance(officer, Edition | RefusedError)
    assert fresh(edition).state == "published"
    assert Delivery.objects.count() == 1
    assert Entry.objects.filter(verb="disclosure.publish_edition").count() == 1
    assert fresh(edition).publish_problem == ""
    assert verify_chain() is None


def test_an_effect_that_fails_takes_the_publication_back_and_the_clock_tries_again(draft, staff, at):
    edition, when = due_edition(draft, staff, at)

    def broken(*_):
        raise RuntimeError("no room on the disk")

    effects.register("broken", broken)
    try:
        with pytest.raises(RuntimeError):
            acts.publish_due(at=when)
    finally:
        effects.unregister("broken")
    assert (fresh(edition).state, Document.objects.get().first_published_at) == ("approved", None)
    assert [one.pk for one in acts.publish_due(at=when)] == [edition.pk]


KILLED = """
    import datetime as dt, os, signal, django
    django.setup()
    from django.db import connection
    connection.settings_dict["NAME"] = {name!r}
    from gongkai.disclosure import acts, effects
    effects.register("dies", lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    acts.publish_due(at=dt.datetime.fromisoformat("{when}"))
"""


def test_a_worker_killed_between_publication_and_its_effects_leaves_neither(draft, staff, body, at):
    """The publication and all that follows from it are one transaction: after a kill the next run does the whole."""
    board = open_channel(body=body, kind="board", name="公示栏", actor=SYSTEM)
    configure_channel(channel=board, settings={}, secrets={}, takes="all", actor=SYSTEM)
    edition, when = due_edition(draft, staff, at)
    name = str(connection.settings_dict["NAME"])
    code = textwrap.dedent(KILLED).format(name=name, when=when.isoformat())
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "gongkai.config.testing"}
    ended = subprocess.run([sys.executable, "-c", code], env=environment, check=False, capture_output=True)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert (fresh(edition).state, Document.objects.get().first_published_at) == ("approved", None)
    assert not Delivery.objects.exists()
    assert not Entry.objects.filter(verb="disclosure.publish_edition").exists()
    assert [one.pk for one in acts.publish_due(at=timezone.now())] == [edition.pk]
    assert Delivery.objects.count() == 1
    assert verify_chain() is None
