"""What becomes of an event when its handler runs, fails, or takes too long."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from tests.unit.events.memory import MemoryClaims, envelope

from banyan.contracts import Event
from banyan.events.cloudevents import Envelope
from banyan.events.delivering import Claimed, Deliverer, Unfit
from banyan.events.ports import Arrival
from banyan.events.reporting import Counters
from banyan.events.subscriptions import Subscription
from banyan.leases import Backoff, Row


class Placed(Event):
    """An event."""

    number: str


class Desk:
    """A deliverer over rows in memory; its handler writes down what it was given."""

    def __init__(self, *keys: str, attempts: int = 1) -> None:
        self.inbox = MemoryClaims(
            [
                Row(number, key, attempts, Arrival(envelope(number, key), "handle"))
                for number, key in enumerate(keys, 1)
            ]
        )
        self.handled: list[str] = []
        self.committed: list[str] = []
        self.fail: dict[str, BaseException] = {}
        self.unfit: set[str] = set()
        self.counters = Counters()

    def deliver(self, stopped: Callable[[], bool] = lambda: False) -> int:
        return Deliverer(
            self.inbox,
            {"handle": Subscription("handle", Placed, self._handle)},
            transaction=self._transaction,
            decode=self._decode,
            backoff=Backoff(first=1, attempts=3),
            chance=lambda: 1.0,
            counters=self.counters,
            claimed=Claimed(),
        ).step(20, stopped)

    def _handle(self, event: Placed) -> None:
        self.handled.append(event.number)
        if event.number in self.fail:
            raise self.fail[event.number]

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        before = len(self.handled)
        yield
        self.committed += self.handled[before:]

    def _decode(self, subscription: Subscription, event: Envelope) -> Placed:
        if event.id in self.unfit:
            raise Unfit("another version")
        return Placed(number=event.id)


def test_a_handled_event_is_done() -> None:
    desk = Desk("", "a", "a")
    assert desk.deliver() == 3
    assert desk.committed == ["e1", "e2", "e3"]
    assert desk.inbox.done == [1, 2, 3]


def test_a_failed_event_is_tried_again_later_and_holds_its_key_alone() -> None:
    desk = Desk("a", "a", "b", "")
    desk.fail["e1"] = ValueError("no")
    desk.deliver()
    assert desk.inbox.retried == {1: 1.0}
    assert desk.inbox.released == {2}
    assert desk.committed == ["e3", "e4"]


def test_a_failure_without_a_key_holds_nothing_up() -> None:
    desk = Desk("", "", "")
    desk.fail["e1"] = ValueError("no")
    desk.deliver()
    assert desk.committed == ["e2", "e3"]


def test_a_failure_that_was_the_last_attempt_is_dead_with_its_traceback() -> None:
    desk = Desk("a", "a", attempts=3)
    desk.fail["e1"] = ValueError("no")
    desk.deliver()
    assert "ValueError: no" in desk.inbox.dead[1]
    assert desk.inbox.released == {2}


def test_an_event_that_does_not_fit_is_dead_at_once() -> None:
    desk = Desk("a")
    desk.unfit.add("e1")
    desk.deliver()
    assert desk.inbox.dead == {1: "another version"}
    assert desk.handled == []


def test_an_event_whose_process_ended_each_time_is_dead_without_another_run() -> None:
    desk = Desk("a", attempts=4)
    desk.deliver()
    assert desk.handled == []
    assert "process ended" in desk.inbox.dead[1]


def test_a_handler_that_outlived_its_lease_is_rolled_back() -> None:
    desk = Desk("a", "a")
    desk.inbox.stolen = {1}
    desk.deliver()
    assert desk.handled == ["e1"]
    assert desk.committed == []
    assert desk.inbox.released == {2}
    assert not desk.inbox.retried
    assert desk.counters.read() == {"lease_lost": 1}


def test_a_handler_that_leaves_the_process_only_fails() -> None:
    desk = Desk("")
    desk.fail["e1"] = SystemExit()
    desk.deliver()
    assert desk.inbox.retried == {1: 1.0}


def test_an_interruption_is_not_swallowed_and_what_was_not_tried_is_free() -> None:
    desk = Desk("", "")
    desk.fail["e1"] = KeyboardInterrupt()
    with pytest.raises(KeyboardInterrupt):
        desk.deliver()
    assert desk.inbox.released == {2}


def test_when_told_to_stop_the_rest_is_given_back_untried() -> None:
    desk = Desk("", "", "")
    answers = iter([False, True])
    desk.deliver(lambda: next(answers))
    assert desk.inbox.done == [1]
    assert desk.inbox.released == {2, 3}
