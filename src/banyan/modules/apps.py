"""The Django app of modules, which checks the project's configuration."""

from importlib import import_module

from django.apps import AppConfig


class ModulesConfig(AppConfig):
    """``banyan.modules`` in INSTALLED_APPS."""

    name = "banyan.modules"
    label = "banyan_modules"
    verbose_name = "Modules and topology"

    def ready(self) -> None:
        # Being imported registers the check.
        import_module("banyan.modules.checks")
