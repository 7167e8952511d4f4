"""Settings of a tea shop that is killed often; its database is named by the environment."""

import os

SECRET_KEY = "only-for-tests"
USE_TZ = True
ROOT_URLCONF = "tea_urls"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = ["banyan.events", "counter", "kitchen"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if os.environ["TEA_DATABASE"].startswith("/"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["TEA_DATABASE"],
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL",
            },
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": os.environ["TEA_DATABASE"],
        }
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}
