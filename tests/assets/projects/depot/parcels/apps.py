"""An app that is there to be stood in for."""

from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    """Its configuration, of which others inherit."""

    name = "parcels"
    label = "parcels"
