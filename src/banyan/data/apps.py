"""The Django app of data; it is installed in services alone."""

from django.apps import AppConfig


class DataConfig(AppConfig):
    """``banyan.data`` in INSTALLED_APPS."""

    name = "banyan.data"
    label = "banyan_data"
    verbose_name = "Data of a service"
