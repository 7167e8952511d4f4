"""The pages of the shop: no tables, only what the others offer."""

from django.apps import AppConfig


class StorefrontConfig(AppConfig):
    name = "storefront"
