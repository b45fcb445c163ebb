"""The page of a document: head, standing, text, files, versions, what belongs to it, what is left of it."""

import datetime as dt

import pytest
from django.utils import timezone
from tests.factories import at, make_body
from tests.portal.made import add_edition, leave, make_document, said, text, tree

from gongkai.catalogue.models import Catalogue, Field, Item, KeyArea
from gongkai.portal.texts import readable

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def today():
    return timezone.localdate()


def facts_of(response):
    rows = tree(response).xpath("//dl[contains(@class, 'doc__head')]/div")
    return {row.find("dt").text_content(): row.find("dd").text_content() for row in rows}


def banners(response):
    return said(response, "//main//div[@role='note']//strong")


def test_the_head_says_what_the_directory_guide_asks(client):
    body = make_body(slug="edu", name="测试县教育局")
    field = Field.objects.create(code="compulsory-education", name="义务教育")
    catalogue = Catalogue.objects.create(field=field, body=body, title="目录")
    first = Item.objects.create(catalogue=catalogue, number="1", name="政策文件")
    second = Item.objects.create(catalogue=catalogue, number="1.1", name="规范性文件", parent=first)
    document = make_document(
        body,
        at=at(2024, 3, 5),
        index_number="X/2024-00001",
        title="关于入学的办法",
        kind="normative",
        document_number="测教〔2024〕1号",
        made_on=dt.date(2024, 3, 1),
        effective_on=dt.date(2024, 4, 1),
        subject="science_education",
        genre="notice",
        keywords=["入学", "学区"],
        joint_issuers=["测试县公安局"],
        item=second,
        key_area=KeyArea.objects.create(body=body, name="学前教育"),
    )
    assert facts_of(client.get(document.public_path)) == {
        "索引号": "X/2024-00001",
        "主题分类": "科技、教育",
        "发文机关": "测试县教育局、测试县公安局",
        "成文日期": "2024-03-01",
        "文号": "测教〔2024〕1号",
        "发布日期": "2024-03-05",
        "有效性": "有效",
        "施行日期": "2024-04-01",
        "信息类别": "行政规范性文件",
        "体裁分类": "通知",
        "公开方式": "主动公开",
        "目录事项": "政策文件 › 规范性文件",
        "重点领域": "学前教育",
        "关键词": "入学、学区",
    }


def test_what_is_not_known_is_left_out(client):
    document = make_document(make_body(), kind="news")
    assert sorted(facts_of(client.get(document.public_path))) == sorted(
        ["索引号", "发文机关", "成文日期", "发布日期", "信息类别", "公开方式"]
    )


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"ended_on": dt.date(2024, 5, 1), "ended_how": "repealed", "ended_basis": "清理决定"}, "已废止"),
        ({"ended_on": dt.date(2024, 5, 1), "ended_how": "lapsed"}, "已失效"),
        ({"valid_until": dt.date(2024, 5, 1)}, "已失效"),
        ({"effective_on": dt.date(2999, 1, 1)}, "尚未施行"),
        ({"amended_on": dt.date(2024, 5, 1), "amended_basis": "修改决定"}, "已修改"),
        ({"archived_at": at(2024, 5, 1)}, "已归档"),
    ],
)
def test_a_banner_says_the_standing_before_the_text(client, fields, word):
    document = make_document(make_body(), kind="normative", **fields)
    response = client.get(document.public_path)
    page = text(response)
    assert (response.status_code, banners(response)) == (200, [word])
    assert page.index(word) < page.index('id="text"')


def test_a_paper_in_force_has_no_banner_and_news_no_validity(client):
    body = make_body()
    assert banners(client.get(make_document(body, kind="policy").public_path)) == []
    assert "有效性" not in text(client.get(make_document(body, kind="news").public_path))


def test_the_text_stands_as_it_was_published_with_tables_that_scroll(client):
    table = "<table><tbody><tr><td>甲</td></tr></tbody></table>"
    page = text(client.get(make_document(make_body(), text=f"<p>一、总则</p>{table}").public_path))
    assert "<p>一、总则</p>" in page
    assert f'<div class="table-frame" role="region" tabindex="0" aria-label="表格1">{table}</div>' in page


def test_files_say_their_kind_and_size(client):
    document = make_document(make_body(), files=[("名单.xlsx", b"x" * 2048), ("说明.pdf", b"y" * 10)])
    page = text(client.get(document.public_path))
    assert "XLSX，2.0 KB" in page
    assert "PDF，10 字节" in page


def test_interpretations_stand_with_their_paper_and_the_other_way_round(client):
    body = make_body()
    paper = make_document(body, kind="policy", title="关于入学的通知")
    read = make_document(body, kind="interpretation", title="一图读懂入学政策", interprets=paper)
    make_document(body, kind="interpretation", title="未公开的解读", interprets=paper, published=False)
    page = text(client.get(paper.public_path))
    assert ("一图读懂入学政策" in page, "未公开的解读" in page) == (True, False)
    assert f'解读的文件：<a href="{paper.public_path}">关于入学的通知</a>' in text(
        client.get(read.public_path)
    )


def test_related_documents_with_words_in_common_come_first(client):
    body = make_body()
    like = make_document(body, keywords=["入学", "学区"])
    other = make_document(body, keywords=["财务"])
    document = make_document(body, keywords=["入学"])
    found = tree(client.get(document.public_path)).xpath("//section[@aria-labelledby='near']//a/@href")
    assert found == [like.public_path, other.public_path]


def test_the_citation_names_body_title_number_dates_and_address(client):
    document = make_document(
        make_body(name="测试县教育局"),
        title="关于入学的通知",
        document_number="测教〔2024〕1号",
        at=at(2024, 3, 5),
    )
    assert said(client.get(document.public_path), "//div[@class='doc__source']//p")[0] == (
        f"测试县教育局. 关于入学的通知：测教〔2024〕1号[EB/OL].（2024-03-05）[{today()}]. "
        f"http://testserver{document.public_path}."
    )


def test_the_qr_code_is_a_drawing(client):
    document = make_document(make_body())
    response = client.get(f"{document.public_path}qr.svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert response.content.startswith(b"<svg")
    assert b"style=" not in response.content


@pytest.mark.parametrize(
    "fields", [{"published": False}, {"attribute": "withheld"}, {"attribute": "on_request"}]
)
def test_what_is_not_public_does_not_exist(client, fields):
    document = make_document(make_body(), **fields)
    for end in ("", "qr.svg", "editions/", "editions/1/", "changes/1-2/"):
        assert client.get(f"{document.public_path}{end}").status_code == 404


def test_a_document_of_a_body_out_of_use_does_not_exist(client):
    assert client.get(make_document(make_body(is_active=False)).public_path).status_code == 404


# The five ways of leaving


def test_published_by_mistake_leaves_a_tombstone_without_its_title(client):
    document = make_document(make_body(), title="误发的名单", index_number="X/1")
    leave(document, "error", reason="含有个人信息")
    response = client.get(document.public_path)
    page = text(response)
    assert (response.status_code, "X/1" in page, "含有个人信息" in page, "误发的名单" in page) == (
        410,
        True,
        True,
        False,
    )
    assert '<meta name="robots" content="noindex">' in page


def test_taken_off_by_law_says_the_basis_with_its_own_status(client):
    document = make_document(make_body(), title="不再公开的事")
    leave(document, "by_law", basis="某法第三条")
    response = client.get(document.public_path)
    page = text(response)
    assert (response.status_code, "某法第三条" in page, "不再公开的事" in page) == (451, True, False)


def test_merged_leads_to_the_other_document(client):
    body = make_body()
    into, document = make_document(body), make_document(body)
    leave(document, "merged", into=into)
    response = client.get(document.public_path)
    assert (response.status_code, response["Location"]) == (301, into.public_path)
    leave(into, "error")
    assert client.get(document.public_path).status_code == 410


def test_archived_can_be_read_but_stands_in_no_list(client):
    document = make_document(make_body(), title="多年以前的通知")
    leave(document, "archived")
    assert client.get(document.public_path).status_code == 200
    assert "多年以前的通知" not in text(client.get("/documents/"))


def test_ended_stays_with_its_banner(client):
    document = make_document(
        make_body(), kind="normative", ended_on=dt.date(2024, 5, 1), ended_how="repealed", title="旧办法"
    )
    leave(document, "ended")
    assert client.get(document.public_path).status_code == 200
    assert "旧办法" in text(client.get("/policies/"))


@pytest.mark.parametrize("end", ["qr.svg", "editions/", "editions/1/"])
def test_nothing_below_a_tombstone_answers(client, end):
    document = make_document(make_body())
    leave(document, "error")
    assert client.get(f"{document.public_path}{end}").status_code == 404


# Versions


def test_versions_are_listed_with_reasons_and_can_be_compared(client):
    document = make_document(make_body(), text="<p>第一条 年满六周岁。</p><p>第二条 附则。</p>")
    add_edition(document, text="<p>第一条 年满七周岁。</p><p>第二条 附则。</p>", reason="更正年龄")
    add_edition(document, text="<p>草稿</p>", state="draft", published_at=None)
    assert "全部版本与变化" in text(client.get(document.public_path))
    page = text(client.get(f"{document.public_path}editions/"))
    assert ("变更理由：更正年龄" in page, "第3版" in page) == (True, False)
    compared = text(client.get(f"{document.public_path}changes/1-2/"))
    assert '<del><span class="diff__word">删</span>六</del>' in compared
    assert '<ins><span class="diff__word">增</span>七</ins>' in compared


def test_an_earlier_version_says_so_and_the_current_one_has_one_address(client):
    document = make_document(make_body(), text="<p>旧文</p>")
    add_edition(document, text="<p>新文</p>")
    former = client.get(f"{document.public_path}editions/1/")
    assert banners(former) == ["历史版本"]
    assert "旧文" in text(former)
    assert client.get(f"{document.public_path}editions/2/")["Location"] == document.public_path


@pytest.mark.parametrize("end", ["editions/9/", "changes/2-1/", "changes/1-1/", "changes/1-9/"])
def test_versions_that_are_not_there_are_not_found(client, end):
    document = make_document(make_body())
    add_edition(document)
    assert client.get(f"{document.public_path}{end}").status_code == 404


def test_every_table_has_a_name_of_its_own():
    assert readable("<table></table><table></table>").count("aria-label") == 2


# Questions asked of the database


def test_a_document_asks_at_most_six_questions_however_much_belongs_to_it(asked):
    body = make_body()

    def paper(count):
        files = [(f"{number}.pdf", b"x") for number in range(count)]
        made = make_document(body, kind="policy", files=files)
        for _ in range(count):
            make_document(body, kind="interpretation", interprets=made)
            add_edition(made, files=files)
        return made

    counts = [asked(paper(number).public_path) for number in (1, 3)]
    assert counts[0] == counts[1]
    assert counts[0] <= 6
