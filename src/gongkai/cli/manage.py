"""`gongkai manage …`: Django's own commands and ours, with the settings checked first."""

from __future__ import annotations

import argparse

from gongkai.cli.framework import start_framework


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Everything after `manage` goes to Django unread."""
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="管理命令及其参数")


def run(args: argparse.Namespace) -> int:
    """Run a management command; the command itself raises SystemExit for other statuses than 0."""
    start_framework()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongkai manage", *args.arguments])
    return 0
