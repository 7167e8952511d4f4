"""Calls to other services by the Connect protocol: unary, proto3 JSON, over kept connections."""

from collections.abc import Callable

from banyan.calls import wire
from banyan.calls.outcomes import Outcome
from banyan.calls.ports import Outgoing
from banyan.calls.wire import Failure
from banyan.errors import CallError, Misuse, NotExecuted, OutcomeUnknown, Status
from banyan.http import HttpClient, NeverSent, NoResponse, Request, Response
from banyan.observability import current_trace, format_traceparent

# Banyan's own codes of a caller's mistakes, which come back as what they are in one process.
_MISUSE = frozenset({"banyan.call.key_reused", "banyan.call.arguments"})


class ConnectTransport:
    """Carries calls over an HTTP client.

    Args:
        caller: this service's name; empty in a monolith.
        secret: what the called services ask for; empty for nothing.
        response_limit: the most bytes of an answer that are read.
    """

    def __init__(
        self,
        client: HttpClient,
        caller: Callable[[], str],
        secret: Callable[[], str],
        response_limit: int,
    ) -> None:
        self._client = client
        self._caller = caller
        self._secret = secret
        self._response_limit = response_limit

    def send(self, call: Outgoing) -> Outcome:
        """Call, and wait for how it ended."""
        try:
            response = self._client.send(self._request(call))
        except NeverSent as error:
            raise _never_sent(call, error) from error
        except NoResponse as error:
            raise _no_response(call, error) from error
        return _outcome(call, response)

    async def asend(self, call: Outgoing) -> Outcome:
        """The same, without blocking the event loop."""
        try:
            response = await self._client.asend(self._request(call))
        except NeverSent as error:
            raise _never_sent(call, error) from error
        except NoResponse as error:
            raise _no_response(call, error) from error
        return _outcome(call, response)

    def _request(self, call: Outgoing) -> Request:
        headers = {
            "content-type": wire.CONTENT_TYPE,
            wire.PROTOCOL_VERSION: "1",
            wire.TIMEOUT: wire.timeout_header(call.timeout),
        }
        if caller := self._caller():
            headers[wire.CALLER] = caller
        if call.key:
            headers[wire.KEY] = call.key
        if secret := self._secret():
            headers[wire.SECRET] = secret
        if (here := current_trace()) is not None:
            headers[wire.TRACE] = format_traceparent(here)
        return Request(
            "POST",
            f"{call.base_url}/{call.path}",
            headers,
            call.body,
            timeout=call.timeout,
            response_limit=self._response_limit,
        )


def _outcome(call: Outgoing, response: Response) -> Outcome:
    content_type = response.header("content-type")
    if response.status == 200:
        if (content_type or "").partition(";")[0].strip().lower() != wire.CONTENT_TYPE:
            raise OutcomeUnknown(
                f"{call.base_url} answered {call.path} with {content_type}, which is no answer "
                "to a call.",
                status=Status.UNKNOWN,
                hint="Something else answers at that address.",
            )
        return Outcome(response.body)
    failure = wire.decode_failure(response.status, content_type, response.body)
    if failure.error:
        return Outcome(failure.fields, failure.error)
    raise _raised(call, response, failure)


def _raised(call: Outgoing, response: Response, failure: Failure) -> CallError | Misuse:
    if failure.code in _MISUSE:
        return Misuse(failure.message, hint=failure.hint, code=failure.code)
    kind = OutcomeUnknown if failure.executed else NotExecuted
    hint = failure.hint or _hint(response)
    return kind(
        f"{call.path} at {call.base_url}: {failure.status}: {failure.message}",
        status=failure.status,
        hint=hint,
        code=failure.code or None,
    )


def _hint(response: Response) -> str:
    """What most often answers so in front of, or in place of, the endpoint."""
    match response.status:
        case 301 | 302 | 307 | 308:
            return (
                f"It redirects to {response.header('location')}. Under SECURE_SSL_REDIRECT exempt "
                "the endpoint with SECURE_REDIRECT_EXEMPT = [r'^banyan/']."
            )
        case 400:
            return "Is the host in the called service's ALLOWED_HOSTS?"
        case 404:
            return "Does its URLconf have path('banyan/', include('banyan.calls.urls'))?"
        case _:
            return ""


def _never_sent(call: Outgoing, error: NeverSent) -> NotExecuted:
    late = error.timed_out and call.timeout < 0.001
    return NotExecuted(
        f"{call.path} was not called: {error.message}",
        status=Status.DEADLINE_EXCEEDED if late else Status.UNAVAILABLE,
        hint=error.hint or "Is the service up, and is this its address?",
        code="banyan.call.unreachable",
    )


def _no_response(call: Outgoing, error: NoResponse) -> OutcomeUnknown:
    return OutcomeUnknown(
        f"{call.path} was called, and nobody knows how it ended: {error.message}",
        status=Status.DEADLINE_EXCEEDED if error.timed_out else Status.UNAVAILABLE,
        hint="A query may be repeated; a command with the same idempotency key.",
        code="banyan.call.no_answer",
    )
