from django.apps import AppConfig


class SubscriptionsConfig(AppConfig):
    """E-mail to whoever asked to be told of what is published, and the record of public changes behind it."""

    name = "gongkai.subscriptions"
    label = "subscriptions"
    verbose_name = "订阅"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be told of what changes for the public."""
        from gongkai.subscriptions import effects

        effects.install()
