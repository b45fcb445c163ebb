"""The channel: pictures, cover, draft, publication with its result later, deletion.

Every step that succeeded is remembered with the delivery before the next is taken, and an article is known by its
source address, so a worker that follows a killed one takes up where that one stopped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gongkai.channels.enums import DeliveryState
from gongkai.channels.failures import ChannelError
from gongkai.channels.http import why_not_address
from gongkai.channels.kinds.base import Count, Job, Kind, Outcome, Setting
from gongkai.channels.kinds.wechat.api import NO_RIGHT, Api
from gongkai.channels.kinds.wechat.article import (
    AUTHOR,
    DIGEST,
    TITLE,
    content_of,
    fitting,
    plain_cover,
    shortened,
)
from gongkai.channels.kinds.wechat.counts import counted
from gongkai.channels.material import Picture
from gongkai.channels.models import Channel, Delivery
from gongkai.core.errors import Obstacle

NO_SUCH_DRAFT, NO_SUCH_ARTICLE = "40007", frozenset({"53600", "40007"})
IN_THE_BOX = frozenset({"53503", "53504", "53505", *(str(code) for code in NO_RIGHT)})
"""The draft is there, only a person may publish it."""
DONE, UNDER_WAY = 0, 1
FAILED = {
    2: "原创声明未通过",
    3: "发布失败",
    4: "平台审核不通过",
    5: "发布后被删除",
    6: "发布后被平台封禁",
}
PAGE, PAGES = 20, 5
ASK_SOON, ASK_DRAFT = 30, 1800


class WeChat(Kind):
    """An article of one text. A published article cannot be changed: a correction is a new one, the old is deleted."""

    title = "微信公众平台"
    by_network = True
    can_withdraw = lasting = True
    counts = True
    settings = (
        Setting("app_id", "AppID", "公众平台“设置与开发—基本配置”中查看", required=True, limit=60),
        Setting(
            "app_secret",
            "AppSecret",
            "同一页面重置后取得；平台只显示一次",
            secret=True,
            required=True,
            limit=100,
        ),
        Setting("author", "作者", f"最多{AUTHOR}个字，不填则用机关名称", limit=AUTHOR),
        Setting("cover", "默认封面的素材编号（media_id）", "没有图片的文章使用；不填则用素色封面", limit=200),
        Setting("stops_in_box", "只存入草稿箱", "由人在公众平台检查后发布", is_flag=True, default=False),
        Setting(
            "keep_replaced", "更正后保留旧文章", "不选则新文章发出后删除旧文章", is_flag=True, default=False
        ),
        Setting("api", "接口地址", "一般不填；经内网代理时填写代理地址", limit=300),
    )

    def why_not(self, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Obstacle]:
        """The address of the interface may be called."""
        found = super().why_not(settings, secrets)
        if settings.get("api") and (problem := why_not_address(str(settings["api"]))):
            found.append(Obstacle("api", f"接口地址不能使用：{problem}", field="api"))
        return found

    def publish(self, job: Job) -> Outcome:
        """Draft and, unless it is to stop there, publication."""
        api, done = Api(job.channel), job.progress
        if job.is_repetition and not done.get("publish_id") and (found := _published(api, job)):
            return found
        if not done.get("draft"):
            draft = _own_draft(api, job) if job.is_repetition and done.get("drafting") else ""
            job.remember(draft=draft or self._draft(api, job))
        if job.settings.get("stops_in_box"):
            return Outcome(DeliveryState.IN_DRAFT_BOX, external_id=str(done["draft"]), ask_after=ASK_DRAFT)
        if not done.get("publish_id"):
            return self._submit(api, job)
        return self.poll(job)

    def _draft(self, api: Api, job: Job) -> str:
        one = job.material
        content = content_of(one, lambda picture: _placed(api, job, picture))
        article = {
            "title": shortened(one.title, TITLE),
            "author": shortened(str(job.settings.get("author") or one.body), AUTHOR),
            "digest": shortened(one.summary, DIGEST),
            "content": content,
            "content_source_url": source_address(job),
            "thumb_media_id": _cover(api, job),
            "need_open_comment": 0,
        }
        job.remember(drafting=True)
        return str(api.json("/cgi-bin/draft/add", {"articles": [article]})["media_id"])

    def _submit(self, api: Api, job: Job) -> Outcome:
        draft = str(job.progress["draft"])
        try:
            data = api.json("/cgi-bin/freepublish/submit", {"media_id": draft})
        except ChannelError as error:
            if error.code == NO_SUCH_DRAFT and (found := _published(api, job)):
                return found  # a person, or an attempt whose answer was lost, was faster
            if error.code == NO_SUCH_DRAFT:
                job.remember(draft="", drafting=False)
                raise ChannelError("草稿已不在草稿箱，将重新上传", code=error.code) from None
            if error.code in IN_THE_BOX:
                note = f"已存入草稿箱，但接口不能发布，请在公众平台手工发布。{error.message}"
                return Outcome(DeliveryState.IN_DRAFT_BOX, external_id=draft, ask_after=ASK_DRAFT, note=note)
            raise
        job.remember(publish_id=str(data["publish_id"]), msg_data_id=str(data.get("msg_data_id") or ""))
        return Outcome(DeliveryState.SUBMITTED, external_id=draft, ask_after=ASK_SOON)

    def poll(self, job: Job) -> Outcome:
        """What became of the publication, or whether a person published the draft."""
        api, publish_id = Api(job.channel), job.progress.get("publish_id")
        if not publish_id:
            waiting = Outcome(DeliveryState.IN_DRAFT_BOX, external_id=job.external_id, ask_after=ASK_DRAFT)
            return _published(api, job) or waiting
        data = api.json("/cgi-bin/freepublish/get", {"publish_id": publish_id})
        status = int(data.get("publish_status", UNDER_WAY))
        if status == UNDER_WAY:
            return Outcome(DeliveryState.SUBMITTED, external_id=job.external_id, ask_after=ASK_SOON)
        if status != DONE or data.get("fail_idx"):
            job.remember(publish_id="", draft="", drafting=False)
            words = FAILED.get(status, f"发布状态{status}")
            raise ChannelError(
                f"{words}，请在公众平台查看原因并修改后重试", code=f"publish_{status}", retryable=False
            )
        items = (data.get("article_detail") or {}).get("item") or [{}]
        return Outcome(
            external_id=str(data.get("article_id", "")), address=str(items[0].get("article_url", ""))
        )

    def withdraw(self, job: Job) -> Outcome:
        """Delete the article, or the draft when it went no further; what is gone already is gone."""
        api, draft = Api(job.channel), str(job.progress.get("draft") or "")
        is_draft = bool(draft) and job.external_id in {"", draft}
        try:
            if is_draft:
                api.json("/cgi-bin/draft/delete", {"media_id": draft})
            else:
                api.json("/cgi-bin/freepublish/delete", {"article_id": job.external_id, "index": 1})
        except ChannelError as error:
            if error.code not in NO_SUCH_ARTICLE:
                raise
        return Outcome(external_id=job.external_id)

    def count(self, channel: Channel, deliveries: Sequence[Delivery]) -> Iterator[Count]:
        """Readers of the articles, by the day they came out."""
        return counted(channel, deliveries)

    def test(self, channel: Channel) -> str:
        """Fetch a token and count the drafts: identity, white list and rights in one."""
        data = Api(channel).json("/cgi-bin/draft/count", {})
        return f"公众平台已接受AppID和AppSecret；草稿箱中有{data.get('total_count', 0)}篇"


def source_address(job: Job) -> str:
    """The address behind 阅读原文, which also tells which edition an article is."""
    return f"{job.material.address}?edition={job.material.number}"


def _placed(api: Api, job: Job, picture: Picture) -> str:
    """Where a picture is on the platform; each is sent once."""
    placed = dict(job.progress.get("pictures", {}))
    if picture.address not in placed:
        placed[picture.address] = str(api.upload("/cgi-bin/media/uploadimg", fitting(picture))["url"])
        job.remember(pictures=placed)
    return str(placed[picture.address])


def _cover(api: Api, job: Job) -> str:
    """The first picture, the body's own cover, or the plain one, which is sent once for the channel."""
    if job.progress.get("cover"):
        return str(job.progress["cover"])
    if job.material.pictures:
        cover = _material(api, fitting(job.material.pictures[0]))
        job.remember(cover=cover)
        return cover
    if job.settings.get("cover"):
        return str(job.settings["cover"])
    channel = job.channel
    if not channel.remembered.get("plain_cover"):
        channel.remembered = {**channel.remembered, "plain_cover": _material(api, plain_cover())}
        channel.save(update_fields=["remembered"])
    return str(channel.remembered["plain_cover"])


def _material(api: Api, file: Any) -> str:
    return str(api.upload("/cgi-bin/material/add_material", file, type="image")["media_id"])


def _own_draft(api: Api, job: Job) -> str:
    """The draft that an interrupted attempt left, if it did."""
    return next((key for key, item in _articles(api, "draft", "media_id") if _is_own(job, item)), "")


def _published(api: Api, job: Job) -> Outcome | None:
    """The article, if it was published already."""
    for key, item in _articles(api, "freepublish", "article_id"):
        if _is_own(job, item):
            return Outcome(external_id=key, address=str(item.get("url", "")))
    return None


def _is_own(job: Job, item: Mapping[str, Any]) -> bool:
    return item.get("content_source_url") == source_address(job) and not item.get("is_deleted")


def _articles(api: Api, what: str, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """The newest drafts or articles, with what they are called."""
    for page in range(PAGES):
        asked = {"offset": page * PAGE, "count": PAGE, "no_content": 1}
        found = api.json(f"/cgi-bin/{what}/batchget", asked).get("item") or []
        for entry in found:
            for item in (entry.get("content") or {}).get("news_item") or []:
                yield str(entry.get(key, "")), item
        if len(found) < PAGE:
            return
