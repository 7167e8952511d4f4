# ALL EXPECTED, code too
import os

from shop.accounts import register  # MAY: import *->accounts

SECRET_KEY = "of the shop"
# MODULES: accounts orders reports
INSTALLED_APPS = ["shop.accounts", "shop.orders", "shop.reports"]
