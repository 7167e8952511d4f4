from django.apps import AppConfig
from django.contrib.auth.apps import AuthConfig


class AuthorsConfig(AuthConfig):
    """Django's own app, under a configuration of this project: not first-party."""

    default_auto_field = "django.db.models.AutoField"


class ShelvesConfig(AppConfig):
    name = "shelves_of_wood"
    label = "shelves"
