"""The Django app of boundaries, for development: its check can be run by Django's own."""

import sys
from importlib import import_module

from django.apps import AppConfig


class BoundariesConfig(AppConfig):
    """``banyan.boundaries`` in INSTALLED_APPS."""

    name = "banyan.boundaries"
    label = "banyan_boundaries"
    verbose_name = "Banyan: boundaries"

    def ready(self) -> None:
        """Have the check registered, for whoever asks for it."""
        checks = import_module("banyan.boundaries.checks")
        checks.register(checks.is_asked_for(sys.argv))
