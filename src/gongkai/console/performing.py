"""Carrying out an act from a page: its refusals become messages in words, never an error page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages

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
    messages.success(request, done)
    return True


def perform_form(request: HttpRequest, form: forms.Form, act: Callable[[], object], done: str) -> bool:
    """The same for a bound, valid form: obstacles go to their fields, and what was typed stays."""
    try:
        act()
    except RefusedError as refused:
        for obstacle in refused.obstacles:
            form.add_error(obstacle.field if obstacle.field in form.fields else None, str(obstacle))
        return False
    messages.success(request, done)
    return True
