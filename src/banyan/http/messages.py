"""An HTTP request and its response, as values."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Request:
    """What to send.

    Attributes:
        timeout: seconds for all of it, from looking up the name to the response's last byte.
        response_limit: the most bytes of a response's body that are read.
    """

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    body: bytes = b""
    timeout: float = 5.0
    response_limit: int = MIB


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, whole.

    Attributes:
        header: the first header of a name, whatever its case, or None.
    """

    status: int
    body: bytes
    header: Callable[[str], str | None]
