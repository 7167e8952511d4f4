# ALL EXPECTED
from typing import List  # noqa

from orders.models import Order


def in_a_comment(orders):
    # type: (List[Order]) -> None
    for order in orders:
        order.save()  # EXPECT: model_access reports->orders verb=update


def in_a_loop(things):
    for thing in things:  # type: Order
        thing.save()  # MAY: model_access reports->orders
