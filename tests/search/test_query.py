"""The language of queries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.search.query import LONGEST, MOST, Field, Phrase, parse


def read(text):
    query = parse(text)
    return [[phrase.canon for phrase in clause] for clause in query.clauses], [
        one.canon for one in query.without
    ]


@pytest.mark.parametrize(
    ("typed", "clauses", "without"),
    [
        ("招生", [["招生"]], []),
        ("招生 报名", [["招生"], ["报名"]], []),
        ("招生，报名", [["招生"], ["报名"]], []),
        ("招生　报名", [["招生"], ["报名"]], []),
        ("招生 AND 报名", [["招生"], ["报名"]], []),
        ("招生 或 报名", [["招生", "报名"]], []),
        ("招生 OR 报名", [["招生", "报名"]], []),
        ("招生|报名", [["招生", "报名"]], []),
        ("甲乙 招生 或 报名 或 录取", [["甲乙"], ["招生", "报名", "录取"]], []),
        ("招生 -小学", [["招生"]], ["小学"]),
        ("招生 －小学", [["招生"]], ["小学"]),
        ("招生 非 小学", [["招生"]], ["小学"]),
        ("招生 NOT 小学", [["招生"]], ["小学"]),
        ('"招生 报名"', [["招生 报名"]], []),
        ("“招生 报名”", [["招生 报名"]], []),
        ('-"招生 报名" 学校', [["学校"]], ["招生 报名"]),
        ("〔2020〕12号", [["2020 12 号"]], []),
        ("国办发〔2020〕12号 通知", [["国办发 2020 12 号"], ["通知"]], []),
        ("(2020) 第12号", [["2020 第 12 号"]], []),
        ("2020年", [["2020 年"]], []),
        ("或 招生", [["招生"]], []),
        ("招生 或", [["招生"]], []),
        ("招生 招生", [["招生"]], []),
        ("《信息公开条例》", [["信息公开条例"]], []),
        ("- 招生", [["招生"]], []),
        ("非法集资", [["非法集资"]], []),
        ("或者", [], []),
    ],
)
def test_reading(typed, clauses, without):
    assert read(typed) == (clauses, without)


@pytest.mark.parametrize(
    ("typed", "field"),
    [("标题：招生", Field.TITLE), ("title:招生", Field.TITLE), ("文号:招生", Field.NUMBER), ("机关：招生", Field.BODY),
     ("关键词：招生", Field.KEYWORDS), ("正文：招生", Field.TEXT), ('标题: "招生"', Field.TITLE)],
)  # fmt: skip
def test_fields(typed, field):
    assert parse(typed).clauses == ((Phrase("招生", field),),)


def test_a_field_may_be_left_out():
    assert parse("招生 -标题:小学").without == (Phrase("小学", Field.TITLE),)


def test_what_is_not_understood_is_said():
    assert "引号没有成对" in parse("“招生 报名").notes[0]
    assert "过长" in parse("招" * (LONGEST + 1)).notes[0]
    assert "排除" in parse("-招生").notes[0]
    many = parse(" ".join(chr(0x4E00 + at) * 2 for at in range(MOST + 3)))
    assert (len(many.clauses), "其余3个" in many.notes[0]) == (MOST, True)


@given(st.text(max_size=250))
def test_nothing_typed_raises(text):
    query = parse(text)
    assert all(phrase.canon and phrase.pattern for phrase in (*query.phrases, *query.without))


@given(
    st.lists(
        st.sampled_from(
            ["招生", "或", "-", "非", '"', "“", "”", "标题：", "(", "〔2020〕1号", "OR", " ", "*", "|"]
        ),
        max_size=12,
    )
)
def test_no_mixture_of_signs_raises(parts):
    parse("".join(parts))
