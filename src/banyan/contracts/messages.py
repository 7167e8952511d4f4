"""What travels through a contract: messages, and events, which others may hear."""

from typing import Any, ClassVar, TypeVar, dataclass_transform

import msgspec

_Meta = TypeVar("_Meta", bound="MessageMeta")


# Both classes carry the mark: pyright looks at the metaclass, mypy at the bases first.
@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class MessageMeta(msgspec.StructMeta):
    """Makes every message frozen and keyword-only."""

    def __new__(
        mcls: type[_Meta],
        name: str,
        bases: tuple[type, ...],
        namespace: dict[str, Any],
        *,
        version: int | None = None,
    ) -> _Meta:
        if version is not None:
            if not any(hasattr(base, "wire_version") for base in bases):
                raise TypeError(f"{name} is no Event, and only an Event has a version")
            namespace["wire_version"] = version
        return super().__new__(mcls, name, bases, namespace, frozen=True, kw_only=True)


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(msgspec.field,))
class Message(msgspec.Struct, metaclass=MessageMeta):
    """A value that a contract takes or gives: immutable, compared by its fields.

    ``class Line(Message): sku: str; quantity: int = 1`` is made with ``Line(sku="tea")``. Use
    ``msgspec.structs.replace(line, quantity=2)`` for a changed copy.
    """


class Event(Message):
    """Something that happened in one module and that others may hear; named in the past tense.

    Args:
        version: counts up when a change would break those who listen; part of the wire name.
    """

    wire_version: ClassVar[int] = 1
