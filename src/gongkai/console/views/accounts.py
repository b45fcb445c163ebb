"""Accounts of officers and the posts they hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import django_filters as filters
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gongkai.console.access import bodies_administered, bodies_overseen, officer_of, overseen_one
from gongkai.console.forms import administration as forms
from gongkai.console.forms.filters import choice
from gongkai.console.offers import Offer
from gongkai.console.once import submit_once
from gongkai.console.pages import crumbs, exporting, listing, page_view, record_table, show_form
from gongkai.console.performing import perform
from gongkai.console.records import Column, RecordList, docket, told
from gongkai.console.timeline import timeline_of
from gongkai.console.views.administration import administering, sent
from gongkai.organisations import acts
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Officer, Post

if TYPE_CHECKING:
    from django.http import HttpRequest

TITLE = "人员与岗位"


def _to(name: str) -> Callable[[Any], str]:
    return lambda row: reverse(f"console:{name}", args=[row.pk])


class AccountFilter(filters.FilterSet):
    """By name, role and whether it is in use."""

    q = filters.CharFilter(method="by_words", label="姓名或登录名")
    role = choice("posts__role", "岗位", Role.choices, method="by_role")
    state = choice("is_active", "状态", [("active", "在用"), ("closed", "停用")], method="by_state")

    def by_words(self, rows: Any, _name: str, words: str) -> Any:
        """In either name."""
        return rows.filter(Q(name__icontains=words) | Q(username__icontains=words))

    def by_role(self, rows: Any, _name: str, role: str) -> Any:
        """Held at some time in a body the reader oversees."""
        held = Post.objects.filter(role=role, body__in=bodies_overseen(self.request))
        return rows.filter(pk__in=held.values("officer"))

    def by_state(self, rows: Any, _name: str, state: str) -> Any:
        """In use or not."""
        return rows.filter(is_active=state == "active")


def _accounts(request: HttpRequest) -> Any:
    """Everybody who holds or held a post in a body overseen; a superuser sees also who holds none."""
    bodies = bodies_overseen(request)
    posts = Post.objects.filter(body__in=bodies)
    found = Officer.objects.all()
    return found if officer_of(request).is_superuser else found.filter(pk__in=posts.values("officer"))


def _posts(row: Officer) -> str:
    """The posts that have not ended, in words."""
    today = timezone.localdate()
    standing = [post for post in row.posts.all() if post.until is None or post.until >= today]
    return "；".join(f"{post.body.display_name}　{post.get_role_display()}" for post in standing)


ACCOUNTS = RecordList(
    name="accounts",
    title=TITLE,
    model=Officer,
    columns=(
        Column("姓名", str, link=_to("account")),
        Column("登录名", lambda row: row.username),
        Column("在任岗位", _posts, width=50),
        Column("状态", lambda row: "在用" if row.is_active else "停用"),
        Column("最近登录", lambda row: row.last_login or "从未登录", mark=lambda _: "due"),
    ),
    filters=AccountFilter,
    order=("username",),
    prefetch=("posts__body",),
    scope=_accounts,
    names_body=False,
    note="在机关页上开设账号和设岗。",
)
accounts, accounts_export = listing(ACCOUNTS), exporting(ACCOUNTS)


def _account_or_404(request: HttpRequest, pk: int) -> Officer:
    found = _accounts(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    officer: Officer = found
    return officer


def _way(row: Officer) -> list[tuple[str, str]]:
    return [(TITLE, reverse("console:accounts")), (str(row), _to("account")(row))]


@login_required
@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: who it is, which posts, what can be done with it."""
    row = _account_or_404(request, pk)
    return render(request, "console/administration/account.html", _context(request, row))


def _context(request: HttpRequest, row: Officer, **more: Any) -> dict[str, Any]:
    posts = row.posts.filter(body__in=bodies_overseen(request)).select_related("body", "unit")
    administers = bodies_administered(request).exists()
    return {
        "title": str(row),
        "status": "在用" if row.is_active else "停用",
        "docket": docket(
            ("登录名", row.username),
            ("姓名", row.name),
            ("电子邮箱", row.email),
            ("最近登录", told(row.last_login) or "从未登录"),
            ("密码", "已设置" if row.has_usable_password() else "尚未设置"),
            ("开设时间", told(row.date_joined)),
        ),
        "acts": _offers(request, row) if administers else [],
        "tables": [
            record_table("posts", "岗位", posts, _post_columns(request), empty="没有岗位。"),
        ],
        "timeline": timeline_of(row),
        "crumbs": crumbs((TITLE, reverse("console:accounts")), (str(row), "")),
        **more,
    }


def _post_columns(request: HttpRequest) -> tuple[Column, ...]:
    mine = set(bodies_administered(request).values_list("pk", flat=True))

    def endable(post: Post) -> bool:
        return post.until is None and post.body_id in mine

    return (
        Column("机关", lambda post: post.body.name),
        Column("岗位", lambda post: post.get_role_display()),
        Column("内设机构", lambda post: post.unit.name if post.unit else ""),
        Column("起", lambda post: post.since, mark=lambda _: "due"),
        Column("止", lambda post: post.until, mark=lambda _: "due"),
        Column(
            "操作",
            lambda post: "终止" if endable(post) else "",
            link=lambda post: reverse("console:post_end", args=[post.pk]) if endable(post) else "",
        ),
    )


def _offers(request: HttpRequest, row: Officer) -> list[Offer]:
    actor = officer_of(request)
    link_words = "重设密码" if row.has_usable_password() else "签发设置密码链接"
    offers = [
        Offer(
            link_words,
            _to("account_invite")(row),
            acts.why_not_invite(row, actor=actor),
            "生成一次性链接，交给本人设置密码；链接只显示这一次。",
            primary=not row.has_usable_password(),
            link=False,
        ),
        Offer("修改姓名和邮箱", _to("account_edit")(row), acts.why_not_invite(row, actor=actor)),
    ]
    words = "停用账号" if row.is_active else "恢复账号"
    offers.append(Offer(words, _to("account_active")(row), acts.why_not_set_active(row, actor=actor)))
    return offers


@page_view
def account_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Open an account in a body and give it its first post."""
    row = overseen_one(request, pk)
    return administering(
        request,
        row,
        forms.AccountForm(sent(request), body=row),
        lambda data: acts.open_account(body=row, actor=officer_of(request), **data),
        title="开设账号",
        done="账号已开设，请签发设置密码链接交给本人",
        to=_to("account"),
        about=[f"机关：{row.name}"],
    )


@page_view
def post_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody with an account a post in a body."""
    row = overseen_one(request, pk)
    return administering(
        request,
        row,
        forms.PostForm(sent(request), body=row),
        lambda data: acts.appoint(body=row, actor=officer_of(request), **data),
        title="设岗",
        done="岗位已设置",
        about=[f"机关：{row.name}"],
    )


@page_view
def post_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End a post."""
    found = Post.objects.filter(pk=pk, body__in=bodies_overseen(request)).select_related("body", "officer")
    row = found.first()
    if row is None:
        raise Http404
    officer = row.officer
    return administering(
        request,
        row.body,
        forms.EndPostForm(sent(request)),
        lambda data: acts.end_post(post=row, actor=officer_of(request), **data),
        title="终止岗位",
        done="岗位已终止",
        to=lambda _: _to("account")(officer),
        button="终止",
        about=[str(row)],
    )


def _governing(
    request: HttpRequest, row: Officer, form: Any, act: Callable[[dict[str, Any]], object], **more: Any
) -> HttpResponse:
    """A page on which an account is changed; whose accounts are whose is the act's to say."""
    back, done = _to("account")(row), more.pop("done")

    def run() -> str:
        act(form.arguments())
        return back

    if form.is_valid() and (answer := submit_once(request, form, run, done)):
        return answer
    return show_form(request, form, back=back, way=_way(row), **more)


def _require_administrator(request: HttpRequest, pk: int) -> Officer:
    """The account, for an officer who administers anything at all. 403 for onlookers."""
    row = _account_or_404(request, pk)
    if not bodies_administered(request).exists():
        raise PermissionDenied
    return row


@page_view
def account_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change name and address."""
    row = _require_administrator(request, pk)
    return _governing(
        request,
        row,
        forms.AccountChangeForm(sent(request), initial={"name": row.name, "email": row.email}),
        lambda data: acts.edit_account(officer=row, actor=officer_of(request), **data),
        title="修改账号",
        done="账号已保存",
    )


@page_view
def account_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an account out of use or back into it."""
    row = _require_administrator(request, pk)
    words = "停用账号" if row.is_active else "恢复账号"
    return _governing(
        request,
        row,
        forms.CloseForm(sent(request)),
        lambda data: acts.set_active(
            officer=row, is_active=not row.is_active, actor=officer_of(request), **data
        ),
        title=words,
        done=f"已{words}",
        button=words,
        about=["停用后不能登录，已办理的记录保留。" if row.is_active else "恢复后可以登录。"],
    )


@never_cache
@login_required
@require_POST
def account_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue the link by which the officer sets a password. It is shown on this page and nowhere else."""
    row = _require_administrator(request, pk)
    if not perform(
        request, lambda: acts.invite(officer=row, actor=officer_of(request)), "链接已生成，请立即交给本人"
    ):
        return redirect("console:account", row.pk)
    key = {"uidb36": user_pk_to_url_str(row), "key": default_token_generator.make_token(row)}
    path = reverse("account_reset_password_from_key", kwargs=key)
    address = request.build_absolute_uri(path)
    return render(request, "console/administration/account.html", _context(request, row, address=address))
