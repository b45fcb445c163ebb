"""The search as an app: it has every public change told to it."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The index over what is public."""

    name = "gongkai.search"
    label = "search"
    verbose_name = "检索"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the keeping of the index as an effect of public changes."""
        from gongkai.disclosure import effects
        from gongkai.search.acts import follow, follow_many

        effects.register("search", follow, many=follow_many)
