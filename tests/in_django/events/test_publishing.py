"""Publishing writes to the outbox in the caller's transaction, or refuses."""

import uuid
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from tests.in_django.events.heard import Poured

from banyan import modules
from banyan.errors import Misuse
from banyan.events import atomic, publish
from banyan.events.models import Publication
from banyan.observability import new_trace, trace

pytestmark = pytest.mark.django_db(databases=["default", "other"])


class Unheard(Poured):
    """An event that nobody hears."""


@pytest.fixture
def two_databases() -> Iterator[None]:
    """A monolith whose module `tests` has a database of its own."""
    module = modules.Module("tests", apps=("tests",), database="other")
    project = modules.Project("shop", modules={"tests": module})
    with modules.override(modules.Residency(project)):
        yield


def test_an_event_published_in_a_transaction_stands_in_the_outbox() -> None:
    with transaction.atomic():
        event_id = publish(Poured(cup=1), key=7)
    row = Publication.objects.get()
    assert (row.event_id, row.name, row.key) == (event_id, "tests.poured.v1", "7")
    assert row.data == '{"cup":1,"tea":"green"}'
    assert row.source == "/tests"


def test_what_is_rolled_back_was_never_published() -> None:
    class Oops(Exception):
        pass

    with pytest.raises(Oops), transaction.atomic():  # noqa: PT012
        publish(Poured(cup=1))
        raise Oops
    assert not Publication.objects.exists()


def test_publishing_outside_a_transaction_is_refused_even_inside_a_test_case() -> None:
    with pytest.raises(Misuse) as refusal:
        publish(Poured(cup=1))
    assert "outside a transaction" in refusal.value.message
    assert "with banyan.atomic(Poured)" in refusal.value.hint
    assert refusal.value.code == "banyan.events.no_transaction"


@pytest.mark.usefixtures("two_databases")
def test_a_transaction_on_another_database_does_not_count_and_the_right_one_is_named() -> None:
    with transaction.atomic(), pytest.raises(Misuse) as refusal:
        publish(Poured(cup=1))
    assert "none is open on database 'other'" in refusal.value.message
    assert "one is open on 'default'" in refusal.value.message
    assert "transaction.atomic(using='other')" in refusal.value.hint


@pytest.mark.usefixtures("two_databases")
def test_atomic_opens_the_database_of_the_events_module() -> None:
    with atomic(Poured):
        publish(Poured(cup=1))
    assert Publication.objects.using("other").count() == 1
    assert Publication.objects.using("default").count() == 0


def test_an_event_of_a_module_that_lives_elsewhere_is_refused() -> None:
    project = modules.Project(
        "shop", modules={"tests": modules.Module("tests", ("tests",)), "x": modules.Module("x", ())}
    )
    services = {"a": modules.Service("a", ("tests",)), "b": modules.Service("b", ("x",))}
    topology = modules.Topology("services", services)
    with (
        modules.override(modules.Residency(project, topology, "b")),
        transaction.atomic(),
        pytest.raises(Misuse, match="not resident in service 'b'"),
    ):
        publish(Poured(cup=1))


def test_an_event_that_is_too_large_is_refused_where_it_is_published() -> None:
    with transaction.atomic(), pytest.raises(Misuse, match="bytes; 921,600 are allowed"):
        publish(Poured(cup=1, tea="x" * 1_000_000))


@pytest.mark.parametrize("key", ["k" * 201, "a\x00b", "a\nb"])
def test_a_key_that_the_wire_cannot_carry_is_refused(key: str) -> None:
    with transaction.atomic(), pytest.raises(Misuse, match="key of this Poured"):
        publish(Poured(cup=1), key=key)


def test_a_value_of_the_wrong_type_is_refused_where_it_is_published() -> None:
    with transaction.atomic(), pytest.raises(Misuse, match="cup"):
        publish(Poured(cup="one"))  # type: ignore[arg-type]


def test_what_is_no_event_is_refused() -> None:
    with transaction.atomic(), pytest.raises(Misuse, match="not an Event"):
        publish("poured")  # type: ignore[arg-type]


def test_a_uuid_serves_as_a_key() -> None:
    key = uuid.uuid4()
    with transaction.atomic():
        publish(Poured(cup=1), key=key)
    assert Publication.objects.get().key == str(key)


def test_an_event_carries_the_trace_in_which_it_was_published() -> None:
    with trace(new_trace()) as hop, transaction.atomic():
        publish(Poured(cup=1))
    assert hop.trace_id in Publication.objects.get().traceparent


def test_publishing_costs_one_query() -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        publish(Poured(cup=1))
    assert len(queries) == 1


def test_a_transaction_wakes_the_relay_once_however_much_it_publishes(
    django_capture_on_commit_callbacks: object,
) -> None:
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():  # type: ignore[operator]
        for cup in range(5):
            publish(Poured(cup=cup))
    assert len(callbacks) == 1
