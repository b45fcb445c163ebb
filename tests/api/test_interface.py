"""The interface under /api/v1/: what it gives, to whom, how it says no."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.api.made import WAYS, gone, make_area, make_item
from tests.engagement.made import released
from tests.factories import make_body
from tests.portal.made import add_edition, make_document, make_version

from gongkai.disclosure.acts import leave_document
from gongkai.disclosure.effects import Change, tell
from gongkai.disclosure.enums import LeavingWay
from gongkai.disclosure.models import Document
from gongkai.organisations.models import Body
from gongkai.search.acts import refresh

pytestmark = pytest.mark.django_db
ROOT = "/api/v1"


def get(client, path, status=200, **more):
    response = client.get(f"{ROOT}{path}", **more)
    assert response.status_code == status, response.content.decode()
    if status >= 400:
        assert response["Content-Type"] == "application/problem+json"
    return response.json() if response.content else None


def titles(answer):
    return [one["title"] for one in answer["items"]]


def walk(client, address, between=lambda: None):
    found = []
    for _ in range(30):
        answer = client.get(address).json()
        found += answer["items"]
        if answer["next"] is None:
            return found
        address = answer["next"].removeprefix("http://testserver")
        between()
    raise AssertionError("a list without an end")


def test_documents_by_every_filter(client, body):
    item, area, other = make_item(body), make_area(body), make_body()
    child = make_item(body, "招生", parent=item)
    make_document(other, title="甲", kind="news")
    make_document(body, title="乙", item=child, subject="general")
    make_document(body, title="丙", key_area=area, at=dt.datetime(2023, 12, 31, 15, 0, tzinfo=dt.UTC))
    assert titles(get(client, "/documents")) == ["乙", "甲", "丙"]
    for asked, wanted in (
        (f"body={body.slug}", ["乙", "丙"]),
        ("kind=news", ["甲"]),
        ("subject=general", ["乙"]),
        (f"item={item.pk}", ["乙"]),
        (f"item={child.pk}", ["乙"]),
        (f"key_area={area.pk}", ["丙"]),
        ("year=2023", ["丙"]),
        ("published_from=2024-01-01", ["乙", "甲"]),
        ("published_to=2023-12-31", ["丙"]),
        (f"body={body.slug}&year=2024&kind=notice", ["乙"]),
    ):
        assert titles(get(client, f"/documents?{asked}")) == wanted, asked


def test_one_document_with_its_edition_and_files(client, body):
    policy = make_document(body, title="办法", kind="normative", effective_on=dt.date(2024, 1, 1))
    one = make_document(
        body, text="<h2>一</h2><p>内容</p>", files=[("附件.pdf", b"%PDF-")], interprets=policy
    )
    answer = get(client, f"/documents/{one.pk}")
    assert answer["edition"]["text"] == "一 内容"
    assert answer["edition"]["attachments"][0]["name"] == "附件.pdf"
    assert answer["edition"]["attachments"][0]["url"].startswith("http://testserver/files/")
    assert answer["interprets"] == policy.pk
    assert answer["url"] == f"http://testserver/documents/{one.pk}/"
    assert get(client, f"/documents/{policy.pk}")["validity"] == "in_force"


def test_editions_that_were_public_and_no_draft(client, body):
    one = make_document(body, text="<p>旧</p>")
    add_edition(one, text="<p>新</p>")
    add_edition(one, text="<p>草稿</p>", state="draft", published_at=None)
    lines = get(client, f"/documents/{one.pk}/editions")["items"]
    assert [(line["number"], line["current"]) for line in lines] == [(2, True), (1, False)]
    assert get(client, f"/documents/{one.pk}/editions/1")["text"] == "旧"
    get(client, f"/documents/{one.pk}/editions/3", 404)
    get(client, f"/documents/{one.pk}/editions/9", 404)


def test_what_never_was_public_is_not_there(client, body):
    hidden = make_document(body, published=False)
    kept = make_document(body, attribute="on_request")
    for one in (hidden, kept):
        get(client, f"/documents/{one.pk}", 404)
        get(client, f"/documents/{one.pk}/editions", 404)
    assert get(client, "/documents")["items"] == []
    Body.objects.update(is_active=False)
    get(client, f"/bodies/{body.slug}", 404)


@pytest.mark.parametrize("way", WAYS)
def test_what_left_leaves_every_list_and_is_told(client, body, way):
    document = gone(body, way)
    refresh([document.pk])
    (row,) = [one for one in get(client, "/withdrawals")["items"] if one["id"] == document.pk]
    assert row["way"] == way
    assert row["action"] == {"archived": "unlist", "ended": "mark"}.get(way, "delete")
    assert "title" not in row
    stays = way == LeavingWay.ENDED
    assert (document.title in titles(get(client, "/documents"))) is stays
    assert bool(get(client, "/search?q=绝密标题")["items"]) is stays
    status = {"error": 410, "by_law": 451, "merged": 301}.get(way, 200)
    for path in ("", "/editions", "/editions/1"):
        response = client.get(f"{ROOT}/documents/{document.pk}{path}")
        assert response.status_code == status
        assert ("绝密标题" in response.content.decode()) is (status == 200)
    if way == LeavingWay.MERGED:
        assert client.get(f"{ROOT}/documents/{document.pk}")["Location"].endswith(f"/{row['merged_into']}")


def test_withdrawals_since_and_returned(client, body):
    document = gone(body, LeavingWay.ARCHIVED)
    later = (timezone.now() + dt.timedelta(hours=1)).isoformat().replace("+", "%2B")
    assert get(client, f"/withdrawals?since={later}")["items"] == []
    assert len(get(client, f"/withdrawals?body={body.slug}&since=2024-01-01T00:00:00Z")["items"]) == 1
    document.departures.update(returned_at=timezone.now())
    assert get(client, "/withdrawals")["items"] == []
    assert "带时区" in get(client, "/withdrawals?since=2024-01-01T00:00:00", 422)["detail"]


def test_a_cursor_holds_while_rows_come_and_go(client, body):
    moment = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)
    made = [make_document(body, title=f"第{number}件", at=moment) for number in range(7)]

    def between():
        make_document(body, title="新来的")
        Document.objects.filter(pk=made[-1].pk).update(archived_at=timezone.now())

    found = walk(client, f"{ROOT}/documents?limit=2", between)
    assert [one["title"] for one in found] == [f"第{number}件" for number in reversed(range(7))]


def test_every_list_can_be_walked(client, body):
    parent = make_item(body)
    for number in range(3):
        make_body(slug=f"b{number}")
        make_item(body, f"事项{number}", parent=parent)
        released(body, title=f"征集{number}")
        make_version(body, year=2020 + number)
        gone(body, LeavingWay.ARCHIVED)
    refresh([make_document(body, title=f"入学{number}").pk for number in range(3)])
    for path, count in (
        ("/bodies", 4),
        ("/catalogue/items", 4),
        ("/consultations", 3),
        ("/reports", 3),
        ("/withdrawals", 3),
    ):
        found = walk(client, f"{ROOT}{path}?limit=1")
        assert len(found) == count, path
        assert len({json.dumps(one, sort_keys=True) for one in found}) == count, path
    assert len(walk(client, f"{ROOT}/search?q=入学&limit=1")) == 3


def test_catalogue_and_bodies(client, body):
    item = make_item(body, content="划分方案")
    assert get(client, "/catalogue/fields")["items"] == [{"code": "compulsory-education", "name": "义务教育"}]
    (catalogue,) = get(client, f"/catalogue/catalogues?body={body.slug}&field=compulsory-education")["items"]
    assert (
        get(client, f"/catalogue/items?catalogue={catalogue['id']}&body={body.slug}")["items"][0]["id"]
        == item.pk
    )
    assert get(client, f"/catalogue/items/{item.pk}")["content"] == "划分方案"
    get(client, "/catalogue/items/999", 404)
    assert get(client, f"/bodies/{body.slug}")["name"] == body.name
    below = make_body(parent=body)
    assert [one["slug"] for one in get(client, f"/bodies?parent={body.slug}")["items"]] == [below.slug]
    assert "机关的网址代号" in get(client, "/bodies/nowhere", 404)["detail"]


def test_a_consultation_tells_of_opinions_only_with_the_result(client, body):
    row = released(body)
    answer = get(client, f"/consultations/{row.pk}")
    assert answer["stage"] == "closed"
    assert answer["received"] is None
    assert answer["groups"] == []
    type(row).objects.update(feedback="已采纳", feedback_published_on=dt.date(2024, 7, 1), received=3)
    answer = get(client, f"/consultations/{row.pk}")
    assert (answer["stage"], answer["received"], answer["feedback"]) == ("answered", 3, "已采纳")
    assert get(client, "/consultations?stage=answered")["items"]
    for stage in ("announced", "open", "closed"):
        assert not get(client, f"/consultations?stage={stage}")["items"]
    type(row).objects.update(released_at=None)
    get(client, f"/consultations/{row.pk}", 404)


def test_a_report_cell_by_cell(client, body):
    make_version(body, year=2023)
    answer = get(client, f"/reports/{body.slug}/2023")
    cells = {one["cell"]: one for one in answer["cells"]}
    assert cells["t3.granted.natural"]["value"] == 3
    assert cells["t3.granted.natural"]["row"] == "granted"
    assert {one["unit"] for one in answer["cells"]} >= {"件", "万元"}
    assert get(client, f"/reports?body={body.slug}&year=2023")["items"][0]["digest"] == answer["digest"]
    get(client, f"/reports/{body.slug}/2022", 404)


def test_a_draft_of_a_report_is_not_there(client, body):
    make_version(body, year=2023, state="checked")
    assert get(client, "/reports")["items"] == []
    get(client, f"/reports/{body.slug}/2023", 404)


def test_changes_in_their_order(client, body, monkeypatch):
    from django.db import transaction

    from gongkai.api.views import leaving

    monkeypatch.setattr(leaving, "SETTLED", dt.timedelta(0))
    one = make_document(body)
    with transaction.atomic():
        tell(one, Change.PUBLISHED, timezone.now())
        tell(one, Change.METADATA, timezone.now())
    assert [row["change"] for row in walk(client, f"{ROOT}/changes?limit=1")] == ["published", "metadata"]
    assert get(client, "/changes")["items"][0]["now"] == "listed"
    monkeypatch.setattr(leaving, "SETTLED", dt.timedelta(minutes=1))
    assert get(client, "/changes")["items"] == []


def test_leaving_by_the_act_is_seen_at_once(client, appointed, body):
    one = make_document(body, title="误发的")
    officer = appointed("approver")
    leave_document(document=one, way="error", reason="发错了", actor=officer, at=timezone.now())
    assert get(client, "/documents")["items"] == []
    assert get(client, "/withdrawals")["items"][0]["reason"] == "发错了"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/documents?color=red", "没有这个参数"),
        ("/documents?year=2024&year=2023", "只能给出一次"),
        ("/documents?limit=0", "不能小于1"),
        ("/documents?limit=101", "不能大于100"),
        ("/documents?limit=x", "应当是整数"),
        ("/documents?year=20240", "不能大于2999"),
        ("/documents?kind=poem", "只能是以下之一"),
        ("/documents?published_from=gestern", "应当是日期"),
        ("/documents?published_from=0001-01-01", "年份"),
        ("/documents?published_to=9999-12-31", "年份"),
        ("/documents?published_from=2024-02-01&published_to=2024-01-01", "不能早于"),
        ("/documents?body=%00", "只能含英文字母"),
        ("/documents?cursor=abc", "不是本接口给出的游标"),
        ("/documents?cursor=WyJib2RpZXMiLCJhIl0", "不是本接口给出的游标"),
        ("/documents?cursor=WyJkb2N1bWVudHMiLC0xLDFd", "不是本接口给出的游标"),
        ("/documents?cursor=WyJkb2N1bWVudHMiLDFlOTksMV0", "不是本接口给出的游标"),
        ("/search", "请至少给出一项"),
        ("/search?q=%00", "控制字符"),
        ("/catalogue/fields?x=1", "没有参数"),
        ("/documents/99999999999999999999999999", "不能大于"),
    ],
)
def test_hostile_and_mistaken_parameters_are_told_what_is_wrong(client, db, path, said):
    problem = get(client, path, 422)
    assert said in problem["detail"]
    assert problem["errors"][0]["parameter"]


def test_an_unknown_body_or_address_is_told(client, db):
    assert "/api/v1/bodies" in get(client, "/documents?body=nowhere", 404)["detail"]
    assert get(client, "/poems", 404)["title"] == "没有这项内容"
    get(client, "/documents/", 404)


def test_reading_only_and_from_anywhere(client, body):
    response = client.get(f"{ROOT}/bodies", headers={"origin": "https://elsewhere.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.head(f"{ROOT}/bodies").status_code == 200
    assert client.options(f"{ROOT}/bodies")["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    refused = client.post(f"{ROOT}/bodies")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert refused["Content-Type"] == "application/problem+json"


def test_a_reader_who_has_it_is_told_so(client, body):
    one = make_document(body, changed_at=timezone.now())
    for path in ("/documents", f"/documents/{one.pk}", "/openapi.json", "/"):
        first = client.get(f"{ROOT}{path}")
        again = client.get(f"{ROOT}{path}", headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304, path
        assert again.content == b""
        assert again["Access-Control-Allow-Origin"] == "*"
    first = client.get(f"{ROOT}/documents/{one.pk}")
    since = {"if-modified-since": first["Last-Modified"]}
    assert client.get(f"{ROOT}/documents/{one.pk}", headers=since).status_code == 304


def test_too_many_are_asked_to_wait_whichever_worker(client, body, settings):
    settings.GONGKAI_API_RATE = 10
    answers = [client.get(f"{ROOT}/bodies").status_code for _ in range(11)]
    assert answers == [200] * 10 + [429]
    refused = client.get(f"{ROOT}/bodies")
    assert 0 < int(refused["Retry-After"]) <= 60
    assert "秒后再试" in refused.json()["detail"]
    assert client.get(f"{ROOT}/bodies", REMOTE_ADDR="10.9.8.7").status_code == 200
    assert [client.get(f"{ROOT}/search?q=x").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("path", "most"),
    [("/documents", 3), ("/bodies", 2), ("/catalogue/items", 2), ("/consultations", 2), ("/reports", 2),
     ("/withdrawals", 2), ("/search?q=入学", 10)],  # PostgreSQL asks its index once more
)  # fmt: skip
def test_a_list_asks_as_much_for_many(client, body, path, most):
    counts = []
    for number in range(2):
        for more in range(1 + 2 * number):
            item = make_item(body, f"事项{number}{more}", parent=None)
            refresh(
                [make_document(body, title="入学", item=item, key_area=make_area(body, f"{number}{more}")).pk]
            )
            released(body)
            make_version(body, year=2020 + 3 * number + more)
            make_body(parent=body)
            gone(body, LeavingWay.ARCHIVED)
        with CaptureQueriesContext(connection) as seen:
            get(client, path)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= most


def test_one_document_asks_little(client, body):
    one = make_document(body, files=[("甲.pdf", b"%PDF"), ("乙.pdf", b"%PDF")])
    with CaptureQueriesContext(connection) as seen:
        get(client, f"/documents/{one.pk}")
    assert len(seen) <= 6


def test_remembered_answers_fall_with_what_they_tell(client, body, appointed, settings):
    from gongkai.portal import caching, freshness

    settings.GONGKAI_PAGE_CACHE = 10**6
    caching.shelf.clear()
    freshness.forget()
    one = make_document(body, title="会撤下的")
    assert titles(get(client, "/documents")) == ["会撤下的"]
    with CaptureQueriesContext(connection) as seen:
        assert titles(get(client, "/documents")) == ["会撤下的"]
    assert len(seen) == 1
    leave_document(document=one, way="error", reason="发错了", actor=appointed("approver"), at=timezone.now())
    assert titles(get(client, "/documents")) == []
    caching.shelf.clear()
    freshness.forget()


def test_the_page_about_it_names_every_address(client, db):
    page = client.get(f"{ROOT}/").content.decode()
    for path in client.get(f"{ROOT}/openapi.json").json()["paths"]:
        assert path in page
    assert "<script" not in page


def test_nothing_is_written_by_reading(client, body):
    make_document(body)
    with CaptureQueriesContext(connection) as seen:
        get(client, "/documents")
    written = [one["sql"] for one in seen if not one["sql"].startswith("SELECT")]
    assert all("core_rate" in sql for sql in written)


@pytest.mark.parametrize("zone", ["-18:26", "+23:59", "+08:00"])
def test_a_moment_may_come_from_any_zone(client, body, zone):
    get(client, f"/changes?since=2024-03-01T09:00:00{zone.replace('+', '%2B')}")
    get(client, f"/withdrawals?since=2024-03-01T09:00:00{zone.replace('+', '%2B')}")
