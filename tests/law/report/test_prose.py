"""Mending and cutting prose as it comes out of files."""

from decimal import Decimal

import pytest

from gongkai.law.report.prose import first_words, quantities, sentences, tidy


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("2023 年1 月1 日", "2023年1月1日"),
        ("收到２１件，占３３．９％", "收到21件，占33.9%"),
        ("均在法定期\n限答复。\n（二）依申请公开", "均在法定期限答复。\n（二）依申请公开"),
        ("共公开1,388条,其中 (网站) 5条", "共公开1388条，其中（网站）5条"),
        ("严格执行“分\n\n- 2 -\n级审核”", "严格执行“分级审核”"),
        ("执行\n第 2 页 共 5 页\n完毕", "执行完毕"),
        ("第一段\r\n\r\n第二段", "第一段\n第二段"),
        ("标题\n1.开展工作", "标题\n1.开展工作"),
        ("", ""),
    ],
)
def test_tidy(raw, clean):
    assert tidy(raw) == clean


def test_sentences_end_at_full_stops_and_semicolons():
    assert list(sentences("收到3件；答复3件。\n无。")) == ["收到3件", "答复3件", "无"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("共收到３件".replace("３", "3"), [(3, "件", True)]),
        ("5184余条", [(5184, "条", False)]),
        ("2780多条", [(2780, "条", False)]),
        ("近100篇", [(100, "篇", False)]),
        ("480封左右", [(480, "封", False)]),
        ("1.2万条", [(12000, "条", True)]),
        ("二十一件、零件", [(21, "件", True), (0, "件", True)]),
        ("占33.9%", [(Decimal("33.9"), "%", True)]),
        ("第二十条第3项", []),
        ("万一件", []),
        ("2023年公开", []),
    ],
)
def test_quantities(text, found):
    assert [(one.value, one.unit, one.is_exact) for one in quantities(text)] == found


def test_quotations_stay_short():
    assert first_words("短") == "短"
    assert first_words("长" * 70, 10) == "长" * 10 + "……"
