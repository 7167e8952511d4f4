"""A pooled HTTP client that tells a request which was never sent from one that may have been."""

from banyan.http.failures import HttpFailure, NeverSent, NoResponse, ResponseTooLarge
from banyan.http.messages import Request, Response
from banyan.http.ports import HttpClient

__all__ = [
    "HttpClient",
    "HttpFailure",
    "NeverSent",
    "NoResponse",
    "Request",
    "Response",
    "ResponseTooLarge",
]
