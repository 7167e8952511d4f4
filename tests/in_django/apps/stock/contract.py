"""What the module stock offers."""

from decimal import Decimal
from typing import Protocol

from banyan.contracts import Contract, DeclaredError, Message, command, query


class Level(Message):
    """How much of an article there is."""

    sku: str
    quantity: int
    price: Decimal = Decimal("9.90")


class OutOfStock(DeclaredError):
    """There is less than was asked for."""

    sku: str
    left: int


class NotDeclared(DeclaredError):
    """An error that no method declares."""

    sku: str


class Stock(Contract, Protocol):
    """Articles and their quantities."""

    @query(raises=[OutOfStock])
    def level(self, sku: str) -> Level: ...

    @query
    def levels(self, skus: list[str], least: int = 0) -> list[Level]: ...

    @query
    def fail(self, how: str) -> None: ...

    @command(raises=[OutOfStock])
    def take(self, sku: str, quantity: int) -> Level: ...

    @command
    def put(self, sku: str, quantity: int) -> Level: ...

    @command
    def put_and_fail(self, sku: str, how: str) -> None: ...

    @command(atomic=False, raises=[OutOfStock])
    def reorder(self, sku: str, how: str = "") -> int: ...

    @command(secret=True, raises=[OutOfStock])
    def unlock(self, sku: str, password: str) -> str: ...

    @command(secret=True, atomic=False)
    def lock(self, sku: str) -> str: ...

    @command(joins=True)
    def note(self, text: str) -> int: ...
