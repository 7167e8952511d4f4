"""The contract: the typed interface of a module, as a Protocol that its service inherits."""

from typing import Any, ClassVar, Protocol, Self, cast

from banyan.contracts.clients import client_of
from banyan.contracts.reading import note_declared


class Contract(Protocol):
    """What other modules may ask of this one; write ``class Orders(Contract, Protocol):``.

    Args:
        version: counts up when a change would break its callers; part of the wire name.
    """

    wire_version: ClassVar[int] = 1

    def __init_subclass__(cls, *, version: int | None = None, **options: Any) -> None:
        super().__init_subclass__(**options)
        if version is not None:
            cls.wire_version = version
        note_declared(cls)

    @classmethod
    def client(cls) -> Self:
        """A stand-in for the service, wherever it runs: the topology decides at each call."""
        return cast(Self, client_of(cls))
