# ALL EXPECTED
from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "orders"

    def ready(self):
        from . import storage  # noqa: F401
