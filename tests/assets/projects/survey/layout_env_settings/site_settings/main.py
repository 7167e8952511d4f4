# MODULES: users orders bills payers
import os

import environ
from decouple import Csv, config

env = environ.Env(DEBUG=(bool, False))
environ.Env.read_env()
SECRET_KEY = env("SECRET_KEY")
AUTH_USER_MODEL = env("AUTH_USER_MODEL", default="users.User")
INSTALLED_APPS = ["django.contrib.contenttypes", "users", "orders"]
if env.bool("BILLS", False):
    INSTALLED_APPS.append("bills")
if os.environ.get("PAYERS") == "1":
    INSTALLED_APPS.insert(0, "payers")
INSTALLED_APPS += config("EXTRA_APPS", default="", cast=Csv())
INSTALLED_APPS.extend(filter(None, os.environ.get("MORE_APPS", "").split(",")))
