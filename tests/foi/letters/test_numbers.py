"""Numbers by a pattern a body sets (GB/T 9704-2012, 7.2.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.foi.letters.numbers import (
    DEFAULT_PATTERN,
    Numbered,
    NumberPattern,
    PatternError,
    check_pattern,
)

fixed = st.text(st.characters(categories=["Lo", "Po", "Pd"], exclude_characters="{}〔〕"), max_size=8)
bodies = st.text(st.characters(categories=["Lo", "Nd", "Ll"]), max_size=8)


def test_the_default_pattern():
    pattern = NumberPattern(DEFAULT_PATTERN)
    assert pattern.number(body="青教体", year=2024, serial=12) == "青教体公开〔2024〕第12号"
    assert pattern.read("青教体公开〔2024〕第12号", body="青教体") == Numbered(2024, 12)


@pytest.mark.parametrize(
    "number",
    [
        "青教体公开〔2024〕第012号",
        "青教体公开[2024]第12号",
        "县教体公开〔2024〕第12号",
        "青教体公开〔2024〕第12号补",
    ],
)
def test_a_number_of_another_pattern_is_not_read(number):
    assert NumberPattern(DEFAULT_PATTERN).read(number, body="青教体") is None


@given(fixed, fixed, fixed, bodies, st.integers(1000, 9999), st.integers(1, 10**9))
def test_what_was_numbered_is_read_back(before, between, after, body, year, serial):
    pattern = NumberPattern(f"{before}{{机关简称}}〔{{年份}}〕{between}{{序号}}{after}")
    made = pattern.number(body=body, year=year, serial=serial)
    assert pattern.read(made, body=body) == (year, serial)


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(2000, 2100), st.integers(2000, 2100))
def test_two_numbers_are_equal_only_for_the_same_year_and_serial(first, second, year, other):
    pattern = NumberPattern(DEFAULT_PATTERN)
    made = [pattern.number(body="甲1", year=y, serial=n) for y, n in ((year, first), (other, second))]
    assert (made[0] == made[1]) == ((year, first) == (other, second))


@pytest.mark.parametrize(("year", "serial"), [(2024, 0), (2024, -1), (24, 1), (10000, 1)])
def test_what_is_no_number(year, serial):
    with pytest.raises(ValueError, match=f"no number for year {year}, serial {serial}"):
        NumberPattern(DEFAULT_PATTERN).number(body="甲", year=year, serial=serial)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (
            "{机关简称}〔{年份}〕第{序号}号{类别}",
            "编号格式中没有“{类别}”这一项（可用的是{机关简称}、{年份}、{序号}）",
        ),
        ("〔{年份}〕{序号}号{", "编号格式中的花括号没有成对（数据项应写成{名称}）"),
        ("公开第{序号}号", "编号格式应有且只有一个{年份}（请补上或者删去多余的）"),
        ("公开〔{年份}〕号", "编号格式应有且只有一个{序号}（请补上或者删去多余的）"),
        ("{机关简称}{机关简称}〔{年份}〕{序号}号", "编号格式中的{机关简称}重复（请删去多余的）"),
        ("公开[{年份}]{序号}号", "年份应当用六角括号括起（请写成〔{年份}〕）"),
        ("公开〔{年份}〕0{序号}号", "编号格式的固定文字中不应有数字或者换行（请删去）"),
        ("公开〔{年份}〕{序号}号" + "甲" * 30, "编号格式超过40个字（请缩短）"),
    ],
)
def test_what_is_wrong_with_a_pattern(pattern, said):
    assert [str(problem) for problem in check_pattern(pattern)] == [said]
    with pytest.raises(PatternError) as raised:
        NumberPattern(pattern)
    assert str(raised.value) == said
