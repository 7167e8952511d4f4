"""Shipping, as others may use it."""

from typing import final

from banyan import implements
from shipping.contract import Shipping, Step, Tracking
from shipping.models import Shipment


@implements(Shipping)
@final
class ShippingService(Shipping):
    def tracking(self, order_id: int, user_id: int) -> Tracking:
        found = Shipment.objects.filter(order_id=order_id, user_id=user_id)
        shipment = found.select_related("carrier").first()
        if shipment is None:
            return Tracking()
        return Tracking(
            carrier=shipment.carrier.name,
            code=shipment.tracking_code,
            delivered=shipment.delivered_at is not None,
            steps=[Step(at=step.at, text=step.text) for step in shipment.steps.all()],
        )
