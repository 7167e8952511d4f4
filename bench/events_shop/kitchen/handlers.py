"""What the kitchen does about orders, on our side."""

from banyan import subscribe
from kitchen.models import Ticket
from orders.contract import OrderPlaced


@subscribe(OrderPlaced)
def write_ticket(event: OrderPlaced) -> None:
    """Write the ticket."""
    Ticket.objects.create(order_id=event.order_id, dish=event.dish)
