from django.apps import AppConfig


class CustomerConfig(AppConfig):
    name = "market.customer"
    label = "customer"
