"""Code that runs as that of the app that stands in for this one."""

from goods.models import Item


def weigh():
    """Count."""
    return Item.objects.count()  # RUNS: SELECT goods_item
