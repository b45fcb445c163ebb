"""The description of the interface, for machines as OpenAPI and for people as a page of our own."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from gongkai.api.endpoint import api
from gongkai.api.problems import MEDIA_TYPE

if TYPE_CHECKING:
    from django.http import HttpRequest

JSON = "application/json"


@cache
def schema() -> dict[str, Any]:
    """The OpenAPI description: a failure is described as the problem it is."""
    made: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/v1")))
    made["info"]["description"] = api.description
    for path in made["paths"].values():
        for operation in path.values():
            for parameter in operation.get("parameters", ()):
                parameter["schema"] = _as_written(parameter["schema"])
            for status, answer in operation["responses"].items():
                answer["description"] = SAID.get(status, answer.get("description", ""))
                if status != "200" and JSON in answer.get("content", {}):
                    answer["content"] = {MEDIA_TYPE: answer["content"][JSON]}
    return made


def _as_written(kind: dict[str, Any]) -> dict[str, Any]:
    """What stands in an address: a parameter is left out, never null."""
    choices = [one for one in kind.get("anyOf", ()) if one.get("type") != "null"]
    if len(choices) != 1:
        return kind
    return {**choices[0], **({"description": kind["description"]} if "description" in kind else {})}


SAID = {
    "200": "成功",
    "404": "没有这项内容",
    "410": "已经撤下，请删除副本",
    "422": "参数有误",
    "429": "请求过于频繁，请按 Retry-After 等待",
    "451": "依法不再公开，请删除副本",
}


def openapi(_request: HttpRequest) -> HttpResponse:
    """The description as a file."""
    return HttpResponse(json.dumps(schema(), ensure_ascii=False, indent=1), content_type=JSON)


def documentation(request: HttpRequest) -> HttpResponse:
    """The same as a page: every address with its parameters and the fields of its answer."""
    made = schema()
    context = {
        "operations": [_told(path, one["get"], made) for path, one in made["paths"].items()],
        "crumbs": [
            ("首页", reverse("portal:home")),
            ("数据开放", reverse("open_data:home")),
            ("接口说明", ""),
        ],
    }
    return render(request, "api/documentation.html", context)


def _told(path: str, operation: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    answer = operation["responses"]["200"]["content"][JSON]["schema"]
    return {
        "path": path,
        "anchor": operation["operationId"],
        "summary": operation["summary"],
        "description": operation["description"],
        "parameters": [_parameter(one) for one in operation.get("parameters", [])],
        "fields": _fields(_resolved(answer, made), made),
    }


def _parameter(one: dict[str, Any]) -> dict[str, Any]:
    kind = one["schema"]
    said = one.get("description") or kind.get("description", "")
    return {
        "name": one["name"],
        "said": said,
        "required": one.get("required", False),
        "values": _values(kind),
    }


def _values(kind: dict[str, Any]) -> list[str]:
    """The values a parameter may have, where they are few."""
    found = kind.get("enum") or ([kind["const"]] if "const" in kind else [])
    for one in kind.get("anyOf", ()):
        found = found or one.get("enum") or []
    return [str(value) for value in found]


def _fields(
    shape: dict[str, Any], made: dict[str, Any], prefix: str = "", depth: int = 0
) -> list[tuple[str, str]]:
    """The fields of an answer with what they mean, those of lists and parts below them."""
    found: list[tuple[str, str]] = []
    for name, one in shape.get("properties", {}).items():
        part = _part(one, made)
        found.append((f"{prefix}{name}", one.get("description") or ""))
        if part.get("properties") and depth < 2:  # noqa: PLR2004 - deeper ones are described where they stand
            many = "[]" if one.get("type") == "array" else ""
            found += _fields(part, made, f"{prefix}{name}{many}.", depth + 1)
    return found


def _part(one: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    """What a field consists of: of a list one of its members, of what may be missing the other."""
    if one.get("type") == "array":
        one = one["items"]
    for choice in one.get("anyOf", ()):
        if "$ref" in choice:
            one = choice
    return _resolved(one, made)


def _resolved(one: dict[str, Any], made: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in one:
        return one
    found: dict[str, Any] = made["components"]["schemas"][one["$ref"].rpartition("/")[2]]
    return found
