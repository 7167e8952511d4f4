"""Answers from memory: what is measured is the way there and back."""

from typing import final

from banyan import implements
from library.contract import Book, Library

TITLES = ["A Wizard of Earthsea", "The Dispossessed", "The Lathe of Heaven"]


@final
@implements(Library)
class LibraryService(Library):
    """Knows three books."""

    def count(self, where: str) -> int:
        return len(where)

    def find(self, author: str) -> list[Book]:
        return [Book(id=number, title=one, author=author) for number, one in enumerate(TITLES)]
