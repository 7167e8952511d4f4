from django.apps import AppConfig


class BaseConfig(AppConfig):
    default = False
    name = "sales_orders"


class SalesConfig(BaseConfig):
    label = "sales"
    verbose_name = "Orders"
