"""Open data: the files hold what is public at the moment, spreadsheets run nothing of them, readers find them."""

import csv
import datetime as dt
import gzip
import io
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.api.made import WAYS, gone, make_item
from tests.portal.made import make_document, make_version

from gongkai.api.open_data import streams
from gongkai.disclosure.enums import LeavingWay
from gongkai.disclosure.models import Document

pytestmark = pytest.mark.django_db
AT = dt.datetime(2024, 3, 1, tzinfo=dt.UTC)


def content(client, address, **more):
    response = client.get(address, **more)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def table(raw):
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def test_documents_as_a_table_and_as_objects(client, body):
    make_document(body, title="入学办法", files=[("附件.pdf", b"%PDF-")], keywords=["入学", "学区"], at=AT)
    make_document(body, title="去年的", at=AT.replace(year=2023))
    here = f"/open-data/documents/{body.slug}/2024"
    (row,) = table(content(client, f"{here}.csv"))
    assert (row["名称"], row["关键词"], row["发布机构"]) == ("入学办法", "入学；学区", body.name)
    (line,) = content(client, f"{here}.jsonl").decode().splitlines()
    one = json.loads(line)
    assert one["edition"]["text"] == "正文。"
    assert one["edition"]["attachments"][0]["name"] == "附件.pdf"
    for ending in ("csv", "jsonl"):
        assert gzip.decompress(content(client, f"{here}.{ending}.gz")) == content(client, f"{here}.{ending}")


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", " =", "＝"])
def test_spreadsheets_run_nothing(client, body, beginning):
    make_document(body, title=f'{beginning}HYPERLINK("http://x","y")', at=AT)
    (row,) = table(content(client, f"/open-data/documents/{body.slug}/2024.csv"))
    assert row["名称"].startswith("'")


@pytest.mark.parametrize("way", WAYS)
def test_what_left_is_in_no_file_but_that_of_withdrawals(client, body, way):
    document = gone(body, way)
    stays = way == LeavingWay.ENDED
    for ending in ("csv", "jsonl"):
        raw = content(client, f"/open-data/documents/{body.slug}/2024.{ending}").decode()
        assert ("绝密标题" in raw) is stays
    rows = [json.loads(one) for one in content(client, "/open-data/files/withdrawals.jsonl").splitlines()]
    (row,) = [one for one in rows if one["id"] == document.pk]
    assert row["way"] == way
    assert "title" not in row


def test_batches_neither_repeat_nor_lose(body):
    for number in range(7):
        make_document(body, title=f"第{number}件", at=AT)
    rows = Document.objects.filter(body=body)
    found = [
        one.title for batch in streams.in_batches(rows, "first_published_at", "pk", size=2) for one in batch
    ]
    assert found == [f"第{number}件" for number in range(7)]


def test_a_file_asks_by_batches_and_not_by_rows(client, body):
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make_document(body, files=[("甲.pdf", b"%PDF")], item=None, at=AT)
        with CaptureQueriesContext(connection) as seen:
            content(client, f"/open-data/documents/{body.slug}/2024.jsonl")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 6


def test_figures_of_reports_with_all_their_digits(client, body):
    make_version(body, year=2023)
    rows = table(content(client, "/open-data/files/annual-report-figures.csv"))
    (cell,) = [row for row in rows if row["单元格"] == "t3.granted.natural"]
    assert (cell["数值"], cell["年度"], cell["单位"]) == ("3", "2023", "件")


def test_items_of_catalogues(client, body):
    parent = make_item(body)
    make_item(body, "招生", parent=parent, channels=["政府网站", "公示栏"])
    rows = table(content(client, "/open-data/files/catalogue-items.csv"))
    assert [(row["事项名称"], row["一级事项"]) for row in rows] == [("学区划分", ""), ("招生", "学区划分")]
    assert rows[1]["公开渠道和载体"] == "政府网站；公示栏"


def test_a_file_that_did_not_change_is_not_made_again(client, body):
    document = make_document(body, at=AT, changed_at=AT)
    for address in (f"/open-data/documents/{body.slug}/2024.csv", "/open-data/files/withdrawals.jsonl"):
        first = client.get(address)
        again = client.get(address, headers={"if-none-match": first["ETag"]})
        assert again.status_code == 304, address
    address = f"/open-data/documents/{body.slug}/2024.csv"
    tag = client.get(address)["ETag"]
    Document.objects.filter(pk=document.pk).update(changed_at=AT + dt.timedelta(days=1), withdrawn_at=AT)
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_files_are_asked_for_within_bounds(client, body, settings):
    settings.GONGKAI_API_RATE = 12
    address = f"/open-data/documents/{body.slug}/2024.csv"
    assert [client.get(address).status_code for _ in range(2)] == [200, 429]


@pytest.mark.parametrize(
    "address",
    ["documents/nowhere/2024.csv", "documents/{}/0000.csv", "files/secrets.csv", "files/withdrawals.csv"],
)
def test_what_is_not_there(client, body, address):
    assert client.get(f"/open-data/{address.format(body.slug)}").status_code == 404


def test_the_catalogue_of_datasets(client, body, settings):
    settings.GONGKAI_OPEN_DATA_LICENCE = "可以自由使用，请注明出处。"
    make_document(body)
    response = client.get("/open-data/catalogue.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    made = json.loads(response.content)
    assert made["@type"] == "dcat:Catalog"
    assert made["dct:rights"]["@value"] == "可以自由使用，请注明出处。"
    addresses = [
        one["dcat:accessURL"]["@id"]
        for dataset in made["dcat:dataset"]
        for one in dataset["dcat:distribution"]
    ]
    for address in addresses:
        assert client.get(address.removeprefix("http://testserver")).status_code == 200, address
    assert client.get("/open-data/catalogue.jsonld?page=9").status_code == 404
    assert client.get("/open-data/catalogue.jsonld?page=x").status_code == 404


def test_pages_for_people(client, body, settings):
    make_document(body, at=AT)
    page = client.get("/open-data/").content.decode()
    assert "没有声明数据的使用许可" in page
    assert f"/open-data/documents/{body.slug}/" in page
    settings.GONGKAI_OPEN_DATA_LICENCE_ADDRESS = "https://licence.example/"
    assert "https://licence.example/" in client.get("/open-data/").content.decode()
    page = client.get(f"/open-data/documents/{body.slug}/").content.decode()
    assert f"/open-data/documents/{body.slug}/2024.csv" in page
