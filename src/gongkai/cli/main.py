"""`gongkai COMMAND …`. Only the command asked for is imported, so that `gongkai check` starts at once."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from gongkai import __version__

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130  # what a shell reports after Ctrl-C
BROKEN_PIPE = 141  # … and when the reader of our output has gone


class CommandModule(Protocol):
    """What a subcommand's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Describe the command's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do the work; the exit status."""


@dataclass(frozen=True)
class Command:
    """A subcommand: the module that does it and what it is for."""

    module: str
    purpose: str


COMMANDS = {
    "demo": Command("gongkai.cli.demo", "建立演示数据并在本机打开门户与工作台"),
    "serve": Command("gongkai.cli.serve", "启动系统：网站、任务执行与定时任务"),
    "check": Command("gongkai.cli.check", "检查任意一份政府信息公开年度报告"),
    "report": Command("gongkai.cli.report", "计算并导出本机关的年度报告"),
    "export-site": Command("gongkai.cli.export_site", "把公开网站导出为静态文件"),
    "import": Command("gongkai.cli.import_", "从表格或其他网站的订阅批量导入文件"),
    "calendar": Command("gongkai.cli.calendar", "查询工作日、节假日安排，推算期限"),
    "manage": Command("gongkai.cli.manage", "运行管理命令（gongkai manage help 列出全部）"),
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:  # its arguments belong to Django, --help included
        return _guarded(_module("manage"), argparse.Namespace(arguments=arguments[1:]))
    chosen = next((word for word in arguments if not word.startswith("-")), "")
    args = _parser(chosen).parse_args(arguments)
    return _guarded(_module(args.command), args)


def _module(name: str) -> CommandModule:
    return cast("CommandModule", import_module(COMMANDS[name].module))


def _parser(chosen: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="gongkai", description="政府信息公开工作系统")
    parser.add_argument("--version", action="version", version=f"gongkai {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", title="命令")
    for name, command in COMMANDS.items():
        subparser = commands.add_parser(name, help=command.purpose, description=command.purpose)
        if name == chosen:
            _module(name).add_arguments(subparser)
    return parser


def _guarded(module: CommandModule, args: argparse.Namespace) -> int:
    try:
        status = module.run(args)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Python flushes stdout once more at exit; give it somewhere to go.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return BROKEN_PIPE
    return status


if __name__ == "__main__":
    sys.exit(main())
