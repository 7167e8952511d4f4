"""What all parts of the shop share: no tables, no rules of the trade."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
