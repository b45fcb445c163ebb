"""What every page of the officers' site shows around its matter: who is here, for which body, and where one can go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils import timezone

from gongkai.organisations.enums import Role
from gongkai.organisations.models import Officer, Post
from gongkai.organisations.rules import current_posts

if TYPE_CHECKING:
    from django.http import HttpRequest

WORK = (
    "工作",
    (
        ("console:desk", "工作台"),
        ("console:reminders", "提醒"),
        ("console:coverage", "公开监测"),
        ("console:reports", "年度报告"),
    ),
)
RECORDS = (
    "记录",
    (
        ("console:requests", "公开申请"),
        ("console:disputes", "复议诉讼"),
        ("console:documents", "文件"),
        ("console:catalogues", "公开目录"),
        ("console:consultations", "互动交流"),
        ("console:matters", "行政台账"),
    ),
)
ADMINISTRATION = (
    "管理",
    (
        ("console:bodies", "机关"),
        ("console:accounts", "人员与岗位"),
        ("console:template_bodies", "文书模板"),
        ("console:calendars", "放假安排"),
        ("console:log", "操作记录"),
        ("console:jobs", "定时任务"),
    ),
)
ACCOUNT = ("账号", (("account_change_password", "修改密码"), ("mfa_index", "两步验证")))
OVERSEERS = frozenset({Role.ADMINISTRATOR, Role.SUPERVISOR})


class Item(NamedTuple):
    """A way in the navigation. ``state`` is the value of aria-current: ``page``, ``true`` for a page below, or ``""``."""

    address: str
    label: str
    state: str


class Group(NamedTuple):
    """Ways that belong together, under a heading."""

    heading: str
    ways: list[Item]


class Shell:
    """Asks the database only when a template of the console does."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def posts(self) -> list[Post]:
        """The posts the officer holds today."""
        officer = self._request.user
        return list(current_posts(officer, timezone.localdate())) if isinstance(officer, Officer) else []

    @property
    def several(self) -> bool:
        """Whether the officer works for more than one body, so that each post must name its own."""
        return len({post.body_id for post in self.posts}) > 1

    @property
    def name(self) -> str:
        """What stands in the head of the page."""
        return "政府信息公开工作台" if self.several or not self.posts else self.posts[0].body.name

    @cached_property
    def navigation(self) -> list[Group]:
        """Only where this officer may go."""
        groups = [WORK, RECORDS, *([ADMINISTRATION] if self.oversees else []), ACCOUNT]
        return [Group(heading, [self._item(*way) for way in ways]) for heading, ways in groups]

    @property
    def oversees(self) -> bool:
        """Whether the pages of administration open to this officer."""
        officer = self._request.user
        if isinstance(officer, Officer) and officer.is_superuser:
            return True
        return any(post.role in OVERSEERS for post in self.posts)

    def _item(self, name: str, label: str) -> Item:
        address = reverse(name)
        if self._request.path == address:
            return Item(address, label, "page")
        desk = reverse("console:desk")
        section = (
            f"{desk}{address.removeprefix(desk).split('/')[0]}/" if address.startswith(desk) else address
        )
        below = address != desk and self._request.path.startswith(section)
        return Item(address, label, "true" if below else "")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``shell``."""
    return {"shell": Shell(request)}
