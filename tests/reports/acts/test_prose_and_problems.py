"""The prose of a draft, and problems followed up the year after."""

import datetime as dt

import pytest
from tests.factories import lock_year, refused, verbs

from gongkai.reports import acts
from gongkai.reports.drafting import draft_of
from gongkai.reports.models import Problem


def test_prose_says_what_the_tables_say(draft, handler, now):
    text = "新收{{新收申请件数}}件，予以公开{{予以公开件数}}件。"
    acts.set_section_text(version=draft, key="other", template=text, actor=handler, at=now)
    assert draft_of(draft).report.sections["other"] == "新收1件，予以公开1件。"
    assert verbs()[-1] == "reports.set_section_text"


def test_unknown_placeholders_are_told_by_name(draft, handler, now):
    with refused("placeholder", "placeholder") as caught:
        acts.set_section_text(version=draft, key="other", template="{{件数}}{{总数}}", actor=handler, at=now)
    assert [one.message for one in caught.value.obstacles] == [
        "没有名为“{{件数}}”的数据项",
        "没有名为“{{总数}}”的数据项",
    ]


def test_a_report_has_no_seventh_part(draft, handler, now):
    with refused("no_section"):
        acts.set_section_text(version=draft, key="seventh", template="", actor=handler, at=now)


@pytest.fixture
def problem(bureau, handler, now):
    return acts.note_problem(
        body=bureau, year=2023, problem="公开不够及时。", measure="按周督促", actor=handler, at=now
    )


def test_last_years_measures_are_followed_up_in_this_years_report(draft, bureau, handler, now, problem):
    acts.note_problem(body=bureau, year=2024, problem="解读少", measure="增加图解", actor=handler, at=now)
    acts.note_problem(body=bureau, year=2024, problem="培训少", measure="每季培训", actor=handler, at=now)
    acts.follow_up(
        problem=problem, text="已建立每周督促制度", done_on=dt.date(2024, 5, 1), actor=handler, at=now
    )
    told = draft_of(draft).report.sections["problems"]
    assert "一是解读少；二是培训少。" in told
    assert "一是增加图解；二是每季培训。" in told
    assert "针对“公开不够及时”，已建立每周督促制度。" in told


def test_a_problem_needs_its_measure(bureau, handler, now):
    with refused("blank", "blank"):
        acts.note_problem(body=bureau, year=2024, problem=" ", measure="", actor=handler, at=now)


def test_a_follow_up_needs_words(problem, handler, now):
    with refused("blank"):
        acts.follow_up(problem=problem, text="", done_on=None, actor=handler, at=now)


def test_problems_of_a_locked_year_stay(problem, bureau, handler, now):
    lock_year(bureau, 2023)
    with refused("year_locked"):
        acts.remove_problem(problem=problem, actor=handler, at=now)
    with refused("year_locked"):
        acts.note_problem(body=bureau, year=2023, problem="另一", measure="措施", actor=handler, at=now)
    acts.remove_problem(problem=problem, actor=handler, at=now, amendment="重复登记")
    assert not Problem.objects.exists()
