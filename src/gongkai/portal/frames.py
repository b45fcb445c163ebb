"""Pages of which all but a few places is the same: the template is rendered once, and only the places are filled anew.

A template for ``framed`` puts ``{{ slot.name }}`` where its matter goes. What else it shows may depend on the site, the
body, the look of the page, the way it stands on, and on ``fixed``; it is kept until something public changes.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from gongkai.core.appearance import Appearance
from gongkai.portal.context import Site
from gongkai.portal.freshness import remembered
from gongkai.portal.pages import is_known
from gongkai.portal.templatetags.portal_pages import HERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.http import HttpRequest

    from gongkai.organisations.models import Body

OPEN, CLOSE = "\ufdd2", "\ufdd3"
PLACE = re.compile(f"{OPEN}(.*?){CLOSE}|{HERE}")
ADDRESS = ""
"""The name of the place where the address of the page itself goes."""


class Slots:
    """``{{ slot.name }}``: the mark of a place, whatever its name."""

    def __getitem__(self, name: str) -> SafeString:
        """The mark of a place of this name."""
        return mark_safe(f"{OPEN}{name}{CLOSE}")  # noqa: S308 - a name of the template's own


class Frame:
    """A rendered template, cut at its places."""

    def __init__(self, text: str) -> None:
        pieces = PLACE.split(text)
        self._texts, self._names = pieces[::2], [name or ADDRESS for name in pieces[1::2]]

    def filled(self, values: Mapping[str, str]) -> str:
        """The page. A value that is no ``SafeString`` is escaped. Raises ``KeyError`` for a place without a value."""
        safe = {name: _safe(value) for name, value in values.items()}
        parts = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            parts += (safe[name], text)
        return "".join(parts)


def _safe(value: str) -> str:
    return value if isinstance(value, SafeString) else escape(value)


def framed(
    request: HttpRequest,
    template: str,
    values: Mapping[str, str],
    *,
    body: Body | None = None,
    keep: bool = True,
    fixed: Callable[[], dict[str, object]] = dict,
) -> HttpResponse:
    """The page with these values in its places. ``keep`` its frame for others when ``fixed`` is theirs as well."""
    look: Appearance = request.appearance  # type: ignore[attr-defined]

    def make() -> Frame:
        context = {"slot": Slots(), "body": body, "in_frame": True, **fixed()}
        return Frame(render_to_string(template, context, request))

    if keep and not is_known(request):  # a message of his own may stand in the frame
        frame = remembered(("frame", template, body and body.pk, look, Site(request.path).state), make)
    else:
        frame = make()
    response = HttpResponse(frame.filled({**values, ADDRESS: request.get_full_path()}))
    response.body_seen = body.pk if body is not None else None  # type: ignore[attr-defined]
    return response
