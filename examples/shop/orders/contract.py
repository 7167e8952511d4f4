"""What others may ask of orders, and hear from it."""

from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from banyan import Contract, DeclaredError, Event, Message, command, query

# A card goes through orders to payments: whoever pays an order needs no other contract.
from payments.contract import Card as Card  # noqa: PLC0414


class Status(StrEnum):
    PLACED = "placed"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    REFUNDED = "refunded"


class CategoryView(Message):
    slug: str
    name: str


class ProductView(Message):
    slug: str
    name: str
    category: str
    description: str
    care: str
    picture: str
    price: Decimal
    stock: int


class Line(Message):
    """So many of a product."""

    product: str
    quantity: int


class Destination(Message):
    name: str
    street: str
    postcode: str
    city: str


class LineView(Message):
    product: str
    name: str
    price: Decimal
    quantity: int
    total: Decimal


class OrderView(Message):
    id: int
    number: str
    user_id: int
    status: Status
    total: Decimal
    created: datetime
    ship_to: Destination
    lines: list[LineView]


class NoSuchProduct(DeclaredError):
    product: str


class OutOfStock(DeclaredError):
    product: str
    left: int


class NoSuchOrder(DeclaredError):
    number: str


class CardRefused(DeclaredError):
    reason: str


class PaymentUnavailable(DeclaredError):
    """Nobody could be asked for the money, or nobody knows what came of it; the order is kept.

    Paying again is safe: an order is charged once.
    """

    number: str
    attempted: bool


class NotPossible(DeclaredError):
    """The order is past what was asked for."""

    number: str
    status: Status


class Orders(Contract, Protocol):
    @query
    def categories(self) -> list[CategoryView]: ...

    @query
    def products(self, category: str = "", search: str = "") -> list[ProductView]: ...

    @query(raises=[NoSuchProduct])
    def product(self, slug: str) -> ProductView: ...

    @command(raises=[NoSuchProduct])
    def watch(self, slug: str, user_id: int) -> None:
        """Write to the user once the product is back."""
        ...

    @command(raises=[NoSuchProduct, OutOfStock])
    def place(
        self, checkout: str, user_id: int, lines: list[Line], ship_to: Destination
    ) -> OrderView:
        """Order goods; they are set aside at once.

        Args:
            checkout: names this one purchase; asked again, the same order is the answer.
        """
        ...

    @command(raises=[NoSuchOrder, CardRefused, PaymentUnavailable, NotPossible], atomic=False)
    def pay(self, number: str, user_id: int, card: Card) -> OrderView: ...

    @command(raises=[NoSuchOrder, NotPossible])
    def cancel(self, number: str, user_id: int) -> OrderView: ...

    @query(raises=[NoSuchOrder])
    def get(self, number: str, user_id: int) -> OrderView: ...

    @query
    def for_user(self, user_id: int) -> list[OrderView]: ...


class OrderPlaced(Event):
    order_id: int
    number: str
    user_id: int
    total: Decimal


class OrderPaid(Event):
    order_id: int
    number: str
    user_id: int
    ship_to: Destination
    pieces: int


class OrderCancelled(Event):
    order_id: int
    number: str


class BackInStock(Event):
    product: str
    name: str
    user_ids: list[int]
