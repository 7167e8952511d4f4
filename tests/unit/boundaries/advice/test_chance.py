"""The exact test, against figures that are known."""

import pytest

from banyan.boundaries.advice.chance import at_least, fell


def test_the_lady_tasting_tea() -> None:
    # R. A. Fisher, "The Design of Experiments" (1935): 4 of 4 by chance in 1 of 70 cases, 3 or
    # more in 17 of 70.
    assert at_least(4, 4, 4, 8) == pytest.approx(1 / 70)
    assert at_least(3, 4, 4, 8) == pytest.approx(17 / 70)


def test_at_least_none_is_certain() -> None:
    assert at_least(0, 5, 5, 20) == pytest.approx(1)
    # Eight of ten and seven of ten meet at least five times.
    assert at_least(5, 8, 7, 10) == pytest.approx(1)


def test_a_share_that_fell_by_little_may_have_by_chance() -> None:
    assert fell(5, 10, 4, 10) > 0.4
    assert fell(9, 10, 1, 10) < 0.001
    assert fell(0, 10, 0, 10) == pytest.approx(1)
    assert fell(1, 10, 9, 10) > 0.99


def test_large_numbers_stay_numbers() -> None:
    assert 0 <= at_least(5_000, 10_000, 10_000, 20_000) <= 1
