"""The tests' project as a service of its own, on the database that the environment names."""

import os

SECRET_KEY = "only-for-tests"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "warehouse_urls"
MIDDLEWARE = [
    "banyan.observability.middleware.TraceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
INSTALLED_APPS = ["banyan.calls", "tests.in_django.apps.stock", "tests.in_django.apps.sales"]
if name := os.environ.get("WAREHOUSE_POSTGRES"):
    _DATABASE = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
    }
else:
    _DATABASE = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ["WAREHOUSE_SQLITE"],
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL",
        },
    }
DATABASES = {"default": _DATABASE | {"CONN_MAX_AGE": int(os.environ.get("WAREHOUSE_AGE", "0"))}}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "banyan.observability.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "loggers": {"banyan": {"handlers": ["stderr"], "level": "INFO"}},
}
