"""What every page of the public site shows around its matter: whose site it is and where one can go."""

from __future__ import annotations

from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from gongkai.organisations.models import Body
from gongkai.portal.foi.offices import accepting
from gongkai.portal.freshness import remembered

if TYPE_CHECKING:
    from django.http import HttpRequest

FOI = "portal:foi"
NAVIGATION = (
    ("portal:home", "首页"),
    ("portal:policies", "政策文件"),
    ("portal:documents", "公开信息"),
    ("portal:search", "检索"),
    ("portal:foi", "依申请公开"),
    ("portal:consultations", "互动交流"),
    ("portal:reports", "政府信息公开年报"),
    ("portal:report_check", "年报体检"),
)
"""The ways of the head and the foot of every page, in their order; only what exists stands here."""


class Item(NamedTuple):
    """A way in the navigation. ``state`` is the value of aria-current: ``page``, ``true`` for a page below, or ``""``."""

    address: str
    label: str
    state: str


@cache
def _address(name: str) -> str:
    return reverse(name)


class Facts(NamedTuple):
    """What the frame needs of the database."""

    body: Body | None
    several: bool
    takes_requests: bool


def _facts() -> Facts:
    roots = list(Body.objects.filter(parent=None, is_active=True)[:2])
    several = len(roots) > 1 or Body.objects.filter(is_active=True)[:2].count() > 1
    return Facts(roots[0] if len(roots) == 1 else None, several, accepting().exists())


class Site:
    """Asks the database only when a template of the portal does, and then once for all pages until something changes."""

    def __init__(self, path: str) -> None:
        self._path = path

    @cached_property
    def _facts(self) -> Facts:
        return remembered("site", _facts)

    @property
    def body(self) -> Body | None:
        """The one body this site belongs to; ``None`` when several bodies share it."""
        return self._facts.body

    @property
    def several(self) -> bool:
        """Whether more than one body is on the site, so that lists name the body of each document."""
        return self._facts.several

    @property
    def takes_requests(self) -> bool:
        """Whether a body of the site takes requests."""
        return self._facts.takes_requests

    @property
    def name(self) -> str:
        """What stands in the head of the page."""
        return self.body.name if self.body else "政府信息公开"

    @cached_property
    def navigation(self) -> list[Item]:
        """Only what exists: no way to requests where no body takes them."""
        shown = [(name, label) for name, label in NAVIGATION if name != FOI or self.takes_requests]
        return [Item(_address(name), label, self._state(name)) for name, label in shown]

    @property
    def state(self) -> str:
        """Which of the ways this page stands on: two pages with the same word have the same navigation."""
        return ",".join(item.state for item in self.navigation)

    def _state(self, name: str) -> str:
        address = _address(name)
        if self._path == address:
            return "page"
        below = self._path.startswith(address) if name != FOI else "/foi/" in self._path
        return "true" if name != "portal:home" and below else ""


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: ``site``."""
    return {"site": Site(request.path)}
