"""``gongkai manage forget_subscriber ADDRESS``: end every subscription of an address whose letters come back."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongkai.core.actors import SYSTEM
from gongkai.subscriptions.acts import forget_address


class Command(BaseCommand):
    """For bounces that arrive later, and for whoever asks the office."""

    help = "删除一个邮箱的全部订阅，例如邮件被退回时"

    def add_arguments(self, parser: CommandParser) -> None:
        """The address."""
        parser.add_argument("address", help="电子邮箱地址")

    def handle(self, *_: Any, **options: Any) -> None:
        """Forget it, or say that nothing is known of it."""
        number = forget_address(options["address"], actor=SYSTEM)
        if not number:
            raise CommandError("没有这个邮箱的订阅。")
        self.stdout.write(f"已删除{number}项订阅和邮箱地址。")
