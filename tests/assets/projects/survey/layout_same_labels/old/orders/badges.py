# ALL EXPECTED
from orders.models import Order


def badges():
    # Here an order has none: the word is of the project beside.
    return Order.objects.get(pk=1).badge_set
