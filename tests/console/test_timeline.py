"""The record in words: which step a review was and how it ended; what is older is folded away."""

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from gongkai.audit.acts import record
from gongkai.console.timeline import Happened, timeline_of
from gongkai.core.actors import SYSTEM

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({"step": "secrecy", "opinion": "passed"}, "保密审查：同意"),
        ({"step": "unit", "opinion": "returned"}, "部门审核：退回"),
        ({"step": "recheck", "opinion": ""}, "发布后核查"),
        ({"step": "unheard-of"}, "审查版本"),
        ({}, "审查版本"),
    ],
)
def test_a_review_says_its_step_and_its_end(bureau, detail, words):
    record(verb="disclosure.review_edition", actor=SYSTEM, target=bureau, body=bureau, detail=detail)
    (line,) = timeline_of(bureau, room="disclosure.review")
    assert line.text == words


@pytest.mark.parametrize(("number", "folded"), [(0, False), (6, False), (7, True)])
def test_the_newest_six_stand_open(number, folded):
    lines = [Happened(timezone.now(), f"第{one}件", "某人") for one in range(number)]
    page = render_to_string("console/_timeline_short.html", {"timeline": lines})
    assert ("更早的经过" in page, page.count("<li>")) == (folded, number)
