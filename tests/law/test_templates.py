"""Placeholders: names in double braces, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.law.templates import UnknownPlaceholder, fill, placeholders, unbalanced


def test_names_in_order_each_once():
    assert placeholders("于{{收到日期}}收到{{ 申请人 }}，{{收到日期}}。") == ("收到日期", "申请人")


def test_nothing_is_evaluated():
    assert fill("{{甲.__class__}}{甲}{% 甲 %}", lambda name: f"[{name}]") == "[甲.__class__]{甲}{% 甲 %}"


@pytest.mark.parametrize("text", ["{{甲}", "甲}}", "{{甲{乙}}", "{{{甲}"])
def test_braces_that_do_not_match(text):
    assert unbalanced(text)
    with pytest.raises(UnknownPlaceholder) as raised:
        fill(text, str)
    assert str(raised.value) == "文字中的双花括号没有成对；数据项应写成{{名称}}"


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_template(value, rest):
    plain = rest.replace("{", "").replace("}", "")
    assert fill(plain + "{{值}}", {"值": value}.__getitem__) == plain + value
