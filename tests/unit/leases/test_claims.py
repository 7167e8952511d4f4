"""When an attempt is repeated, when it is given up, and which rows may be claimed together."""

import pytest

from banyan.leases import Backoff, Row, isolate_suspects


def row(pk: int, lane: str = "", attempts: int = 1) -> Row[None]:
    return Row(pk, lane, attempts, None)


def test_the_delay_doubles_up_to_the_longest() -> None:
    backoff = Backoff(first=1.0, longest=10.0)
    delays = [backoff.delay(attempt, lambda: 1.0) for attempt in range(1, 7)]
    assert delays == [1.0, 2.0, 4.0, 8.0, 10.0, 10.0]


def test_half_of_the_delay_is_left_to_chance() -> None:
    assert Backoff(first=8.0).delay(1, lambda: 0.0) == 4.0


@pytest.mark.parametrize("attempts", [1, 64, 1000, 10**9])
def test_the_delay_of_any_attempt_is_a_number(attempts: int) -> None:
    assert 0 < Backoff().delay(attempts, lambda: 0.5) <= 600


def test_the_default_gives_up_after_about_two_hours() -> None:
    backoff = Backoff()
    total = sum(backoff.delay(attempt, lambda: 0.5) for attempt in range(1, backoff.attempts))
    assert 1.2 < total / 3600 < 2.5


def test_rows_of_few_attempts_are_claimed_together() -> None:
    rows = [row(1), row(2, "a"), row(3, "a", attempts=3)]
    assert isolate_suspects(rows) == rows


def test_a_suspect_that_is_first_is_claimed_alone() -> None:
    rows = [row(1, attempts=4), row(2), row(3)]
    assert isolate_suspects(rows) == rows[:1]


def test_a_suspect_further_behind_is_left_with_the_rest_of_its_lane() -> None:
    rows = [row(1), row(2, "a"), row(3, "b", attempts=4), row(4, "b"), row(5, "a"), row(6)]
    assert [one.pk for one in isolate_suspects(rows)] == [1, 2, 5, 6]


def test_of_nothing_nothing_is_claimed() -> None:
    assert isolate_suspects([]) == []
