"""Sign-in as an app: its templates and checks."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Registers the check for demonstration accounts."""

    name = "gongkai.accounts"
    label = "accounts"
    verbose_name = "登录"

    def ready(self) -> None:
        """Load the checks; importing them registers them."""
        from gongkai.accounts import checks  # noqa: F401 - needs the models to be ready
