"""What every page of the officers' site shows around its matter: who is here, for which body, and where one can go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse
from django.utils import timezone

from gongkai.organisations.models import Officer, Post
from gongkai.organisations.rules import current_posts

if TYPE_CHECKING:
    from django.http import HttpRequest

NAVIGATION = (
    ("工作", (("console:desk", "工作台"), ("console:reports", "年度报告"))),
    ("账号", (("account_change_password", "修改密码"), ("mfa_index", "两步验证"))),
)


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
        """Only what exists."""
        return [Group(heading, [self._item(*way) for way in ways]) for heading, ways in NAVIGATION]

    def _item(self, name: str, label: str) -> Item:
        address = reverse(name)
        if self._request.path == address:
            return Item(address, label, "page")
        below = address != reverse("console:desk") and self._request.path.startswith(address)
        return Item(address, label, "true" if below else "")


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor: ``shell``."""
    return {"shell": Shell(request)}
