"""The errors that Banyan raises: each has a code, a hint and a place in the documentation."""

import re
from enum import StrEnum
from typing import ClassVar


class Status(StrEnum):
    """The canonical codes of the Connect protocol (and of gRPC), by their wire names.

    Source: the Connect protocol's table of error codes.
    """

    CANCELED = "canceled"
    UNKNOWN = "unknown"
    INVALID_ARGUMENT = "invalid_argument"
    DEADLINE_EXCEEDED = "deadline_exceeded"
    NOT_FOUND = "not_found"
    ALREADY_EXISTS = "already_exists"
    PERMISSION_DENIED = "permission_denied"
    RESOURCE_EXHAUSTED = "resource_exhausted"
    FAILED_PRECONDITION = "failed_precondition"
    ABORTED = "aborted"
    OUT_OF_RANGE = "out_of_range"
    UNIMPLEMENTED = "unimplemented"
    INTERNAL = "internal"
    UNAVAILABLE = "unavailable"
    DATA_LOSS = "data_loss"
    UNAUTHENTICATED = "unauthenticated"


class BanyanError(Exception):
    """The base of every error of Banyan's own.

    Args:
        message: what is wrong, and where.
        hint: what to do next.
        code: the stable id of this kind of error; by default the class's own.
    """

    code: ClassVar[str] = "banyan.error"

    def __init__(self, message: str, *, hint: str = "", code: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if code is not None:
            self.code = code  # type: ignore[misc]

    @property
    def documentation(self) -> str:
        """The place in the documentation that explains this code."""
        if re.fullmatch(r"banyan\.[EW]\d{3}", self.code):
            return f"docs/findings/{self.code}.md"
        return f"docs/errors.md#{re.sub('[._]', '-', self.code)}"

    def __str__(self) -> str:
        return f"{self.message}\nHint: {self.hint}" if self.hint else self.message


class Misuse(BanyanError):
    """The calling code asks for what Banyan does not allow; a bug to fix, never to retry."""

    code = "banyan.misuse"


class ConfigurationError(BanyanError):
    """The project's configuration cannot be used as it is."""

    code = "banyan.configuration"


class CallError(BanyanError):
    """A call through a contract failed, and not with one of the errors the contract declares.

    Catch :class:`NotExecuted` or :class:`OutcomeUnknown` to tell what may be retried.

    Args:
        status: the canonical code, as it went over the wire or would have.
    """

    code = "banyan.call"

    def __init__(
        self, message: str, *, status: Status, hint: str = "", code: str | None = None
    ) -> None:
        super().__init__(message, hint=hint, code=code)
        self.status = status


class NotExecuted(CallError):
    """The call is known not to have run: it is safe to repeat."""

    code = "banyan.call.not_executed"


class OutcomeUnknown(CallError):
    """The call may have run, wholly or in part: repeat it only with the same idempotency key."""

    code = "banyan.call.outcome_unknown"
