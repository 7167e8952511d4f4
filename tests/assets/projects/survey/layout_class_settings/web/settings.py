# MODULES: users orders bills payers
from configurations import Configuration, values


class Common(Configuration):
    SECRET_KEY = values.SecretValue()
    INSTALLED_APPS = ("django.contrib.contenttypes", "users", "orders")
    AUTH_USER_MODEL = "users.User"


class Dev(Common):
    DEBUG = True
    INSTALLED_APPS = Common.INSTALLED_APPS + ("debug_toolbar",)


class Prod(Common):
    @property
    def INSTALLED_APPS(self):
        return list(super().INSTALLED_APPS) + ["bills", "payers"]
