"""Packing a parcel, handing it over, and knowing that it has arrived."""

from decimal import Decimal

from django.utils import timezone

from banyan import atomic, publish
from orders.contract import Destination
from shipping.contract import ShipmentDelivered, ShipmentDispatched
from shipping.models import Carrier, Shipment


def dispatch(
    order_id: int, number: str, user_id: int, ship_to: Destination, pieces: int
) -> Shipment:
    """Pack the order and give it to the carrier; an order has one parcel."""
    with atomic(ShipmentDispatched):
        if known := Shipment.objects.filter(order_id=order_id).first():
            return known
        carrier = Carrier.objects.order_by("id")[0]
        shipment = Shipment.objects.create(
            order_id=order_id,
            number=number,
            user_id=user_id,
            carrier=carrier,
            tracking_code=f"{carrier.code}{number.removeprefix('FF-')}GB",
            cost=Decimal("3.90") + Decimal("0.40") * pieces,
            ship_name=ship_to.name,
            ship_street=ship_to.street,
            ship_postcode=ship_to.postcode,
            ship_city=ship_to.city,
        )
        shipment.steps.create(text="We are packing your parcel")
        shipment.steps.create(text=f"{carrier.name} has your parcel")
        publish(
            ShipmentDispatched(order_id=order_id, carrier=carrier.name, code=shipment.tracking_code)
        )
        return shipment


def deliver(shipment_id: int) -> bool:
    """The parcel has arrived; said again, nothing more happens."""
    with atomic(ShipmentDelivered):
        shipment = Shipment.objects.select_for_update().get(pk=shipment_id)
        if shipment.delivered_at:
            return False
        shipment.delivered_at = timezone.now()
        shipment.save(update_fields=["delivered_at", "updated"])
        shipment.steps.create(text="Delivered")
        publish(ShipmentDelivered(order_id=shipment.order_id))
        return True
