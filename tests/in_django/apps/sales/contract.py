"""What the module sales offers."""

from typing import Protocol

from banyan.contracts import Contract, Message, command, query


class Sale(Message):
    """Something that was sold."""

    id: int
    sku: str


class Sales(Contract, Protocol):
    """Sells what is in stock."""

    @query
    def count(self) -> int: ...

    @command
    def record(self, sku: str) -> Sale: ...

    @command
    def record_and_take(self, sku: str) -> Sale: ...

    @command
    def record_with_note(self, sku: str) -> Sale: ...

    @command(atomic=False)
    def take_then_record(self, sku: str) -> Sale: ...
