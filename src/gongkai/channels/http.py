"""Calls to other people's servers: https, no redirects, bounded time and size, never into our own network.

The address is resolved once and that very address is connected to, so that a name cannot mean one host when it is
checked and another when it is called. Private networks (a city's own platform) are reached only when the
installation names them in ``GONGKAI_CHANNEL_NETWORKS``; there plain http is allowed too.
"""

from __future__ import annotations

import http.client
import ipaddress
import json
import secrets
import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.utils import timezone

from gongkai.channels.failures import ChannelError

CONNECT_SECONDS = 10
READ_SECONDS = 20
TOTAL_SECONDS = 60
LARGEST_ANSWER = 2 * 1024 * 1024
LONGEST_WAIT = 24 * 3600  # of a Retry-After
PIECE = 65536
USER_AGENT = "Gongkai"


@dataclass(frozen=True)
class Upload:
    """A file in a form."""

    name: str
    content: bytes
    media_type: str


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, Any]:
        """The body as an object. Raises ChannelError when it is none: a proxy's or an error page came instead."""
        try:
            found = json.loads(self.body)
        except ValueError:
            found = None
        if not isinstance(found, dict):
            raise ChannelError(f"平台返回的不是JSON（HTTP {self.status}）", code=f"http_{self.status}")
        return found

    @property
    def retry_after(self) -> int | None:
        """Seconds the other side asks us to wait."""
        raw = self.headers.get("retry-after", "").strip()
        if raw.isascii() and raw.isdigit():
            return min(int(raw), LONGEST_WAIT)
        try:
            wanted = parsedate_to_datetime(raw)
        except ValueError:
            return None
        if wanted.tzinfo is None:
            return None
        return min(max(0, int((wanted - timezone.now()).total_seconds())), LONGEST_WAIT)


def why_not_address(address: str) -> str:
    """Why an address may not be called as it is written; "" when it may. Names are resolved only when called."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "网址写法有误"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "请填写以 https:// 开头的完整网址"
    if parts.username or parts.password or parts.fragment or port == 0:
        return "网址中不要写用户名、口令和 #，端口不能为0"
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        plain = parts.scheme == "http" and not _private_networks()
        return "请使用 https:// 网址" if plain else ""
    return _why_not_ip(literal, parts.scheme)


def _private_networks() -> list[Any]:
    return [ipaddress.ip_network(one) for one in settings.GONGKAI_CHANNEL_NETWORKS]


def _why_not_ip(address: Any, scheme: str) -> str:
    allowed = any(address.version == one.version and address in one for one in _private_networks())
    if allowed:
        return ""
    if not address.is_global or address.is_multicast:
        return f"{address} 在内部网络，未获准访问（见部署说明 GONGKAI_CHANNEL_NETWORKS）"
    return "公网地址请使用 https://" if scheme == "http" else ""


def _resolved(host: str, port: int, scheme: str) -> str:
    """The address to connect to. Raises ChannelError: none, or one of them must not be called."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise ChannelError(f"找不到服务器 {host}", code="dns") from None
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    for address in addresses:
        if problem := _why_not_ip(address, scheme):
            raise ChannelError(problem, code="address", retryable=False)
    return str(addresses[0])


class _Pinned(http.client.HTTPConnection):
    """Connects to the address that was checked; TLS and the Host header know the name."""

    def __init__(self, host: str, port: int, address: str, context: ssl.SSLContext | None) -> None:
        super().__init__(host, port, timeout=CONNECT_SECONDS)
        self._address, self._context = address, context
        if context is not None:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        """Open the socket."""
        plain = socket.create_connection((self._address, self.port), CONNECT_SECONDS)
        plain.settimeout(READ_SECONDS)
        self.sock = self._context.wrap_socket(plain, server_hostname=self.host) if self._context else plain


def call(
    method: str,
    address: str,
    *,
    query: Mapping[str, str] | None = None,
    body: bytes = b"",
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """One call. Raises ChannelError when nothing sensible came back; a redirect is returned, not followed."""
    if problem := why_not_address(address):
        raise ChannelError(problem, code="address", retryable=False)
    if settings.GONGKAI_MODE == "demo" and not _private_networks():
        raise ChannelError("演示系统不调用外部接口", code="demo", by_hand=True)
    parts = urlsplit(address)
    scheme, host = parts.scheme, str(parts.hostname)
    port = parts.port or (443 if scheme == "https" else 80)
    context = ssl.create_default_context() if scheme == "https" else None
    connection = _Pinned(host, port, _resolved(host, port, scheme), context)
    path = parts.path or "/"
    asked = "&".join(filter(None, (parts.query, urlencode(query or {}))))
    given = {"User-Agent": USER_AGENT, "Accept": "application/json", "Connection": "close", **(headers or {})}
    try:
        connection.request(method, f"{path}?{asked}" if asked else path, body or None, given)
        return _read(connection.getresponse())
    except ssl.SSLCertVerificationError:
        raise ChannelError(f"{host} 的证书不可信", code="certificate") from None
    except TimeoutError:
        raise ChannelError(f"{host} 超时未答复", code="timeout", unknown=True) from None
    except (OSError, http.client.HTTPException) as error:
        raise ChannelError(
            f"与 {host} 的连接中断（{type(error).__name__}）", code="connection", unknown=True
        ) from None
    finally:
        connection.close()


def _read(response: http.client.HTTPResponse) -> Answer:
    until = time.monotonic() + TOTAL_SECONDS
    pieces, size = [], 0
    while piece := response.read1(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > LARGEST_ANSWER:
            raise ChannelError("平台返回的内容过大", code="too_large", unknown=True)
        if time.monotonic() > until:
            raise TimeoutError
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, b"".join(pieces))


def post_json(address: str, data: Mapping[str, Any], *, query: Mapping[str, str] | None = None) -> Answer:
    """Send an object; Chinese stays Chinese, as WeChat shows escapes to the reader."""
    body = json.dumps(data, ensure_ascii=False).encode()
    return call(
        "POST", address, query=query, body=body, headers={"Content-Type": "application/json; charset=utf-8"}
    )


def post_form(
    address: str,
    fields: Mapping[str, str],
    *,
    query: Mapping[str, str] | None = None,
    files: Mapping[str, Upload] | None = None,
) -> Answer:
    """Send a form, with files when there are any."""
    if not files:
        kind = "application/x-www-form-urlencoded"
        return call(
            "POST", address, query=query, body=urlencode(fields).encode(), headers={"Content-Type": kind}
        )
    mark = secrets.token_hex(16)
    parts = [_part(mark, f'name="{name}"', "", value.encode()) for name, value in fields.items()]
    parts += [
        _part(mark, f'name="{name}"; filename="{one.name}"', one.media_type, one.content)
        for name, one in files.items()
    ]
    body = b"".join(parts) + f"--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    return call("POST", address, query=query, body=body, headers={"Content-Type": kind})


def _part(mark: str, name: str, media_type: str, content: bytes) -> bytes:
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    return f"--{mark}\r\nContent-Disposition: form-data; {name}\r\n{kind}\r\n".encode() + content + b"\r\n"
