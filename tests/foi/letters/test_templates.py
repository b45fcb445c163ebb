"""Texts an administrator or an officer has edited."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.core.errors import Obstacle
from gongkai.foi.letters.compose import compose
from gongkai.foi.letters.kinds import KINDS, kind_of
from gongkai.foi.letters.placeholders import PLACEHOLDERS, available
from gongkai.foi.letters.samples import BODY, sample_facts
from gongkai.foi.letters.templates import check_template, check_text, fill_line, filled, named_in
from gongkai.foi.letters.texts import default_text
from gongkai.law.templates import MissingValue, UnknownPlaceholder

GRANTED, PARTIAL, CONSULTED = (kind_of(key) for key in ("granted", "partial", "third_party_consultation"))
WHOLE = "申请编号{{申请编号}}，{{所需信息}}\n{{提供方式}}\n{{救济途径}}"


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_default_text_is_in_order(kind):
    assert check_template(kind, default_text(kind)) == []


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_the_default_text_names_its_article(kind):
    text = default_text(kind)
    articles = kind.article.removeprefix("条例").split("、") if kind.article else []
    assert [article for article in articles if article not in text] == []
    if kind.article.startswith("条例"):
        assert "《中华人民共和国政府信息公开条例》" in text


@pytest.mark.parametrize("kind", [one for one in KINDS.values() if not one.article], ids=lambda one: one.key)
def test_where_no_article_speaks_none_is_named(kind):
    assert "条例" not in default_text(kind)


@pytest.mark.parametrize(
    ("kind", "text", "problem"),
    [
        (
            GRANTED,
            " \n",
            Obstacle("empty", "《政府信息公开告知书》没有文字", "请填写，或者恢复默认文字", "text"),
        ),
        (
            GRANTED,
            WHOLE + "{{申请编号",
            Obstacle(
                "braces", "文字中的双花括号没有成对；数据项应写成{{名称}}", "请补上或者删去花括号", "text"
            ),
        ),
        (
            GRANTED,
            WHOLE + "{{申请日期}}",
            Obstacle("unknown", "没有名为“{{申请日期}}”的数据项", "请从数据项列表中选用", "text"),
        ),
        (
            GRANTED,
            WHOLE.replace("{{救济途径}}", ""),
            Obstacle("missing", "《政府信息公开告知书》缺少“{{救济途径}}”", "请补上", "text"),
        ),
        (
            PARTIAL,
            WHOLE + "\n不予公开：{{不予公开内容表}}",
            Obstacle("block", "“{{不予公开内容表}}”是表格或者图码", "请让它独占一行", "text"),
        ),
        (
            CONSULTED,
            "{{征求意见内容}}由{{申请人}}申请。",
            Obstacle(
                "not_here",
                "《政府信息公开征求第三方意见书》不能使用“{{申请人}}”",
                "不应向收文方透露申请人，请删去",
                "text",
            ),
        ),
        (
            CONSULTED,
            "{{征求意见内容}}{{救济途径}}",
            Obstacle(
                "not_here",
                "《政府信息公开征求第三方意见书》不能使用“{{救济途径}}”",
                "该文书不告知救济途径，请删去",
                "text",
            ),
        ),
    ],
)
def test_what_is_wrong_with_a_template(kind, text, problem):
    assert check_template(kind, text) == [problem]


def test_what_a_kind_needs_it_may_use():
    for kind in KINDS.values():
        assert set(kind.required) <= {one.name for one in available(kind)}, kind.key


def test_a_line_whose_optional_item_is_unknown_is_left_out():
    facts = replace(sample_facts(GRANTED), description="")
    assert fill_line(GRANTED, "特征：{{特征描述}}（{{申请编号}}）", facts) is None
    assert fill_line(GRANTED, "编号{{申请编号}}", facts) == "编号QJT-2024-0012"


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        (
            "收到日期",
            {"received_on": None},
            "数据项“收到日期”没有内容，请补充（收到申请的日期（条例第三十一条）），或从文字中删去该项",
        ),
        (
            "救济途径",
            {"body": replace(BODY, review_organ="")},
            "不能写明救济途径：请先在机关资料中填写行政复议机关，更正答复的还应选择更正后的办理结果",
        ),
    ],
)
def test_what_is_not_known_is_asked_for(name, change, message):
    with pytest.raises(MissingValue) as raised:
        fill_line(GRANTED, f"{{{{{name}}}}}", replace(sample_facts(GRANTED), **change))
    assert str(raised.value) == message


def test_a_table_without_rows_is_asked_for():
    with pytest.raises(MissingValue, match="数据项“不予公开内容表”没有内容"):
        compose(PARTIAL, default_text(PARTIAL), replace(sample_facts(PARTIAL), withheld=()))


def test_the_applicant_is_never_told_to_a_third_party():
    with pytest.raises(UnknownPlaceholder):
        fill_line(CONSULTED, "{{申请人}}", sample_facts(CONSULTED))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_filling_first_and_composing_later_gives_the_same_letter(kind):
    facts, text = sample_facts(kind), default_text(kind)
    assert compose(kind, filled(kind, text, facts), facts) == compose(kind, text, facts)
    assert check_text(kind, filled(kind, text, facts), facts) == []


@given(st.text(min_size=1).filter(lambda text: text.strip()))
def test_what_an_applicant_writes_is_never_a_placeholder(subject):
    facts = replace(sample_facts(GRANTED), subject=subject)
    edited = filled(GRANTED, "{{所需信息}}\n{{救济途径}}", facts)
    assert check_text(GRANTED, edited, facts) == []


def test_a_draft_from_before_the_turn_of_the_rule_is_not_signed_after_it():
    kind = kind_of("denied_process")
    draft = replace(sample_facts(kind), issued_on=dt.date(2023, 12, 29))
    text = filled(kind, default_text(kind), draft)
    signing = replace(draft, issued_on=dt.date(2024, 1, 2))
    assert check_text(kind, text, draft) == []
    assert check_text(kind, text, signing) == [
        Obstacle(
            "remedies",
            "文书没有写明救济途径，或者所写与文书日期、办理结果、机关资料不符",
            "请改为：如对本决定不服，应当自收到之日起60日内先向青屿县人民政府申请行政复议；"
            "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向青屿县人民法院提起行政诉讼。",
            "text",
        )
    ]


def test_an_edited_text_may_not_lose_its_table():
    text = filled(PARTIAL, default_text(PARTIAL), sample_facts(PARTIAL)).replace(
        "{{不予公开内容表}}", "（略）"
    )
    assert check_text(PARTIAL, text, sample_facts(PARTIAL)) == [
        Obstacle("missing", "《政府信息部分公开告知书》缺少“{{不予公开内容表}}”", "请补上", "text")
    ]


def test_what_an_officer_has_to_supply():
    assert [one.field for one in named_in(default_text(kind_of("clarification")))] == [
        "received_on",
        "",
        "request_number",
        "subject",
        "clarify",
        "clarify_by",
    ]


def test_every_placeholder_is_explained_and_used_in_some_letter_or_common_to_all():
    used = {name.name for kind in KINDS.values() for name in named_in(default_text(kind))}
    common = {"机关名称", "公开工作机构", "办公地址", "办公时间", "联系电话", "文书编号", "成文日期", "申请人",
              "提交方式", "特征描述", "获取方式", "查询码", "收文方"}  # fmt: skip
    assert set(PLACEHOLDERS) - used == common
    assert all(one.about for one in PLACEHOLDERS.values())
