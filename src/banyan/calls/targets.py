"""A contract's method as calls need it at hand, worked out once."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from banyan.calls.outcomes import Outcome
from banyan.contracts import DeclaredError, MethodSpec
from banyan.contracts.problems import DecodeError
from banyan.errors import Misuse, OutcomeUnknown, Status


@dataclass(frozen=True, slots=True, eq=False)
class Method:
    """A method of a contract, wherever it runs.

    Attributes:
        name: on the wire, as ``shop.orders.v1.Orders/Place``.
        raises: the errors that its contract declares.
        owns_transaction: whether it is a command with a transaction of its own.
        secret: whether nothing of its arguments and outcome is kept.
    """

    spec: MethodSpec
    name: str
    raises: tuple[type[DeclaredError], ...]
    is_command: bool
    joins: bool
    owns_transaction: bool
    secret: bool

    @classmethod
    def of(cls, spec: MethodSpec) -> Self:
        """The details of a method."""
        is_command = spec.kind == "command"
        return cls(
            spec,
            spec.path.removeprefix("/"),
            tuple(error.type for error in spec.raises),
            is_command,
            is_command and spec.joins,
            is_command and spec.atomic and not spec.joins,
            is_command and spec.secret,
        )

    def encode_arguments(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> bytes:
        """The request's body.

        Raises:
            Misuse: the arguments are not what the contract says.
        """
        return self.spec.request.encode(self.bind(args, kwargs))

    def bind(self, args: Sequence[Any], kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """The arguments by name, with the contract's defaults.

        Raises:
            Misuse: they don't fit the contract.
        """
        try:
            return self.spec.bind(args, kwargs)
        except TypeError as error:
            raise Misuse(
                f"{self.name} cannot be called so: {error}.",
                hint=f"The contract says {self.spec.name}{self.spec.signature}.",
                code="banyan.call.arguments",
            ) from None

    def declared(self, error: DeclaredError) -> Outcome:
        """A declared error as an outcome."""
        known = self.spec.declared(error)
        assert known is not None  # noqa: S101 - it was caught by its class
        return Outcome(known.codec.encode(error), known.name)

    def value(self, outcome: Outcome) -> Any:
        """The result that an outcome holds.

        Raises:
            DeclaredError: the outcome is one.
            OutcomeUnknown: the outcome is not what this side's contract says.
        """
        try:
            if not outcome.error:
                return self.spec.decode_result(outcome.body)
            known = self.spec.error_named(outcome.error)
            error = known.codec.decode(outcome.body) if known else None
        except DecodeError as problem:
            raise OutcomeUnknown(
                f"{self.name} answered what the contract does not say: {problem}",
                status=Status.INTERNAL,
                hint="Do both services run the same version of the contract?",
                code="banyan.call.unreadable",
            ) from problem
        if error is None:
            raise OutcomeUnknown(
                f"{self.name} ended with {outcome.error}, which this side's contract does not "
                "declare.",
                status=Status.UNKNOWN,
                hint="The service runs a newer version of the contract.",
                code="banyan.call.unreadable",
            )
        raise error


@dataclass(frozen=True, slots=True, eq=False)
class Target:
    """A method that runs in this process.

    Attributes:
        run: the implementation's bound method.
        alias: the database of the method's module.
    """

    method: Method
    run: Callable[..., Any]
    alias: str
