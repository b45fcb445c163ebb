"""Who a name and a password, or a running session, stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.auth_backends import AuthenticationBackend

from gongkai.accounts.demo import is_misplaced_demo_account

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


class OfficerBackend(AuthenticationBackend):
    """Name or e-mail and password; refuses demonstration accounts outside a demonstration.

    A session is refused as well: data copied from a demonstration must not bring its sessions along.
    """

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        """Django's rule (the account is active) and ours."""
        if user is not None and is_misplaced_demo_account(user):
            return False
        return bool(super().user_can_authenticate(user))

    def _check_password(self, user: AbstractBaseUser | None, password: str) -> AbstractBaseUser | None:
        # allauth remembers an account with the right password that may not come in, and lets it in after all
        # while it is active. A demonstration account never gets that far; the same time is spent on it.
        if user is not None and is_misplaced_demo_account(user):
            self._did_check_password = True
            user.check_password(password)
            return None
        return super()._check_password(user, password)
