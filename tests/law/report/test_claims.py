"""What sentences claim about the tables, and what they do not."""

from decimal import Decimal

import pytest
from tests.law.report.builders import report

from gongkai.law.report.checks.subject import MOST_CLAIMS, MOST_PROSE, Subject
from gongkai.law.report.claims import claims_in
from gongkai.law.report.prose import tidy


def topics(text, section="overview", year=2023):
    return [(one.topic, one.value) for one in claims_in(tidy(text), section, year)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共收到政府信息依申请公开3件, 均按期办结。", [("received", 3)]),
        ("2023年全区受理政府信息公开申请21 件，均在法定期限答复。", [("received", 21)]),
        ("收到二十一件政府信息公开申请。", [("received", 21)]),
        ("共收到和办理依申请公开9件，全部为自然人申请。", [("received", 9)]),
        ("收到公民、法人和其他组织政府信息公开申请5件，同比增长12.3%。", [("received", 5)]),
        ("通过网络、信函等渠道收到依申请公开信息16件。", [("received", 16)]),
        ("全年未收到政府信息公开申请。", [("received", 0)]),
        ("无依申请公开事项。", [("received", 0)]),
        ("办理政府信息公开申请7件。", [("handled", 7)]),
        (
            "答复政府信息公开申请805件（含上年度结转申请18件，另有72件申请顺延到下年度答复）。",
            [("answered", 805), ("carried_in", 18), ("carried_out", 72)],
        ),
        (
            "收到政府信息公开申请10件，2022年结转政府信息公开申请2件，结转2024年度继续办理2件。",
            [("received", 10), ("carried_in", 2), ("carried_out", 2)],
        ),
        (
            "新收政府信息公开申请3件，结转上年度申请1件，已答复4件。",
            [("received", 3), ("carried_in", 1), ("answered", 4)],
        ),
        (
            "收到申请12件，予以公开及部分公开的有6件，占50%；无法提供的有6件。",
            [("received", 12), ("granted_and_partial", 6), ("unable", 6)],
        ),
        (
            "答复政府信息公开申请9件，予以公开3件，部分公开1件，不予公开2件，不予处理2件，其他处理1件。",
            [("answered", 9), ("granted", 3), ("partial", 1), ("denied", 2), ("rejected", 2), ("other", 1)],
        ),
        (
            "受理的申请中，3件予以公开，1件部分公开，2件不予公开。",
            [("granted", 3), ("partial", 1), ("denied", 2)],
        ),
        ("申请中属于四类过程性信息2件，重复申请1件。", [("denied_6_process", 2), ("reject_2_repeat", 1)]),
        ("因本机关不掌握等原因，申请中无法提供265件。", [("unable", 265)]),
        ("信息公开类行政复议7件，诉讼9件，均获维持。", [("review", 7), ("litigation", 9)]),
        ("政府信息公开未经复议直接起诉2件，复议后起诉1件。", [("direct", 2), ("after_review", 1)]),
        ("未发生因政府信息公开申请行政复议、提起行政诉讼情况。", [("disputes", 0)]),
        ("未发生因政府信息公开引起的行政复议、行政诉讼情况。", [("disputes", 0)]),
        ("不存在有关政府信息公开行政复议和行政诉讼情况。", [("disputes", 0)]),
        ("全年作出行政许可决定550件、行政处罚3件。", [("licence", 550)]),
        ("双公示系统公开行政许可55项。", [("licence", 55)]),
        ("公示行政处罚信息6条，实施行政强制措施2次。", [("penalty", 6), ("coercion", 2)]),
        ("作出行政处罚决定4件。", [("penalty", 4)]),
        ("行政事业性收费共计7730.28万元。", [("fee", Decimal("7730.28"))]),
        ("制发行政规范性文件5件，现行有效的规范性文件8件。", [("made", 5), ("in_force", 8)]),
    ],
)
def test_what_is_claimed(text, found):
    assert sorted(topics(text)) == sorted(found)


@pytest.mark.parametrize(
    "text",
    [
        "收到行政许可申请30件。",
        "收到政府信息公开网上申请3件。",
        "网络收到政府信息公开申请3件。",
        "2022年收到政府信息公开申请20件。",
        "去年收到政府信息公开申请20件。",
        "收到政府信息公开申请同比增加5件。",
        "收到困难救助申请8件。",
        "未收到当面申请、信函提交的政府信息公开申请。",
        "办理行政复议案件120件。",
        "政府信息公开引发行政复议、行政诉讼5件。",
        "办理建议提案，予以公开12件，申请公开无。",
        "主动公开，予以公开12件。",
        "申请中予以公开较上年增加3件。",
        "公开行政许可事项清单55项。",
        "行政许可较上年公示行政许可增加3件。",
        "万一收到政府信息公开申请万一件。",
        "结转2021年度继续办理政府信息公开申请2件。",
        "收到咨询3件。",
        "共办结10件。",
    ],
)
def test_what_is_not(text):
    assert topics(text) == []


def test_the_section_can_stand_for_the_subject():
    assert topics("收到申请3件。", "requests") == [("received", 3)]
    assert topics("予以公开3件。", "requests") == [("granted", 3)]
    assert topics("结转下年度3件。", "requests") == [("carried_out", 3)]
    assert topics("行政复议2件。", "disputes") == [("review", 2)]
    assert topics("结转下年度3件。", "other") == []


def test_rough_numbers_and_uncertain_words_are_marked():
    (rough,) = claims_in("收到政府信息公开申请20余件", "overview", 2023)
    (near,) = claims_in("收到政府信息公开申请约30件", "overview", 2023)
    (unsure,) = claims_in("公开行政许可55项", "overview", 2023)
    assert (rough.is_exact, near.is_exact, unsure.is_exact) == (False, False, True)
    assert (rough.firm, unsure.firm) == (True, False)
    assert unsure.before == "公开行政许可"


def test_a_report_without_a_year_is_read_as_well():
    assert topics("2022年收到政府信息公开申请20件，结转2023年度3件。", year=None) == [
        ("received", 20),
        ("carried_out", 3),
    ]


def test_endless_prose_is_looked_at_up_to_a_bound():
    text = (
        "收到政府信息公开申请12件，予以公开3件，不予公开1件，共办理行政许可五十六万七千八百九十件。" * 20_000
    )
    subject = Subject(report(sections={"overview": text}))
    assert (len(subject.prose["overview"]), len(subject.claims)) == (MOST_PROSE, MOST_CLAIMS)


def test_an_endless_numeral_is_none():
    assert (
        list(claims_in("收到政府信息公开申请" + "一二三四五六七八九十百千万" * 4_000 + "件。", "overview"))
        == []
    )


@pytest.mark.parametrize(
    "text",
    [
        "所有办结的信息公开申请中同意公开答复9件，无法提供的10件。",
        "经查，2022年收到，结转至2023年作出答复的政府信息公开申请56件。",
        "全部在法定期限内答复，无结转下年度办理申请。",
        "累计受理政府信息公开申请1250件（自2008年条例施行以来）。",
        "作为依申请公开信息数28条，不予公开信息数8条。",
    ],
)
def test_numbers_of_parts_other_years_and_pieces_of_information_are_no_claims(text):
    found = [one for one in topics(text) if one[0] in {"received", "answered", "denied"}]
    assert found == []
