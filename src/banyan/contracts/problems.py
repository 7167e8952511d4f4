"""What can be wrong with a value on its way over the wire."""

from typing import Self

from banyan.errors import BanyanError, Misuse, Status


class WireError(BanyanError):
    """A value that cannot travel, and the place of it: ``lines[2].quantity``.

    Attributes:
        path: from the outermost message inwards; empty for the message as a whole.
        problem: what is wrong there.
        status: the canonical code to answer with.
    """

    code = "banyan.wire"

    def __init__(
        self, problem: str, *, path: str = "", status: Status = Status.INVALID_ARGUMENT
    ) -> None:
        super().__init__(f"{path}: {problem}" if path else problem)
        self.problem = problem
        self.path = path
        self.status = status

    def inside(self, segment: str) -> Self:
        """The same problem, seen from one step further out."""
        joint = "." if self.path and not self.path.startswith("[") else ""
        return type(self)(self.problem, path=f"{segment}{joint}{self.path}", status=self.status)


class DecodeError(WireError):
    """What came over the wire is not what the contract says."""

    code = "banyan.wire.decode"


class EncodeError(WireError, Misuse):
    """The calling code gives what the contract does not say; a bug to fix, never to retry."""

    code = "banyan.wire.encode"
