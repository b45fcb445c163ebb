"""The guide made from the body's data, the empty form, and where they are linked."""

import io

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import make_body
from tests.portal.made import text

from gongkai.foi.application_form import application_form
from gongkai.portal.foi.flow import STEPS, picture
from gongkai.typesetting import pdf
from gongkai.typesetting.fonts import FontMissing

pytestmark = pytest.mark.django_db
WHOLE = {
    "slug": "edu",
    "name": "测试县教育局",
    "office": "办公室",
    "address": "测试路1号",
    "postcode": "999000",
    "office_hours": "工作日 9:00–17:00",
    "phone": "0000-12345",
    "fax": "0000-54321",
    "email": "gk@example.cn",
    "website": "https://edu.example.cn/",
    "review_organ": "测试县人民政府",
    "court": "测试市铁路运输法院",
}


def test_the_guide_says_everything_of_the_office(client):
    make_body(**WHOLE)
    page = text(client.get("/bodies/edu/foi/"))
    assert [value for name, value in WHOLE.items() if name != "slug" and value not in page] == []
    assert "未登记" not in page.replace("发布渠道未登记", "")


def test_what_is_missing_is_said(client):
    make_body(slug="edu")
    response = client.get("/bodies/edu/foi/")
    assert [way.missing for way in response.context["ways"]] == [
        "",
        "办公地址",
        "邮寄地址",
        "传真号码",
        "电子邮箱",
        "",
    ]
    assert [value for _, value, _ in response.context["facts"]][1:] == ["未登记"] * 8
    assert text(response).count("未登记，请向工作机构询问") == 2


def test_the_picture_shows_the_steps_of_the_text(client):
    make_body(slug="edu")
    page = text(client.get("/bodies/edu/foi/"))
    names = [box.lines[0][2] for box in picture().boxes if box.kind == "main"]
    assert names == [f"{at} {step.name}" for at, step in enumerate(STEPS, start=1)]
    assert [step.text for step in STEPS if step.text not in page] == []
    assert ("style=" in page, "<script" in page) == (False, False)


@pytest.mark.parametrize("kind", ["government", "department", "township"])
def test_who_takes_requests_is_linked(client, kind):
    make_body(slug="edu", kind=kind)
    page = text(client.get("/bodies/edu/"))
    assert ('href="/bodies/edu/foi/"' in page, '<li><a href="/foi/">依申请公开</a>' in page) == (True, True)


def test_who_takes_none_is_not(client):
    make_body(slug="school", kind="organisation")
    page = text(client.get("/bodies/school/"))
    assert ("/foi/" in page, client.get("/bodies/school/foi/").status_code) == (False, 404)


def test_one_body_needs_no_choice_and_several_do(client):
    make_body(slug="edu")
    assert client.get("/foi/").headers["Location"] == "/bodies/edu/foi/"
    make_body(slug="water", name="测试县水利局")
    make_body(slug="school", kind="organisation")
    assert [body.slug for body in client.get("/foi/").context["bodies"]] == ["edu", "water"]


def test_a_body_out_of_use_has_no_guide(client):
    make_body(slug="edu", is_active=False)
    assert client.get("/bodies/edu/foi/").status_code == 404


def test_the_form_bears_the_name_of_the_body(client):
    make_body(**WHOLE)
    response = client.get("/bodies/edu/foi/form.docx")
    file = docx.Document(io.BytesIO(response.content))
    words = "".join(one.text for one in file.paragraphs)
    cells = {cell.text for row in file.tables[0].rows for cell in row.cells}
    assert words.startswith("测试县教育局\n政府信息公开申请表")
    assert "本表交办公室，地址：测试路1号，电话：0000-12345" in words
    assert {"姓名", "证件号码", "统一社会\n信用代码", "便于查询的\n其他特征描述", "需要的帮助"} <= cells
    assert "测试县教育局" not in response.headers["Content-Disposition"]


@pytest.mark.fonts
def test_the_form_as_pdf(client):
    make_body(**WHOLE)
    response = client.get("/bodies/edu/foi/form.pdf")
    assert (response.headers["Content-Type"], response.content[:5]) == ("application/pdf", b"%PDF-")


def test_without_fonts_the_page_says_so(client, monkeypatch):
    make_body(slug="edu")

    def missing(*_, **__):
        raise FontMissing

    monkeypatch.setattr(pdf, "compiled", missing)
    response = client.get("/bodies/edu/foi/form.pdf")
    assert (response.status_code, "可以先用 Word 格式" in text(response)) == (503, True)


def test_there_are_no_other_files(client):
    make_body(slug="edu")
    assert client.get("/bodies/edu/foi/form.exe").status_code == 404


def test_the_form_asks_for_no_purpose():
    words = str(application_form(make_body(**WHOLE)))
    assert [word for word in ("用途", "生产", "生活", "科研需要") if word in words] == []


def test_the_guide_costs_a_handful_of_queries(client):
    make_body(slug="edu")
    with CaptureQueriesContext(connection) as few:
        client.get("/bodies/edu/foi/")
    assert len(few) <= 5
