"""Every ending of a request: one row in each report format, its letter, and the order of remedies."""

from datetime import date

import pytest

from gongkai.law.outcomes import (
    OUTCOMES,
    Family,
    Letter,
    Outcome,
    ReviewPolicy,
    outcome,
    remedy,
    review_first,
    review_first_for_silence,
)

COMMON_ROWS = {
    "granted",
    "partial",
    "denied_1_secret",
    "denied_2_law",
    "denied_3_safety",
    "denied_4_third_party",
    "denied_5_internal",
    "denied_6_process",
    "denied_7_case_file",
    "denied_8_query",
    "unable_1_not_held",
    "unable_2_need_create",
    "unable_3_unclear",
    "reject_1_petition",
    "reject_2_repeat",
    "reject_3_publication",
    "reject_4_excessive",
    "reject_5_confirm",
}
OTHER_ROWS = {
    "2019": {"other_total"},
    "2021": {"other_1_no_correction", "other_2_unpaid", "other_3_other"},
}
IN_2023, IN_2024 = date(2023, 12, 31), date(2024, 1, 1)


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_endings_fill_exactly_the_rows_of_the_form(form):
    assert {ending.row(form) for ending in OUTCOMES.values()} == COMMON_ROWS | OTHER_ROWS[form]


def test_the_table_of_endings():
    assert {key: (one.article, one.row_2019, one.row_2021) for key, one in OUTCOMES.items()} == {
        "already_public": ("条例第三十六条第（一）项", "granted", "granted"),
        "granted": ("条例第三十六条第（二）项", "granted", "granted"),
        "partial": ("条例第三十七条", "partial", "partial"),
        "denied_secret": ("条例第十四条", "denied_1_secret", "denied_1_secret"),
        "denied_law": ("条例第十四条", "denied_2_law", "denied_2_law"),
        "denied_safety": ("条例第十四条", "denied_3_safety", "denied_3_safety"),
        "denied_third_party": (
            "条例第十五条、第三十二条",
            "denied_4_third_party",
            "denied_4_third_party",
        ),
        "denied_internal": ("条例第十六条第一款", "denied_5_internal", "denied_5_internal"),
        "denied_process": ("条例第十六条第二款", "denied_6_process", "denied_6_process"),
        "denied_case_file": ("条例第十六条第二款", "denied_7_case_file", "denied_7_case_file"),
        "query_regime": ("条例第三十六条第（七）项", "denied_8_query", "denied_8_query"),
        "not_exist": ("条例第三十六条第（四）项", "unable_1_not_held", "unable_1_not_held"),
        "not_our_remit": ("条例第三十六条第（五）项", "unable_1_not_held", "unable_1_not_held"),
        "need_create": ("条例第三十八条", "unable_2_need_create", "unable_2_need_create"),
        "unclear": ("条例第三十条", "unable_3_unclear", "unable_3_unclear"),
        "reject_petition": ("条例第三十九条第一款", "reject_1_petition", "reject_1_petition"),
        "reject_repeat": ("条例第三十六条第（六）项", "reject_2_repeat", "reject_2_repeat"),
        "reject_publication": ("条例第三十九条第二款", "reject_3_publication", "reject_3_publication"),
        "reject_excessive": ("条例第三十五条", "reject_4_excessive", "reject_4_excessive"),
        "reject_confirm": (
            "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
            "reject_5_confirm",
            "reject_5_confirm",
        ),
        "lapse_no_correction": ("条例第三十条", "other_total", "other_1_no_correction"),
        "lapse_unpaid": (
            "《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）",
            "other_total",
            "other_2_unpaid",
        ),
        "withdrawn": (
            "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
            "other_total",
            "other_3_other",
        ),
        "other": (
            "政府信息公开工作年度报告格式（国办公开办函〔2021〕30号）表三",
            "other_total",
            "other_3_other",
        ),
    }


def test_a_denial_names_its_ground_in_full():
    assert outcome("denied_secret") == Outcome(
        "denied_secret",
        "属于国家秘密",
        Family.DENIED,
        "条例第十四条",
        "经审查，您申请公开的信息依法确定为国家秘密。根据《中华人民共和国政府信息公开条例》第十四条的规定，本机关决定不予公开。",
        Letter.DENIAL,
        "denied_1_secret",
        "denied_1_secret",
    )


def test_where_no_article_speaks_none_is_named():
    assert outcome("reject_confirm").wording == (
        "经审查，您提交的申请系要求本机关确认或者重新出具已经获取的信息。据此，本机关不予处理。"
    )


def test_every_wording_is_a_finished_sentence_to_the_applicant():
    for ending in OUTCOMES.values():
        assert ending.wording.endswith("。"), ending.key
        assert "您" in ending.wording, ending.key


def test_an_unknown_ending_is_refused_with_the_known_ones():
    with pytest.raises(
        ValueError, match="没有“refused”这种处理结果，可用的是：already_public、granted、partial、"
    ):
        outcome("refused")


def covered(policy: ReviewPolicy) -> set[Family]:
    return {ending.family for ending in OUTCOMES.values() if review_first(ending, IN_2024, policy)}


def test_review_comes_first_from_2024_only():
    """行政复议法第二十三条 (2023 revision), in force 2024-01-01."""
    denial = outcome("denied_process")
    assert [review_first(denial, day) for day in (IN_2023, IN_2024)] == [False, True]
    assert [review_first_for_silence(day) for day in (IN_2023, IN_2024)] == [False, True]


def test_what_counts_as_denial_is_for_the_locality_to_set():
    """行政复议法第二十三条第一款第（四）项; partial disclosure always counts (常识)."""
    assert covered(ReviewPolicy.DENIAL_ONLY) == {Family.DENIED, Family.PARTIAL}
    assert covered(ReviewPolicy.DENIAL_AND_UNABLE) == {Family.DENIED, Family.PARTIAL, Family.UNABLE}
    assert covered(ReviewPolicy.ALL_UNFAVOURABLE) == set(Family) - {Family.GRANTED}


def test_the_letter_names_the_remedies_in_their_order():
    """行政复议法第二十三条第二款: the decision itself must say that review comes first."""
    denial = outcome("denied_case_file")
    assert remedy(denial, IN_2024, "某市人民政府") == (
        "如对本决定不服，应当自收到之日起60日内先向某市人民政府申请行政复议；"
        "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向人民法院提起行政诉讼。"
    )
    either = "如对本答复不服，可以自收到之日起60日内向某市人民政府申请行政复议，或者在6个月内向人民法院提起行政诉讼。"
    assert remedy(denial, IN_2023, "某市人民政府") == either
    assert remedy(outcome("not_exist"), IN_2024, "某市人民政府") == either
    assert remedy(outcome("not_exist"), IN_2024, "某市人民政府", ReviewPolicy.DENIAL_AND_UNABLE).startswith(
        "如对本决定不服，应当自收到之日起60日内先向"
    )


def test_the_letter_names_the_court_of_the_body():
    def last(ending, on):
        return remedy(outcome(ending), on, "某市人民政府", court="某区人民法院").rpartition("，")[2]

    assert last("denied_secret", IN_2024).endswith("日内向某区人民法院提起行政诉讼。")
    assert last("granted", IN_2024) == "或者在6个月内向某区人民法院提起行政诉讼。"
