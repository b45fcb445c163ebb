"""The one interface, and how an address is added to it: reading only, unknown parameters refused."""

from __future__ import annotations

import inspect
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar

from ninja import NinjaAPI, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from gongkai.api.problems import LONGEST_QUOTED, ProblemError, in_words, of_error, problem
from gongkai.api.schemas.common import Problem

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class Readable(JSONRenderer):
    """Chinese as Chinese: shorter, and a person can read it."""

    json_dumps_params = {"ensure_ascii": False}


View = TypeVar("View", bound="Callable[..., Any]")

api = NinjaAPI(
    title="政府信息公开数据接口",
    version="1",
    description=(
        "只读接口：公开信息、公开目录、机关、意见征集、政府信息公开年报、撤下情况和检索。不需要登记，不使用 cookie。"
        "列表按游标翻页：原样访问 next 给出的地址，直到它是 null。"
        "每个答复带 ETag；再次读取时用 If-None-Match 送回，没有变化就只得到 304。"
        "保存数据的，请定期读取 /api/v1/withdrawals，把已经撤下的删去。"
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    renderer=Readable(),
)

WRONG = {422: Problem, 429: Problem}
MISSING = {404: Problem, **WRONG}


def endpoint(
    path: str,
    *,
    response: Any,
    tag: str,
    summary: str,
    asked: type[Schema] | None = None,
    missing: dict[int, Any] | None = None,
) -> Callable[[View], View]:
    """Add an address. ``asked`` holds its parameters; the docstring of the view describes it."""
    names = frozenset(asked.model_fields) if asked is not None else frozenset()

    def add(view: View) -> View:
        @wraps(view)
        def seen(request: HttpRequest, **values: Any) -> Any:
            why_not_asked(request, names)
            return view(request, **values)

        # Here, where the names in it are known; ninja would look for them in this module.
        seen.__signature__ = inspect.signature(view, eval_str=True)  # type: ignore[attr-defined]
        name = view.__name__
        add_to = api.get(
            path,
            response={200: response, **(WRONG if missing is None else missing)},
            tags=[tag],
            summary=summary,
            description=" ".join((view.__doc__ or "").split()),
            operation_id=name,
            url_name=name,
        )
        return add_to(seen)  # type: ignore[return-value]

    return add


def why_not_asked(request: HttpRequest, names: frozenset[str]) -> None:
    """Raises ``ProblemError`` for a parameter that is unknown, given twice or unwritable."""
    for name, values in request.GET.lists():
        shown = name[:LONGEST_QUOTED]
        if name not in names:
            known = "、".join(sorted(names)) or "（没有参数）"
            raise _refused(shown, f"没有这个参数；可用的参数：{known}")
        if len(values) > 1:
            raise _refused(shown, "只能给出一次")
        if "\0" in values[0]:
            raise _refused(shown, "含有不可见的控制字符")


def _refused(name: str, message: str) -> ProblemError:
    errors = [{"parameter": name, "message": message}]
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, f"参数{name}：{message}", errors=errors)


@api.exception_handler(ProblemError)
def on_problem(_request: HttpRequest, error: Exception) -> HttpResponse:
    """What a view refused."""
    assert isinstance(error, ProblemError)  # noqa: S101 - registered for it
    return of_error(error)


@api.exception_handler(ValidationError)
def on_wrong_parameters(_request: HttpRequest, error: Exception) -> HttpResponse:
    """What the reading of parameters refused."""
    assert isinstance(error, ValidationError)  # noqa: S101 - registered for it
    return of_error(in_words(error.errors))


@api.exception_handler(HttpError)
def on_http_error(_request: HttpRequest, error: Exception) -> HttpResponse:
    """A request that could not be read at all."""
    status = getattr(error, "status_code", HTTPStatus.BAD_REQUEST)
    return problem(status, "请求无法读取，请对照接口说明。")
