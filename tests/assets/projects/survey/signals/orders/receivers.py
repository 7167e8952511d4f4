# ALL EXPECTED
from django.db.models.signals import post_save
from django.dispatch import receiver

from orders.models import Order
from orders.signals import order_placed


@receiver(post_save, sender=Order)
@receiver(order_placed)
def own(sender, **kwargs):
    pass
