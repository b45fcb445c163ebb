"""The channel: publish, update, withdraw, status, ping. The format is described in docs/deploy/channels.md."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gongkai.channels.enums import DeliveryState
from gongkai.channels.failures import ChannelError
from gongkai.channels.http import Answer, call, why_not_address
from gongkai.channels.kinds.base import Job, Kind, Outcome, Setting
from gongkai.channels.kinds.webhook.signing import signed_headers
from gongkai.channels.models import Channel
from gongkai.core.errors import Obstacle

SHORTEST_SECRET = 16
LONGEST_ID, LONGEST_ADDRESS = 120, 300
GONE, CONFLICT, ACCEPTED = (404, 410), 409, 202
DENIED = (401, 403)
LATER = (408, 423, 425, 429)
SERVER = 500
OK, REDIRECT = 200, 300
MOST_READERS = 2_000_000_000


class Webhook(Kind):
    """Publishing, correcting and withdrawing by one address."""

    title = "接口推送"
    by_network = True
    can_update = can_withdraw = replaces = lasting = True
    settings = (
        Setting("endpoint", "接收地址", "平台提供的 https:// 网址", required=True, limit=500),
        Setting("site", "站点或栏目代号", "平台要求时填写，原样随每次推送发出", limit=120),
        Setting("secret", "签名密钥", "与平台约定，至少16个字符", secret=True, required=True, limit=300),
    )

    def why_not(self, settings: Mapping[str, Any], secrets: Mapping[str, str]) -> list[Obstacle]:
        """An address that may be called, and a secret that is one."""
        found = super().why_not(settings, secrets)
        endpoint = str(settings.get("endpoint", ""))
        if endpoint and (problem := why_not_address(endpoint)):
            found.append(Obstacle("endpoint", f"接收地址不能使用：{problem}", field="endpoint"))
        if 0 < len(secrets.get("secret", "")) < SHORTEST_SECRET:
            found.append(
                Obstacle("weak", f"签名密钥少于{SHORTEST_SECRET}个字符", "请与平台另行约定", "secret")
            )
        return found

    def publish(self, job: Job) -> Outcome:
        """A new text; when an earlier one is there, in its place."""
        if job.previous_id:
            return self._told(job, "update", job.previous_id)
        return self._told(job, "publish", "")

    def update(self, job: Job) -> Outcome:
        """What is said of it changed: repealed, archived, reclassified."""
        return self._told(job, "update", job.external_id)

    def poll(self, job: Job) -> Outcome:
        """What became of it."""
        return self._told(job, "status", job.external_id or str(job.progress.get("id", "")))

    def withdraw(self, job: Job) -> Outcome:
        """Take it away; 404 and 410 say that it is away."""
        answer = self._send(job, "withdraw", job.external_id)
        if answer.status in GONE:
            return Outcome(external_id=job.external_id)
        return self._outcome(job, answer)

    def test(self, channel: Channel) -> str:
        """A signed ping, which the platform answers with 2xx."""
        answer = _post(channel.settings, channel.secrets, {"action": "ping"}, key="ping")
        _raise_for(answer)
        return f"平台已答复（HTTP {answer.status}），签名被接受"

    def _told(self, job: Job, action: str, external_id: str) -> Outcome:
        return self._outcome(job, self._send(job, action, external_id))

    def _send(self, job: Job, action: str, external_id: str) -> Answer:
        data = {"action": action, "key": job.key, "id": external_id, "site": job.settings.get("site", "")}
        data["document"] = _document(job, whole=action in {"publish", "update"})
        return _post(job.settings, job.secrets, data, key=job.key)

    def _outcome(self, job: Job, answer: Answer) -> Outcome:
        if answer.status != CONFLICT:  # 409: this key was taken before, and here is what became of it
            _raise_for(answer)
        data = answer.json() if answer.body.strip() else {}
        if answer.status == CONFLICT and not data.get("id"):
            raise ChannelError(_said(data, "平台认为内容冲突"), code="http_409", retryable=False)
        state = str(data.get("state", "pending" if answer.status == ACCEPTED else "published"))
        if state in {"failed", "rejected"}:
            raise ChannelError(_said(data, "平台未采用"), code=state, retryable=False)
        external_id = str(data.get("id") or job.external_id or job.previous_id)[:LONGEST_ID]
        if state == "pending":
            job.remember(id=external_id)
            return Outcome(
                DeliveryState.SUBMITTED, external_id=external_id, ask_after=answer.retry_after or 60
            )
        if not external_id:
            raise ChannelError("平台的答复中没有编号（id）", code="no_id", retryable=False)
        return Outcome(
            external_id=external_id,
            address=_address(data.get("url")) or job.address,
            readers=_count(data.get("readers")),
        )


def _document(job: Job, *, whole: bool) -> dict[str, Any]:
    one = job.material
    found: dict[str, Any] = {"index_number": one.index_number, "title": one.title, "url": one.address}
    if one.left:
        found |= {"left": one.left, "reason": one.reason}
    if whole:
        found |= {
            "edition": one.number,
            "document_number": one.document_number,
            "kind": one.kind,
            "issuer": one.body,
            "made_on": one.made_on.isoformat(),
            "published_at": one.published_at.isoformat() if one.published_at else None,
            "validity": one.validity,
            "keywords": list(one.keywords),
            "summary": one.summary,
            "html": one.html,
            "attachments": list(one.files),
        }
    return found


def _post(
    settings: Mapping[str, Any], secrets: Mapping[str, str], data: dict[str, Any], *, key: str
) -> Answer:
    body = json.dumps(data, ensure_ascii=False).encode()
    headers = signed_headers(secrets.get("secret", ""), body, key=key)
    return call("POST", str(settings.get("endpoint", "")), body=body, headers=headers)


def _raise_for(answer: Answer) -> None:
    status, code = answer.status, f"http_{answer.status}"
    if OK <= status < REDIRECT:
        return
    try:
        said = _said(answer.json(), "")
    except ChannelError:
        said = ""
    tail = f"（HTTP {status}{'：' + said if said else ''}）"
    if REDIRECT <= status < 400:  # noqa: PLR2004 - the class of redirects
        raise ChannelError(f"接收地址跳转到别处，已拒绝{tail}", code=code, retryable=False)
    if status in DENIED:
        raise ChannelError(f"平台不接受签名或没有授权{tail}", code=code, disconnects=True)
    if status in LATER or status >= SERVER:
        unknown = status >= SERVER
        raise ChannelError(f"平台暂时不收{tail}", code=code, retry_after=answer.retry_after, unknown=unknown)
    raise ChannelError(f"平台拒收{tail}", code=code, retryable=False)


def _said(data: Mapping[str, Any], otherwise: str) -> str:
    return str(data.get("message") or data.get("error") or otherwise)[:200]


def _address(value: object) -> str:
    """An address to show as a link: http(s) only, else none."""
    text = str(value or "")
    return text if text.startswith(("https://", "http://")) and len(text) <= LONGEST_ADDRESS else ""


def _count(value: object) -> int | None:
    return (
        value
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_READERS
        else None
    )
