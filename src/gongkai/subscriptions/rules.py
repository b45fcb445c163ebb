"""What stands against a subscription: an address that is none, a site that could not be linked to, a flood of letters."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from gongkai.core.errors import Obstacle
from gongkai.core.fields import blind_index
from gongkai.core.rates import count

LONGEST_ADDRESS = 254
DAY, HOUR = 24 * 3600, 3600  # seconds
CONFIRMATIONS_A_DAY = 5  # to one address: whoever is not meant is not bombed
ASKINGS_AN_HOUR = 20  # from one network address: a whole office may sit behind it
MOST_SUBSCRIPTIONS = 50  # of one address
UNCONFIRMED_FOR = dt.timedelta(days=3)
LINK_FOR = dt.timedelta(days=2)
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "testserver"})


def why_no_mail() -> list[Obstacle]:
    """Letters carry links: without an address of the site they would lead nowhere."""
    host = urlsplit(settings.GONGKAI_SITE_ADDRESS).hostname or ""
    is_placeholder = not host or host.startswith(".") or "*" in host
    if is_placeholder or (host in LOOPBACK and settings.GONGKAI_MODE == "production"):
        return [
            Obstacle(
                "no_site_address",
                "本网站还没有设置对外的网址，邮件中的链接无法打开，暂时不能订阅",
                "请管理员设置 GONGKAI_SITE_ADDRESS；在此之前可以使用订阅源",
            )
        ]
    return []


def why_not_address(address: str) -> list[Obstacle]:
    """One e-mail address, written as one."""
    if not address:
        return [Obstacle("no_address", "没有填写电子邮箱", "请填写接收邮件的地址", "address")]
    if len(address) > LONGEST_ADDRESS or any(sign in address for sign in "\r\n\0"):
        return [Obstacle("address", "这不是电子邮箱地址", "请写成 name@example.com 的样子", "address")]
    try:
        validate_email(address)
    except ValidationError:
        return [Obstacle("address", "这不是电子邮箱地址", "请写成 name@example.com 的样子", "address")]
    return []


def why_too_often(address: str, origin: str, at: dt.datetime) -> list[Obstacle]:
    """Counts this asking, for the address written to and for where it came from, over all workers."""
    if origin:
        hits, _ = count("subscriptions.origin", origin, at=at, window=HOUR)
        if hits > ASKINGS_AN_HOUR:
            return [Obstacle("origin", "这个网络地址刚刚登记过多次订阅", "请一小时后再试")]
    hits, _ = count("subscriptions.address", blind_index(address), at=at, window=DAY)
    if hits > CONFIRMATIONS_A_DAY:
        return [
            Obstacle(
                "often", "这个邮箱今天已经寄出多封确认邮件", "请查看收件箱和垃圾邮件，或者明天再试", "address"
            )
        ]
    return []
