"""The app of the goods."""

from django.apps import AppConfig


class GoodsConfig(AppConfig):
    """It listens to sales."""

    name = "goods"

    def ready(self):
        """Connect the receivers."""
        from goods import receivers  # noqa: F401
