"""Texts with placeholders: a Chinese name in double braces, {{收到日期}}, and nothing else.

No attribute, no format and no expression is read, so a template written by an administrator can only name things, and
a value that itself holds braces stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")


class TemplateError(ValueError):
    """A template cannot be filled; the message says in Chinese what to do."""


class UnknownPlaceholder(TemplateError):  # noqa: N818 - named as the thing it is
    """A template names something that does not exist, or its braces do not match."""


class MissingValue(TemplateError):  # noqa: N818
    """A template needs something that is not known here."""


UNBALANCED = "文字中的双花括号没有成对；数据项应写成{{名称}}"


def placeholders(template: str) -> tuple[str, ...]:
    """The names in double braces, in order, each once."""
    return tuple(dict.fromkeys(match[1].strip() for match in _PLACEHOLDER.finditer(template)))


def unbalanced(template: str) -> bool:
    """Whether double braces stand there that enclose no name."""
    rest = _PLACEHOLDER.sub("", template)
    return "{{" in rest or "}}" in rest


def unknown_message(name: str) -> str:
    """What to say of a name that means nothing."""
    return f"没有名为“{{{{{name}}}}}”的数据项，请从数据项列表中选用"


def fill(template: str, value_of: Callable[[str], str]) -> str:
    """The template with every placeholder replaced by what ``value_of`` says.

    Raises ``UnknownPlaceholder`` when braces do not match, and whatever ``value_of`` raises.
    """
    if unbalanced(template):
        raise UnknownPlaceholder(UNBALANCED)
    return _PLACEHOLDER.sub(lambda match: value_of(match[1].strip()), template)
