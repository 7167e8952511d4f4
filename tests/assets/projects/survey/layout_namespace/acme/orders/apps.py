import os

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    name = "acme.orders"
    path = os.path.dirname(__file__)
