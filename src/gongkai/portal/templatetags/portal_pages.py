"""`{% kept %}`: a part of the frame that is the same on many pages. `{% document_lines %}`,
`{% document_ways %}`: the lines of a list and the ways on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.portal.freshness import remembered
from gongkai.portal.writing import entries, turning

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from django.template import Context
    from django.template.base import FilterExpression, NodeList, Parser, Token

    from gongkai.portal.views.lists import Line

register = template.Library()
HERE = "\ufdd1"
"""Stands in a kept part where the address of the page goes."""


class KeptNode(template.Node):
    """Renders its content once for each set of values, until something public changes."""

    def __init__(self, nodelist: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist, self.name, self.values = nodelist, name, values

    def render(self, context: Context) -> SafeString:
        """The part as kept, with the address of this page where it belongs."""
        known = tuple(str(value.resolve(context)) for value in self.values)
        kept = remembered(("kept", self.name, *known), lambda: self._made(context))
        if "in_frame" in context:  # cut at the same mark when it is filled (portal/frames.py)
            return mark_safe(kept)  # noqa: S308 - rendered by the template itself
        request = context.get("request")
        address = escape(request.get_full_path()) if request is not None else ""
        return mark_safe(kept.replace(HERE, address))  # noqa: S308 - rendered by the template itself

    def _made(self, context: Context) -> str:
        with context.push(page_address=HERE):
            return str(self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """`{% kept name value … %}…{% endkept %}`: the content may depend on these values and on the site alone."""
    _, name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, name, [parser.compile_filter(value) for value in values])


@register.simple_tag
def document_lines(lines: Iterable[Line], show_body: object = False) -> SafeString:  # noqa: FBT002 - a tag's argument
    """The lines of a list of documents."""
    return entries(lines, show_body=bool(show_body))


@register.simple_tag
def document_ways(ways: Mapping[str, str], here: str) -> SafeString:
    """The ways on from a stretch of a list."""
    return turning(ways, here)
