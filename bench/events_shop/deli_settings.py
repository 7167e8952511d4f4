"""A project of two services with a PostgreSQL database each; DELI_SIDE says who carries events."""

import os

SECRET_KEY = "only-for-benches"
USE_TZ = True
ROOT_URLCONF = "deli_settings"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CARRIERS = {"ours": "banyan.events", "peer": "jaiminho"}
INSTALLED_APPS = [CARRIERS[os.environ["DELI_SIDE"]], "orders", "kitchen"]
# Where it is, libpq reads from the environment.
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ["DELI_DATABASE"],
        "CONN_MAX_AGE": None,
    }
}
# A real outbox: each event is a row before it is sent, and the relay alone sends.
JAIMINHO_CONFIG = {
    "PUBLISH_STRATEGY": "keep-order",
    "DEFAULT_CAPTURE_EXCEPTION": None,
}
urlpatterns: list[object] = []
