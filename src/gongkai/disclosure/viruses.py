"""Asking ClamAV about a file, where an installation has one: ``GONGKAI_CLAMD`` names its socket.

The daemon is spoken to in its own words (zINSTREAM): lengths of four bytes, chunks, a zero length, one line of answer.
Without a daemon a file is taken and marked 未检查病毒; with one that does not answer it is refused, for a
check that silently stops is none.
"""

from __future__ import annotations

import re
import socket
import struct
from dataclasses import dataclass

from django.conf import settings

from gongkai.core.errors import Obstacle
from gongkai.disclosure.enums import VirusState

CHUNK = 64 * 1024  # bytes
PATIENCE = 30  # seconds
_FOUND = re.compile(r"^stream: (?P<name>.+) FOUND$")


@dataclass(frozen=True)
class Scan:
    """What the scanner says: a state to keep with the file, or why the file is not taken."""

    state: VirusState
    obstacles: tuple[Obstacle, ...] = ()


def scan(content: bytes) -> Scan:
    """Have a file looked at. Does a call over a socket, so it comes before the transaction."""
    where = str(settings.GONGKAI_CLAMD).strip()
    if not where:
        return Scan(VirusState.UNCHECKED)
    try:
        answer = _ask(where, content)
    except (OSError, ValueError):
        message = "病毒检查服务没有应答，文件没有保存"
        return Scan(
            VirusState.UNCHECKED,
            (Obstacle("no_scanner", message, "请稍后再试，或者请系统管理员检查", "file"),),
        )
    if answer == "stream: OK":
        return Scan(VirusState.CLEAN)
    found = _FOUND.match(answer)
    if found:
        message = f"文件中发现病毒（{found['name']}），没有保存"
        return Scan(VirusState.UNCHECKED, (Obstacle("virus", message, "请在清除后重新制作文件", "file"),))
    return Scan(
        VirusState.UNCHECKED,
        (
            Obstacle(
                "no_scanner", f"病毒检查未完成（{answer[:60]}），文件没有保存", "请联系系统管理员", "file"
            ),
        ),
    )


def _ask(where: str, content: bytes) -> str:
    """One question and its answer. Raises OSError, or ValueError for an address that is none."""
    with _connected(where) as link:
        link.settimeout(PATIENCE)
        link.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            part = content[start : start + CHUNK]
            link.sendall(struct.pack("!L", len(part)) + part)
        link.sendall(struct.pack("!L", 0))
        answer = b""
        while b"\0" not in answer and (more := link.recv(4096)):
            answer += more
    return answer.split(b"\0")[0].decode("utf-8", "replace").strip()


def _connected(where: str) -> socket.socket:
    """``unix:/run/clamav/clamd.ctl`` or ``tcp:127.0.0.1:3310``."""
    kind, _, rest = where.partition(":")
    if kind == "unix":
        link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            link.settimeout(PATIENCE)
            link.connect(rest)
        except OSError:
            link.close()
            raise
        return link
    host, _, port = rest.rpartition(":")
    if kind != "tcp" or not host:
        message = f"no address of a scanner: {where}"
        raise ValueError(message)
    return socket.create_connection((host, int(port)), timeout=PATIENCE)
