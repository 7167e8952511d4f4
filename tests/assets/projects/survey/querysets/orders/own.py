# ALL EXPECTED
"""An app that asks its own tables crosses nothing."""
from orders.models import Line, Order


def own():
    Order.objects.filter(status="paid").update(status="sent")
    for line in Line.objects.filter(order__status="paid"):
        line.order.total += line.quantity
        line.order.save()
    return Order.objects.filter(user_id=3, user__in=[1, 2], lines__quantity__gt=2).values("user", "user_id")
