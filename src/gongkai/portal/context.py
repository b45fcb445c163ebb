"""What every page of the public site shows around its matter: whose site it is and where one can go."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from django.urls import reverse

from gongkai.organisations.models import Body
from gongkai.portal.foi.offices import accepting

if TYPE_CHECKING:
    from django.http import HttpRequest

FOI = "portal:foi"
NAVIGATION = (
    ("portal:home", "首页"),
    ("portal:foi", "依申请公开"),
    ("portal:reports", "政府信息公开年报"),
    ("portal:report_check", "年报体检"),
)


class Item(NamedTuple):
    """A way in the navigation. ``state`` is the value of aria-current: ``page``, ``true`` for a page below, or ``""``."""

    address: str
    label: str
    state: str


class Site:
    """Asks the database only when a template of the portal does."""

    def __init__(self, path: str) -> None:
        self._path = path

    @cached_property
    def body(self) -> Body | None:
        """The one body this site belongs to; ``None`` when several bodies share it."""
        roots = Body.objects.filter(parent=None, is_active=True)[:2]
        return roots[0] if len(roots) == 1 else None

    @property
    def name(self) -> str:
        """What stands in the head of the page."""
        return self.body.name if self.body else "政府信息公开"

    @cached_property
    def navigation(self) -> list[Item]:
        """Only what exists: no way to requests where no body takes them."""
        shown = [(name, label) for name, label in NAVIGATION if name != FOI or accepting().exists()]
        return [Item(reverse(name), label, self._state(name)) for name, label in shown]

    def _state(self, name: str) -> str:
        address = reverse(name)
        if self._path == address:
            return "page"
        below = self._path.startswith(address) if name != FOI else "/foi/" in self._path
        return "true" if name != "portal:home" and below else ""


def site(request: HttpRequest) -> dict[str, Site]:
    """Context processor: ``site``."""
    return {"site": Site(request.path)}
