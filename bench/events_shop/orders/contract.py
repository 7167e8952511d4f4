"""What orders tells the others."""

from banyan import Event


class OrderPlaced(Event):
    """Somebody has ordered."""

    order_id: int
    dish: str
