"""The Django app of data; it is installed in services alone."""

from importlib import import_module

from django.apps import AppConfig


class DataConfig(AppConfig):
    """``banyan.data`` in INSTALLED_APPS."""

    name = "banyan.data"
    label = "banyan_data"
    verbose_name = "Data of a service"

    def ready(self) -> None:
        # Being imported registers the check.
        import_module("banyan.data.checks")
