"""What an advice needs of others: a way to find communities in a graph."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Communities(Protocol):
    """Divides a graph into groups that are tied within more than chance would tie them."""

    def __call__(
        self, nodes: Sequence[str], edges: Mapping[tuple[str, str], int]
    ) -> list[tuple[str, ...]]:
        """The groups, each sorted; the same for the same graph, in whatever order it comes."""
        ...
