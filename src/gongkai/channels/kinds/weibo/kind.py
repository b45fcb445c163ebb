"""The channel: statuses/share with picture, statuses/destroy, and looking for one's own post after a lost answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

from gongkai.channels.failures import ChannelError
from gongkai.channels.http import Answer, Upload, call, post_form, why_not_address
from gongkai.channels.kinds.base import Count, Job, Kind, Outcome, Setting
from gongkai.channels.kinds.weibo.counts import counted
from gongkai.channels.kinds.weibo.text import page_of, post_text, without_addresses
from gongkai.channels.models import Channel, Delivery
from gongkai.core.errors import Obstacle

API = "https://api.weibo.com"
LARGEST_PICTURE = 5 * 1024 * 1024
EXPIRED = frozenset({21301, 21314, 21315, 21316, 21317, 21319, 21327, 21332})
"""The token is expired, revoked or not ours: only a person can authorise anew."""
TOO_OFTEN = frozenset({10004, 10009, 10010, 10022, 10023, 10024, 20016, 20017})
BUSY = frozenset({10001, 10002, 10003, 10011})
NO_RIGHT = frozenset({10005, 10014, 10015})
REPEATED, NO_SUCH_POST = 20019, frozenset({20101, 20102})
HOUR = 3600


class Weibo(Kind):
    """A post with the title, the summary and the address. A post cannot be changed: a correction is a new one."""

    title = "微博开放平台"
    by_network = True
    can_withdraw = True
    counts = True
    settings = (
        Setting("app_key", "App Key", "微博开放平台“我的应用”中查看", required=True, limit=60),
        Setting(
            "safe_domain", "安全域名", "应用信息中登记的域名，文件网址须属于它", required=True, limit=120
        ),
        Setting("rip", "服务器出口IP", "平台要求随发布上报", limit=45),
        Setting(
            "keep_replaced", "更正后保留旧微博", "不选则新微博发出后删除旧微博", is_flag=True, default=False
        ),
        Setting(
            "counts_readers",
            "已开通商业接口的阅读数",
            "媒体类账户签约后才有；不选则只取转发、评论、点赞数",
            is_flag=True,
            default=False,
        ),
        Setting(
            "access_token",
            "访问令牌（access_token）",
            "授权后取得，到期须重新授权",
            secret=True,
            required=True,
        ),
        Setting("api", "接口地址", "一般不填；经内网代理时填写代理地址", limit=300),
    )

    def why_not(self, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Obstacle]:
        """The domain is one, and the address of the interface may be called."""
        found = super().why_not(settings, secrets)
        domain = str(settings.get("safe_domain", ""))
        if domain and ("/" in domain or ":" in domain or "." not in domain):
            found.append(
                Obstacle("domain", f"“{domain}”不是域名", "请只填域名，不带 https://", "safe_domain")
            )
        if settings.get("api") and (problem := why_not_address(str(settings["api"]))):
            found.append(Obstacle("api", f"接口地址不能使用：{problem}", field="api"))
        return found

    def publish(self, job: Job) -> Outcome:
        """Post it, once: after an answer that was lost, or when Weibo says it has it, one's own post is looked for."""
        one = job.material
        _require_domain(job)
        text = post_text(one.title, one.summary, one.address)
        if job.is_repetition and (found := _own_post(job, text)):
            return found
        fields = {"access_token": job.secrets.get("access_token", ""), "status": text}
        if job.settings.get("rip"):
            fields["rip"] = str(job.settings["rip"])
        job.remember(tried=True)
        answer = post_form(f"{_api(job.settings)}/2/statuses/share.json", fields, files=_picture(job))
        try:
            return _posted(_checked(answer))
        except ChannelError as error:
            if error.code == str(REPEATED) and (found := _own_post(job, text)):
                return found
            raise

    def withdraw(self, job: Job) -> Outcome:
        """Delete the post; one that is not there any more is deleted."""
        fields = {"access_token": job.secrets.get("access_token", ""), "id": job.external_id}
        try:
            _checked(post_form(f"{_api(job.settings)}/2/statuses/destroy.json", fields))
        except ChannelError as error:
            if error.code not in {str(code) for code in NO_SUCH_POST}:
                raise
        return Outcome(external_id=job.external_id)

    def count(self, channel: Channel, deliveries: Sequence[Delivery]) -> Iterator[Count]:
        """Forwards, comments and likes of the posts; readers with a contract for them."""
        return counted(channel, deliveries, _checked)

    def test(self, channel: Channel) -> str:
        """Whose token it is and how long it lasts."""
        fields = {"access_token": channel.secrets.get("access_token", "")}
        data = _checked(post_form(f"{_api(channel.settings)}/oauth2/get_token_info", fields))
        days = int(data.get("expire_in") or 0) // 86400
        return f"令牌有效，还有{days}天到期（用户编号{data.get('uid', '未知')}）"


def _api(settings: Mapping[str, Any]) -> str:
    return str(settings.get("api") or API).rstrip("/")


def _require_domain(job: Job) -> None:
    host, domain = (
        urlsplit(job.material.address).hostname or "",
        str(job.settings.get("safe_domain", "")).lower(),
    )
    if host != domain and not host.endswith(f".{domain}"):
        message = f"文件网址的域名 {host} 不属于安全域名 {domain}，微博不接受"
        raise ChannelError(message, code="domain", retryable=False)


def _picture(job: Job) -> dict[str, Upload]:
    """The first picture of the text that Weibo takes, if any."""
    for picture in job.material.pictures:
        content = picture.read()
        if len(content) < LARGEST_PICTURE:
            ending = picture.media_type.partition("/")[2]
            return {"pic": Upload(f"picture.{ending}", content, picture.media_type)}
    return {}


def _own_post(job: Job, text: str) -> Outcome | None:
    query = {"access_token": job.secrets.get("access_token", ""), "count": "50", "trim_user": "0"}
    data = _checked(call("GET", f"{_api(job.settings)}/2/statuses/user_timeline.json", query=query))
    wanted = without_addresses(text)
    for post in data.get("statuses") or []:
        if isinstance(post, dict) and without_addresses(str(post.get("text", ""))) == wanted:
            return _posted(post)
    return None


def _posted(data: Mapping[str, Any]) -> Outcome:
    mid = str(data.get("idstr") or data.get("mid") or data.get("id") or "")
    if not mid:
        raise ChannelError("微博的答复中没有编号", code="no_id", unknown=True)
    user = data.get("user")
    owner = str((user.get("idstr") or user.get("id") or "") if isinstance(user, dict) else "")
    return Outcome(external_id=mid, address=page_of(owner, mid))


def _checked(answer: Answer) -> dict[str, Any]:
    """The answer, or the error it reports. Weibo sends errors with 4xx and 5xx, and sometimes with 200."""
    data = answer.json()
    if "error_code" not in data:
        if answer.status >= 400:  # noqa: PLR2004 - the classes of errors
            raise ChannelError(
                f"微博答复HTTP {answer.status}", code=f"http_{answer.status}", retry_after=answer.retry_after
            )
        return data
    code = int(data["error_code"])
    tail = f"（{code}：{str(data.get('error', ''))[:120]}）"
    if code in EXPIRED:
        raise ChannelError(
            f"微博授权已失效，请重新授权并更换访问令牌{tail}", code=str(code), disconnects=True
        )
    if code in NO_RIGHT:
        raise ChannelError(f"微博应用没有该接口的权限{tail}", code=str(code), by_hand=True)
    if code in TOO_OFTEN:
        wait = answer.retry_after or HOUR
        raise ChannelError(f"微博限制发布频率{tail}", code=str(code), retry_after=wait)
    if code in BUSY:
        raise ChannelError(f"微博系统繁忙{tail}", code=str(code), unknown=True)
    raise ChannelError(f"微博不接受{tail}", code=str(code), retryable=False)
