"""The issuer over HTTP: its published keys, and its desk for renewals."""

import hashlib
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import msgspec
from joserfc.jwk import RSAKey

from banyan.http import HttpClient, HttpFailure, Request, Response
from banyan.identity.keys import read_document
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, KeysUnavailable, Reason

KEYS_PATH = "/.well-known/jwks.json"
RENEW_PATH = "/.well-known/banyan/logins/renew"
END_PATH = "/.well-known/banyan/logins/end"

logger = logging.getLogger("banyan.identity")


class HttpKeys:
    """The issuer's published keys, fetched when needed and kept.

    A key that is not known makes it look again, though never more often than once in
    ``retry_after`` seconds, whatever is sent to us. While the issuer does not answer, what is known
    goes on counting for ``stale_for`` seconds.

    Args:
        fresh_for: seconds after which the keys are fetched again, to notice one withdrawn.
    """

    def __init__(
        self,
        url: str,
        client: HttpClient,
        *,
        fresh_for: float = 300.0,
        retry_after: float = 5.0,
        stale_for: float = 86_400.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url = url
        self._client = client
        self._fresh_for = fresh_for
        self._retry_after = retry_after
        self._stale_for = stale_for
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Mapping[str, RSAKey] = {}
        self._fetched = self._tried = float("-inf")
        self._failure = ""

    def find(self, kid: str) -> RSAKey | None:
        """The key with this id, or None if the issuer publishes none."""
        key = self._known.get(kid)
        now = self._clock()
        if key and now < self._fetched + self._fresh_for:
            return key
        if now >= self._tried + self._retry_after:
            # One thread asks. The others wait only if they have nothing to go on with.
            if self._lock.acquire(blocking=key is None):
                try:
                    self._fetch()
                finally:
                    self._lock.release()
            key = self._known.get(kid)
        if self._clock() >= self._fetched + self._stale_for:
            raise KeysUnavailable(
                f"The issuer's keys cannot be fetched from {self._url}: {self._failure}.",
                hint="Is the service that owns the users running, and the address right?",
            )
        return key

    def _fetch(self) -> None:
        if self._clock() < self._tried + self._retry_after:
            return  # another thread has just done it
        try:
            response = self._client.send(Request("GET", self._url, timeout=2.0))
            if response.status != 200:
                raise ValueError(f"it answers {response.status}")
            self._known = read_document(response.body)
            self._fetched = self._clock()
            self._failure = ""
        except (HttpFailure, ValueError) as error:
            self._failure = getattr(error, "message", str(error))
            logger.warning(
                "The issuer's keys cannot be fetched from %s: %s", self._url, self._failure
            )
        finally:
            self._tried = self._clock()


class _Token(msgspec.Struct):
    token: str


@dataclass(slots=True)
class _Renewal:
    """One question to the issuer, shared by all who ask the same at the same time."""

    until: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    token: str = ""
    refused: bool = False


class HttpRegistrar:
    """The issuer's desk over HTTP.

    A page's requests come together, all with the same old token: the first asks, and for some
    seconds the others are given the same answer. An issuer that does not answer is left alone for
    as long.
    """

    def __init__(
        self,
        base_url: str,
        client: HttpClient,
        *,
        remember: float = 10.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._base_url = base_url.rstrip("/")
        self._client = client
        self._remember = remember
        self._clock = clock
        self._lock = threading.Lock()
        self._renewals: dict[bytes, _Renewal] = {}
        self._rest_until = float("-inf")

    def renew(self, token: str) -> str:
        """A new token of the same login."""
        renewal = self._renewal(token)
        with renewal.lock:
            if renewal.refused:
                raise InvalidToken(Reason.LOGIN)
            if not renewal.token:
                response = self._ask(RENEW_PATH, token)
                if response.status == 401:
                    renewal.refused = True
                    raise InvalidToken(Reason.LOGIN)
                try:
                    renewal.token = msgspec.json.decode(response.body, type=_Token).token
                except msgspec.DecodeError:
                    raise self._unreachable(f"it answers {response.status}") from None
            return renewal.token

    def end(self, token: str) -> None:
        """End the login that a token belongs to."""
        self._ask(END_PATH, token)

    def _renewal(self, token: str) -> _Renewal:
        digest = hashlib.sha256(token.encode()).digest()
        now = self._clock()
        with self._lock:
            # All are remembered equally long, so that the oldest come first.
            while (oldest := next(iter(self._renewals), None)) is not None:
                if self._renewals[oldest].until > now:
                    break
                del self._renewals[oldest]
            return self._renewals.setdefault(digest, _Renewal(now + self._remember))

    def _ask(self, path: str, token: str) -> Response:
        if self._clock() < self._rest_until:
            raise self._unreachable("it did not answer a moment ago")
        try:
            return self._answer(path, token)
        except IssuerUnreachable as error:
            self._rest_until = self._clock() + self._remember
            logger.warning("%s", error.message)
            raise

    def _answer(self, path: str, token: str) -> Response:
        body = msgspec.json.encode(_Token(token))
        headers = {"Content-Type": "application/json"}
        try:
            response = self._client.send(
                Request("POST", self._base_url + path, headers=headers, body=body, timeout=2.0)
            )
        except HttpFailure as failure:
            raise self._unreachable(failure.message) from None
        if response.status >= 500 or response.status == 404:
            raise self._unreachable(f"it answers {response.status}")
        return response

    def _unreachable(self, why: str) -> IssuerUnreachable:
        return IssuerUnreachable(
            f"The issuer at {self._base_url} cannot be asked: {why}.",
            hint="Is the service that owns the users running, and the address right?",
        )
