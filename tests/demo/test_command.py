"""`gongkai demo`'s arguments and refusals."""

import argparse

import pytest
from django.core import management

from gongkai.cli import demo as command


def test_accounts_are_printed_with_addresses(capsys):
    command.print_accounts(8123)
    told = capsys.readouterr().out
    assert "http://127.0.0.1:8123/console/" in told
    assert "demo-handler" in told
    assert "Gongkai-demo-2020" in told


@pytest.mark.parametrize("text", ["0", "65536", "http", "-1", "８０００"])
def test_a_port_is_a_port(text):
    with pytest.raises(argparse.ArgumentTypeError, match="不是端口号"):
        command.port(text)


@pytest.mark.django_db
def test_production_is_refused(settings, capsys):
    settings.GONGKAI_MODE = "production"
    assert command.prepare() == 2
    assert "不能建立演示数据" in capsys.readouterr().err


def test_somebody_s_own_database_is_not_even_migrated(body, capsys, monkeypatch):
    migrated = []
    original = management.call_command

    def call_command(name, *args, **options):
        if name == "migrate":
            migrated.append(name)
        else:
            original(name, *args, **options)

    monkeypatch.setattr(management, "call_command", call_command)
    assert command.prepare() == 2
    assert "数据库中有非演示机关（青屿县教育体育局）" in capsys.readouterr().err
    assert migrated == []
