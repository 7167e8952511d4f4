"""A contract as docs/contracts.md shows it: both checkers accept every line."""

from decimal import Decimal
from typing import Protocol

from banyan import Contract, DeclaredError, Event, Message, command, query
from banyan.errors import Status


class Line(Message):
    sku: str
    quantity: int = 1


class OrderView(Message):
    id: int
    user_id: int
    total: Decimal
    lines: list[Line] = []


class OutOfStock(DeclaredError, status=Status.RESOURCE_EXHAUSTED):
    sku: str
    left: int = 0


class OrderPlaced(Event, version=2):
    order_id: int
    user_id: int


class Orders(Contract, Protocol, version=1):
    @query
    def for_user(self, user_id: int) -> list[OrderView]: ...

    @query(raises=[OutOfStock])
    def left(self, sku: str) -> int: ...

    @command(raises=[OutOfStock])
    def place(self, user_id: int, lines: list[Line], *, note: str = "") -> OrderView: ...

    @command(atomic=False)
    def pay(self, order_id: int) -> None: ...

    @command(joins=True)
    def reserve(self, sku: str) -> None: ...
