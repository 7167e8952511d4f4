"""What others may ask of payments, and hear from it."""

from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from banyan import Contract, DeclaredError, Event, Message, command


class Card(Message):
    """A test card. It is passed on to the processor, and neither kept nor written to any log."""

    number: str
    expires: str
    cvc: str

    def __repr__(self) -> str:
        return "Card(…)"


class Outcome(StrEnum):
    RECEIVED = "received"
    REFUSED = "refused"


class Charge(Message):
    """What came of charging a card. A refusal is an outcome that is kept, so it is no error."""

    outcome: Outcome
    reference: str
    reason: str = ""


class AmountDiffers(DeclaredError):
    """The order has been charged already, and for another amount."""

    order_id: int


class Payments(Contract, Protocol):
    @command(raises=[AmountDiffers], atomic=False)
    def charge(
        self, order_id: int, number: str, user_id: int, amount: Decimal, card: Card
    ) -> Charge:
        """Take the money for an order, once: an order that is paid answers as it did."""
        ...


class PaymentReceived(Event):
    order_id: int
    amount: Decimal
    reference: str


class PaymentRefused(Event):
    order_id: int
    reason: str


class PaymentRefunded(Event):
    order_id: int
    amount: Decimal
