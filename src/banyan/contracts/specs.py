"""What a contract says, worked out: its methods, their names and forms on the wire."""

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from banyan.contracts.codec import Codec
from banyan.contracts.declared import DeclaredError
from banyan.contracts.messages import Event
from banyan.contracts.methods import Declaration
from banyan.contracts.naming import module_of, package_of, pascal_case, snake_case
from banyan.contracts.problems import EncodeError

# The only field of every response message.
RESULT: Final = "result"


@dataclass(frozen=True, slots=True)
class ErrorSpec:
    """A declared error on the wire."""

    type: type[DeclaredError]
    codec: Codec[DeclaredError] = field(repr=False)

    @property
    def name(self) -> str:
        """``shop.orders.v1.OutOfStock``."""
        return f"{package_of(self.type)}.v1.{self.type.__name__}"

    def to_plain(self, error: DeclaredError) -> dict[str, Any]:
        """What the error carries; of a subclass, what the declared class carries.

        Raises:
            EncodeError: if a field is not of the declared type.
        """
        if type(error) is not self.type:
            own = self.type.wire_payload.__struct_fields__
            error = self.type(**{name: getattr(error, name) for name in own})
        return self.codec.to_plain(error)

    def from_plain(self, data: Any) -> DeclaredError:
        """The error, to be raised.

        Raises:
            DecodeError: if the data is not what the error carries.
        """
        return self.codec.from_plain(data)


@dataclass(frozen=True, slots=True)
class EventSpec:
    """An event on the wire."""

    type: type[Event]
    codec: Codec[Event] = field(repr=False)

    @property
    def module(self) -> str:
        """The module that publishes it."""
        return module_of(self.type)

    @property
    def name(self) -> str:
        """``shop.orders.order_placed.v1``."""
        kind = snake_case(self.type.__name__)
        return f"{package_of(self.type)}.{kind}.v{self.type.wire_version}"


@dataclass(frozen=True, slots=True)
class MethodSpec:
    """One method of a contract.

    Attributes:
        name: as in Python: ``for_user``.
        signature: as in Python, without ``self``, its annotations looked up.
        request: the form of the arguments, by name.
        response: the form of the result, under the name ``result``.
    """

    contract: type
    name: str
    declaration: Declaration
    signature: inspect.Signature = field(repr=False)
    request: Codec[dict[str, Any]] = field(repr=False)
    response: Codec[dict[str, Any]] = field(repr=False)
    raises: tuple[ErrorSpec, ...]

    @property
    def kind(self) -> Literal["query", "command"]:
        """Whether it asks or acts."""
        return self.declaration.kind

    @property
    def atomic(self) -> bool:
        """Whether the command owns a transaction."""
        return self.declaration.atomic

    @property
    def joins(self) -> bool:
        """Whether the command takes part in its caller's transaction."""
        return self.declaration.joins

    @property
    def secret(self) -> bool:
        """Whether nothing of its arguments and outcome may be kept."""
        return self.declaration.secret

    @property
    def parameters(self) -> Mapping[str, inspect.Parameter]:
        """As in Python, without ``self``."""
        return self.signature.parameters

    @property
    def module(self) -> str:
        """The module that serves it."""
        return module_of(self.contract)

    @property
    def path(self) -> str:
        """``/shop.orders.v1.Orders/ForUser``."""
        return f"/{service_name(self.contract)}/{pascal_case(self.name)}"

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments by name, with the contract's defaults.

        Raises:
            TypeError: as from a plain call, for arguments that don't fit.
        """
        bound = self.signature.bind(*args, **kwargs)
        bound.apply_defaults()
        return bound.arguments

    def encode_result(self, result: Any) -> bytes:
        """The response message.

        Raises:
            EncodeError: if the result is not what the contract says.
        """
        if result is not None and self.signature.return_annotation is None:
            raise EncodeError(f"expected None, got {type(result).__qualname__}", path=RESULT)
        return self.response.encode({RESULT: result})

    def decode_result(self, data: bytes) -> Any:
        """What the response message holds.

        Raises:
            DecodeError: if it is not what the contract says.
        """
        return self.response.decode(data).get(RESULT)

    def declared(self, error: BaseException) -> ErrorSpec | None:
        """As which of the declared errors this one reaches the caller, if it is any."""
        for kind in type(error).__mro__:
            for spec in self.raises:
                if spec.type is kind:
                    return spec
        return None

    def error_named(self, name: str) -> ErrorSpec | None:
        """The declared error with this name on the wire."""
        return next((spec for spec in self.raises if spec.name == name), None)


@dataclass(frozen=True, slots=True)
class ContractSpec:
    """A contract."""

    contract: type
    methods: Mapping[str, MethodSpec]

    @property
    def module(self) -> str:
        """The module whose interface it is."""
        return module_of(self.contract)

    @property
    def name(self) -> str:
        """``shop.orders.v1.Orders``."""
        return service_name(self.contract)


def service_name(contract: type) -> str:
    """A contract's full name on the wire: ``shop.orders.v1.Orders``."""
    version = getattr(contract, "wire_version", 1)
    return f"{package_of(contract)}.v{version}.{contract.__name__}"
