"""`gongkai calendar`."""

import pytest

from gongkai.cli.main import main


def lines(capsys):
    return capsys.readouterr().out.splitlines()


def test_a_year(capsys):
    assert main(["calendar", "2024"]) == 0
    assert lines(capsys)[1:] == [
        "  元旦　2023-12-30 星期六 至 2024-01-01 星期一，3天",
        "  春节　2024-02-10 星期六 至 2024-02-17 星期六，8天；2024-02-04 星期日、2024-02-18 星期日 上班",
        "  清明节　2024-04-04 星期四 至 2024-04-06 星期六，3天；2024-04-07 星期日 上班",
        "  劳动节　2024-05-01 星期三 至 2024-05-05 星期日，5天；2024-04-28 星期日、2024-05-11 星期六 上班",
        "  端午节　2024-06-08 星期六 至 2024-06-10 星期一，3天",
        "  中秋节　2024-09-15 星期日 至 2024-09-17 星期二，3天；2024-09-14 星期六 上班",
        "  国庆节　2024-10-01 星期二 至 2024-10-07 星期一，7天；2024-09-29 星期日、2024-10-12 星期六 上班",
        "  全年工作日 251 天",
    ]


def test_a_term_and_why_each_day_counts(capsys):
    assert main(["calendar", "--from", "2024-09-27", "--add", "3"]) == 0
    assert lines(capsys) == [
        "2024-09-27 星期五 之后第 3 个工作日是 2024-10-08 星期二",
        "  2024-09-28 星期六　不计　星期六",
        "  2024-09-29 星期日　第1日　调休上班（补国庆节）",
        "  2024-09-30 星期一　第2日　工作日",
        "  2024-10-01 星期二　不计　国庆节放假",
        "  2024-10-02 星期三　不计　国庆节放假",
        "  2024-10-03 星期四　不计　国庆节放假",
        "  2024-10-04 星期五　不计　国庆节放假",
        "  2024-10-05 星期六　不计　国庆节放假",
        "  2024-10-06 星期日　不计　国庆节放假",
        "  2024-10-07 星期一　不计　国庆节放假",
        "  2024-10-08 星期二　第3日　工作日",
    ]


def test_what_is_not_announced_yet_is_marked(capsys):
    assert main(["calendar", "--from", "2098-12-30", "--add", "1"]) == 0
    first, note, *_ = lines(capsys)
    assert first == "2098-12-30 星期二 之后第 1 个工作日是 2098-12-31 星期三（预计）"
    assert "尚未公布" in note
    assert main(["calendar", "2098"]) == 0
    assert lines(capsys) == ["2098年（预计）", note]


def test_a_year_before_our_table_is_not_guessed_silently(capsys):
    assert main(["calendar", "1999"]) == 0
    assert lines(capsys) == ["1999年（预计）", "1999年的放假安排未录入，按周一至周五推算，仅供参考"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["twenty"], "'twenty' 不是年份"),
        (["٢٠٢٤"], "不是年份"),
        (["0"], "'0' 不是年份"),
        (["--from", "2024-13-01", "--add", "1"], "'2024-13-01' 不是日期"),
        (["--from", "2024-01-01", "--add", "0"], "'0' 应为 1 至 2000 的整数"),
        (["--from", "2024-01-01", "--add", "-5"], "'-5' 应为 1 至 2000 的整数"),
    ],
)
def test_wrong_arguments_are_named_in_chinese(arguments, told, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["calendar", *arguments])
    assert stopped.value.code == 2
    assert told in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [[], ["--from", "2024-01-01"], ["--add", "5"], ["2024", "--from", "2024-01-01", "--add", "5"]],
)
def test_half_a_question_is_asked_back(arguments, capsys):
    assert main(["calendar", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "请写年份（gongkai calendar 2026），或同时写 --from 日期 与 --add 工作日数。\n"
