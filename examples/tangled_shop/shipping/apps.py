from django.apps import AppConfig


class ShippingConfig(AppConfig):
    name = "shipping"

    def ready(self):
        from shipping import signals  # noqa: F401
