"""Words that do not fit their column are refused in words, before any database sees them."""

from decimal import Decimal

import pytest
from tests.factories import refused

from gongkai.law.report.cells import Cell
from gongkai.reports import acts

LONG, NUL = "字" * 501, "理\0由"
WORDS = {
    "return": lambda v, who, text: acts.return_to_draft(
        version=v, actor=who.handler, reason=text, at=who.now
    ),
    "correct": lambda v, who, text: acts.start_correction(
        annual=v.report, actor=who.handler, reason=text, at=who.now
    ),
    "adjust": lambda v, who, text: acts.adjust(
        version=v,
        cell=Cell(3, "new", "natural"),
        value=Decimal(2),
        reason=text,
        actor=who.handler,
        at=who.now,
    ),
    "problem": lambda v, who, text: acts.note_problem(
        body=v.report.body, year=2024, problem=text, measure="措施", actor=who.handler, at=who.now
    ),
    "measure": lambda v, who, text: acts.note_problem(
        body=v.report.body, year=2024, problem="问题", measure=text, actor=who.handler, at=who.now
    ),
}
STATES = {"return": "submitted", "correct": "published"}


@pytest.fixture
def who(handler, approver, now):
    class Who:
        pass

    Who.handler, Who.approver, Who.now = handler, approver, now
    return Who


@pytest.mark.parametrize(("text", "code"), [(LONG, "too_long"), (NUL, "unwritable")])
@pytest.mark.parametrize("act", list(WORDS))
def test_words_no_column_holds(request, who, act, text, code):
    version = request.getfixturevalue(STATES.get(act, "draft"))
    with refused(code):
        WORDS[act](version, who, text)


@pytest.mark.parametrize("act", list(WORDS))
def test_words_that_just_fit(request, who, act):
    version = request.getfixturevalue(STATES.get(act, "draft"))
    WORDS[act](version, who, f" {'字' * 300}\n")
