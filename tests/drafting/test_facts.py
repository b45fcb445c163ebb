import datetime as dt

import pytest

from gongkai.drafting import clean_pasted, read_document

from .builders import NOTICE, notice


def values(proposals):
    return [proposal.value for proposal in proposals]


def changed(*changes):
    lines = list(NOTICE)
    for place, *new in changes:
        lines[place : place + 1] = new
    return read_document("文件.docx", notice(lines))


def test_a_notice_is_read_whole():
    drafted = read_document("文件.docx", notice())
    assert drafted.title.value == "青屿县教育局关于做好2024年义务教育招生工作的通知"
    assert (drafted.title.place, drafted.document_number.value) == ("第3段", "青教〔2024〕12号")
    assert drafted.made_on.value == dt.date(2024, 5, 8)
    assert drafted.made_on.quote == "二〇二四年五月八日"
    assert values(drafted.issuers) == ["青屿县教育局"]
    assert drafted.recipients.value == "各中小学校，局机关各科室"
    assert values(drafted.attachments) == ["招生计划表", "报名须知"]
    assert drafted.signature.value == "青屿县教育局"
    assert drafted.masthead[0] == "青屿县教育局文件"
    assert drafted.html.startswith("<p>各中小学校")
    assert [str(each) for each in drafted.warnings] == ["红头、文号、标题已填入相应栏目，正文里不再重复"]


def test_joint_issuers_by_signature_lines_or_blanks():
    two = [("青屿县教育局", 16, False), ("青屿县财政局", 16, False)]
    assert values(changed((12, *two)).issuers) == ["青屿县教育局", "青屿县财政局"]
    beside = ("青屿县教育局\u3000\u3000青屿县财政局", 16, False)
    assert values(changed((12, beside)).issuers) == ["青屿县教育局", "青屿县财政局"]
    assert values(changed((12, ("青 屿 县 教 育 局", 16, False))).issuers) == ["青屿县教育局"]


def test_without_signature_the_masthead_says_who_and_without_that_the_title():
    no_signature = changed((12,), (12, ("（完）", 16, False)))
    assert (values(no_signature.issuers), no_signature.made_on) == (["青屿县教育局"], None)
    bare = read_document("文件.docx", notice([*NOTICE[2:12]]))
    assert values(bare.issuers) == ["青屿县教育局"]


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("青教[2024]12号", "青教〔2024〕12号"),
        ("青教（２０２４）第１２号", "青教〔2024〕12号"),
        ("青教〔2024〕12号    签发人：张三", "青教〔2024〕12号"),
        ("2024年第3号", "2024年第3号"),
        ("第7号", "第7号"),
    ],
)
def test_document_numbers(written, number):
    assert changed((1, (written, 16, True))).document_number.value == number


def test_a_number_that_is_only_cited_is_not_the_documents_own():
    drafted = read_document(
        "甲.docx", notice([("说明", 22, True), ("根据青教〔2020〕1号文件办理。", 16, False)])
    )
    assert drafted.document_number is None


def test_the_day_below_the_title_and_the_day_of_printing():
    head = [
        ("青屿县管理办法", 22, True),
        ("（2023年7月1日县政府通过）", 16, True),
        ("第一条 内容。", 16, False),
    ]
    assert read_document("甲.docx", notice(head)).made_on.value == dt.date(2023, 7, 1)
    printed = [*head[::2], ("青屿县教育局办公室　2024年6月1日印发", 14, False)]
    drafted = read_document("甲.docx", notice(printed))
    assert drafted.made_on.value == dt.date(2024, 6, 1)
    assert "printed_on" in [each.kind for each in drafted.warnings]


def test_days_of_annexes_are_not_the_documents_own():
    annex = [("附件1", 16, False), ("某某学校", 16, False), ("2020年1月1日", 16, False)]
    assert read_document("甲.docx", notice([*NOTICE, *annex])).made_on.value == dt.date(2024, 5, 8)


def test_one_attachment_without_a_number_and_a_title_in_marks():
    drafted = changed((10, ("附件：《报名须知》", 16, False)), (11,))
    assert values(drafted.attachments) == ["报名须知"]


def test_without_any_title_the_files_name_is_proposed():
    drafted = read_document("目录\\会议记录.docx", notice([("今天讨论了很多事情，没有结果。", 16, False)]))
    assert (drafted.title.value, drafted.title.place) == ("会议记录", "文件名")
    assert drafted.html == "<p>今天讨论了很多事情，没有结果。</p>"
    assert clean_pasted("一句话。").title is None


def test_plain_text_with_any_encoding():
    text = "关于开会的通知\n\n各科室：\n请参加。\n青屿县教育局\n2024年5月8日\n"
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        drafted = read_document("甲.txt", text.encode(encoding))
        assert drafted.title.value == "关于开会的通知"
        assert drafted.made_on.place == "第6行"
