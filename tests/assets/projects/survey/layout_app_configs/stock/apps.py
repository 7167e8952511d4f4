from django.apps import AppConfig


class Other(AppConfig):
    name = "stock"
    label = "never"
    default = False


class StockConfig(AppConfig):
    name = "stock"
    default = True
