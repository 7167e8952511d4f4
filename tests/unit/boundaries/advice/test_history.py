"""Which modules change together, told from changes written by hand."""

import pytest
from tests.surveys import module
from tests.unit.boundaries.advice.logs import MODULES, change, log

from banyan.boundaries.advice.history import Quarter, Tie, history
from banyan.survey.facts import Module

SHOP = [module(name) for name in MODULES]


def tie(first: str, second: str, *changes: object) -> Tie:
    found = history(log(*changes), SHOP).tie(first, second)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_support_and_confidence_are_counts_of_commits() -> None:
    changes = [change("orders", "users")] * 3 + [change("orders")] * 3 + [change("users")]
    found = tie("users", "orders", *changes)
    assert (found.first, found.second) == ("orders", "users")
    assert (found.together, found.first_changes, found.second_changes) == (3, 6, 4)
    assert found.confidence == pytest.approx(3 / 6)
    assert found.backward == pytest.approx(3 / 4)
    assert found.degree == pytest.approx(3 / 5)
    assert found.expected == pytest.approx(6 * 4 / 7)


def test_many_files_of_one_commit_count_once() -> None:
    one = change("shop/orders/a.py", "shop/orders/b.py", "shop/users/a.py", "shop/users/b.py")
    assert tie("orders", "users", one).together == 1


def test_a_pair_is_told_when_it_is_often_enough_and_more_than_chance() -> None:
    seldom = [change("orders", "users")] * 4 + [change("mail")] * 40
    often = [change("orders", "users")] * 6 + [change("mail")] * 40
    by_chance = [change("orders", "users")] * 20 + [change("orders")] * 5 + [change("users")] * 5
    assert not tie("orders", "users", *seldom).is_told
    assert tie("orders", "users", *often).is_told
    assert tie("orders", "users", *by_chance).together > 4
    assert not tie("orders", "users", *by_chance).is_told


def test_a_sweep_ties_nothing_and_is_counted() -> None:
    sweep = change(*MODULES[:6])
    widest = change(*MODULES[:5])
    found = history(log(sweep, widest, change("orders")), SHOP)
    assert (found.counted, found.sweeps) == (2, 1)
    assert found.tie("orders", "users").together == 1  # type: ignore[union-attr]
    assert found.tie("orders", "pages") is None


def test_formatting_bots_and_merges_are_left_out_and_counted() -> None:
    changes = [
        change("orders", "users", commit="a" * 40),
        change("orders", "users", bot=True),
        change("orders", "users"),
        change("docs/index.md"),
    ]
    found = history(log(*changes, merges=7, sweeps=("a" * 40,)), SHOP)
    assert (found.formatting, found.bots, found.merges, found.outside) == (1, 1, 7, 1)
    assert found.counted == found.tie("orders", "users").together == 1  # type: ignore[union-attr]


def test_it_moves_over_the_quarters() -> None:
    days = ("2025-12-31", "2026-01-01", "2026-03-31", "2026-04-01")
    changes = [change("orders", "users", day=days[0]), change("orders", day=days[0])]
    changes += [change("orders", "users", day=day) for day in days[1:3]]
    changes += [change("users", day=days[3])]
    found = history(log(*changes), SHOP)
    assert found.tie("orders", "users").quarters == (  # type: ignore[union-attr]
        Quarter(name="2025-Q4", together=1, either=2),
        Quarter(name="2026-Q1", together=2, either=2),
        Quarter(name="2026-Q2", together=0, either=1),
    )
    assert (found.since, found.until) == ("2025-12-31", "2026-04-01")


def test_all_folders_of_a_group_are_its_own_and_the_deepest_wins() -> None:
    modules = [
        Module(
            name="trade", label="trade", path="shop/orders", folders=("shop/orders", "shop/carts")
        ),
        Module(name="lines", label="lines", path="shop/orders/lines"),
        Module(name="old", label="old", path="old"),
    ]
    changes = [
        change("shop/carts/views.py", "shop/orders/lines/deep/models.py"),
        change("old/views.py", "shop/orders_and_more.py", "manage.py"),
    ]
    found = history(log(*changes), modules)
    assert [(one.first, one.second) for one in found.ties] == [("lines", "trade")]
    assert found.authorship["old"].changes == 1


def test_without_changes_there_is_nothing_and_it_says_so() -> None:
    found = history(log(), SHOP)
    assert (found.ties, found.counted, found.since, found.until) == ((), 0, "", "")
    assert found.authorship["orders"].changes == 0
    assert found.modules_per_author == 0


def test_the_same_log_in_any_order_gives_the_same() -> None:
    changes = [change(*pair) for pair in (("orders", "users"), ("mail", "users"), ("mail",))] * 3
    assert history(log(*changes), SHOP) == history(log(*reversed(changes)), SHOP[::-1])
