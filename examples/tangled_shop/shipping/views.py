from rest_framework import viewsets

from shipping.models import Shipment
from shipping.serializers import ShipmentSerializer


class ShipmentViewSet(viewsets.ReadOnlyModelViewSet):
    serializer_class = ShipmentSerializer
    lookup_field = "tracking_code"

    def get_queryset(self):
        shipments = Shipment.objects.select_related("carrier", "order").prefetch_related("steps")
        if self.request.user.is_staff:
            return shipments
        return shipments.filter(order__user=self.request.user)
