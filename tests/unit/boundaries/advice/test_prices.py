"""What it would cost to separate a module, and what the figures rest on."""

from tests.surveys import shop
from tests.unit.boundaries.advice.small import advised, between, on, project, tie

from banyan.boundaries.advice.advising import Sources, advise
from banyan.boundaries.advice.facts import Basis, Price
from banyan.boundaries.advice.reports import terminal
from banyan.survey.facts import Basis as Evidence
from banyan.survey.facts import Kind, Survey


def price(survey: Survey, name: str = "orders") -> Price:
    return on(name, survey).price


def test_what_would_be_cut_is_counted_by_what_it_is() -> None:
    found = price(shop())
    assert (found.foreign_keys, found.joins, found.accesses, found.transactions) == (4, 3, 4, 1)


def test_calls_are_the_distinct_things_that_a_function_asks_for_on_average() -> None:
    found = price(
        between(
            tie(Kind.MODEL_ACCESS, "orders", "users", 1, source="orders.views.a", verb="read"),
            tie(Kind.MODEL_ACCESS, "orders", "users", 2, source="orders.views.a", verb="read"),
            tie(Kind.MODEL_ACCESS, "orders", "users", 3, source="orders.views.a", verb="update"),
            tie(
                Kind.ORM_LOOKUP, "orders", "users", 4, source="orders.views.a", lookup="user__city"
            ),
            tie(Kind.MODEL_ACCESS, "stock", "orders", 5, source="stock.views.b", verb="read"),
        )
    )
    assert (found.calls_per_request, found.latency_ms, found.basis) == (2, 4, Basis.ESTIMATED)
    assert "the most is 3, in orders.views.a" in found.assumptions[0]


def test_how_long_a_call_takes_can_be_set() -> None:
    survey = between(tie(Kind.MODEL_ACCESS, "orders", "users", verb="read"))
    found = on("orders", survey, project(weights={"remote_call_ms": 7})).price
    assert found.latency_ms == 7
    assert "A remote call adds 7 ms" in found.assumptions[1]


def test_with_evidence_it_says_what_was_seen_and_that_nothing_is_counted() -> None:
    survey = between(
        tie(Kind.MODEL_ACCESS, "orders", "users", 1, verb="read", evidence=Evidence.BOTH),
        tie(Kind.MODEL_ACCESS, "orders", "users", 2, verb="update"),
        tie(Kind.FOREIGN_KEY, "orders", "users", 3),
    )
    advice = advise(Sources(survey, project(), has_evidence=True))
    found = next(one for one in advice.modules if one.name == "orders")
    assert (found.price.seen, found.price.basis) == (1, Basis.ESTIMATED)
    assert found.price.assumptions[-1] == (
        "1 of 2 crossings were seen running; how often is not recorded."
    )
    assert "recorded_access" in {one.name for one in found.arguments}


def test_only_where_a_run_made_every_crossing_the_calls_are_said_to_be_seen() -> None:
    seen = tie(Kind.MODEL_ACCESS, "orders", "users", verb="read", evidence=Evidence.SEEN)
    advice = advise(Sources(between(seen), project(), has_evidence=True))
    assert {one.price.basis for one in advice.modules} == {Basis.SEEN}


def test_without_evidence_nothing_is_said_of_what_was_seen() -> None:
    survey = between(tie(Kind.MODEL_ACCESS, "orders", "users", verb="read"))
    assert price(survey).seen is None


def test_what_nothing_ties_costs_nothing_and_assumes_nothing() -> None:
    found = price(between(also=["orders", "users"]))
    assert found == Price(
        calls_per_request=0,
        latency_ms=0,
        basis=Basis.ESTIMATED,
        transactions=0,
        foreign_keys=0,
        joins=0,
        accesses=0,
    )


def test_calls_through_contracts_are_said_not_to_be_counted() -> None:
    survey = between(
        tie(Kind.IMPORT, "orders", "users", face="public", target="users.contract.Users")
    )
    assert price(survey).assumptions == (
        "Calls through contracts are known by their imports alone, and not counted here.",
    )


def test_one_call_is_said_to_be_one() -> None:
    survey = between(tie(Kind.MODEL_ACCESS, "orders", "users", verb="read"))
    text = terminal.plain(terminal.module_lines(advised(survey), "orders"))
    assert "on average 1 remote call and 2 ms more" in text
