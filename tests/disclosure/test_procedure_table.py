"""The table: every state of an edition against every act, and what it becomes. A dash is a refusal."""

import datetime as dt

import pytest
from tests.disclosure.walking import published, signed, submitted

from gongkai.core.errors import RefusedError
from gongkai.disclosure import acts
from gongkai.disclosure.models import Departure, Edition

LATER = dt.timedelta(days=1)


def _draft(edition, staff, at):
    return edition


def _superseded(edition, staff, at):
    first = published(edition, staff, at)
    second = acts.add_edition(document=first.document, text="二", actor=staff["drafter"], at=at)
    published(second, staff, at)
    first.refresh_from_db()
    return first


def _withdrawn(edition, staff, at):
    return acts.withdraw_edition(
        edition=published(edition, staff, at), reason="误发", actor=staff["signer"], at=at
    )


STATES = {
    "draft": _draft,
    "in_review": submitted,
    "approved": signed,
    "published": published,
    "superseded": _superseded,
    "withdrawn": _withdrawn,
}
ACTS = {
    "edit": lambda e, s, at: acts.edit_edition(edition=e, title="新", text="新", actor=s["drafter"], at=at),
    "submit": lambda e, s, at: acts.submit_edition(edition=e, actor=s["drafter"], at=at),
    "pass": lambda e, s, at: acts.review_edition(
        edition=e, step="unit", opinion="passed", actor=s["unit"], at=at
    ),
    "return": lambda e, s, at: acts.review_edition(
        edition=e, step="unit", opinion="returned", remark="改", actor=s["unit"], at=at
    ),
    "recall": lambda e, s, at: acts.recall_edition(edition=e, reason="改", actor=s["drafter"], at=at),
    "schedule": lambda e, s, at: acts.schedule_edition(
        edition=e, publish_at=at + LATER, actor=s["drafter"], at=at
    ),
    "publish": lambda e, s, at: acts.publish_edition(edition=e, actor=s["drafter"], at=at),
    "except": lambda e, s, at: acts.publish_edition(edition=e, actor=s["signer"], at=at, override="仅一人"),
    "recheck": lambda e, s, at: acts.recheck_edition(edition=e, opinion="passed", actor=s["drafter"], at=at),
    "withdraw": lambda e, s, at: acts.withdraw_edition(edition=e, reason="误", actor=s["signer"], at=at),
    "add_file": lambda e, s, at: acts.add_file(
        edition=e, name="表.txt", content="甲,乙".encode(), actor=s["drafter"], at=at
    ),
    "come_back": lambda e, s, at: acts.return_document(
        departure=Departure.objects.filter(document=e.document).first() or Departure(document=e.document),
        reason="查明无误",
        actor=s["signer"],
        at=at,
    ),
}
TABLE = {
    #             draft        in_review    approved     published    superseded   withdrawn
    "edit":      ("draft",     "-",         "-",         "-",         "-",         "-"),
    "submit":    ("in_review", "-",         "-",         "-",         "-",         "-"),
    "pass":      ("-",         "in_review", "-",         "-",         "-",         "-"),
    "return":    ("-",         "draft",     "-",         "-",         "-",         "-"),
    "recall":    ("-",         "draft",     "draft",     "-",         "-",         "-"),
    "schedule":  ("-",         "-",         "approved",  "-",         "-",         "-"),
    "publish":   ("-",         "-",         "published", "-",         "-",         "-"),
    "except":    ("published", "published", "published", "-",         "-",         "-"),
    "recheck":   ("-",         "-",         "-",         "published", "-",         "-"),
    "withdraw":  ("-",         "-",         "-",         "withdrawn", "-",         "-"),
    "add_file":  ("draft",     "-",         "-",         "-",         "-",         "-"),
    "come_back": ("-",         "-",         "-",         "-",         "-",         "published"),
}  # fmt: skip


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("state", STATES)
def test_the_table(state, act, draft, staff, at):
    edition = STATES[state](draft, staff, at)
    assert edition.state == state
    wanted = TABLE[act][list(STATES).index(state)]
    try:
        ACTS[act](edition, staff, at)
        found = Edition.objects.get(pk=edition.pk).state
    except (RefusedError, Departure.DoesNotExist):
        found = "-"
        assert Edition.objects.get(pk=edition.pk).state == state
    assert found == wanted
