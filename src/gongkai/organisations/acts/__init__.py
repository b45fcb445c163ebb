"""Acts on bodies, units, accounts and posts."""

from gongkai.organisations.acts.bodies import (
    add_unit,
    change_unit,
    edit_body,
    lock_year,
    move_body,
    register_body,
    why_not_move,
    why_not_register_body,
)
from gongkai.organisations.acts.officers import (
    edit_account,
    invite,
    open_account,
    set_active,
    why_not_invite,
    why_not_open_account,
    why_not_set_active,
)
from gongkai.organisations.acts.posts import appoint, end_post, why_not_appoint, why_not_end_post

__all__ = [
    "add_unit",
    "appoint",
    "change_unit",
    "edit_account",
    "edit_body",
    "end_post",
    "invite",
    "lock_year",
    "move_body",
    "open_account",
    "register_body",
    "set_active",
    "why_not_appoint",
    "why_not_end_post",
    "why_not_invite",
    "why_not_move",
    "why_not_open_account",
    "why_not_register_body",
    "why_not_set_active",
]
