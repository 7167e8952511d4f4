"""Stands in for another app, whose code it uses."""

from parcels.apps import ParcelsConfig


class OwnParcelsConfig(ParcelsConfig):
    """Its label is the other's."""

    name = "depot.own_parcels"
