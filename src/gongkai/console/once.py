"""A form that makes something makes it once, however often its button is pressed.

Each form carries a number of its own. What it made is noted under that number in the officer's session, in the same
transaction, with the session's row locked: a second click waits for the first and then finds the note.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from gongkai.console.performing import tell_on_form
from gongkai.core.errors import RefusedError
from gongkai.core.locks import lock

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpRequest

SESSION_KEY = "console.made"
KEPT = 40  # forms an officer may have open at a time


def fresh_number() -> str:
    """The number a form carries."""
    return secrets.token_urlsafe(12)


def submit_once(
    request: HttpRequest, form: forms.Form, act: Callable[[], str], done: str
) -> HttpResponse | None:
    """Do it and go where ``act`` says; for the second click go there without doing it again.

    Returns None when it was refused; the reasons then stand on the form.
    """
    number = str(form.cleaned_data.get("once", ""))
    try:
        with transaction.atomic():
            made = _made_before(request, number)
            if number in made:
                messages.info(request, "已经保存，没有重复登记")
                return redirect(made[number])
            address = act()
            _note(request, made, number, address)
    except (RefusedError, ValidationError) as refused:
        tell_on_form(form, refused)
        return None
    messages.success(request, done)
    return redirect(address)


def _made_before(request: HttpRequest, number: str) -> dict[str, str]:
    """What this session's forms made, as it stands now and not as it stood when this request came in."""
    key = request.session.session_key
    if not number or key is None:
        return {}
    row = lock(Session, [key])[key]
    made: dict[str, str] = row.get_decoded().get(SESSION_KEY, {})
    return made


def _note(request: HttpRequest, made: dict[str, str], number: str, address: str) -> None:
    if number and request.session.session_key is not None:
        request.session[SESSION_KEY] = dict([*made.items(), (number, address)][-KEPT:])
        request.session.save()
