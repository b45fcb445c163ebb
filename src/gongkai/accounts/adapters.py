"""Our answers to allauth's questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import redirect

from gongkai.accounts.demo import is_misplaced_demo_account

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser
    from django.http import HttpRequest, HttpResponse


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator creates the accounts of officers."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        """No."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Wrong passwords are counted by axes alone, by name and address, across processes and restarts.

        allauth would count them by name only, so that anybody could lock an officer out from anywhere.
        """

    def pre_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any) -> HttpResponse | None:
        """Whatever way an account came here by, a demonstration account outside a demonstration goes no further.

        Raises ImmediateHttpResponse with the page for accounts out of use.
        """
        if is_misplaced_demo_account(user):
            raise ImmediateHttpResponse(redirect("account_inactive"))
        return super().pre_login(request, user, **kwargs)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An identity from elsewhere opens an account that an administrator made; it never makes one."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002 - allauth's signature
        """No."""
        return False
