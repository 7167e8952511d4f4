# ALL EXPECTED
"""The other app's name in a lookup of the own columns, and own relations of the same names."""
from orders.models import Line, Note, Order


def own():
    Note.objects.filter(order__note__text="x")
    Order.objects.filter(lines__quantity=3, note__isnull=True).order_by("status", "?", "-pk")
    Line.objects.filter(order__lines__quantity__in=[1]).values_list("order__status", "order_id")
    Order.objects.filter(user=3).exclude(user_id=4).values("user_id")
    return Line.objects.select_related("order").prefetch_related("order__lines")
