"""Each coupling has something that would cut it."""

import pytest
from tests.surveys import shop

from banyan.survey.cuts import CUTS, by_cut, cut_of
from banyan.survey.facts import Coupling, Kind, Place
from banyan.survey.reports import explanation


def tie(kind: Kind, **more: object) -> Coupling:
    return Coupling(
        kind=kind,
        from_="a",
        to="b",
        file="a.py",
        line=1,
        source="a",
        target="b",
        **more,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_cut(kind: Kind) -> None:
    assert cut_of(tie(kind)).hint


@pytest.mark.parametrize(
    ("coupling", "cut"),
    [
        (tie(Kind.FOREIGN_KEY), "a reference"),
        (tie(Kind.FOREIGN_KEY, on_delete="CASCADE"), "a reference, and an event for its end"),
        (tie(Kind.MODEL_ACCESS, verb="read"), "a query of the other's contract"),
        (tie(Kind.MODEL_ACCESS, verb="delete"), "a command of the other's contract"),
        (
            tie(Kind.MODEL_ACCESS, verb="read", lookup="request.user"),
            "nothing: it comes with the request",
        ),
        (
            tie(Kind.MODEL_ACCESS, verb="update", lookup="request.user"),
            "a command of the other's contract",
        ),
        (tie(Kind.ORM_LOOKUP), "a projection"),
        (tie(Kind.TRANSACTION), "a saga, or an event"),
        (tie(Kind.SIGNAL), "an event"),
        (tie(Kind.IMPORT, face="internal"), "a public face"),
        (tie(Kind.IMPORT, face="public"), "a contract"),
        (tie(Kind.MODEL_IMPORT, place=Place.TYPING), "a message's type"),
    ],
)
def test_the_cut_depends_on_what_is_known(coupling: Coupling, cut: str) -> None:
    assert cut_of(coupling).name == cut


def test_every_cut_is_the_one_for_something() -> None:
    variants = [
        tie(kind, **more)
        for kind in Kind
        for more in (
            {},
            {"on_delete": "CASCADE"},
            {"verb": "update"},
            {"verb": "read", "lookup": "request.user"},
            {"face": "public"},
            {"place": Place.TYPING},
        )
    ]
    assert [cut.name for cut, _ in by_cut(variants)] == [cut.name for cut in CUTS]


def explained(first: str, second: str, *, everything: bool = False) -> str:
    parts = explanation.render(shop(), first, second, everything=everything)
    return "\n".join(part.plain for part in parts)


def test_an_explanation_goes_both_ways_and_names_each_line() -> None:
    text = explained("orders", "users")
    assert "orders → users" in text
    assert "users → orders" in text
    for each in shop().couplings:
        if {each.from_, each.to} == {"orders", "users"} and each.place is None:
            assert f"{each.file}:{each.line}" in text


def test_an_explanation_says_what_it_leaves_out_and_can_show_it() -> None:
    assert "Not shown: 1 coupling (1 of migrations); --all shows them." in explained(
        "orders", "users"
    )
    whole = explained("orders", "users", everything=True)
    assert "migrations/0001_initial.py:8" in whole
    assert "Not shown" not in whole


def test_two_that_are_not_tied_are_told_so() -> None:
    assert explained("shipping", "payments").startswith(
        "shipping and payments: nothing that counts"
    )
