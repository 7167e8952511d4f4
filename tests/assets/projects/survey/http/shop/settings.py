import os

import environ

env = environ.Env()
SECRET_KEY = "of the shop"
# MODULES: orders
INSTALLED_APPS = ["orders"]
STOCK_URL = "https://stock.example"
PAY_URL = os.environ.get("PAY_URL", "https://pay.example")
