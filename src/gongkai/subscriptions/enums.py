"""What can be subscribed to, and how often one is told."""

from django.db.models import TextChoices


class About(TextChoices):
    """What a subscription is about."""

    SEARCH = "search", "检索"
    ITEM = "item", "目录事项"
    BODY = "body", "机关"
    DOCUMENT = "document", "文件"


class Rhythm(TextChoices):
    """When the e-mail comes."""

    DAILY = "daily", "每天一封，汇总当天的变化"
    IMMEDIATE = "immediate", "有变化随时告知"
