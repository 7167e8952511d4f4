"""A contract to test with: what a small shop would declare."""

from decimal import Decimal
from typing import Protocol

from banyan import Contract, DeclaredError, Event, Message, command, query


class Line(Message):
    sku: str
    quantity: int = 1


class OrderView(Message):
    id: int
    user_id: int
    total: Decimal
    lines: list[Line] = []


class OutOfStock(DeclaredError):
    sku: str
    left: int = 0


class OrderPlaced(Event):
    order_id: int
    user_id: int


class Orders(Contract, Protocol):
    @query
    def for_user(self, user_id: int, *, limit: int = 20) -> list[OrderView]: ...

    @command(raises=[OutOfStock])
    def place(self, user_id: int, lines: list[Line], note: str | None = None) -> OrderView: ...

    @command(atomic=False)
    def forget(self, order_id: int) -> None: ...
