"""What happens around parcels."""

from django.db import transaction
from django.db.models.signals import post_save
from django.dispatch import receiver

from common.mail import send_dispatched
from orders.models import Order
from shipping.models import Shipment


@receiver(post_save, sender=Shipment)
def write_to_customer(sender, instance, raw=False, **kwargs):
    if not raw and instance.tracking_code and not instance.delivered_at:
        transaction.on_commit(lambda: send_dispatched(instance.order_id))


@receiver(post_save, sender=Order)
def stop_the_parcel(sender, instance, raw=False, **kwargs):
    """A parcel that is not with the carrier yet goes no further."""
    if not raw and instance.status == Order.Status.CANCELLED:
        Shipment.objects.filter(order=instance, tracking_code="").delete()
