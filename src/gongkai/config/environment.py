"""A typed reader of environment variables that finds every mistake before it complains.

An administrator who fixes one wrong value only to be shown the next loses an afternoon; so every reader
method notes the problem, returns a harmless value, and `finish()` stops the start with the whole list.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import time
from ipaddress import ip_network
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

PREFIX = "GONGKAI_"
TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off"})
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
KEY_LENGTH = 32
HOURS = re.compile(r"([01]\d|2[0-3]):([0-5]\d)\s*-\s*([01]\d|2[0-3]):([0-5]\d)")
HOST = re.compile(r"^(\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])$")


@dataclass(frozen=True)
class Problem:
    """One wrong value: which variable, what it held, and what to do, in both languages."""

    variable: str
    value: str
    chinese: str
    english: str

    def __str__(self) -> str:
        """Three lines an administrator can act on without opening the documentation."""
        return f"  {self.variable} = {self.value}\n    {self.chinese}\n    {self.english}"


class InvalidEnvironmentError(ImproperlyConfigured):
    """The environment holds values Gongkai cannot start with; `problems` has all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """Keep the problems and spell them out in the message."""
        self.problems = tuple(problems)
        head = f"环境变量有 {len(self.problems)} 处错误，系统未启动 / wrong environment, not started:"
        super().__init__("\n".join([head, *map(str, self.problems)]))


class Environment:
    """Read variables by type; wrong ones are collected, not raised, until `finish()`."""

    def __init__(self, values: Mapping[str, str]) -> None:
        """`values` is normally `os.environ`; it is only read."""
        self._values = values
        self._known: set[str] = set()
        self.problems: list[Problem] = []

    def _raw(self, name: str) -> str:
        self._known.add(name)
        return self._values.get(name, "").strip()

    def refuse(self, name: str, *, chinese: str, english: str, secret: bool = False) -> None:
        """Note a problem with `name`; the value is hidden when it is a secret."""
        raw = self._values.get(name, "")
        value = "（未设置 / not set）" if not raw else "（不显示 / hidden）" if secret else repr(raw)
        self.problems.append(Problem(name, value, chinese, english))

    def text(self, name: str, default: str = "", *, required: bool = False, secret: bool = False) -> str:
        """Any text; with `required`, an empty value is a problem."""
        raw = self._raw(name)
        if required and not raw:
            self.refuse(
                name,
                secret=secret,
                chinese="此变量必须设置，请填写后重新启动。",
                english="This variable is required; set it and start again.",
            )
        return raw or default

    def choice(self, name: str, choices: Sequence[str], default: str) -> str:
        """One of a few words."""
        raw = self._raw(name) or default
        if raw in choices:
            return raw
        words = "、".join(choices)
        self.refuse(name, chinese=f"只能是：{words}。", english=f"Must be one of: {', '.join(choices)}.")
        return default

    def flag(self, name: str, *, default: bool) -> bool:
        """A yes-or-no value."""
        raw = self._raw(name).lower()
        if not raw:
            return default
        if raw not in TRUE_WORDS | FALSE_WORDS:
            self.refuse(name, chinese="请填写 on 或 off。", english="Write on or off.")
            return default
        return raw in TRUE_WORDS

    def integer(self, name: str, default: int, *, minimum: int, maximum: int) -> int:
        """A whole number within bounds, both included."""
        raw = self._raw(name)
        if not raw:
            return default
        if raw.isascii() and raw.isdigit() and minimum <= int(raw) <= maximum:
            return int(raw)
        self.refuse(
            name,
            chinese=f"请填写 {minimum} 至 {maximum} 之间的整数。",
            english=f"Write a whole number from {minimum} to {maximum}.",
        )
        return default

    def hours(self, name: str, default: str) -> tuple[time, time]:
        """A span of one day such as 08:30-17:30: when it begins and when it ends."""
        span = _span(self._raw(name) or default)
        if span is None:
            self.refuse(
                name,
                chinese="请填写起止时刻，起在前、止在后，例如 08:30-17:30。",
                english="Write a span of one day, the beginning first, such as 08:30-17:30.",
            )
        return span or _span(default) or (time.min, time.max)

    def words(self, name: str, default: Iterable[str] = ()) -> list[str]:
        """A comma-separated list without its blanks."""
        return [word.strip() for word in self._raw(name).split(",") if word.strip()] or list(default)

    def hosts(self, name: str, default: Iterable[str] = ()) -> list[str]:
        """Host names without scheme, port or path."""
        hosts = self.words(name, default)
        if any(not HOST.match(host) for host in hosts):
            self.refuse(
                name,
                chinese="请填写不带 https:// 和端口的域名，多个用英文逗号分隔，例如 gk.example.gov.cn。",
                english="Write host names without scheme or port, separated by commas.",
            )
            return []
        return hosts

    def networks(self, name: str) -> list[str]:
        """Networks such as 10.1.0.0/16."""
        networks = self.words(name)
        try:
            return [str(ip_network(one)) for one in networks]
        except ValueError:
            self.refuse(
                name,
                chinese="请填写网段，多个用英文逗号分隔，例如 10.1.0.0/16。",
                english="Write networks such as 10.1.0.0/16, separated by commas.",
            )
            return []

    def origins(self, name: str) -> list[str]:
        """Origins such as https://gk.example.gov.cn."""
        origins = self.words(name)
        if any(not _is_web_address(origin) for origin in origins):
            self.refuse(
                name,
                chinese="每一项都要以 https:// 或 http:// 开头，例如 https://gk.example.gov.cn。",
                english="Each item must start with https:// or http://.",
            )
            return []
        return origins

    def web_address(self, name: str) -> str:
        """One http(s) address, or nothing."""
        raw = self._raw(name)
        if raw and not _is_web_address(raw):
            self.refuse(
                name,
                chinese="请填写以 https:// 开头的完整地址。",
                english="Write a full address starting with https://.",
            )
            return ""
        return raw

    def database(self, name: str, default: str) -> dict[str, Any]:
        """A database address; only SQLite in a file and PostgreSQL are supported."""
        try:
            return _database(self._raw(name)) if self._raw(name) else dict(dj_database_url.parse(default))
        except ValueError:
            self.refuse(
                name,
                secret=True,
                chinese="请填写 sqlite:////绝对路径/文件名 或 postgresql://用户:口令@主机:5432/库名。",
                english="Write sqlite:////absolute/path or postgresql://user:password@host:5432/name.",
            )
            return dict(dj_database_url.parse(default))

    def key(self, name: str, *, required: bool) -> str:
        """A secret of at least 32 characters, never shown again."""
        raw = self.text(name, required=required, secret=True)
        if raw and len(raw) < KEY_LENGTH:
            self.refuse(
                name,
                secret=True,
                chinese=f"至少 {KEY_LENGTH} 个字符；可用 openssl rand -base64 48 生成，并妥善备份。",
                english=f"At least {KEY_LENGTH} characters; make one by `openssl rand -base64 48` and back it up.",
            )
            return ""
        return raw

    def refuse_unknown(self, allowed: Iterable[str] = ()) -> None:
        """A misspelt variable would be ignored silently; name it and the nearest real one instead."""
        known = self._known | set(allowed)
        for name in sorted(self._values):
            if not name.startswith(PREFIX) or name in known:
                continue
            near = _nearest(name, known)
            self.refuse(
                name,
                chinese="没有这个变量" + (f"，是否要写 {near}？" if near else "，请删除。"),
                english="Unknown variable" + (f"; did you mean {near}?" if near else "; remove it."),
            )

    def finish(self) -> None:
        """Stop the start when anything was wrong.

        Raises InvalidEnvironmentError with every problem found.
        """
        if self.problems:
            raise InvalidEnvironmentError(self.problems)


def _database(address: str) -> dict[str, Any]:
    """The address as settings. Raises ValueError: unknown kind, no name, or in memory, where no process sees another's."""
    if address.partition(":")[0] not in DATABASE_SCHEMES:
        raise ValueError(address)
    database = dict(dj_database_url.parse(address))
    if database["NAME"] in {"", ":memory:"}:
        raise ValueError(address)
    return database


def _span(text: str) -> tuple[time, time] | None:
    found = HOURS.fullmatch(text)
    if found is None:
        return None
    hours = [int(one) for one in found.groups()]
    begins, ends = time(hours[0], hours[1]), time(hours[2], hours[3])
    return (begins, ends) if begins < ends else None


def _nearest(name: str, known: Iterable[str]) -> str:
    """Compared without the prefix they all share, which would make every pair look alike."""
    bare = {one.removeprefix(PREFIX): one for one in sorted(known)}
    near = difflib.get_close_matches(name.removeprefix(PREFIX), bare, n=1)
    return bare[near[0]] if near else ""


def _is_web_address(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return parts.scheme in {"https", "http"} and bool(parts.hostname)
