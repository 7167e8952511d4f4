# ALL EXPECTED, code too
import importlib
from importlib import import_module

from django.utils.module_loading import import_string


def by_name():
    return importlib.import_module("shop.accounts.text.names")  # EXPECT: import orders->accounts


def of_one():
    return import_string("shop.accounts.text.names.shorten")  # EXPECT: import orders->accounts


def relative():
    return import_module("..accounts.services", package="shop.orders")  # EXPECT: import orders->accounts


def unknown(name):
    return import_module(name), import_module("json"), "import shop.accounts.models"
