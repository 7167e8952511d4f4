"""Why an HTTP request brought no response, told by whether the server can have seen it."""

from banyan.errors import BanyanError


class HttpFailure(BanyanError):
    """No whole response came.

    Args:
        timed_out: whether it was time that ran out.
    """

    code = "banyan.http"

    def __init__(self, message: str, *, hint: str = "", timed_out: bool = False) -> None:
        super().__init__(message, hint=hint)
        self.timed_out = timed_out


class NeverSent(HttpFailure):
    """The server cannot have seen the request: it is safe to send it again."""

    code = "banyan.http.never_sent"


class NoResponse(HttpFailure):
    """The server may have seen the request, and no whole answer came back."""

    code = "banyan.http.no_response"


class ResponseTooLarge(NoResponse):
    """The response is larger than the request allows for."""

    code = "banyan.http.response_too_large"
