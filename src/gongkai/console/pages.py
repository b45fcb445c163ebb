"""The kinds of page the console is made of: a list with its export, a form that adds, a form about one record."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.audit.acts import record
from gongkai.console.access import (
    body_of,
    officer_of,
    reach_one,
    require,
    required_bodies,
    sees_several,
)
from gongkai.console.export import MEDIA_TYPE, ROW_LIMIT, workbook
from gongkai.console.once import submit_once
from gongkai.console.records import Column, RecordList, cells
from gongkai.organisations.rules import Permission

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django_filters import FilterSet

    from gongkai.console.forms.base import RecordForm

View = Callable[..., HttpResponse]
Crumbs = list[tuple[str, str]]
UNPROCESSABLE = 422


def crumbs(*ways: tuple[str, str]) -> Crumbs:
    """From the desk to this page, which has no address."""
    return [("工作台", reverse("console:desk")), *ways]


def page_view(view: View) -> View:
    """A page with a form: behind the sign-in, read or sent."""
    return login_required(require_http_methods(["GET", "HEAD", "POST"])(view))


# Lists ----------------------------------------------------------------------------------------------------


def _filtered(spec: RecordList, request: HttpRequest) -> FilterSet:
    return spec.filters(request.GET, queryset=spec.rows(request), request=request)


def listing(spec: RecordList) -> View:
    """The page of a list."""

    @login_required
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        chosen = _filtered(spec, request)
        page = Paginator(chosen.qs, spec.per_page).get_page(request.GET.get("page"))
        columns = [one for one in spec.columns_for(several=sees_several(request)) if one.on_page]
        query = request.GET.urlencode()
        context = {
            "title": spec.title,
            "form": chosen.form,
            "page": page,
            "columns": columns,
            "lines": [cells(row, columns) for row in spec.filled(page)],
            "additions": _additions(spec, request),
            "export_address": f"{reverse(f'console:{spec.name}_export')}{f'?{query}' if query else ''}",
            "tabs": _tabs(spec),
            "note": spec.note,
            "crumbs": crumbs((spec.title, "")),
        }
        return render(request, "console/records/list.html", context)

    return view


def _tabs(spec: RecordList) -> list[tuple[str, str, bool]]:
    return [(reverse(f"console:{name}"), label, name == spec.name) for name, label in spec.tabs]


def _additions(spec: RecordList, request: HttpRequest) -> list[tuple[str, str]]:
    """Only the ways the officer may go."""
    permissions = {one.permission for one in spec.additions}
    allowed = {permission for permission in permissions if _may_somewhere(request, permission)}
    return [
        (one.label, reverse(f"console:{one.name}")) for one in spec.additions if one.permission in allowed
    ]


def _may_somewhere(request: HttpRequest, permission: Permission) -> bool:
    try:
        required_bodies(request, permission)
    except PermissionDenied:
        return False
    return True


def exporting(spec: RecordList) -> View:
    """The same list as a spreadsheet; who took what along is recorded."""

    @login_required
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        chosen = _filtered(spec, request)
        back = f"{reverse(f'console:{spec.name}')}?{request.GET.urlencode()}"
        if not chosen.form.is_valid():
            return redirect(back)
        number = chosen.qs.count()
        if number > ROW_LIMIT:
            messages.error(request, f"共{number}项，超过每次可导出的{ROW_LIMIT}项，请先筛选再导出")
            return redirect(back)
        columns = spec.columns_for(several=sees_several(request))
        content = workbook(spec, chosen.qs.iterator(chunk_size=1000), columns)
        _note_export(spec, request, number)
        response = HttpResponse(content, content_type=MEDIA_TYPE)
        name = f"{spec.title}{timezone.localdate():%Y%m%d}.xlsx"
        response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or ""
        return response

    return view


def _note_export(spec: RecordList, request: HttpRequest, number: int) -> None:
    officer = officer_of(request)
    post = officer.posts.select_related("body").order_by("-since", "-pk").first()
    filters = {name: value for name, value in request.GET.items() if value and name != "page"}
    with transaction.atomic():
        record(
            verb="console.export",
            actor=officer,
            target=officer,
            body=post.body if post else None,
            detail={"list": spec.name, "filters": filters, "rows": number},
        )


# Forms ----------------------------------------------------------------------------------------------------


def show_form(
    request: HttpRequest,
    form: Any,
    *,
    title: str,
    back: str,
    way: Sequence[tuple[str, str]] = (),
    button: str = "保存",
    about: Sequence[str] = (),
    template: str = "console/records/form.html",
    **more: Any,
) -> HttpResponse:
    """A page with one form; 422 when what was sent could not be taken."""
    context = {
        "form": form,
        "title": title,
        "back": back,
        "button": button,
        "about": about,
        "crumbs": crumbs(*way, (title, "")),
        **more,
    }
    return render(
        request, template, context, status=UNPROCESSABLE if form is not None and form.is_bound else 200
    )


@dataclass(frozen=True)
class Adding:
    """A page where a record is entered by one act: ``act(request, form.arguments())`` returns it."""

    title: str
    form: Callable[..., RecordForm]
    act: Callable[[HttpRequest, dict[str, Any]], Any]
    done: str
    list_title: str
    list_name: str
    then: Callable[[Any], str] | None = None
    """Where to go with what was made; to the list when not said."""
    permission: Permission = Permission.HANDLE
    button: str = "保存"
    about: tuple[str, ...] = ()
    initial: Callable[[HttpRequest], dict[str, Any]] | None = None
    template: str = "console/records/form.html"


def adding(spec: Adding) -> View:
    """The page for it. 403 for who may enter such a record nowhere."""

    @page_view
    def view(request: HttpRequest) -> HttpResponse:
        bodies = required_bodies(request, spec.permission)
        initial = spec.initial(request) if spec.initial else None
        form = spec.form(_sent(request), _files(request), bodies=bodies, initial=initial)
        back = reverse(f"console:{spec.list_name}")

        def act() -> str:
            made = spec.act(request, form.arguments())
            return spec.then(made) if spec.then else back

        if form.is_valid() and (answer := submit_once(request, form, act, spec.done)):
            return answer
        return show_form(
            request,
            form,
            title=spec.title,
            back=back,
            way=[(spec.list_title, back)],
            button=spec.button,
            about=spec.about,
            template=spec.template,
        )

    return view


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _files(request: HttpRequest) -> Any:
    return request.FILES if request.method == "POST" else None


@dataclass(frozen=True)
class Acting:
    """A page where something is done with one record by one act."""

    title: str
    model: type[Model]
    form: Callable[..., RecordForm]
    act: Callable[[HttpRequest, Any, dict[str, Any]], object]
    done: str
    back: Callable[[Any], str]
    way: Callable[[Any], Sequence[tuple[str, str]]]
    permission: Permission = Permission.HANDLE
    button: str = "保存"
    about: Callable[[Any], Sequence[str]] = field(default=lambda _: ())
    initial: Callable[[Any], dict[str, Any]] = field(default=lambda _: {})
    related: tuple[str, ...] = ()
    other: Callable[[Any], tuple[str, str]] | None = None
    """Another way from here, below the form: its words and its address."""
    fitted: Callable[[Any], dict[str, Any]] = field(default=lambda _: {})
    """What the form must know of the record: arguments to make it with."""
    offered: Callable[[Any], bool] = field(default=lambda _: True)
    """Whether the record is of a kind this can be done with at all; 404 when not."""


def acting(spec: Acting) -> View:
    """The page for it. 404 outside the officer's bodies, 403 for who may only read."""

    @page_view
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        row = reach_one(request, spec.model, pk, *spec.related)
        require(request, spec.permission, body_of(row))
        if not spec.offered(row):
            raise Http404
        given = {"body": body_of(row), "initial": spec.initial(row), **spec.fitted(row)}
        form = spec.form(_sent(request), _files(request), **given)
        if form.is_valid():
            answer = submit_once(request, form, lambda: _acted(spec, request, row, form), spec.done)
            if answer is not None:
                return answer
        return show_form(
            request,
            form,
            title=spec.title,
            back=spec.back(row),
            way=spec.way(row),
            button=spec.button,
            about=spec.about(row),
            other=spec.other(row) if spec.other else None,
        )

    return view


def _acted(spec: Acting, request: HttpRequest, row: Any, form: RecordForm) -> str:
    spec.act(request, row, form.arguments())
    return spec.back(row)


def record_table(
    key: str, title: str, rows: Iterable[Any], columns: Sequence[Column], *, empty: str, more: Any = None
) -> dict[str, Any]:
    """A small table on a record's own page."""
    return {
        "key": key,
        "title": title,
        "empty": empty,
        "columns": columns,
        "lines": [cells(row, columns) for row in rows],
        "more": more,
    }
