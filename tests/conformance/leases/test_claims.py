"""What claims on a table must do, on each database and with several owners at once."""

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import close_old_connections, connections, transaction
from django.db.utils import ConnectionHandler
from tests.servers.postgresql import django_database, new_database

from banyan.events.models import Publication
from banyan.leases import Claim, State
from banyan.leases.adapters.orm import OrmClaims
from banyan.leases.models import give_up, set_free

ALIAS = "claims"


class Clock:
    """Milliseconds that the test moves."""

    now = 1_000_000

    def __call__(self) -> int:
        return self.now

    def pass_seconds(self, seconds: float) -> None:
        self.now += int(seconds * 1000)


@pytest.fixture(
    scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)]
)
def database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Any]]:
    """A database as Django's settings have it, real and on disk, with nothing in it."""
    if request.param == "sqlite":
        yield {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(tmp_path_factory.mktemp("claims") / "claims.sqlite3"),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 60,
                "init_command": "PRAGMA journal_mode=WAL",
            },
        }
        return
    with new_database("claims") as name:
        yield django_database(name)


@pytest.fixture
def alias(database: dict[str, Any], django_db_blocker: Any) -> Iterator[str]:
    """The database with the outbox's table, empty, and nothing else."""
    handler = ConnectionHandler({"default": {}, ALIAS: database})
    with django_db_blocker.unblock():
        connections.settings[ALIAS] = handler.settings[ALIAS]
        try:
            with connections[ALIAS].schema_editor() as editor:
                editor.create_model(Publication)
            yield ALIAS
            connections[ALIAS].close()
            with connections[ALIAS].schema_editor() as editor:
                editor.delete_model(Publication)
        finally:
            connections[ALIAS].close()
            del connections[ALIAS]
            del connections.settings[ALIAS]


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still."""
    return Clock()


@pytest.fixture
def claims(alias: str, clock: Clock) -> OrmClaims[Publication, str]:
    """The owner of the tests, with leases of ten seconds."""
    return OrmClaims(Publication, alias, lambda row: row.event_id, lease=10, clock=clock)


def fill(*lanes: str) -> None:
    """Rows numbered from 0 in these lanes, free since long ago."""
    Publication.objects.using(ALIAS).bulk_create(
        Publication(event_id=str(number), name="n", source="s", data="{}", lane=lane, due=0)
        for number, lane in enumerate(lanes)
    )


def contents(claim: Claim[str] | None) -> list[str]:
    return [row.content for row in claim.rows] if claim else []


def finish(claims: OrmClaims[Publication, str], claim: Claim[str] | None) -> None:
    assert claim is not None
    assert claims.complete(claim.token, [row.pk for row in claim.rows]) == len(claim.rows)


def states() -> list[str]:
    rows = Publication.objects.using(ALIAS).order_by("pk")
    return list(rows.values_list("state", flat=True))


def test_rows_are_claimed_in_the_order_in_which_they_were_written(
    claims: OrmClaims[Publication, str],
) -> None:
    fill(*[""] * 5)
    assert contents(claims.claim(3)) == ["0", "1", "2"]
    assert contents(claims.claim(3)) == ["3", "4"]
    assert claims.claim(3) is None


def test_a_run_of_one_lane_is_claimed_together(claims: OrmClaims[Publication, str]) -> None:
    fill("a", "a", "b", "a")
    assert contents(claims.claim(10)) == ["0", "1", "2", "3"]


def test_a_lane_waits_for_the_owner_of_its_earlier_row(
    claims: OrmClaims[Publication, str],
) -> None:
    fill("a", "a", "b")
    first = claims.claim(1)
    assert contents(claims.claim(10)) == ["2"]
    finish(claims, first)
    assert contents(claims.claim(10)) == ["1"]


def test_a_lane_waits_for_the_retry_of_its_earlier_row(
    claims: OrmClaims[Publication, str], clock: Clock
) -> None:
    fill("a", "a", "b", "")
    first = claims.claim(1)
    assert first
    assert claims.retry(first.token, first.rows[0].pk, after=30, error="no")
    assert contents(claims.claim(10)) == ["2", "3"]
    clock.pass_seconds(31)
    again = claims.claim(1)
    assert contents(again) == ["0"]
    assert again
    assert again.rows[0].attempts == 2


def test_a_lane_waits_behind_a_dead_row_until_that_is_discarded(
    claims: OrmClaims[Publication, str], clock: Clock
) -> None:
    fill("a", "a", "b")
    first = claims.claim(1)
    assert first
    claims.bury(first.token, first.rows[0].pk, error="no")
    clock.pass_seconds(10_000)
    assert contents(claims.claim(10)) == ["2"]
    assert give_up(Publication.objects.using(ALIAS).all()) == 1
    assert contents(claims.claim(10)) == ["1"]


def test_a_dead_row_that_is_set_free_has_all_its_attempts_again(
    claims: OrmClaims[Publication, str], clock: Clock
) -> None:
    fill("a")
    first = claims.claim(1)
    assert first
    claims.bury(first.token, first.rows[0].pk, error="no")
    assert claims.claim(1) is None
    assert set_free(Publication.objects.using(ALIAS).all()) == 1
    Publication.objects.using(ALIAS).update(due=0)
    again = claims.claim(1)
    assert again
    assert again.rows[0].attempts == 1


def test_a_lease_ends_by_itself_and_the_old_owner_can_do_nothing_more(
    claims: OrmClaims[Publication, str], clock: Clock
) -> None:
    fill("a")
    old = claims.claim(1)
    clock.pass_seconds(9)
    assert claims.claim(1) is None
    clock.pass_seconds(2)
    new = claims.claim(1)
    assert old
    assert new
    pk = new.rows[0].pk
    assert claims.complete(old.token, [pk]) == 0
    assert not claims.retry(old.token, pk, after=0, error="")
    assert not claims.bury(old.token, pk, error="")
    assert claims.renew([old.token]) == 0
    claims.release(old.token, [pk])
    assert states() == [State.OPEN]
    assert claims.complete(new.token, [pk]) == 1
    assert states() == [State.DONE]


def test_a_renewed_lease_holds(claims: OrmClaims[Publication, str], clock: Clock) -> None:
    fill("")
    first = claims.claim(1)
    assert first
    for _ in range(5):
        clock.pass_seconds(8)
        assert claims.renew([first.token]) == 1
        assert claims.claim(1) is None
    finish(claims, first)


def test_what_is_given_back_untried_is_free_at_once_and_has_no_attempt_less(
    claims: OrmClaims[Publication, str],
) -> None:
    fill("a", "a")
    first = claims.claim(2)
    assert first
    claims.release(first.token, [row.pk for row in first.rows])
    again = claims.claim(2)
    assert contents(again) == ["0", "1"]
    assert again
    assert [row.attempts for row in again.rows] == [1, 1]


def test_a_row_that_outlived_its_owners_thrice_is_claimed_alone(
    claims: OrmClaims[Publication, str], clock: Clock
) -> None:
    fill("", "", "")
    Publication.objects.using(ALIAS).filter(event_id="1").update(attempts=3)
    assert contents(claims.claim(10)) == ["0", "2"]
    assert contents(claims.claim(10)) == ["1"]


def test_completing_is_part_of_the_open_transaction(
    claims: OrmClaims[Publication, str],
) -> None:
    class Oops(Exception):
        pass

    fill("")
    first = claims.claim(1)
    assert first
    with pytest.raises(Oops), transaction.atomic(using=ALIAS):  # noqa: PT012
        finish(claims, first)
        raise Oops
    assert states() == [State.OPEN]


def test_a_lane_with_thousands_of_rows_that_wait_holds_up_no_other(
    claims: OrmClaims[Publication, str],
) -> None:
    fill(*["stuck"] * 5000, "free")
    first = claims.claim(1)
    assert first
    claims.bury(first.token, first.rows[0].pk, error="no")
    started = time.perf_counter()
    assert contents(claims.claim(500)) == ["5000"]
    # Without the right index it takes half a minute.
    assert time.perf_counter() - started < 3


def in_threads(count: int, work: Callable[[int], None]) -> None:
    """Run so many at once; the first error is raised here."""
    errors: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as error:
            errors.append(error)
        finally:
            connections[ALIAS].close()
            close_old_connections()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


def test_many_owners_at_once_take_each_row_once_and_keep_the_order_of_each_lane(
    claims: OrmClaims[Publication, str],
) -> None:
    lanes = [f"lane {number % 7}" if number % 3 else "" for number in range(300)]
    fill(*lanes)
    taken: list[int] = []

    def own(_: int) -> None:
        own_claims = OrmClaims(Publication, ALIAS, lambda row: row.event_id, lease=60)
        # The rest may be in another's hands: look until nothing is left.
        while Publication.objects.using(ALIAS).filter(state=State.OPEN).exists():
            claim = own_claims.claim(7)
            if claim is None:
                continue
            for row in claim.rows:
                taken.append(int(row.content))
                assert own_claims.complete(claim.token, [row.pk]) == 1

    in_threads(4, own)
    assert sorted(taken) == list(range(300))
    for lane in {one for one in lanes if one}:
        order = [number for number in taken if lanes[number] == lane]
        assert order == sorted(order), lane


def test_rows_that_another_owner_is_just_claiming_are_not_overtaken_in_their_lane(
    claims: OrmClaims[Publication, str],
) -> None:
    if not connections[ALIAS].features.has_select_for_update_skip_locked:
        # A database with one writer makes the second owner wait, so that there is nothing to see.
        assert connections[ALIAS].vendor == "sqlite"
        return
    fill("a", "a", "b")
    locked, seen = threading.Event(), threading.Event()
    found: list[list[str]] = []

    def work(number: int) -> None:
        if number == 0:
            with transaction.atomic(using=ALIAS):
                rows = Publication.objects.using(ALIAS).select_for_update()
                assert rows.get(event_id="0")
                locked.set()
                assert seen.wait(30)
        else:
            assert locked.wait(30)
            found.append(contents(claims.claim(10)))
            seen.set()

    in_threads(2, work)
    assert found == [["2"]]
