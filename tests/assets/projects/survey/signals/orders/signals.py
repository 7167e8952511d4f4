# ALL EXPECTED
from django.dispatch import Signal, receiver

from orders.models import Order

order_placed = Signal()
order_cancelled = Signal()
ready = order_placed


def place(order: Order):
    order_placed.send(sender=Order, order=order)
