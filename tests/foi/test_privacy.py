"""Personal data: not in the database in the clear, not in the audit, masked in lists."""

import datetime as dt
import json

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection
from tests.factories import at, close, make_body, make_handler, make_request
from tests.foi.paperwork import issued, posted, ready, signed
from tests.search.made import published

from gongkai.audit.models import Entry
from gongkai.core.actors import SYSTEM
from gongkai.foi import acts
from gongkai.foi.actors import applicant_of
from gongkai.foi.models import Applicant
from gongkai.foi.queries import find_applicants
from gongkai.search.folding import canon
from gongkai.search.tokens import stream

pytestmark = pytest.mark.django_db
INDEX = "search_fts"
"""SQLite's index of published documents. It is no table and holds nothing itself: what it has stands in the tables
behind it, ``search_fts_data`` and the others, which are read like any table, and its words are read besides."""

PERSON = {
    "name": "欧阳娜娜",
    "identity_number": "11010119900307003X",
    "phone": "13800138000",
    "address": "河南省济源市沁园路1号",
    "email": "ouyang@example.cn",
}


def raw_rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - a name of our own
        return [[readable(value) for value in row] for row in cursor.fetchall()]


def readable(value):
    """A value as whoever stole the file would read it: bytes too."""
    return bytes(value).decode(errors="replace") if isinstance(value, bytes | memoryview) else str(value)


def everything_kept():
    """Every value of every table, the texts and the blocks behind the index of the search among them."""
    names = connection.introspection.table_names()
    tables = [name for name in names if name != INDEX and not name.startswith("sqlite_")]
    return "\n".join(value for table in tables for row in raw_rows(table) for value in row)


def in_the_clear(words):
    """Those that stand in some table as they are, or in the index of the search as its words."""
    kept, indexed = everything_kept(), words_of_the_index()
    return [word for word in words if word in kept or indexed >= set(stream(canon(word)))]


def words_of_the_index():
    """What SQLite's index holds, which its blocks keep shortened; PostgreSQL's holds numbers, beside the texts."""
    if connection.vendor != "sqlite":
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE VIRTUAL TABLE temp.words_kept USING fts5vocab('main', '{INDEX}', 'row')")
        cursor.execute("SELECT term FROM temp.words_kept")
        found = {term for (term,) in cursor.fetchall()}
        cursor.execute("DROP TABLE temp.words_kept")
        return found


def test_the_raw_rows_hold_no_clear_text():
    body = make_body()
    officer = make_handler(body)
    applicant = acts.register_applicant(body=body, kind="natural", actor=officer, at=at(), **PERSON)
    close(make_request(body, applicant=applicant))

    assert in_the_clear(PERSON.values()) == []
    again = Applicant.objects.get(pk=applicant.pk)
    assert {key: getattr(again, key) for key in PERSON} == PERSON


def test_the_audit_names_only_the_masked_applicant():
    acts.register_applicant(body=make_body(), kind="natural", actor=SYSTEM, at=at(), **PERSON)

    entry = Entry.objects.values().latest("sequence")
    said = json.dumps(entry, cls=DjangoJSONEncoder, ensure_ascii=False)
    assert entry["target_name"] == "自然人 欧***"
    assert [text for text in PERSON.values() if text in said] == []


@pytest.mark.parametrize(("name", "masked"), [("张三", "张*"), ("张", "张*"), ("济源市某某公司", "济******")])
def test_masked_name(name, masked):
    assert Applicant(name=name).masked_name == masked


def test_two_rows_of_one_name_look_different_at_rest_and_are_found_together():
    body, other = make_body(), make_body()
    both = [
        acts.register_applicant(
            body=body, kind="natural", name="张 三", identity_number=number, actor=SYSTEM, at=at()
        )
        for number in ("1", "2")
    ]
    acts.register_applicant(body=other, kind="natural", name="张三", actor=SYSTEM, at=at())

    columns = [row[2:] for row in raw_rows("foi_applicant")]
    assert len({tuple(row) for row in columns}) == 3
    assert list(find_applicants(body, name="张三").order_by("pk")) == both
    assert list(find_applicants(body, identity_number=" 2")) == both[1:]
    assert list(find_applicants(body, name="张三", identity_number="3")) == []
    assert list(find_applicants(body)) == []


def test_what_the_search_holds_is_read_too():
    """Were a person's data published, the tests here would see them: in the texts, and in SQLite in the index alone."""
    assert words_of_the_index() == set()
    published("欧阳娜娜的通报", "<p>电话13800138000</p>")
    assert in_the_clear(["欧阳娜娜", "13800138000", "13900139000"]) == ["欧阳娜娜", "13800138000"]
    if connection.vendor == "sqlite":
        assert words_of_the_index() >= {"欧阳", "阳娜", "娜娜", "13800138000"}


def test_the_whole_procedure_leaves_nothing_in_the_clear(caplog):
    """Applied online, clarified, answered, served; his name is in the letter, and the letter is encrypted at rest."""
    body = make_body()
    caplog.set_level("DEBUG")
    application = acts.Application(kind="natural", subject="招生方案", agent_name="李代理人", agent_phone="13900139000",
        files=(acts.CaseFile("authority", "委托书.txt", "委托".encode()),), **PERSON)  # fmt: skip
    made = acts.submit_online(body=body, key="K" * 20, application=application, at=at(2024, 3, 1))
    acts.confirm_arrival(request=made.request, actor=SYSTEM, at=at(2024, 3, 1))
    request = acts.confirm_receipt(request=made.request, actor=applicant_of(made.request), at=at(2024, 3, 1))
    issued(ready(request), "clarification", "2024-03-05")
    acts.reply_to_clarification(
        request=request, text="2023年", actor=applicant_of(request), at=at(2024, 3, 6)
    )
    sent = posted(signed(request, "granted", "2024-03-07"), "2024-03-08")
    acts.confirm_service(
        dispatch=sent,
        received_on=dt.date(2024, 3, 12),
        received_by="欧阳娜娜",
        actor=SYSTEM,
        at=at(2024, 3, 12),
    )
    acts.ask_correction(
        request=type(request).objects.get(pk=request.pk),
        information="出生日期",
        wanted="欧阳娜娜生于1990年",
        evidence="11010119900307003X",
        actor=applicant_of(request),
        at=at(),
    )

    secrets = [*PERSON.values(), "李代理人", "13900139000", made.code]
    assert in_the_clear(secrets) == []
    assert [word for word in secrets if word in caplog.text] == []
    assert sent.letter.recipient == "欧阳娜娜"
