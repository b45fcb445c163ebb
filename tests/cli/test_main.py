"""The command line as a whole: help, statuses, and that light commands stay light."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from gongkai import __version__
from gongkai.cli import main as command_line
from gongkai.cli.main import COMMANDS, main


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "gongkai.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=environment or None,
    )


def test_help_names_every_command(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    printed = capsys.readouterr().out
    assert [
        name for name, command in COMMANDS.items() if name in printed.split() and command.purpose in printed
    ] == list(COMMANDS)


def test_the_version(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["--version"])
    assert (stopped.value.code, capsys.readouterr().out) == (0, f"gongkai {__version__}\n")


@pytest.mark.parametrize("arguments", [[], ["nonsense"]])
def test_no_command_or_an_unknown_one_is_a_usage_error(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert "usage: gongkai" in capsys.readouterr().err


def test_the_calendar_does_not_load_the_framework():
    code = (
        "import sys; from gongkai.cli.main import main; main(['calendar', '2026']);"
        "print('django' in sys.modules, file=sys.stderr)"
    )
    finished = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert finished.stderr == "False\n"


@pytest.mark.parametrize(("raised", "status"), [(KeyboardInterrupt, 130), (None, 7)])
def test_the_status_is_the_commands_own_or_that_of_an_interrupt(monkeypatch, raised, status):
    def work(_args):
        if raised is not None:
            raise raised
        return 7

    monkeypatch.setattr(
        command_line, "_module", lambda _name: SimpleNamespace(add_arguments=lambda _: None, run=work)
    )
    assert main(["calendar"]) == status


def test_a_reader_that_goes_away_is_no_traceback():
    piped = f"{sys.executable} -m gongkai.cli.main calendar --from 2024-01-01 --add 2000 | head -1"
    finished = subprocess.run(["bash", "-c", piped], capture_output=True, text=True, check=True)
    assert finished.stderr == ""
    assert finished.stdout.startswith("2024-01-01 星期一 之后第 2000 个工作日是")


def test_manage_hands_everything_to_the_framework(tmp_path):
    finished = run("manage", "check", "--fail-level", "ERROR", GONGKAI_DATA_DIR=str(tmp_path))
    assert (finished.returncode, finished.stderr) == (0, "")


def test_a_wrong_environment_is_told_without_a_traceback(tmp_path):
    finished = run("manage", "check", GONGKAI_DATA_DIR=str(tmp_path), GONGKAI_MODE="staging")
    assert (finished.returncode, finished.stdout) == (78, "")
    assert finished.stderr == (
        "环境变量有 1 处错误，系统未启动 / wrong environment, not started:\n"
        "  GONGKAI_MODE = 'staging'\n"
        "    只能是：demo、production、test。\n"
        "    Must be one of: demo, production, test.\n"
    )


def test_a_command_without_tables_to_work_on_says_how_to_make_them(tmp_path):
    finished = run("report", "--year", "2024", GONGKAI_DATA_DIR=str(tmp_path))
    assert (finished.returncode, finished.stdout) == (78, "")
    assert finished.stderr == "数据库里还没有表。请先运行 gongkai manage migrate 或 gongkai serve。\n"
