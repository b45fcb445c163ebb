from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    """Channels and one record per delivery."""

    name = "gongkai.channels"
    label = "channels"
    verbose_name = "发布渠道"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Be told of what changes for the public."""
        from gongkai.channels import effects

        effects.install()
