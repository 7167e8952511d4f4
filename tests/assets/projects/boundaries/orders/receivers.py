from django.db.models.signals import post_save
from django.dispatch import receiver

from orders.models import Line


@receiver(post_save, sender="users.User")  # EXPECT: E109
def registered(sender, instance, **kwargs):
    pass


@receiver(post_save, sender=Line)
def changed(sender, instance, **kwargs):
    pass
