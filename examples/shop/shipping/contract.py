"""What others may ask of shipping, and hear from it."""

from datetime import datetime
from typing import Protocol

from banyan import Contract, Event, Message, query


class Step(Message):
    at: datetime
    text: str


class Tracking(Message):
    """Where a parcel is; without steps, there is no parcel yet."""

    carrier: str = ""
    code: str = ""
    delivered: bool = False
    steps: list[Step] = []


class Shipping(Contract, Protocol):
    @query
    def tracking(self, order_id: int, user_id: int) -> Tracking: ...


class ShipmentDispatched(Event):
    order_id: int
    carrier: str
    code: str


class ShipmentDelivered(Event):
    order_id: int
