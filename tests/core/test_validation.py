import datetime as dt

import pytest
from tests.factories import make_body

from gongkai.core.actors import SYSTEM, Actor
from gongkai.core.errors import Obstacle
from gongkai.core.validation import why_row_wrong
from gongkai.disputes.models import Dispute
from gongkai.organisations.models import Officer

pytestmark = pytest.mark.django_db


def dispute(**kw):
    return Dispute(**({"body": make_body(), "route": "review", "filed_on": dt.date(2024, 3, 1)} | kw))


def test_a_sound_row():
    assert why_row_wrong(dispute()) == []


def test_fields_and_constraints_are_named_in_chinese():
    wrong = dispute(route="appeal", number="长" * 81)
    half = dispute(concluded_on=dt.date(2024, 2, 1), result="")

    assert why_row_wrong(wrong) == [
        Obstacle("field", "类别：值 'appeal' 不是有效选项。", field="route"),
        Obstacle("field", "案号：确保该变量包含不超过 80 字符 (目前字符数 81)。", field="number"),
    ]
    assert why_row_wrong(half) == [
        Obstacle("field", "审结日期与结果应同时填写"),
        Obstacle("field", "审结日期不得早于受理日期"),
    ]


def test_what_the_caller_excludes_and_foreign_keys_are_not_looked_at():
    assert why_row_wrong(Dispute(route="", filed_on=dt.date(2024, 3, 1)), exclude=["route"]) == []


def test_actors_have_a_name_for_the_record():
    named: list[Actor] = [SYSTEM, Officer(username="lin", name="林敏"), Officer(username="lin")]

    assert [one.name_for_record for one in named] == ["系统", "林敏（lin）", "lin"]
    assert SYSTEM.pk is None
