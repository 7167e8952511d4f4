"""How an order moves on: each step once, however often it is asked for."""

from banyan import atomic, publish
from orders.contract import Destination, OrderCancelled, OrderPaid, Status
from orders.models import Order
from orders.stock import put_back

# From which states an order may come into a state.
FROM = {
    Status.PAID: {Status.PLACED},
    Status.SHIPPED: {Status.PAID},
    Status.DELIVERED: {Status.PAID, Status.SHIPPED},
    Status.CANCELLED: {Status.PLACED, Status.PAID},
    Status.REFUNDED: {Status.PAID, Status.SHIPPED, Status.DELIVERED},
}


def move(order_id: int, to: Status) -> bool:
    """Bring an order into a state, if it may come into it from where it is.

    Everything that hangs on the step commits with it: events, goods put back.
    """
    with atomic(OrderPaid):
        order = Order.objects.select_for_update().filter(pk=order_id).first()
        if order is None:
            return False
        if order.status not in FROM[to]:
            if to is Status.PAID and order.status == Status.CANCELLED:
                # Cancelled while the card was being charged: the money must go back.
                publish(OrderCancelled(order_id=order.pk, number=str(order)))
            return False
        order.status = to
        order.save(update_fields=["status", "updated"])
        if to is Status.PAID:
            publish(
                OrderPaid(
                    order_id=order.pk,
                    number=str(order),
                    user_id=order.user_id,
                    ship_to=destination(order),
                    pieces=sum(order.lines.values_list("quantity", flat=True)),
                )
            )
        if to is Status.CANCELLED:
            put_back(order)
            publish(OrderCancelled(order_id=order.pk, number=str(order)))
        return True


def destination(order: Order) -> Destination:
    return Destination(
        name=order.ship_name,
        street=order.ship_street,
        postcode=order.ship_postcode,
        city=order.ship_city,
    )
