"""The accounts of the demonstration. Their passwords are printed; outside a demonstration they open nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gongkai.core.actors import SYSTEM
from gongkai.organisations.acts import open_account
from gongkai.organisations.enums import Role
from gongkai.organisations.models import Body

SINCE = dt.date(2015, 1, 1)
PASSWORD = "Gongkai-demo-2020"  # noqa: S105 - printed on purpose, refused outside a demonstration


@dataclass(frozen=True)
class Account:
    """Who can sign in, with which role in which body (by its address name)."""

    username: str
    name: str
    role: str
    body: str

    @property
    def role_name(self) -> str:
        """The role in words."""
        return Role(self.role).label


ACCOUNTS = (
    Account("demo-handler", "经办员（演示）", Role.HANDLER, "demo-education-sports"),
    Account("demo-approver", "审核员（演示）", Role.APPROVER, "demo-education-sports"),
    Account("demo-admin", "管理员（演示）", Role.ADMINISTRATOR, "demo-education-sports"),
    Account("demo-reader", "查阅员（演示）", Role.READER, "demo-education-sports"),
    Account("demo-supervisor", "公开办监督员（演示）", Role.SUPERVISOR, "demo-area-government"),
    Account("county-handler", "县局经办员（演示）", Role.HANDLER, "demo-county-education"),
    Account("county-legal", "县局法规审核员（演示）", Role.HANDLER, "demo-county-education"),
    Account("county-approver", "县局审核员（演示）", Role.APPROVER, "demo-county-education"),
    Account("county-admin", "县局管理员（演示）", Role.ADMINISTRATOR, "demo-county-education"),
    Account("county-root", "县政府管理员（演示）", Role.ADMINISTRATOR, "demo-county-government"),
    Account("county-supervisor", "县公开办监督员（演示）", Role.SUPERVISOR, "demo-county-government"),
)


def open_accounts(body: Body) -> None:
    """Open the accounts of a body with their posts."""
    for account in ACCOUNTS:
        if account.body != body.slug:
            continue
        officer = open_account(
            body=body,
            username=account.username,
            name=account.name,
            role=account.role,
            since=SINCE,
            actor=SYSTEM,
        )
        officer.set_password(PASSWORD)
        officer.is_demo = True
        officer.save(update_fields=["password", "is_demo"])
