"""A deadline holds for all that runs within it, and only ever shrinks."""

import threading

from banyan.resilience import deadline, remaining


def left() -> float:
    seconds = remaining()
    assert seconds is not None
    return seconds


def test_there_is_no_deadline_unless_one_is_set() -> None:
    assert remaining() is None


def test_what_remains_counts_down() -> None:
    with deadline(5):
        first = left()
        assert 4 < first <= 5
        assert left() < first


def test_an_inner_deadline_cannot_extend_an_outer_one() -> None:
    with deadline(1):
        with deadline(60):
            assert left() <= 1
        with deadline(0.5):
            assert left() <= 0.5
        assert 0.5 < left() <= 1
    assert remaining() is None


def test_a_deadline_that_has_passed_says_so() -> None:
    with deadline(-0.001):
        assert left() < 0


def test_another_thread_is_not_held_to_it() -> None:
    seen: list[float | None] = []
    with deadline(1):
        thread = threading.Thread(target=lambda: seen.append(remaining()))
        thread.start()
        thread.join()
    assert seen == [None]
