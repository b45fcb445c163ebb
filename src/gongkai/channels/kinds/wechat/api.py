"""Calls to the interface of the official account: the token, its renewal, and what the error codes mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from gongkai.channels.failures import ChannelError
from gongkai.channels.http import Answer, Upload, post_form, post_json
from gongkai.channels.models import Channel

API = "https://api.weixin.qq.com"
STALE = frozenset({40001, 40014, 42001})
"""The token is wrong or expired: fetch another and try once more."""
EARLY = dt.timedelta(minutes=5)  # before its end a token is not trusted any more
BUSY, SOON, QUOTA = -1, 45011, 45009
IDENTITY = {
    40013: "AppID 有误",
    40125: "AppSecret 有误",
    40164: "本服务器的出口IP不在公众平台的IP白名单内",
    41002: "没有填写 AppID",
    41004: "没有填写 AppSecret",
    40243: "AppSecret 已被冻结",
    50002: "公众号被封禁",
    50007: "公众号已被冻结",
}
NO_RIGHT = {48001: "公众号没有该接口的权限（须认证）", 48004: "接口被平台封禁", 50001: "没有授权该接口"}


class Api:
    """One channel's way in. The token is kept with the channel, encrypted, and used by all its deliveries."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self.base = str(channel.settings.get("api") or API).rstrip("/")

    def json(self, path: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """Send an object. Raises ChannelError."""
        return self._renewing(
            lambda token: post_json(f"{self.base}{path}", data, query={"access_token": token})
        )

    def upload(self, path: str, file: Upload, **query: str) -> dict[str, Any]:
        """Send a file. Raises ChannelError."""
        return self._renewing(
            lambda token: post_form(
                f"{self.base}{path}", {}, query={"access_token": token, **query}, files={"media": file}
            )
        )

    def _renewing(self, send: Callable[[str], Answer]) -> dict[str, Any]:
        data = _data(send(self.token()))
        if data.get("errcode") in STALE:
            data = _data(send(self.token(anew=True)))
        return checked(data)

    def token(self, *, anew: bool = False) -> str:
        """A token that is still good. Raises ChannelError."""
        channel = self._channel
        good = channel.token and channel.token_until and channel.token_until > timezone.now() + EARLY
        if good and not anew:
            return channel.token
        data = {
            "grant_type": "client_credential",
            "appid": channel.settings.get("app_id", ""),
            "secret": channel.secrets.get("app_secret", ""),
            "force_refresh": anew,
        }
        answer = _data(post_json(f"{self.base}/cgi-bin/stable_token", data))
        if answer.get("errcode") in STALE:  # here it says that the secret is wrong
            raise ChannelError(
                f"AppSecret 有误（{answer['errcode']}）", code=str(answer["errcode"]), disconnects=True
            )
        found = checked(answer)
        channel.token = str(found.get("access_token", ""))
        if not channel.token:
            raise ChannelError("平台没有给出访问令牌", code="no_token")
        channel.token_until = timezone.now() + dt.timedelta(seconds=int(found.get("expires_in", 7200)))
        channel.save(update_fields=["token", "token_until"])
        return channel.token


def _data(answer: Answer) -> dict[str, Any]:
    if answer.status >= 500 or answer.status == 429:  # noqa: PLR2004 - servers' failures, too many calls
        raise ChannelError(
            f"微信接口答复HTTP {answer.status}",
            code=f"http_{answer.status}",
            retry_after=answer.retry_after,
            unknown=answer.status >= 500,  # noqa: PLR2004
        )
    return answer.json()


def checked(data: dict[str, Any]) -> dict[str, Any]:
    """The answer, or the error it reports. Raises ChannelError."""
    code = int(data.get("errcode") or 0)
    if not code:
        return data
    tail, named = f"（{code}：{str(data.get('errmsg', ''))[:120]}）", str(code)
    if code in IDENTITY:
        raise ChannelError(f"{IDENTITY[code]}{tail}", code=named, disconnects=True)
    if code in NO_RIGHT:
        raise ChannelError(f"{NO_RIGHT[code]}{tail}", code=named, by_hand=True)
    if code == QUOTA:
        raise ChannelError(
            f"今日接口调用次数已用完，明日重试{tail}", code=named, retry_after=_until_tomorrow()
        )
    if code == SOON:
        raise ChannelError(f"每分钟调用次数已用完{tail}", code=named, retry_after=60)
    if code == BUSY:
        raise ChannelError(f"微信系统繁忙{tail}", code=named, unknown=True)
    if code in STALE:
        raise ChannelError(f"访问令牌不被接受{tail}", code=named)
    raise ChannelError(f"微信不接受{tail}", code=named, retryable=False)


def _until_tomorrow() -> int:
    """Seconds to a little after local midnight, when quotas begin anew."""
    now = timezone.localtime()
    tomorrow = now.replace(hour=0, minute=10, second=0, microsecond=0) + dt.timedelta(days=1)
    return int((tomorrow - now).total_seconds())
