"""What was published reaches its handlers once, in order for each key, whatever fails between."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from tests.in_django.events import heard
from tests.in_django.events.heard import Poured, Spilled, notes

from banyan.events import publish
from banyan.events.models import Delivery, Publication
from banyan.leases import State
from banyan.testing import deliver_events

pytestmark = pytest.mark.django_db


@pytest.fixture
def failing() -> Iterator[dict[int, BaseException]]:
    """The cups at which the handler `drink` fails, and with what."""
    yield heard.failing
    heard.failing.clear()


def published(*cups: int, key: str = "") -> None:
    with transaction.atomic():
        for cup in cups:
            publish(Poured(cup=cup), key=key)


def test_a_handler_runs_once_for_each_event() -> None:
    published(1, 2)
    assert deliver_events() == 2
    assert deliver_events() == 0
    assert sorted(notes()) == ["drink 1 green", "drink 2 green"]


def test_what_a_handler_publishes_is_delivered_too() -> None:
    with transaction.atomic():
        publish(Spilled(cup=3, times=2))
    assert deliver_events() == 3
    assert notes() == ["wipe 3 2", "wipe 3 1", "wipe 3 0"]


def test_events_of_one_key_are_handled_in_the_order_of_their_publishing() -> None:
    published(*range(30), key="tray")
    deliver_events()
    assert notes() == [f"drink {cup} green" for cup in range(30)]


def test_a_failing_handler_shows_its_error_to_the_test_and_leaves_no_effect(
    failing: dict[int, BaseException],
) -> None:
    failing[1] = ValueError("cold")
    published(1)
    with pytest.raises(ValueError, match="cold"):
        deliver_events()
    assert notes() == []
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == (State.OPEN, 1)
    assert "ValueError: cold" in row.error


def test_a_handler_that_failed_is_tried_again(failing: dict[int, BaseException]) -> None:
    failing[1] = ValueError("cold")
    published(1)
    with pytest.raises(ValueError, match="cold"):
        deliver_events()
    failing.clear()
    Delivery.objects.update(due=0)
    assert deliver_events() == 1
    assert notes() == ["drink 1 green"]


def test_a_handler_that_leaves_the_process_counts_as_failed(
    failing: dict[int, BaseException],
) -> None:
    failing[1] = SystemExit(3)
    published(1)
    with pytest.raises(SystemExit):
        deliver_events()
    assert Delivery.objects.get().state == State.OPEN


def test_events_wait_behind_a_failed_one_of_their_key_and_no_other_does(
    failing: dict[int, BaseException],
) -> None:
    failing[1] = ValueError("cold")
    published(1, 2, key="tray")
    published(3, key="other tray")
    published(4)
    for _ in range(3):
        with pytest.raises(ValueError, match="cold"):
            deliver_events()
        # Whatever is free goes on; what waits for its retry holds its key alone.
        Delivery.objects.filter(error="").update(due=0)
        Delivery.objects.exclude(error="").update(due=0)
    Delivery.objects.exclude(error="").update(due=2**60)
    deliver_events()
    assert sorted(notes()) == ["drink 3 green", "drink 4 green"]


def test_events_whose_data_do_not_fit_are_dead_at_once() -> None:
    published(1)
    Publication.objects.update(data='{"cup":"many"}')
    with pytest.raises(Exception, match="do not fit Poured"):
        deliver_events()
    row = Delivery.objects.get()
    assert row.state == State.DEAD
    assert "cup" in row.error


def test_an_event_that_arrives_again_changes_nothing() -> None:
    published(1)
    deliver_events()
    Publication.objects.update(state=State.OPEN.value)
    assert deliver_events() == 0
    assert notes() == ["drink 1 green"]
