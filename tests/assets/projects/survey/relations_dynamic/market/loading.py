"""Classes by name, so that a shop may replace them."""
# ALL EXPECTED
from importlib import import_module

from django.apps import apps
from django.apps.registry import AppRegistryNotReady
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def get_class(module_label, classname):
    return get_classes(module_label, [classname])[0]


def get_classes(module_label, classnames):
    package = "market"
    for app in settings.INSTALLED_APPS:
        if app.endswith(module_label.split(".")[0]):
            package = app.rsplit(".", 1)[0]
    module = import_module(f"{package}.{module_label}")
    return [getattr(module, name) for name in classnames]


def get_model(app_label, model_name):
    try:
        return apps.get_model(app_label, model_name)
    except AppRegistryNotReady:
        config = apps.get_app_config(app_label)
        import_module(f"{config.name}.models")
        return apps.get_registered_model(app_label, model_name)


def get_basket_model():
    """The model of baskets, which a project may swap."""
    try:
        return apps.get_model(settings.MARKET_BASKET_MODEL, require_ready=False)
    except ValueError as error:
        raise ImproperlyConfigured("MARKET_BASKET_MODEL is 'app_label.model_name'") from error


def is_model_registered(app_label, model_name):
    try:
        apps.get_registered_model(app_label, model_name)
    except LookupError:
        return False
    return True
