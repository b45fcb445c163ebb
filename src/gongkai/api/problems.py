"""What went wrong, for a machine and for the person behind it: RFC 9457 in Chinese, the parameter and the remedy named."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

MEDIA_TYPE = "application/problem+json"

TITLES: dict[int, str] = {
    HTTPStatus.NOT_FOUND: "没有这项内容",
    HTTPStatus.METHOD_NOT_ALLOWED: "只能读取",
    HTTPStatus.GONE: "已经撤下",
    HTTPStatus.UNPROCESSABLE_ENTITY: "请求参数有误",
    HTTPStatus.TOO_MANY_REQUESTS: "请求过于频繁",
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: "依法不再公开",
}

LONGEST_QUOTED = 60


class ProblemError(Exception):
    """The answer to a question that cannot be answered."""

    def __init__(
        self, status: int, detail: str, *, errors: list[dict[str, str]] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status = int(status)
        self.detail = detail
        self.errors = errors or []
        self.more = more


def problem(
    status: int, detail: str, *, errors: list[dict[str, str]] | None = None, **more: Any
) -> HttpResponse:
    """The answer as ``application/problem+json``."""
    said: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, "请求未能完成"),
        "status": int(status),
        "detail": detail,
        **more,
    }
    if errors:
        said["errors"] = errors
    content = json.dumps(said, ensure_ascii=False).encode()
    return HttpResponse(content, status=int(status), content_type=MEDIA_TYPE)


def of_error(error: ProblemError) -> HttpResponse:
    """The answer a ``ProblemError`` stands for."""
    return problem(error.status, error.detail, errors=error.errors, **error.more)


def wrong(parameter: str, message: str) -> ProblemError:
    """A parameter with a value that is none."""
    return ProblemError(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        f"参数{parameter}：{message}",
        errors=[{"parameter": parameter, "message": message}],
    )


def nothing_here(what: str, remedy: str = "") -> ProblemError:
    """There is no such thing, or it never was public."""
    return ProblemError(HTTPStatus.NOT_FOUND, f"没有{what}。{remedy}")


def in_words(found: list[dict[str, Any]]) -> ProblemError:
    """What the reading of parameters says, in Chinese, a line for each parameter."""
    errors = [
        {"parameter": str(one["loc"][-1]) if one.get("loc") else "", "message": _sentence(one)}
        for one in found
    ]
    detail = "；".join(f"参数{one['parameter']}：{one['message']}" for one in errors)
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


SENTENCES = (
    ("missing", "没有填写"),
    ("int", "应当是整数"),
    ("greater_than_equal", "不能小于{ge}"),
    ("less_than_equal", "不能大于{le}"),
    ("datetime", "应当是带时区的时刻，例如 2024-03-01T09:00:00+08:00"),
    ("timezone", "应当是带时区的时刻，例如 2024-03-01T09:00:00+08:00"),
    ("date", "应当是日期，例如 2024-03-01"),
    ("literal_error", "只能是以下之一：{expected}"),
    ("string_too_long", "不能超过{max_length}个字符"),
    ("string_pattern_mismatch", "只能含英文字母、数字、连字符和下划线"),
)
"""By how the kinds of errors begin, the first that fits."""


def _sentence(error: dict[str, Any]) -> str:
    kind, facts = str(error.get("type", "")), error.get("ctx") or {}
    for beginning, sentence in SENTENCES:
        if kind.startswith(beginning):
            return sentence.format_map(facts).replace(" or ", "、").replace("'", "")
    return "写法不对，请对照接口说明"
