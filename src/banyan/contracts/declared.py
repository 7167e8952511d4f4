"""The errors that a contract names: they reach the caller as what they are, near or far."""

from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

import msgspec

from banyan.errors import BanyanError, Misuse, Status

# A declared error's own message or hint is better than a generated one; the rest is taken.
_TAKEN = frozenset(dir(BanyanError)) | {"wire_status", "wire_payload"} - {"message", "hint"}


@dataclass_transform(kw_only_default=True, field_specifiers=(msgspec.field,))
class DeclaredError(BanyanError):
    """An outcome that a contract's method names in ``raises=``; its fields travel with it.

    ``class OutOfStock(DeclaredError): sku: str`` is raised with ``raise OutOfStock(sku="tea")``.

    Args:
        status: the canonical code under which clients in other languages see it.
    """

    code = "banyan.declared"
    wire_status: ClassVar[Status] = Status.FAILED_PRECONDITION
    wire_payload: ClassVar[type[msgspec.Struct]] = msgspec.defstruct("DeclaredError", [])

    def __init_subclass__(
        cls, *, status: Status = Status.FAILED_PRECONDITION, **options: Any
    ) -> None:
        super().__init_subclass__(**options)
        own = [name for name, hint in get_annotations(cls).items() if "ClassVar" not in str(hint)]
        if taken := _TAKEN.intersection(own):
            raise Misuse(
                f"The field {min(taken)!r} of {cls.__module__}.{cls.__qualname__} would hide an "
                "attribute that every error of Banyan's has.",
                hint="Give the field another name.",
            )
        cls.wire_status = status
        cls.wire_payload = msgspec.defstruct(
            cls.__name__,
            [(name, Any, cls.__dict__.get(name, msgspec.NODEFAULT)) for name in own],
            bases=(cls.wire_payload,),
            kw_only=True,
        )

    def __init__(self, **fields: Any) -> None:
        payload = self.wire_payload(**fields)
        super().__init__(repr(payload))
        for name in payload.__struct_fields__:
            setattr(self, name, getattr(payload, name))

    def fields(self) -> dict[str, Any]:
        """What the error carries, by name."""
        return {name: getattr(self, name) for name in self.wire_payload.__struct_fields__}

    def __reduce__(self) -> tuple[Any, ...]:
        # An exception is rebuilt from its positional arguments by default; this one has none.
        return _rebuild, (type(self), self.fields())


def _rebuild(error: type[DeclaredError], fields: dict[str, Any]) -> DeclaredError:
    return error(**fields)
