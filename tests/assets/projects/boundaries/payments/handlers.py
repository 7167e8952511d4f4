"""Payments hear of orders, and orders call payments: that is no cycle."""

from orders.contract import Placed


def on_placed(event: Placed) -> None:
    pass
