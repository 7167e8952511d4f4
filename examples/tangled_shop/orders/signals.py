"""What happens around orders and products."""

from django.db import transaction
from django.db.models.signals import post_save, pre_save
from django.dispatch import receiver

from common.mail import send_back_in_stock
from orders.models import Order, Product
from payments.models import Payment, Refund
from shipping.models import Shipment


@receiver(post_save, sender=Payment)
def mark_paid(sender, instance, raw=False, **kwargs):
    if not raw and instance.status == Payment.Status.RECEIVED:
        Order.objects.filter(pk=instance.order_id, status=Order.Status.PLACED).update(
            status=Order.Status.PAID
        )


@receiver(post_save, sender=Refund)
def mark_refunded(sender, instance, raw=False, **kwargs):
    order = instance.payment.order
    if not raw and order.status != Order.Status.CANCELLED:
        Order.objects.filter(pk=order.pk).update(status=Order.Status.REFUNDED)


@receiver(post_save, sender=Shipment)
def follow_the_parcel(sender, instance, raw=False, **kwargs):
    if raw:
        return
    if instance.delivered_at:
        Order.objects.filter(pk=instance.order_id).update(status=Order.Status.DELIVERED)
    elif instance.tracking_code:
        Order.objects.filter(pk=instance.order_id).update(status=Order.Status.SHIPPED)


@receiver(pre_save, sender=Product)
def tell_watchers(sender, instance, raw=False, **kwargs):
    if raw or not instance.pk:
        return
    before = Product.objects.filter(pk=instance.pk).values_list("stock", flat=True).first()
    if before == 0 and instance.stock > 0:
        transaction.on_commit(lambda: send_back_in_stock(instance))
