"""Every mistake in the environment is found at once and explained."""

from datetime import time

import pytest

from gongkai.config.environment import Environment, InvalidEnvironmentError, Problem

NOT_SET = "（未设置 / not set）"
HIDDEN = "（不显示 / hidden）"


def variables(environment):
    return [problem.variable for problem in environment.problems]


def test_what_is_not_set_has_its_default():
    environment = Environment({})
    assert environment.text("A", "甲") == "甲"
    assert environment.choice("B", ("x", "y"), "y") == "y"
    assert environment.flag("C", default=True) is True
    assert environment.integer("D", 7, minimum=1, maximum=9) == 7
    assert environment.words("E", ["e"]) == ["e"]
    assert environment.hosts("F", ["localhost"]) == ["localhost"]
    assert environment.origins("G") == []
    assert environment.web_address("H") == ""
    assert environment.key("I", required=False) == ""
    assert environment.database("J", "sqlite:////data/a.sqlite3")["NAME"] == "/data/a.sqlite3"
    assert environment.problems == []


def test_what_is_set_is_read():
    environment = Environment(
        {
            "A": " 文字 ",
            "B": "x",
            "C": "OFF",
            "D": "9",
            "E": "a, b,,c",
            "F": "gk.example.gov.cn,[::1],.example.cn",
            "G": "https://gk.example.gov.cn",
            "H": "https://id.example.gov.cn/realms/x",
            "I": "k" * 32,
            "J": "postgresql://u:p@db:5433/gongkai",
        }
    )
    assert environment.text("A") == "文字"
    assert environment.choice("B", ("x", "y"), "y") == "x"
    assert environment.flag("C", default=True) is False
    assert environment.integer("D", 7, minimum=1, maximum=9) == 9
    assert environment.words("E") == ["a", "b", "c"]
    assert environment.hosts("F") == ["gk.example.gov.cn", "[::1]", ".example.cn"]
    assert environment.origins("G") == ["https://gk.example.gov.cn"]
    assert environment.web_address("H") == "https://id.example.gov.cn/realms/x"
    assert environment.key("I", required=True) == "k" * 32
    database = environment.database("J", "sqlite:///x")
    assert (database["ENGINE"], database["HOST"], database["PORT"]) == (
        "django.db.backends.postgresql",
        "db",
        5433,
    )
    assert environment.problems == []


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("staging", lambda env: env.choice("X", ("demo", "production"), "demo")),
        ("maybe", lambda env: env.flag("X", default=False)),
        ("12 MB", lambda env: env.integer("X", 5, minimum=1, maximum=100)),
        ("0", lambda env: env.integer("X", 5, minimum=1, maximum=100)),
        ("101", lambda env: env.integer("X", 5, minimum=1, maximum=100)),
        ("٣", lambda env: env.integer("X", 5, minimum=1, maximum=100)),
        ("https://gk.example.gov.cn", lambda env: env.hosts("X")),
        ("gk.example.gov.cn:8000", lambda env: env.hosts("X")),
        ("gk.example.gov.cn", lambda env: env.origins("X")),
        ("https://", lambda env: env.web_address("X")),
        ("http://[", lambda env: env.web_address("X")),
        ("short", lambda env: env.key("X", required=False)),
        ("mysql://u:p@h/d", lambda env: env.database("X", "sqlite:///d")),
        ("postgresql://u:p@h:port/d", lambda env: env.database("X", "sqlite:///d")),
        ("postgresql://u:p@h", lambda env: env.database("X", "sqlite:///d")),
        ("sqlite://", lambda env: env.database("X", "sqlite:///d")),
        ("sqlite://:memory:", lambda env: env.database("X", "sqlite:///d")),
        ("sqlite:///", lambda env: env.database("X", "sqlite:///d")),
        ("", lambda env: env.text("X", required=True)),
        ("   ", lambda env: env.key("X", required=True)),
    ],
)
def test_a_wrong_value_is_noted_with_a_remedy_in_both_languages(value, read):
    environment = Environment({"X": value})
    read(environment)
    (problem,) = environment.problems
    assert problem.variable == "X"
    assert problem.chinese
    assert problem.english


def test_all_problems_are_told_together():
    environment = Environment({"MODE": "x", "PORT": "y"})
    environment.choice("MODE", ("demo",), "demo")
    environment.integer("PORT", 1, minimum=1, maximum=9)
    with pytest.raises(InvalidEnvironmentError) as raised:
        environment.finish()
    assert raised.value.problems == (
        Problem("MODE", "'x'", "只能是：demo。", "Must be one of: demo."),
        Problem("PORT", "'y'", "请填写 1 至 9 之间的整数。", "Write a whole number from 1 to 9."),
    )
    assert str(raised.value) == (
        "环境变量有 2 处错误，系统未启动 / wrong environment, not started:\n"
        "  MODE = 'x'\n    只能是：demo。\n    Must be one of: demo.\n"
        "  PORT = 'y'\n    请填写 1 至 9 之间的整数。\n    Write a whole number from 1 to 9."
    )


def test_a_secret_is_never_shown():
    environment = Environment({"KEY": "s3cret", "DB": "mysql://u:s3cret@h/d"})
    environment.key("KEY", required=True)
    environment.database("DB", "sqlite:///d")
    environment.key("NONE", required=True)
    assert [problem.value for problem in environment.problems] == [HIDDEN, HIDDEN, NOT_SET]
    with pytest.raises(InvalidEnvironmentError) as raised:
        environment.finish()
    assert "s3cret" not in str(raised.value)


def test_a_misspelt_variable_of_ours_is_named_and_other_peoples_are_left_alone():
    environment = Environment({"GONGKAI_HTPS": "on", "GONGKAI_ZZZ": "1", "HTPS": "on", "GONGKAI_BIND": "x"})
    environment.flag("GONGKAI_HTTPS", default=False)
    environment.refuse_unknown(allowed=["GONGKAI_BIND"])
    assert [(problem.variable, problem.chinese) for problem in environment.problems] == [
        ("GONGKAI_HTPS", "没有这个变量，是否要写 GONGKAI_HTTPS？"),
        ("GONGKAI_ZZZ", "没有这个变量，请删除。"),
    ]


def test_a_right_environment_starts():
    Environment({}).finish()


@pytest.mark.parametrize("text", ["09:00-12:30", "09:00 - 12:30"])
def test_a_span_of_the_day_is_read(text):
    environment = Environment({"A": text})
    assert environment.hours("A", "08:30-17:30") == (time(9), time(12, 30))
    assert environment.problems == []


@pytest.mark.parametrize(
    "text", ["9:00-12:30", "09:00", "12:30-09:00", "09:00-09:00", "09:00-24:00", "09:60-10:00", "早上"]
)
def test_a_wrong_span_is_named_and_the_default_stands(text):
    environment = Environment({"A": text})
    assert environment.hours("A", "08:30-17:30") == (time(8, 30), time(17, 30))
    assert variables(environment) == ["A"]
    assert "08:30-17:30" in environment.problems[0].chinese
