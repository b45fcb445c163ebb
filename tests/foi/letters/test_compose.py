"""What every letter says, read as a clerk would read it."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.facts import BodyFacts, LetterFacts
from gongkai.foi.letters.kinds import KINDS, Recipient, Remedies, kind_of
from gongkai.foi.letters.samples import BODY, sample_facts
from gongkai.foi.letters.texts import default_text
from gongkai.law.calendar import official_calendar
from gongkai.law.clock import compute
from gongkai.law.facts import Extended, Received
from gongkai.law.fees import PAYMENT_WORKDAYS, FeeNotice, missing_in_fee_notice
from gongkai.law.outcomes import ReviewPolicy
from gongkai.law.templates import MissingValue
from gongkai.typesetting.document import Code, Form, Heading, KeyValues, Paragraph, Table

IN_2023, IN_2024 = dt.date(2023, 12, 29), dt.date(2024, 1, 2)
FIRST = (
    "如对本决定不服，应当自收到之日起60日内先向青屿县人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向青屿县人民法院提起行政诉讼。"
)
EITHER = "如对本答复不服，可以自收到之日起60日内向青屿县人民政府申请行政复议，或者在6个月内向青屿县人民法院提起行政诉讼。"
DENIALS = {
    "partial", "denied_secret", "denied_law", "denied_safety", "denied_third_party", "denied_internal",
    "denied_process", "denied_case_file", "query_regime",
}  # fmt: skip
UNABLE = {"not_exist", "not_our_remit", "need_create", "unclear"}


def letter(key, **changes):
    kind = kind_of(key)
    return compose(kind, default_text(kind), replace(sample_facts(kind), **changes))


def words(document):
    return "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph | Heading))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_nothing_is_left_to_fill(kind):
    document = letter(kind.key)
    assert document.blocks
    assert "{" not in repr(document)
    assert "}" not in repr(document)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_who_writes_to_whom(kind):
    document = letter(kind.key)
    on_file = kind.recipient is Recipient.ON_FILE
    addressee = {Recipient.APPLICANT: "陈晓明", Recipient.ON_FILE: ""}.get(kind.recipient, document.addressee)
    assert (document.issuer, document.title, document.addressee) == (
        "青屿县教育体育局",
        kind.title,
        addressee,
    )
    assert document.signature == ("" if on_file else "青屿县教育体育局")
    assert document.contact == ("" if on_file else "联系人：林敏，联系电话：0599-5550118")


@pytest.mark.parametrize(
    "key",
    [
        "third_party_consultation",
        "third_party_result",
        "third_party_override",
        "co_author_consultation",
        "assistance",
    ],
)
def test_others_do_not_learn_who_applied(key):
    """Only the body an application is transferred to has to know whom to answer (条例 art. 41)."""
    assert "陈晓明" not in repr(letter(key))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_remedies_by_day_and_outcome(kind):
    """行政复议法 art. 23: from 2024-01-01 review comes before the court where information is denied."""
    for day in (IN_2023, IN_2024):
        told = [
            line for line in words(letter(kind.key, issued_on=day)).splitlines() if "申请行政复议" in line
        ]
        first = kind.key in DENIALS and day == IN_2024
        assert told == ([] if kind.remedies is Remedies.NONE else [FIRST if first else EITHER]), day


def test_local_practice_may_cover_more():
    def first(policy):
        body = replace(BODY, review_policy=policy)
        return {
            key for key, one in KINDS.items() if one.is_decision and FIRST in words(letter(key, body=body))
        }

    assert first(ReviewPolicy.DENIAL_ONLY) == DENIALS
    assert first(ReviewPolicy.DENIAL_AND_UNABLE) == DENIALS | UNABLE
    favourable = {"granted", "already_public", "withdrawn"}
    assert (
        first(ReviewPolicy.ALL_UNFAVOURABLE)
        == {key for key, one in KINDS.items() if one.is_decision} - favourable
    )


def test_a_corrected_answer_carries_the_remedies_of_what_it_now_is():
    assert EITHER in words(letter("answer_corrected", outcome="granted"))
    assert FIRST in words(letter("answer_corrected", outcome="denied_process"))
    with pytest.raises(MissingValue, match="更正后的办理结果"):
        letter("answer_corrected", outcome="")


def test_without_a_court_in_the_data_the_court_is_not_named():
    assert words(letter("granted", body=replace(BODY, court=""))).endswith(
        "或者在6个月内向人民法院提起行政诉讼。"
    )


def test_the_sample_due_days_are_those_of_the_law():
    receipt, extension = sample_facts(kind_of("receipt")), sample_facts(kind_of("extension"))
    received, calendar = Received(receipt.received_on), official_calendar()
    told = Extended(extension.issued_on, 20, "办公室主任", told_on=extension.issued_on)
    due = [compute(facts, calendar, extension.issued_on).due_on for facts in ([received], [received, told])]
    assert due == [receipt.due_on, extension.due_on] == [extension.former_due_on, extension.due_on]


@pytest.mark.parametrize(
    ("key", "sentence"),
    [
        ("receipt", "本机关将在2024年3月25日以前（含当日）答复。"),
        ("extension", "答复期限延长20个工作日。本机关将在2024年4月23日以前（含当日）答复。"),
        ("reasonable_term", "现确定延迟答复的期限为2024年6月28日"),
        ("clarification", "请在2024年3月22日以前（含当日）将补正材料提交本机关。"),
        ("reasons_request", "请您在2024年3月15日以前（含当日）向本机关书面说明理由。"),
        ("assistance", "请在2024年3月8日以前（含当日）函复本机关。"),
        ("third_party_consultation", "请自收到本征求意见书之日起15个工作日内提出书面意见"),
        ("co_author_consultation", "逾期未提出意见的，视为同意公开。"),
    ],
)
def test_the_day_it_is_about(key, sentence):
    assert sentence in words(letter(key))


def test_silence_of_a_third_party_is_no_consent():
    text = words(letter("third_party_consultation"))
    assert "逾期未提出意见的，由本机关依照该条例的规定决定是否公开。" in text
    assert "视为同意" not in text


def test_a_fee_notice_says_all_it_must():
    """国办函〔2020〕109号: basis, standard, amount, way to pay; 20 working days."""
    facts = sample_facts(kind_of("fee_notice"))
    document = letter("fee_notice")
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert table.rows == (
        ("第1—30页", "不收费", "30页", "0"),
        ("第31—100页", "10元/页", "70页", "700"),
        ("第101—200页", "20元/页", "100页", "2000"),
        ("第201—238页", "40元/页", "38页", "1520"),
        ("合计", "", "238页", "4220"),
    )
    text = words(document)
    assert (
        missing_in_fee_notice(FeeNotice("国办函〔2020〕109号", "标准", facts.fee.amount, facts.how_to_pay))
        == []
    )
    for part in (
        "国办函〔2020〕109号",
        "第四十二条",
        "应缴金额：人民币4220元。",
        facts.how_to_pay,
        f"{PAYMENT_WORKDAYS}个工作日",
    ):
        assert part in text


def test_an_organisation_is_addressed_as_one():
    text = words(letter("granted", applicant="某公司", applicant_is_person=False, provision=("现予提供。",)))
    assert "收到你单位提出的" in text
    assert "您" not in text


def test_several_items_are_numbered_and_one_is_not():
    assert "\n1. 甲。\n2. 乙。\n" in words(letter("clarification", clarify=("甲。", "乙。")))
    assert "\n甲。\n" in words(letter("clarification", clarify=("甲。",)))


def test_the_responsible_body_is_named_where_it_is_known():
    """条例 art. 36(5): where it can be ascertained."""
    assert "可以向负责公开该信息的行政机关提出申请：青屿县自然资源局。" in words(letter("not_our_remit"))
    unknown = words(letter("not_our_remit", responsible_body="", responsible_contact=""))
    assert "可以向负责公开该信息的行政机关" not in unknown
    assert "联系方式" not in unknown


def test_the_receipt_is_a_table_and_a_code():
    document = letter("receipt")
    (table,) = [block for block in document.blocks if isinstance(block, KeyValues)]
    (code,) = [block for block in document.blocks if isinstance(block, Code)]
    assert table.rows == (
        ("申请编号", "QJT-2024-0012"),
        ("申请人", "陈晓明"),
        ("提交方式", "互联网提交"),
        ("收到日期", "2024年2月26日"),
        ("所需信息", "青屿县第三小学扩建工程初步设计批复及其附图"),
        ("特征描述", "2023年下半年作出，涉及新建教学楼和运动场"),
        ("获取方式", "电子邮件"),
    )
    assert (code.content, code.lines[1:]) == (
        "https://xxgk.qingyu.example/foi/track?number=QJT-2024-0012",
        ("申请编号：QJT-2024-0012", "查询码：7KQ2-M9XD"),
    )
    assert not any(isinstance(block, Code) for block in letter("receipt", query_address="").blocks)


def test_who_is_asked_gets_a_slip_to_answer_on():
    (slip,) = letter("third_party_consultation").enclosures
    assert slip.title == "征求意见回执"
    assert [row.cells[0].text for row in slip.blocks[0].rows][3:5] == ["意见", "理由和\n具体范围"]
    assert letter("granted").enclosures == ()


def test_the_proof_of_service_is_a_form_to_be_signed():
    document = letter("service_receipt")
    (form,) = document.blocks
    assert isinstance(form, Form)
    assert [cell.text for row in form.rows[:6] for cell in row.cells[1:]] == [
        "陈晓明",
        "政府信息公开告知书",
        "青教体公开〔2024〕第12号",
        "邮寄送达（邮件编号：1234567890123）",
        "青屿县榕树街道海滨小区3幢502室",
        "2024年3月20日",
    ]


def test_headings_come_from_the_text_never_from_a_value():
    blocks = letter("partial", provision=("一、甲",)).blocks
    assert [block for block in blocks if isinstance(block, Heading)] == [
        Heading("一、予以公开的内容"),
        Heading("二、不予公开的内容及理由"),
    ]
    assert Paragraph("一、甲") in blocks


def test_without_addressee_there_is_no_letter():
    with pytest.raises(MissingValue, match="没有填写收文的第三方，请补充名称"):
        letter("third_party_consultation", recipient=" ")


@given(st.text(min_size=1).filter(lambda text: len(text.splitlines()) == 1 and text.strip()))
def test_an_applicants_words_stand_as_they_are(subject):
    facts = LetterFacts(BodyFacts("某局"), "", IN_2024, applicant="甲", subject=subject)
    document = compose(kind_of("withdrawn"), "关于{{所需信息}}。", facts)
    assert document.blocks == (Paragraph(f"关于{subject.strip()}。"),)
