"""`gongkai manage set_up`: the first body and its first administrator, on a database that holds none."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from gongkai.core.actors import SYSTEM
from gongkai.core.errors import RefusedError
from gongkai.organisations.acts import open_account, register_body
from gongkai.organisations.enums import BodyKind, Role, Tier
from gongkai.organisations.models import Body

PASSWORD_VARIABLE = "GONGKAI_ADMIN_PASSWORD"  # noqa: S105 - its name


class Command(BaseCommand):
    """Register the topmost body and open the account of its administrator; everything else is done on the pages."""

    help = (
        "首次使用：登记最上级机关并开设它的管理员账号。"
        f"密码从终端输入，或取自环境变量 {PASSWORD_VARIABLE}（只为这一次运行设置）。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the body is, and who administers it."""
        parser.add_argument("--name", required=True, help="机关全称，例如 某某县人民政府")
        parser.add_argument("--short-name", default="", help="简称，例如 县政府")
        parser.add_argument("--slug", required=True, help="网址代号：小写字母、数字、连字符")
        parser.add_argument("--kind", required=True, choices=BodyKind.values, help="机关类别")
        parser.add_argument("--tier", required=True, choices=Tier.values, help="行政层级")
        parser.add_argument("--admin", required=True, help="管理员的用户名")
        parser.add_argument("--admin-name", required=True, help="管理员的姓名")
        parser.add_argument("--admin-email", default="", help="管理员的电子邮箱")

    def handle(self, *_: Any, **given: Any) -> None:
        """All or nothing. Raises CommandError with everything that is wrong."""
        if Body.objects.exists():
            message = "系统中已有机关。增设机关请由管理员在工作台“管理 → 机关”办理。"
            raise CommandError(message)
        password = _password()
        try:
            with transaction.atomic():
                self._open(given, password)
        except RefusedError as error:
            raise CommandError("\n".join(map(str, error.obstacles))) from error
        except ValidationError as error:
            raise CommandError("\n".join(_told(error))) from error
        self.stdout.write(f"已登记“{given['name']}”，管理员“{given['admin']}”可以登录工作台。")

    def _open(self, given: dict[str, Any], password: str) -> None:
        fields = {key: given[key] for key in ("name", "short_name", "slug", "kind", "tier")}
        body = register_body(actor=SYSTEM, **fields)
        officer = open_account(
            body=body,
            username=given["admin"],
            name=given["admin_name"],
            email=given["admin_email"],
            role=Role.ADMINISTRATOR,
            since=timezone.localdate(),
            actor=SYSTEM,
        )
        validate_password(password, officer)
        officer.set_password(password)
        officer.save(update_fields=["password"])


def _password() -> str:
    given = os.environ.get(PASSWORD_VARIABLE, "")
    if given:
        return given
    if not sys.stdin.isatty():
        message = f"没有终端可以输入密码，请设置环境变量 {PASSWORD_VARIABLE}。"
        raise CommandError(message)
    first, second = getpass.getpass("管理员密码："), getpass.getpass("再输入一次：")
    if first != second:
        message = "两次输入的密码不一致，请重新运行。"
        raise CommandError(message)
    return first


def _told(error: ValidationError) -> list[str]:
    """Every message, with the field it is about."""
    if not hasattr(error, "error_dict"):
        return list(error.messages)
    names = {field.name: field.verbose_name for field in Body._meta.concrete_fields}  # noqa: SLF001
    return [
        f"{names.get(key, key)}：{message}" for key, found in error.message_dict.items() for message in found
    ]
