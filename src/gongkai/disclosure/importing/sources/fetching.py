"""Reading another site's feed: http or https, bounded time and size, never into a private network unasked.

A name is resolved once and that very address is connected to, so it cannot mean one host when it is checked and
another when it is called. Private networks are reached only where ``GONGKAI_CHANNEL_NETWORKS`` names them: it lists the
networks this installation may call into, for whatever reason.
"""

from __future__ import annotations

import gzip
import http.client
import io
import ipaddress
import socket
import ssl
import time
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from django.conf import settings

from gongkai.core.errors import RefusedError
from gongkai.disclosure.importing.errors import unreadable

LARGEST_PAGE = 20 * 1024 * 1024
CONNECT_SECONDS = 10
READ_SECONDS = 30
TOTAL_SECONDS = 120
MOST_REDIRECTS = 5
PIECE = 65536
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_ACCEPT = "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"


@dataclass(frozen=True)
class Fetched:
    """What came back, and from where in the end."""

    address: str
    content: bytes


def _refuse(code: str, message: str, remedy: str = "请核对网址，稍后重试") -> RefusedError:
    return unreadable(code, message, remedy, "address")


def why_not_address(address: str) -> str:
    """Why an address is none we read, in Chinese; "" when it may be tried. Its name is resolved when it is called."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return "网址写法有误"
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return "请填写以 http:// 或 https:// 开头的完整网址"
    if parts.username or parts.password or port == 0:
        return "网址中不要写用户名和口令，端口不能为0"
    try:
        literal = ipaddress.ip_address(parts.hostname)
    except ValueError:
        return ""
    return _why_not_ip(literal)


def _why_not_ip(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> str:
    mapped = getattr(address, "ipv4_mapped", None)
    address = mapped or address
    allowed = [ipaddress.ip_network(one) for one in settings.GONGKAI_CHANNEL_NETWORKS]
    if any(address.version == one.version and address in one for one in allowed):
        return ""
    if address.is_global and not address.is_multicast:
        return ""
    return f"{address} 在内部网络，未获准访问（见部署说明 GONGKAI_CHANNEL_NETWORKS）"


def _resolved(host: str, port: int) -> str:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise _refuse("dns", f"找不到服务器 {host}") from None
    addresses = [ipaddress.ip_address(one[4][0]) for one in found]
    for address in addresses:
        if problem := _why_not_ip(address):
            raise _refuse("address", problem, "请由系统管理员核准")
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


def fetch(
    address: str,
    *,
    largest: int | None = None,
    seconds: int = TOTAL_SECONDS,
    may: Callable[[str], bool] = lambda _host: True,
) -> Fetched:
    """One page or file; redirects are followed, each checked like the first. Raises ``RefusedError`` with the remedy.

    ``may`` says of a host whether it may be asked at all.
    """
    until = time.monotonic() + seconds
    largest = LARGEST_PAGE if largest is None else largest
    for _ in range(MOST_REDIRECTS + 1):
        if problem := why_not_address(address):
            raise _refuse("address", problem, "请核对网址")
        if not may(host := urlsplit(address).hostname or ""):
            raise _refuse("elsewhere", f"对方网站转向另一个网站（{host[:80]}）")
        status, location, content = _get(address, until, largest)
        if status in _REDIRECTS and location:
            address = urljoin(address, location)
            continue
        if status != _OK:
            raise _refuse("status", f"对方网站答复 HTTP {status}（{address}）")
        return Fetched(address, content)
    raise _refuse("redirects", f"对方网站转向超过{MOST_REDIRECTS}次")


def _get(address: str, until: float, largest: int) -> tuple[int, str, bytes]:
    parts = urlsplit(address)
    host, secure = str(parts.hostname), parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    context = ssl.create_default_context() if secure else None
    connection = _Pinned(host, port, _resolved(host, port), context)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=?~-._")
    given = {"User-Agent": "Gongkai", "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Connection": "close"}
    try:
        connection.request("GET", f"{path}?{query}" if query else path, headers=given)
        response = connection.getresponse()
        return response.status, response.getheader("Location") or "", _body(response, until, largest)
    except ssl.SSLCertVerificationError:
        raise _refuse(
            "certificate", f"{host} 的证书不可信", "请对方更新证书，或者把订阅保存为文件后导入"
        ) from None
    except TimeoutError:
        raise _refuse("timeout", f"{host} 超时未答复") from None
    except (OSError, http.client.HTTPException, zlib.error, EOFError) as error:
        raise _refuse("connection", f"与 {host} 的连接中断（{type(error).__name__}）") from None
    finally:
        connection.close()


def _body(response: http.client.HTTPResponse, until: float, largest: int) -> bytes:
    pieces, size = [], 0
    while piece := response.read1(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > largest:
            raise _too_large(largest)
        if time.monotonic() > until:
            raise TimeoutError
    whole = b"".join(pieces)
    told = response.getheader("Content-Length", "")
    if told.isdecimal() and size < int(told):
        raise http.client.IncompleteRead(b"", int(told) - size)
    if response.getheader("Content-Encoding", "").strip().lower() != "gzip":
        return whole
    with gzip.GzipFile(fileobj=io.BytesIO(whole)) as packed:
        unpacked = packed.read(largest + 1)
    if len(unpacked) > largest:
        raise _too_large(largest)
    return unpacked


def _too_large(largest: int) -> RefusedError:
    return _refuse("too_large", f"对方返回的内容超过{largest // 1024 // 1024}MB", "请对方减少每页条数")
