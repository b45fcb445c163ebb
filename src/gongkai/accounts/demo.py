"""Demonstration accounts have printed passwords, so they open nothing outside a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.contrib.auth.base_user import AbstractBaseUser


def is_misplaced_demo_account(user: AbstractBaseUser) -> bool:
    """Whether this account belongs to a demonstration and we are not in one."""
    return bool(getattr(user, "is_demo", False)) and settings.GONGKAI_MODE != "demo"
