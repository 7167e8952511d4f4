# MODULES: users orders bills payers baskets wishes shop
import os
import sys
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
sys.path.insert(0, os.path.join(BASE_DIR, "apps"))
SECRET_KEY = "x"
# `shop` is an app, and has two apps within.
INSTALLED_APPS = [
    "project.apps.users",
    "project.apps.orders",
    "bills",
    "payers",
    "project.apps.shop",
    "project.apps.shop.baskets",
    "project.apps.shop.wishes",
]
