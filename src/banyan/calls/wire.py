"""The Connect protocol's unary calls: statuses, headers and the JSON of an error.

Source: the Connect protocol reference, "Unary-Response" and "Error codes".
"""

from dataclasses import dataclass

import msgspec

from banyan.errors import Status

PROTOCOL_VERSION = "connect-protocol-version"
TIMEOUT = "connect-timeout-ms"
KEY = "idempotency-key"
CALLER = "banyan-caller"
SECRET = "banyan-secret"  # noqa: S105 - the header's name
TRACE = "traceparent"
CONTENT_TYPE = "application/json"

# The detail in which a service tells what the status alone does not.
CALL_FAILURE = "banyan.v1.CallFailure"

HTTP_STATUS = {
    Status.CANCELED: 499,
    Status.UNKNOWN: 500,
    Status.INVALID_ARGUMENT: 400,
    Status.DEADLINE_EXCEEDED: 504,
    Status.NOT_FOUND: 404,
    Status.ALREADY_EXISTS: 409,
    Status.PERMISSION_DENIED: 403,
    Status.RESOURCE_EXHAUSTED: 429,
    Status.FAILED_PRECONDITION: 400,
    Status.ABORTED: 409,
    Status.OUT_OF_RANGE: 400,
    Status.UNIMPLEMENTED: 501,
    Status.INTERNAL: 500,
    Status.UNAVAILABLE: 503,
    Status.DATA_LOSS: 500,
    Status.UNAUTHENTICATED: 401,
}

# For an answer that is no Connect error: from a proxy, or from another view.
_STATUS_OF_HTTP = {
    400: Status.INTERNAL,
    401: Status.UNAUTHENTICATED,
    403: Status.PERMISSION_DENIED,
    404: Status.UNIMPLEMENTED,
    429: Status.UNAVAILABLE,
    502: Status.UNAVAILABLE,
    503: Status.UNAVAILABLE,
    504: Status.UNAVAILABLE,
}

# Answers that are given before a call is run, whoever gives them.
_BEFORE_RUNNING = frozenset(
    {Status.UNIMPLEMENTED, Status.UNAUTHENTICATED, Status.PERMISSION_DENIED}
)


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that did not bring a result, as it goes over the wire.

    Attributes:
        executed: false when the call is known not to have run.
        code: Banyan's own code of the error; empty when the other side is not Banyan.
        hint: what the caller's people can do.
        trace_id: where to look in the service's log.
        error: the wire name of a declared error, and ``fields`` its JSON; empty for others.
    """

    status: Status
    message: str
    executed: bool = True
    code: str = ""
    hint: str = ""
    trace_id: str = ""
    error: str = ""
    fields: bytes = b""


def encode_failure(failure: Failure) -> bytes:
    """The JSON body of an error.

    A detail's ``value`` should hold the message in protobuf's binary form, which needs the field
    numbers of a contract's snapshot: until there is one it is empty, which decodes to a message
    with no field set, and ``debug`` has the message in JSON, as the protocol allows.
    """
    told = _CallFailure(failure.executed, failure.code, failure.hint, failure.trace_id)
    debug = failure.fields or msgspec.json.encode(told)
    detail = _Detail(failure.error or CALL_FAILURE, debug=msgspec.Raw(debug))
    return msgspec.json.encode(
        {"code": failure.status, "message": failure.message, "details": [detail]}
    )


def decode_failure(http_status: int, content_type: str | None, body: bytes) -> Failure:
    """What an answer other than 200 means."""
    known = _read_error(body) if _is_json(content_type) else None
    if known is None:
        status = _STATUS_OF_HTTP.get(http_status, Status.UNKNOWN)
        return Failure(status, f"HTTP {http_status}", executed=status not in _BEFORE_RUNNING)
    for detail in known.details:
        if detail.type == CALL_FAILURE and (told := _told(detail.debug)) is not None:
            return Failure(
                known.status,
                known.message,
                executed=told.executed,
                code=told.code,
                hint=told.hint,
                trace_id=told.traceId,
            )
    for detail in known.details:
        if detail.type != CALL_FAILURE and bytes(detail.debug).startswith(b"{"):
            return Failure(
                known.status, known.message, error=detail.type, fields=bytes(detail.debug)
            )
    return Failure(known.status, known.message, executed=known.status not in _BEFORE_RUNNING)


class _CallFailure(msgspec.Struct):
    executed: bool = True
    code: str = ""
    hint: str = ""
    traceId: str = ""  # noqa: N815 - as proto3 JSON writes it


class _Detail(msgspec.Struct):
    type: str
    value: str = ""
    debug: msgspec.Raw = msgspec.Raw(b"null")


class _Error(msgspec.Struct):
    code: str
    message: str = ""
    details: list[_Detail] = []

    @property
    def status(self) -> Status:
        try:
            return Status(self.code)
        except ValueError:
            return Status.UNKNOWN


_errors = msgspec.json.Decoder(_Error)


def _read_error(body: bytes) -> _Error | None:
    try:
        return _errors.decode(body)
    except msgspec.DecodeError:
        return None


def _told(debug: msgspec.Raw) -> _CallFailure | None:
    try:
        return msgspec.json.decode(debug, type=_CallFailure)
    except msgspec.DecodeError:
        return None


def _is_json(content_type: str | None) -> bool:
    return (content_type or "").partition(";")[0].strip().lower() == CONTENT_TYPE


def timeout_header(seconds: float) -> str:
    """The header's value: whole milliseconds, at least 1, at most ten digits."""
    return str(min(max(int(seconds * 1000), 1), 9_999_999_999))


def read_timeout(header: str | None) -> float | None:
    """Seconds the caller waits; None when it did not say.

    Raises:
        ValueError: the header is not one to ten digits.
    """
    if header is None:
        return None
    if not (1 <= len(header) <= 10 and header.isascii() and header.isdigit()):
        raise ValueError(f"{header!r} is not one to ten digits")
    return int(header) / 1000
