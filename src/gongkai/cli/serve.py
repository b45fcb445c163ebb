"""`gongkai serve`: the web server, the task worker and the scheduler, started and stopped as one."""

from __future__ import annotations

import argparse
import errno
import ipaddress
import os
import socket
import sys
from io import StringIO

from gongkai.cli.framework import WRONG_CONFIGURATION, require_database, start_framework
from gongkai.cli.supervisor import Child, Supervisor

DEFAULT_BIND = "127.0.0.1:8000"
LAST_PORT = 65535


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and how many at once."""
    bind = os.environ.get("GONGKAI_BIND", DEFAULT_BIND)
    parser.add_argument(
        "--bind", type=address, default=bind, metavar="HOST:PORT", help=f"监听地址（默认 {bind}）"
    )
    parser.add_argument("--workers", type=positive, default=2, help="网站进程数（默认 2）")
    parser.add_argument("--threads", type=positive, default=4, help="每个网站进程的线程数（默认 4）")


def address(text: str) -> tuple[str, int]:
    """Host and port. Raises ArgumentTypeError."""
    host, _, port = text.rpartition(":")
    if not host or not (port.isascii() and port.isdigit()) or not 0 < int(port) <= LAST_PORT:
        message = f"{text!r} 不是 主机:端口，例如 127.0.0.1:8000"
        raise argparse.ArgumentTypeError(message)
    return _numeric(host.strip("[]")), int(port)


def _numeric(host: str) -> str:
    """The address of a host of this machine: the web server takes no names. Raises ArgumentTypeError."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        message = f"{host!r} 不是本机的地址，例如 127.0.0.1:8000"
        raise argparse.ArgumentTypeError(message) from None
    return str(min(found, key=lambda one: one[0] != socket.AF_INET)[4][0])


def positive(text: str) -> int:
    """A number of at least 1. Raises ArgumentTypeError."""
    if not (text.isascii() and text.isdigit()) or int(text) < 1:
        message = f"{text!r} 应为正整数"
        raise argparse.ArgumentTypeError(message)
    return int(text)


def run(args: argparse.Namespace) -> int:
    """Prepare and serve until SIGTERM or SIGINT; 0 after a clean stop."""
    start_framework()
    return serve(bind=args.bind, workers=args.workers, threads=args.threads)


def serve(*, bind: tuple[str, int], workers: int = 2, threads: int = 4) -> int:
    """Check, migrate, then run the three processes until SIGTERM or SIGINT. Needs a started framework."""
    if problem := _why_not_listen(*bind):
        print(problem, file=sys.stderr)
        return 1
    if not _prepare():
        return WRONG_CONFIGURATION
    host = f"[{bind[0]}]" if ":" in bind[0] else bind[0]
    print(f"正在启动：http://{host}:{bind[1]}/ （按 Ctrl-C 停止）", flush=True)
    return Supervisor(processes(bind=bind, workers=workers, threads=threads)).run()


def processes(*, bind: tuple[str, int], workers: int, threads: int) -> list[Child]:
    """The children: all run the interpreter we run in, so a virtual environment need not be activated."""
    host, port = bind
    manage = [sys.executable, "-m", "gongkai.cli.main", "manage"]
    web = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)]
    web += [
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--blocking-threads-idle-timeout",
        "600",
    ]
    web += ["--respawn-failed-workers", "--workers-kill-timeout", "10", "--no-ws", "--log-level", "warning"]
    return [
        Child("web", [*web, "gongkai.config.wsgi:application"]),
        Child("worker", [*manage, "db_worker", "--queue-name", "*", "--no-reload", "--no-startup-delay"]),
        Child("scheduler", [*manage, "run_schedule"]),
    ]


def _prepare() -> bool:
    """Checks before and after the migrations: a wrong installation says so instead of half running."""
    from django.conf import settings
    from django.core.management import call_command
    from django.core.management.base import SystemCheckError
    from django.db import connections

    production = settings.GONGKAI_MODE == "production"
    try:
        call_command("check", deploy=production, stdout=StringIO())
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        require_database()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("check", databases=["default"], tags=["database"], stdout=StringIO())
    except SystemCheckError as error:
        print(error, file=sys.stderr)
        return False
    if production:
        call_command("collectstatic", interactive=False, verbosity=0)
    connections.close_all()
    return True


def _why_not_listen(host: str, port: int) -> str:
    """Why the web server could not listen there; "" when it can. A port may be taken a moment later all the same."""
    from django.conf import settings

    if settings.GONGKAI_MODE == "test":
        return "GONGKAI_MODE=test 只供测试，其密钥是公开的，不能用来提供服务。"
    if settings.GONGKAI_MODE == "demo" and not ipaddress.ip_address(host).is_loopback:
        return "演示账号的口令是公开的，演示模式只能监听本机（127.0.0.1）；对外提供服务请设置 GONGKAI_MODE=production。"
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                return f"端口 {port} 已被占用。请停止占用它的程序，或换一个端口（gongkai serve --bind 主机:端口，gongkai demo --port 端口）。"
            return f"不能监听 {host}:{port}（{error.strerror}）。请用 --bind 换一个本机的地址或端口。"
    return ""
