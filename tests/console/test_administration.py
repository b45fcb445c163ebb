"""Administration by the pages: bodies, accounts, the calendar, the log."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.console.test_forms import errors, send
from tests.factories import make_request

from gongkai.audit.models import Entry
from gongkai.calendars.models import EnteredArrangement
from gongkai.console.forms.calendars import as_text
from gongkai.law.arrangements import parse_arrangement
from gongkai.law.calendar import official_calendar
from gongkai.organisations.models import Body, Officer, Post, Unit

pytestmark = pytest.mark.django_db


def test_a_body_is_added_below_and_its_data_kept(as_, county):
    client = as_("county_admin")
    data = {"name": "青屿县司法局", "slug": "justice", "kind": "department", "tier": "county"}
    send(client, "body_add", data, county.pk)
    made = Body.objects.get(slug="justice")
    assert made.parent == county
    send(client, "body_edit", {"phone": "0579-1", "office": "办公室", "website": "gov.example.cn"}, made.pk)
    made.refresh_from_db()
    assert (made.phone, made.office, made.website) == ("0579-1", "办公室", "https://gov.example.cn")
    assert list(errors(send(client, "body_edit", {"credit_code": "短"}, made.pk))) == ["credit_code"]
    assert list(errors(send(client, "body_add", data, county.pk))) == ["name", "slug"]


def test_units_are_kept(as_, bureau, records):
    client = as_("administrator")
    send(client, "unit_add", {"name": "财务科", "kind": "internal"}, bureau.pk)
    assert Unit.objects.filter(body=bureau, name="财务科").exists()
    send(client, "unit_edit", {"name": "综合科", "is_active": ""}, records.unit.pk)
    records.unit.refresh_from_db()
    assert records.unit.name == "综合科"


def test_channels_are_opened_and_closed(as_, bureau, records):
    client = as_("administrator")
    send(client, "channel_add", {"kind": "newspaper", "name": "青屿日报"}, bureau.pk)
    send(client, "channel_close", {"reason": "停刊"}, records.channel.pk)
    assert {row.name: row.is_active for row in bureau.channels.all()} == {
        "青屿教育": False,
        "公示栏": True,
        "青屿日报": True,
    }


def open_account(as_, bureau, **kw):
    data = {"username": "lin", "name": "林敏", "role": "handler", "since": "2024-01-01"} | kw
    return send(as_("administrator"), "account_add", data, bureau.pk)


def test_an_officer_comes_in_by_a_link_that_works_once(as_, bureau):
    open_account(as_, bureau)
    officer = Officer.objects.get(username="lin")
    client = as_("administrator")
    shown = client.post(reverse("console:account_invite", args=[officer.pk]))
    address = shown.context["address"]
    assert address in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert address not in client.get(reverse("console:account", args=[officer.pk])).content.decode()
    visitor = Client()
    form = visitor.get(address, follow=True)
    target = form.redirect_chain[-1][0]
    weak = visitor.post(target, {"password1": "123", "password2": "123"})
    assert weak.status_code == 200
    assert (
        visitor.post(target, {"password1": "Qingyu-2026-gk", "password2": "Qingyu-2026-gk"}).status_code
        == 302
    )
    officer.refresh_from_db()
    assert officer.check_password("Qingyu-2026-gk")
    assert "password1" not in Client().get(address, follow=True).content.decode()
    assert Entry.objects.filter(verb="organisations.invite", target_id=str(officer.pk)).count() == 1


def test_an_account_is_opened_once(as_, bureau):
    open_account(as_, bureau, email="lin@example.gov.cn")
    again = open_account(as_, bureau, email="lin@example.gov.cn")
    assert sorted(errors(again)) == ["email", "username"]


def test_a_post_is_given_and_ended(as_, bureau, officers):
    client = as_("administrator")
    assert list(errors(send(client, "post_add", {"officer": "没有的人"}, bureau.pk))) == ["officer"]
    send(client, "post_add", {"officer": officers["stranger"].username, "role": "reader"}, bureau.pk)
    post = Post.objects.get(officer=officers["stranger"], body=bureau)
    send(client, "post_end", {"until": f"{timezone.localdate()}"}, post.pk)
    post.refresh_from_db()
    assert post.until == timezone.localdate()
    own = officers["administrator"].posts.get()
    assert "__all__" in errors(send(client, "post_end", {}, own.pk))


def test_an_account_is_taken_out_of_use_and_its_session_with_it(as_, officers):
    handler, admin = as_("handler"), as_("administrator")
    send(admin, "account_active", {"reason": "调离"}, officers["handler"].pk)
    assert handler.get(reverse("console:desk")).status_code == 302
    assert "__all__" in errors(send(admin, "account_active", {}, officers["administrator"].pk))


def test_the_account_of_a_higher_office_is_not_a_lower_administrators_to_take(as_, officers):
    Post.objects.create(
        officer=officers["handler"],
        body=officers["county_admin"].posts.get().body,
        role="supervisor",
        since=dt.date(2020, 1, 1),
    )
    answer = as_("administrator").post(
        reverse("console:account_invite", args=[officers["handler"].pk]), follow=True
    )
    assert "address" not in answer.context
    assert "不在您管理的机关任职" in answer.content.decode()


# The calendar -----------------------------------------------------------------------------------------------

YEAR = official_calendar().official_through.year + 1
TEXT = """元旦 1.1-1.3
春节 2.10-2.17
清明节 4.4-4.6
劳动节 5.1-5.5
端午节 6.8-6.10
中秋节 9.15-9.17
国庆节 10.1-10.7"""


def fill_calendar(client, **more):
    address = reverse("console:calendar_enter")
    form = client.get(address).context["form"]
    data = {"year": YEAR, "notice": "关于节假日安排的通知（国办发明电〔2026〕9号）", "text": TEXT}
    return client.post(address, data | {"once": form["once"].value()} | more)


def test_an_arrangement_is_shown_with_its_effect_before_it_is_entered(as_, bureau):
    december = dt.date(YEAR - 1, 12, 20)
    open_case = make_request(bureau, submitted_on=min(december, timezone.localdate()))
    client = as_("county_admin")
    preview = fill_calendar(client)
    assert preview.status_code == 422
    assert preview.context["effect"] is not None
    assert EnteredArrangement.objects.count() == 0
    entered = fill_calendar(client, confirm="1")
    assert entered.status_code == 302
    row = EnteredArrangement.objects.get()
    assert row.year == YEAR
    changed = Entry.objects.filter(verb="foi.due_date_changed", target_id=str(open_case.pk)).count()
    assert changed == len(preview.context["effect"])
    assert fill_calendar(client, confirm="1").status_code == 422


def test_the_preview_names_the_cases_that_move(as_, bureau, monkeypatch):
    """A case whose term runs over the year's end moves by the days off in January."""
    today = dt.date(YEAR - 1, 12, 28)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: today)
    open_case = make_request(bureau, submitted_on=dt.date(YEAR - 1, 12, 21), at=timezone.now())
    effect = fill_calendar(as_("county_admin")).context["effect"]
    assert [change.request for change in effect] == [open_case]
    assert effect[0].after > effect[0].before


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("春节 二月", "读不懂"),
        ("元旦 1.1-1.3", "没有列出春节"),
        (TEXT.replace("1.1-1.3", "1.3-1.1"), "早于开始日"),
        (TEXT.replace("春节 2.10-2.17", "春节 2.10-2.17 | 2.12"), "既是放假日又是调休上班日"),
        ("", "必填项"),
    ],
)
def test_an_arrangement_that_cannot_be_right_is_told_and_not_entered(as_, text, told):
    answer = fill_calendar(as_("county_admin"), text=text, confirm="1")
    assert told in "；".join(errors(answer)["text"]) or told == "必填项"
    assert EnteredArrangement.objects.count() == 0


def test_every_known_year_is_written_the_way_it_is_read():
    for arrangement in official_calendar().arrangements:
        again = parse_arrangement(arrangement.year, arrangement.sources, as_text(arrangement))
        assert again == arrangement


# The log ----------------------------------------------------------------------------------------------------


def test_the_log_is_narrowed_by_who_what_and_when(as_, records, officers):
    client = as_("administrator")

    def count(**filters):
        return client.get(reverse("console:log"), filters).context["page"].paginator.count

    everything = count()
    assert 0 < count(verb="foi.register_request") < everything
    assert count(actor="没有的人") == 0
    assert count(target="民办学校") > 0
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    assert (count(since=f"{tomorrow}"), count(until=f"{timezone.localdate()}")) == (0, everything)


def test_the_log_shows_ones_own_bodies_only(as_, records):
    bodies = {
        row.body.name if row.body else ""
        for row in as_("administrator").get(reverse("console:log")).context["page"]
    }
    assert bodies == {"青屿县教育局"}
    entry = Entry.objects.filter(body__name="青屿县教育局").first()
    address = reverse("console:log_entry", args=[entry.sequence])
    assert as_("administrator").get(address).status_code == 200
    assert as_("stranger_admin").get(address).status_code == 404


def test_the_chain_is_reckoned_again_by_who_oversees_all(as_, records):
    assert as_("administrator").post(reverse("console:verify")).status_code == 403
    answer = as_("county_supervisor").post(reverse("console:verify"), follow=True)
    assert "审计链完好" in answer.content.decode()


def test_a_break_in_the_chain_is_told(as_, records, monkeypatch):
    from gongkai.audit.queries import Break

    monkeypatch.setattr("gongkai.console.views.log.verify_chain", lambda: Break(7, "内容与摘要不符"))
    answer = as_("county_supervisor").post(reverse("console:verify"), follow=True)
    assert "第7条断裂" in answer.content.decode()


def test_the_jobs_are_told_with_their_state(as_):
    text = as_("superuser").get(reverse("console:jobs")).content.decode()
    assert ("清理过期会话与旧任务记录" in text, "从未运行" in text) == (True, True)
