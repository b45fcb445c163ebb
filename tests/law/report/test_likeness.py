"""R16: prose copied from last year."""

import pytest
from tests.law.report.builders import of, report, told, verdicts

from gongkai.law.report.checks import check
from gongkai.law.report.checks.likeness import likeness, repeated

PROBLEMS = (
    "对照上级要求和群众期待，我局政府信息公开工作还存在一定差距，主要表现在公开内容的深度和广度还有待提升。"
    "政策解读的形式比较单一，图片、动漫、视频等解读形式运用不多，群众关注度不高。"
    "下一步，我局将进一步梳理公开事项，完善公开目录，组织业务培训，提升工作人员的能力和水平，推动工作再上新台阶。"
)
OTHER_WORDS = (
    "今年群众集中反映的是学区划分方案发布太晚，招生咨询电话经常打不通，而且学校食堂检查结果没有及时登在网上。"
    "为此我们把学区方案的发布时间提前到四月，增加三条咨询线路，每周五把食堂检查结果挂网，并由纪检组抽查登记。"
    "目前三项措施都已落实，家长来电量下降一半，剩下的问题是部分民办学校还没有接入统一的公开栏目，明年上半年完成。"
)


def pair(now, before):
    return check(report(2023, sections={"problems": now}), report(2022, sections={"problems": before}))


def test_the_same_text_with_other_numbers_is_a_copy():
    findings = pair("2023年，" + PROBLEMS, "2022年，" + PROBLEMS)
    assert told(findings, "R16") == [("fail", "notice", "低于70%", "100%")]
    (finding,) = of(findings, "R16")
    assert finding.message.startswith("“存在的主要问题及改进情况”与上一年度报告约100%的文字相同，如“")
    assert finding.quote.count("\n") == 2


def test_a_copy_without_a_whole_sentence_in_common_is_still_told():
    reordered = PROBLEMS.replace("。", "，")
    assert of(pair(reordered, PROBLEMS), "R16")[0].message.endswith("的文字相同。")


def test_new_words_pass():
    findings = of(pair(OTHER_WORDS, PROBLEMS), "R16")
    assert [one.message for one in findings] == ["正文与上一年度报告的雷同度最高为0%。"]


def test_short_or_absent_prose_is_not_compared():
    assert verdicts(pair("无。", PROBLEMS), "R16") == ["not_assessable"]


@pytest.mark.parametrize(("text", "before"), [("", PROBLEMS), (PROBLEMS, "短")])
def test_likeness_needs_enough_words(text, before):
    assert likeness(text, before) is None


def test_repeated_sentences_are_quoted_longest_first():
    first, second, third = PROBLEMS.removesuffix("。").split("。")
    assert repeated(PROBLEMS, PROBLEMS) == sorted([first, second, third], key=len, reverse=True)
    assert repeated("短句子。", "短句子。") == []
