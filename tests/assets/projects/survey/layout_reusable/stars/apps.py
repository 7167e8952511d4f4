# MODULES: stars ratings
# A library: no settings but those of its tests.
from django.apps import AppConfig


class StarsConfig(AppConfig):
    name = "stars"
