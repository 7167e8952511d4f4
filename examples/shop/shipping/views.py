"""The REST API of shipping."""

from django.db.models import QuerySet
from rest_framework import viewsets

from shipping.models import Shipment
from shipping.serializers import ShipmentSerializer


class ShipmentViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = ShipmentSerializer
    lookup_field = "tracking_code"

    def get_queryset(self) -> QuerySet[Shipment]:
        shipments = Shipment.objects.select_related("carrier").prefetch_related("steps")
        if self.request.user.is_staff:
            return shipments
        return shipments.filter(user_id=self.request.user.pk)
