"""Settings of the depot: a project that runs on Django 3.2 and newer, to be recorded.

The lines that touch something say so behind ``RUNS:``; what they don't say must not be recorded.
"""

import os

SECRET_KEY = "only-for-tests"
USE_TZ = True
ALLOWED_HOSTS = ["127.0.0.1"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "depot.urls"
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "people",
    "goods",
    "sales",
    "depot.own_parcels.apps.OwnParcelsConfig",
]
MIDDLEWARE = ["depot.middleware.quiet"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.locmem.Loader",
                    {"buyers.html": "{% for one in people %}{{ one.name }}{% endfor %}"},
                )
            ]
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("DEPOT_DATABASE", ":memory:"),
    },
    "archive": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"},
}
CELERY_TASK_ALWAYS_EAGER = True
