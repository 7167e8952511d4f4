# -*- coding: utf-8 -*-
# MODULES: users orders south_like
SECRET_KEY = u"x"
INSTALLED_APPS = (
    "django.contrib.contenttypes",
    u"users",
    "orders",
    "south_like",
)
