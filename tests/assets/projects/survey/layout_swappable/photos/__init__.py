# ALL EXPECTED
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def get_image_model_string():
    return getattr(settings, "PHOTOS_IMAGE_MODEL", "photos.Image")


def get_image_model():
    model_string = get_image_model_string()
    try:
        return apps.get_model(model_string, require_ready=False)  # MAY: get_model photos->own
    except LookupError as error:
        raise ImproperlyConfigured(model_string) from error
