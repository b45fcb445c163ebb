"""The six parts: headings in all their variants, prose without tables, a site's own words left out."""

import pytest

from gongkai.reports.reading import read

from .markup import MANNERS, article, page
from .papers import PAPERS, in_lines, listed, typeset, word
from .sample import made_up

PLAIN = MANNERS[0]
SAMPLE = made_up(4, "2021")
EXPECTED = {
    "overview": SAMPLE.prose["overview"],
    "proactive": "",
    "requests": "",
    "disputes": "",
    "problems": SAMPLE.prose["problems"],
    "other": SAMPLE.prose["other"],
}


def without_lead(report):
    return {key: text for key, text in report.sections.items() if key != "lead"}


@pytest.mark.parametrize("manner", MANNERS, ids=lambda manner: manner.name)
def test_prose_of_every_manner_of_html(manner):
    report = read(page(SAMPLE, manner).encode())
    assert without_lead(report) == EXPECTED
    assert SAMPLE.prose["lead"] in report.sections["lead"]


@pytest.mark.parametrize("render", [listed, in_lines])
def test_prose_of_plain_text(render):
    assert without_lead(read(render(SAMPLE).encode())) == EXPECTED


def test_prose_of_a_docx():
    assert without_lead(read(word(SAMPLE))) == EXPECTED


def test_lines_of_a_pdf_are_joined_to_paragraphs():
    assert without_lead(read(typeset(SAMPLE, PAPERS[0]))) == EXPECTED


def retitled(changes):
    text = page(SAMPLE, PLAIN)
    for old, new in changes.items():
        assert f"<p>{old}</p>" in text
        text = text.replace(f"<p>{old}</p>", f"<p>{new}</p>")
    return read(text.encode())


NUMBERED = {
    "一、总体情况": "（一）总体情况",
    "二、主动公开政府信息情况": "（二）主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况": "（三）收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况": "（四）政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况": "（五）存在的主要问题及改进情况",
    "六、其他需要报告的事项": "（六）其他需要报告的事项",
}


@pytest.mark.parametrize(
    "changes",
    [
        NUMBERED,
        {old: old.replace("、", ".", 1) for old in NUMBERED},
        {old: old.replace("、", "．", 1) for old in NUMBERED},
        {old: old.split("、", 1)[1] for old in NUMBERED},
        {old: f"{number}、{old.split('、', 1)[1]}" for number, old in enumerate(NUMBERED, start=1)},
        {old: f"第{old[0]}部分 {old.split('、', 1)[1]}" for old in NUMBERED},
        {old: f"<strong>{old}</strong>" for old in NUMBERED},
        {old: f"<span>{old[:2]}</span><b>{old[2:]}</b>" for old in NUMBERED},
        {"四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"},
        {"五、存在的主要问题及改进情况": "五、政府信息公开工作存在的主要问题及改进情况"},
    ],
    ids=str,
)
def test_headings_numbered_in_other_ways(changes):
    report = retitled(changes)
    assert without_lead(report) == EXPECTED
    assert [note for note in report.shape if note.kind.startswith("section")] == []


def test_a_heading_in_other_words_is_noted():
    report = retitled({"五、存在的主要问题及改进情况": "五、存在的问题及下步打算"})
    assert [(n.kind, n.found) for n in report.shape] == [("section_title", "五、存在的问题及下步打算"[2:])]
    assert without_lead(report) == EXPECTED


def test_a_heading_with_its_text_on_the_same_line():
    report = retitled({"一、总体情况": "一、总体情况。2023年我局认真贯彻条例。"})
    assert report.sections["overview"] == f"2023年我局认真贯彻条例。\n{SAMPLE.prose['overview']}"


def test_subheadings_named_like_parts_open_no_part():
    text = page(SAMPLE, PLAIN).replace(
        f"<p>{SAMPLE.prose['overview']}</p>",
        "<p>（一）主动公开政府信息情况</p><p>公开20条。</p><p>（二）依申请公开情况</p><p>收到3件。</p>",
    )
    report = read(text.encode())
    assert (
        report.sections["overview"]
        == "（一）主动公开政府信息情况\n公开20条。\n（二）依申请公开情况\n收到3件。"
    )


def test_a_list_of_contents_opens_no_parts():
    contents = "".join(f"<p>{old}</p>" for old in NUMBERED)
    text = page(SAMPLE, PLAIN).replace(
        f"<p>{SAMPLE.prose['lead']}</p>", f"<p>目录</p>{contents}<p>{SAMPLE.prose['lead']}</p>"
    )
    assert without_lead(read(text.encode())) == EXPECTED


def test_a_missing_part_is_noted():
    text = page(SAMPLE, PLAIN).replace("<p>六、其他需要报告的事项</p>", "")
    assert [(n.kind, n.expected) for n in read(text.encode()).shape] == [
        ("section_missing", "其他需要报告的事项")
    ]


def test_parts_in_the_wrong_order_are_noted():
    body = article(SAMPLE, PLAIN)
    head, five, six = (
        body.partition("<p>五、")[0],
        body[body.index("<p>五、") : body.index("<p>六、")],
        body[body.index("<p>六、") :],
    )
    report = read(f"<html><body>{head}{six}{five}</body></html>".encode())
    assert "section_order" in {note.kind for note in report.shape}


def test_the_words_of_the_site_are_left_out():
    chrome = next(manner for manner in MANNERS if manner.name == "chrome")
    text = read(page(SAMPLE, chrome).encode()).prose()
    assert not any(word in text for word in ("版权所有", "上一篇", "索引号", "首页"))


def test_the_words_of_the_site_right_behind_the_report_are_left_out():
    text = page(SAMPLE, PLAIN).replace(
        "</body>", "<p>扫一扫在手机打开当前页</p><p>主办单位：某某局</p></body>"
    )
    assert read(text.encode()).sections["other"] == SAMPLE.prose["other"]


def test_of_two_headings_that_speak_of_requests_the_official_one_opens_the_part():
    text = page(SAMPLE, PLAIN).replace(
        "<p>二、主动公开",
        "<p>四、政府信息公开申请情况</p><p>全年收到政府信息公开申请3件。</p><p>二、主动公开",
    )
    report = read(text.encode())
    assert "收到政府信息公开申请3件" not in report.sections["requests"]
    assert report.shape == ()
