"""Who changes a module, and who owns it."""

import pytest
from tests.surveys import module
from tests.unit.boundaries.advice.logs import change, log

from banyan.boundaries.advice.authors import is_bot
from banyan.boundaries.advice.history import Authorship, History, OwnerBasis, history

SHOP = [module("orders"), module("users")]


def test_authors_are_counted_by_their_commits() -> None:
    changes = [
        *[change("orders", author="Ada")] * 6,
        *[change("orders", author="Bob")] * 3,
        change("orders", author="Cyd", day="2024-01-01"),
        change("users", author="Bob"),
        change("orders", author="robot", bot=True),
    ]
    found = history(log(*changes), SHOP)
    assert found.authorship["orders"] == Authorship(
        module="orders",
        changes=10,
        authors=3,
        recent_authors=2,
        top_share=0.6,
        owners=("Ada",),
        basis=OwnerBasis.AUTHORSHIP,
    )
    # Ada one, Bob two; Cyd has changed nothing in the last year.
    assert found.modules_per_author == pytest.approx(1.5)


def test_those_who_wrote_most_together_own_it_and_a_crowd_does_not() -> None:
    two = [*[change("orders", author="Ada")] * 2, *[change("orders", author="Bob")] * 2]
    two += [change("orders", author="Cyd")]
    crowd = [change("users", author=f"Author {number}") for number in range(8)]
    found = history(log(*two, *crowd), SHOP).authorship
    assert found["orders"].owners == ("Ada", "Bob")
    assert (found["users"].owners, found["users"].basis) == ((), OwnerBasis.NONE)


def test_codeowners_come_before_authors() -> None:
    owners = "* @shop/all\n/shop/orders/ @shop/trade\n"
    found = history(log(change("orders"), owners=owners), SHOP)
    assert found.authorship["orders"].owners == ("@shop/trade",)
    assert found.authorship["orders"].basis is OwnerBasis.CODEOWNERS
    assert found.authorship["users"].owners == ("@shop/all",)
    assert found.owners(["orders", "users", "gone"]) == ("@shop/all", "@shop/trade")


def test_owners_of_a_few_files_are_not_those_of_the_module() -> None:
    owners = "/shop/orders/ @trade\n/shop/orders/reports.py @numbers\n"
    paths = [f"shop/orders/{name}.py" for name in ("views", "forms", "reports")]
    found = history(log(change(*paths), owners=owners), SHOP)
    assert found.authorship["orders"].owners == ("@trade",)


def test_an_address_is_never_kept() -> None:
    found = history(log(change("orders"), owners="* ada@shop.example\n"), SHOP)
    assert found.authorship["orders"].owners == ("ada",)


def test_a_history_that_was_not_read_has_no_owners() -> None:
    assert History().owners(["orders"]) == ()
    assert History().tie("orders", "users") is None


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("dependabot[bot]", ""),
        ("pyup-bot", ""),
        ("Weblate (bot)", ""),
        ("GitHub Gamification Bot", ""),
        ("Hosted Weblate", ""),
        ("Release", "49699333+release[bot]@users.noreply.github.com"),
        ("Deploy", "deploy-bot@shop.example"),
    ],
)
def test_programs_are_told_from_people(name: str, address: str) -> None:
    assert is_bot(name, address)


@pytest.mark.parametrize("name", ["Tom Talbot", "David Winterbottom", "Abbott", "Robotnik", ""])
def test_people_are_not_taken_for_programs(name: str) -> None:
    assert not is_bot(name, "talbot@shop.example")
