"""What the library offers."""

from typing import Protocol

from banyan import Contract, Message, query


class Book(Message):
    """A book."""

    id: int
    title: str
    author: str


class Library(Contract, Protocol):
    """Finds books."""

    @query
    def count(self, where: str) -> int: ...

    @query
    def find(self, author: str) -> list[Book]: ...
