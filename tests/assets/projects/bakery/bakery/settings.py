"""Settings of the bakery: without Banyan's apps, so that the workbench is seen to need none."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

DEBUG = True
SECRET_KEY = os.environ["DJANGO_SECRET_KEY"]
ROOT_URLCONF = "bakery.urls"
WSGI_APPLICATION = "bakery.wsgi.application"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth", "ovens", "counters"]
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]

_url = urlsplit(os.environ.get("BANYAN_DATABASE_URL", ""))
if _url.scheme.startswith("postgres"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _url.path.strip("/"),
            "USER": _url.username,
            "PASSWORD": _url.password or "",
            "HOST": _url.hostname,
            "PORT": _url.port,
        }
    }
else:
    _file = unquote(_url.path) or str(Path(__file__).parent.parent / "db.sqlite3")
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": _file}}
