"""Carrying out an act from a page: its refusals become messages in words, never an error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from gongkai.core.errors import RefusedError

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest


def perform(request: HttpRequest, act: Callable[[], object], done: str) -> bool:
    """Do it and say so; when refused, say every reason. Returns whether it was done."""
    try:
        act()
    except RefusedError as refused:
        for obstacle in refused.obstacles:
            messages.error(request, str(obstacle))
        return False
    except ValidationError as wrong:
        for message in wrong.messages:
            messages.error(request, message)
        return False
    messages.success(request, done)
    return True


def perform_form(request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str) -> bool:
    """The same for a bound, valid form: obstacles go to their fields, and what was typed stays."""
    try:
        act()
    except (RefusedError, ValidationError) as refused:
        tell_on_form(form, refused)
        return False
    messages.success(request, done)
    return True


def tell_on_form(form: forms.Form, refused: RefusedError | ValidationError) -> None:
    """Put every reason at its field; a form that can be asked for an amendment then shows that field."""
    aliases: dict[str, str] = getattr(form, "ALIASES", {})
    for name, message in _reasons(refused):
        field = aliases.get(name, name)
        if field == "amendment" and hasattr(form, "ask_amendment"):
            form.ask_amendment()
        form.add_error(field if field in form.fields else None, message)


def _reasons(refused: RefusedError | ValidationError) -> list[tuple[str, str]]:
    if isinstance(refused, RefusedError):
        return [(obstacle.field, str(obstacle)) for obstacle in refused.obstacles]
    if not hasattr(refused, "error_dict"):
        return [("", message) for message in refused.messages]
    return [
        ("" if field == NON_FIELD_ERRORS else field, message)
        for field, told in refused.message_dict.items()
        for message in told
    ]
