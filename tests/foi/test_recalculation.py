"""A holiday announced late moves the due days of open cases, and every move is on record."""

import io
import json

import pytest
from django.core.management import CommandError, call_command
from tests.factories import (
    at,
    close,
    day,
    everything,
    make_body,
    make_handler,
    make_officer,
    make_request,
    refused,
)

from gongkai.audit.models import Entry
from gongkai.calendars.models import EnteredArrangement
from gongkai.calendars.queries import arrangement_of
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.clock import clock_of
from gongkai.foi.recalculation import enter_arrangement_and_recompute, preview_arrangement

pytestmark = pytest.mark.django_db

NOW = at(2026, 12, 30)
# Made up for the tests: nobody has announced 2027 yet.
HOLIDAYS = [
    {"name": "元旦", "first": "2027-01-01", "last": "2027-01-03"},
    {"name": "春节", "first": "2027-02-05", "last": "2027-02-12"},
    {"name": "清明节", "first": "2027-04-03", "last": "2027-04-05"},
    {"name": "劳动节", "first": "2027-05-01", "last": "2027-05-05"},
    {"name": "端午节", "first": "2027-06-09", "last": "2027-06-09"},
    {"name": "中秋节", "first": "2027-09-15", "last": "2027-09-15"},
    {"name": "国庆节", "first": "2027-10-01", "last": "2027-10-07"},
]
WORKDAYS = [{"day": "2027-01-30", "name": "春节"}, {"day": "2027-02-14", "name": "春节"}]
ARRANGEMENT = {"year": 2027, "notice": "测试用放假安排", "holidays": HOLIDAYS, "workdays": WORKDAYS}


def enter(**kw):
    kw = ARRANGEMENT | {"actor": SYSTEM, "at": NOW} | kw
    return enter_arrangement_and_recompute(**kw)


def received(on, body=None):
    return make_request(body, submitted_on=day(on))


def test_due_days_move_and_say_why():
    body = make_body()
    officer = make_handler(body, role="administrator")
    before_new_year = received("2026-11-20", body)
    over_new_year = received("2026-12-25", body)
    over_spring = received("2026-12-30", make_body())
    waiting = received("2026-12-25", body)
    acts.record_fact(
        request=waiting,
        kind="clarification_notified",
        on=day("2026-12-28"),
        detail={"deadline_on": "2027-01-15"},
        actor=SYSTEM,
        at=NOW,
    )
    close(received("2026-12-25", body), served_on=day("2026-12-28"), at=NOW)
    make_request(body, submitted_on=day("2026-12-25"), received=False)
    was = [clock_of(one, as_of=NOW.date()) for one in (before_new_year, over_new_year, over_spring, waiting)]
    assert [one.due_on for one in was] == [day("2026-12-18"), day("2027-01-22"), day("2027-01-27"), None]
    assert [one.provisional for one in was] == [False, True, True, False]

    done = enter(actor=officer, holidays=_january_is_short())

    is_now = [
        clock_of(one, as_of=NOW.date()) for one in (before_new_year, over_new_year, over_spring, waiting)
    ]
    assert [one.due_on for one in is_now] == [day("2026-12-18"), day("2027-01-26"), day("2027-01-29"), None]
    assert [one.provisional for one in is_now] == [False, False, False, False]
    assert (done.looked_at, [(one.request, one.before, one.after) for one in done.changes]) == (
        4,
        [
            (over_new_year, day("2027-01-22"), day("2027-01-26")),
            (over_spring, day("2027-01-27"), day("2027-01-29")),
        ],
    )
    entries = Entry.objects.filter(verb="foi.due_date_changed").order_by("sequence")
    said = entries.values_list("target_id", "body", "actor", "detail", "reason")
    detail = {"arrangement": done.arrangement.pk}
    reason = "录入2027年放假安排：测试用放假安排"
    assert list(said) == [
        (
            str(over_new_year.pk),
            body.pk,
            officer.pk,
            {"from": "2027-01-22", "to": "2027-01-26"} | detail,
            reason,
        ),
        (
            str(over_spring.pk),
            over_spring.body_id,
            officer.pk,
            {"from": "2027-01-27", "to": "2027-01-29"} | detail,
            reason,
        ),
    ]


def _january_is_short():
    """New Year from Friday to Monday: two workdays less than Monday to Friday would give."""
    return [{"name": "元旦", "first": "2027-01-01", "last": "2027-01-04"}, *HOLIDAYS[1:]]


def test_entering_it_again_is_refused_and_a_correction_moves_the_days_back():
    request = received("2026-12-25")
    enter(holidays=_january_is_short())
    with refused("unchanged"):
        enter(holidays=_january_is_short())

    done = enter(notice="更正的放假安排")
    assert [(one.before, one.after) for one in done.changes] == [(day("2027-01-26"), day("2027-01-25"))]
    assert clock_of(request, as_of=NOW.date()).due_on == day("2027-01-25")
    assert EnteredArrangement.objects.count() == 2


def test_progress_is_told_per_batch_and_at_the_end(monkeypatch):
    monkeypatch.setattr("gongkai.foi.recalculation.BATCH", 2)
    body = make_body()
    for _ in range(3):
        received("2026-12-25", body)
    told = []
    enter(progress=lambda done, total: told.append((done, total)))

    assert told == [(2, 3), (3, 3)]


def test_refused_as_a_whole():
    received("2026-12-25")
    officer = make_officer()

    with refused("not_permitted", "arrangement", "arrangement"):
        enter(actor=officer, holidays=HOLIDAYS[1:], workdays=[])


def test_a_failure_while_recording_leaves_no_arrangement(monkeypatch):
    received("2026-12-25")
    before = everything()

    def fail(**_):
        raise RuntimeError

    monkeypatch.setattr("gongkai.foi.recalculation.record", fail)
    with pytest.raises(RuntimeError):
        enter(holidays=_january_is_short())
    assert everything() == before


def test_a_preview_enters_nothing():
    request = received("2026-12-25")
    before = everything()
    given = ARRANGEMENT | {"holidays": _january_is_short()}
    changes = preview_arrangement(arrangement_of(**given), as_of=NOW.date())

    assert [(one.request, one.before, one.after) for one in changes] == [
        (request, day("2027-01-22"), day("2027-01-26"))
    ]
    assert everything() == before


# The command ----------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path):
    def write(content):
        path = tmp_path / "arrangement.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


def run(path, *options):
    out, err = io.StringIO(), io.StringIO()
    call_command("enter_arrangement", str(path), *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("gongkai.foi.management.commands.enter_arrangement.timezone.now", lambda: NOW)


def test_the_command_tells_what_changed(file, today):
    request = received("2026-12-25")
    out, err = run(file(ARRANGEMENT | {"holidays": _january_is_short()}))

    assert out == (
        "已录入2027年放假安排，1 件申请的答复期限有变化\n"
        f"  {request.body} 2026-0001：2027-01-22 → 2027-01-26\n"
    )
    assert err == "已重新计算 1/1 件未办结申请\n"
    assert EnteredArrangement.objects.get().entered_by is None


def test_the_command_acts_for_an_officer(file, today):
    officer = make_handler(make_body(), role="administrator")
    run(file(ARRANGEMENT), "--officer", officer.username)

    assert EnteredArrangement.objects.get().entered_by == officer


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xff\xfe", "不是UTF-8编码的文本"),
        (b"{", "不是正确的JSON"),
        (b"[" * 100_000, "不是正确的JSON"),
        (b" " * (1024 * 1024 + 1), "过大，不像是放假安排"),
        ([], "文件应有且只有 year、notice、holidays、workdays 四项"),
        ({"year": 2027}, "文件应有且只有"),
        (ARRANGEMENT | {"year": "2027"}, "year 为整数"),
        (ARRANGEMENT | {"year": True}, "year 为整数"),
        (ARRANGEMENT | {"notice": 7}, "notice 为文字"),
        (ARRANGEMENT | {"holidays": 3}, "放假不是一个列表"),
        (ARRANGEMENT | {"holidays": HOLIDAYS[1:]}, "1月1日是法定节假日，安排中没有放假，请补上"),
    ],
)
def test_the_command_refuses_a_bad_file(file, today, content, message):
    path, before = file(content), everything()

    with pytest.raises(CommandError, match=message):
        run(path)
    assert everything() == before


def test_the_command_refuses_what_is_not_there(file, today, tmp_path):
    with pytest.raises(CommandError, match="无法读取文件"):
        run(tmp_path / "none.json")
    with pytest.raises(CommandError, match="没有用户名为“nobody”的人员"):
        run(file(ARRANGEMENT), "--officer", "nobody")
