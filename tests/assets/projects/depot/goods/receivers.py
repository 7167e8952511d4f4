"""What goods do when something is sold."""

from django.db.models.signals import post_save
from django.dispatch import receiver
from sales.models import Sale
from sales.signals import sold

from goods.models import Item


@receiver(sold)
def count(sender, item_id, **kwargs):
    """Take one from the stock."""
    Item.objects.filter(pk=item_id).update(stock=1)  # RUNS: UPDATE goods_item


@receiver(post_save, sender=Sale)
def label(sender, instance, **kwargs):
    """Label what was sold."""
    instance.item.labels.create(text="sold")  # RUNS: INSERT goods_label, INSERT goods_item_labels
