"""The issuer from afar: asked seldom, whatever comes in, and missed as little as can be."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from joserfc.jwk import RSAKey
from tests.unit.identity.examples import Clock

from banyan.http import NeverSent, Request, Response
from banyan.identity.adapters.http import HttpKeys, HttpRegistrar
from banyan.identity.keys import KeyRing, key_id
from banyan.identity.rejections import InvalidToken, IssuerUnreachable, KeysUnavailable

Keys = tuple[RSAKey, RSAKey, RSAKey]


def answer(status: int, body: object) -> Response:
    return Response(status, json.dumps(body).encode(), lambda _: None)


def nobody() -> Response:
    raise NeverSent("cannot connect")


@dataclass
class Server:
    """An HTTP client whose server a test holds in its hand."""

    reply: Callable[[], Response]
    asked: list[Request] = field(default_factory=list)

    def send(self, request: Request) -> Response:
        self.asked.append(request)
        return self.reply()

    async def asend(self, request: Request) -> Response:
        return self.send(request)


def publishing(*keys: RSAKey) -> Callable[[], Response]:
    return lambda: answer(200, {"keys": [KeyRing(key).document()["keys"][0] for key in keys]})


def keys_of(server: Server, clock: Clock) -> HttpKeys:
    return HttpKeys("http://users/jwks", server, clock=clock)


def test_keys_are_fetched_once_and_again_when_they_are_no_longer_fresh(
    private_keys: Keys, clock: Clock
) -> None:
    server = Server(publishing(private_keys[0]))
    keys = keys_of(server, clock)
    for _ in range(10):
        assert keys.find(key_id(private_keys[0]))
    assert len(server.asked) == 1
    clock.now += 301
    assert keys.find(key_id(private_keys[0]))
    assert len(server.asked) == 2


def test_a_new_key_is_found_at_once(private_keys: Keys, clock: Clock) -> None:
    first, second, _ = private_keys
    server = Server(publishing(first))
    keys = keys_of(server, clock)
    keys.find(key_id(first))
    server.reply = publishing(first, second)
    clock.now += 5
    assert keys.find(key_id(second))


def test_keys_that_nobody_has_make_it_ask_once_in_five_seconds_at_most(
    private_keys: Keys, clock: Clock
) -> None:
    server = Server(publishing(private_keys[0]))
    keys = keys_of(server, clock)
    for number in range(1_000):
        clock.now += 0.01
        assert keys.find(f"unknown-{number}") is None
    assert len(server.asked) == 2


def test_a_withdrawn_key_is_forgotten_when_freshness_ends(private_keys: Keys, clock: Clock) -> None:
    first, second, _ = private_keys
    server = Server(publishing(first))
    keys = keys_of(server, clock)
    keys.find(key_id(first))
    server.reply = publishing(second)
    clock.now += 301
    assert keys.find(key_id(first)) is None


@pytest.mark.parametrize(
    "failure", [nobody, lambda: answer(503, {}), lambda: answer(200, []), lambda: answer(200, {})]
)
def test_while_the_issuer_is_down_known_keys_go_on_counting_for_a_day(
    private_keys: Keys, clock: Clock, failure: Callable[[], Response]
) -> None:
    server = Server(publishing(private_keys[0]))
    keys = keys_of(server, clock)
    keys.find(key_id(private_keys[0]))
    server.reply = failure
    clock.now += 86_000
    assert keys.find(key_id(private_keys[0]))
    assert keys.find(key_id(private_keys[0]))
    assert len(server.asked) == 2
    clock.now += 401
    with pytest.raises(KeysUnavailable, match="http://users/jwks"):
        keys.find(key_id(private_keys[0]))


def test_an_issuer_that_never_answered_leaves_no_token_to_judge_and_heals(
    private_keys: Keys, clock: Clock
) -> None:
    server = Server(nobody)
    keys = keys_of(server, clock)
    for _ in range(10):
        with pytest.raises(KeysUnavailable, match="cannot connect"):
            keys.find("x")
    assert len(server.asked) == 1
    server.reply = publishing(private_keys[0])
    clock.now += 5
    assert keys.find(key_id(private_keys[0]))


def test_threads_that_know_nothing_yet_wait_for_the_one_that_asks(
    private_keys: Keys, clock: Clock
) -> None:
    asking, go_on = threading.Event(), threading.Event()

    def slowly() -> Response:
        asking.set()
        assert go_on.wait(10)
        return publishing(private_keys[0])()

    server = Server(slowly)
    keys = keys_of(server, clock)
    found: list[RSAKey | None] = []
    threads = [
        threading.Thread(target=lambda: found.append(keys.find(key_id(private_keys[0]))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    assert asking.wait(10)
    go_on.set()
    for thread in threads:
        thread.join(10)
    assert len(server.asked) == 1
    assert all(found)
    assert len(found) == 4


def test_a_renewal_sends_the_token_in_the_body_and_returns_the_new_one(clock: Clock) -> None:
    server = Server(lambda: answer(200, {"token": "new"}))
    assert HttpRegistrar("http://users/", server, clock=clock).renew("old") == "new"
    (request,) = server.asked
    assert request.url == "http://users/.well-known/banyan/logins/renew"
    assert json.loads(request.body) == {"token": "old"}
    assert not any("old" in value for value in request.headers.values())


def test_requests_that_come_together_with_one_token_share_one_answer(clock: Clock) -> None:
    numbers = iter(range(100))
    server = Server(lambda: answer(200, {"token": f"new-{next(numbers)}"}))
    registrar = HttpRegistrar("http://users", server, clock=clock)
    assert {registrar.renew("old") for _ in range(5)} == {"new-0"}
    assert registrar.renew("other") == "new-1"
    clock.now += 11
    assert registrar.renew("old") == "new-2"


def test_a_login_that_has_ended_is_refused_and_not_asked_for_again_at_once(clock: Clock) -> None:
    server = Server(lambda: answer(401, {}))
    registrar = HttpRegistrar("http://users", server, clock=clock)
    for _ in range(3):
        with pytest.raises(InvalidToken, match="has ended"):
            registrar.renew("old")
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    "failure", [nobody, lambda: answer(500, {}), lambda: answer(404, {}), lambda: answer(200, {})]
)
def test_an_issuer_that_does_not_answer_is_said_to_be_unreachable(
    clock: Clock, failure: Callable[[], Response]
) -> None:
    server = Server(failure)
    registrar = HttpRegistrar("http://users", server, clock=clock)
    with pytest.raises(IssuerUnreachable, match="http://users"):
        registrar.renew("old")


def test_what_was_answered_is_forgotten_after_some_seconds(clock: Clock) -> None:
    server = Server(lambda: answer(200, {"token": "new"}))
    registrar = HttpRegistrar("http://users", server, clock=clock)
    for number in range(100):
        registrar.renew(f"old-{number}")
        clock.now += 1
    assert len(registrar._renewals) == 10


def test_an_issuer_that_is_down_is_left_alone_for_some_seconds(
    clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    server = Server(nobody)
    registrar = HttpRegistrar("http://users", server, clock=clock)
    for number in range(20):
        with pytest.raises(IssuerUnreachable):
            registrar.renew(f"old-{number}")
    assert len(server.asked) == len(caplog.records) == 1
    assert "old-0" not in caplog.text
    clock.now += 11
    server.reply = lambda: answer(200, {"token": "new"})
    assert registrar.renew("old-1") == "new"
