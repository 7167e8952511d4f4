"""What happens around a user."""

from django.db.models.signals import post_save, pre_delete
from django.dispatch import receiver

from common.models import audit
from orders.models import Order
from users.models import User


@receiver(post_save, sender=User)
def remember_registration(sender, instance, created, raw=False, **kwargs):
    if created and not raw:
        audit(instance, "registered")


@receiver(pre_delete, sender=User)
def give_stock_back(sender, instance, **kwargs):
    """The cascade deletes the orders; their goods must go back on the shelf first."""
    for order in Order.objects.filter(user=instance, status=Order.Status.PLACED):
        order.cancel()
