"""The order in which to cut, and what a cut would change."""

import pytest
from tests.surveys import made, shop
from tests.unit.boundaries.advice.small import advised, between, on, project, tie

from banyan.boundaries.advice.facts import Rung, Verdict
from banyan.boundaries.advice.order import cleanup, parse
from banyan.boundaries.advice.ties import Ties
from banyan.modules.project import Project
from banyan.survey.facts import Kind


def test_steps_go_rung_by_rung_and_what_ends_a_cycle_or_is_cheap_comes_first() -> None:
    survey = between(
        tie(Kind.FOREIGN_KEY, "orders", "users", 1),
        tie(Kind.MODEL_IMPORT, "orders", "users", 2, face="models"),
        tie(Kind.MODEL_ACCESS, "orders", "users", 3, verb="read"),
        tie(Kind.MODEL_ACCESS, "orders", "users", 4, verb="read"),
        tie(Kind.MODEL_ACCESS, "orders", "users", 5, verb="update"),
        tie(Kind.IMPORT, "stock", "orders", 6, face="internal", target="orders.rules.x"),
        tie(Kind.URL_REVERSE, "stock", "orders", 7),
    )
    steps = on("orders", survey).steps
    assert [(int(one.rung), one.consumer, one.cut, one.count) for one in steps] == [
        (1, "stock", "a public face", 1),
        (2, "orders", "a command of the other's contract", 1),
        (2, "orders", "a query of the other's contract", 2),
        (2, "orders", "nothing more, once the rows are asked for", 1),
        (3, "orders", "a reference", 1),
        (4, "stock", "a route of the gateway", 1),
    ]


def test_to_ask_by_a_contract_ends_no_cycle() -> None:
    survey = between(
        tie(Kind.MODEL_ACCESS, "orders", "users", 1, verb="read"),
        tie(Kind.MODEL_ACCESS, "users", "orders", 2, verb="read"),
    )
    assert [one.gain for one in on("orders", survey).steps] == ["", ""]


def test_the_step_that_ends_a_cycle_says_so() -> None:
    survey = between(
        tie(Kind.FOREIGN_KEY, "orders", "users", 1),
        tie(Kind.ORM_LOOKUP, "users", "orders", 2),
        tie(Kind.ORM_LOOKUP, "users", "orders", 3),
    )
    first, second = on("orders", survey).steps
    assert (first.consumer, first.gain) == ("orders", "ends the last cycle")
    assert second.gain == ""


def test_the_cleanup_takes_modules_out_of_cycles_by_the_fewest_couplings() -> None:
    circle = [
        tie(Kind.IMPORT, "a", "b", n, face="internal", target="b.rules.x") for n in range(1, 9)
    ]
    back = tie(Kind.IMPORT, "b", "a", 20, face="internal", target="a.rules.x")
    steps = cleanup(Ties(between(*circle, back), Project("shop")))
    assert [(one.consumer, one.owner, one.count, one.cut, one.gain) for one in steps] == [
        ("b", "a", 1, "an event, or a move", "ends the last cycle")
    ]


def test_where_no_single_pair_frees_any_a_module_is_taken_out_whole() -> None:
    names = "abc"
    mesh = [
        tie(Kind.MODEL_ACCESS, one, other, verb="read")
        for one in names
        for other in names
        if one != other
    ]
    steps = cleanup(Ties(between(*mesh), Project("shop")))
    assert [(one.consumer, one.owner, one.gain) for one in steps] == [
        ("a", "b", "with the next 1, 2 in all, takes a out of the cycle, which leaves 2 in it"),
        ("a", "c", ""),
        ("b", "c", "ends the last cycle"),
    ]


def test_without_a_cycle_there_is_nothing_to_begin_with() -> None:
    assert advised(between(tie(Kind.FOREIGN_KEY, "orders", "users"))).order == ()


def test_the_order_is_that_of_the_module_to_begin_with() -> None:
    survey = between(tie(Kind.FOREIGN_KEY, "orders", "users"))
    about = project("orders", "users", reasons={"orders": {"scaling": "Fridays."}})
    assert advised(survey, about).order == on("orders", survey, about).steps


def test_what_if_says_what_a_cut_would_change() -> None:
    survey = between(
        tie(Kind.MODEL_ACCESS, "orders", "users", 1, verb="read"),
        tie(Kind.MODEL_ACCESS, "users", "orders", 2, verb="read"),
        tie(Kind.FOREIGN_KEY, "orders", "users", 3),
    )
    about = project("orders", "users", reasons={"orders": {"scaling": "Fridays."}})
    found = advised(survey, about, ("users", "orders")).what_if
    assert found is not None
    assert (found.cuts, found.count) == (("users->orders",), 1)
    assert (found.cycles, found.cycles_then) == ((("orders", "users"),), ())
    assert (found.reach, found.reach_then) == (1, 0.5)
    assert [(one.module, one.rung, one.rung_then) for one in found.changes] == [
        ("orders", Rung.TANGLED, Rung.BOUNDED),
        ("users", Rung.TANGLED, Rung.BOUNDED),
    ]
    assert found.changes[0].verdict is Verdict.BOUND_FIRST
    assert found.changes[0].verdict_then is Verdict.CUT_DATA_NEXT


def test_cutting_all_is_cutting_each() -> None:
    survey = shop()
    pairs = sorted({(one.from_, one.to) for one in survey.couplings if one.to})
    found = advised(survey, None, *pairs).what_if
    assert found is not None
    assert found.reach_then == 0
    assert {one.rung_then for one in found.changes} == {Rung.DATA_OWNED}


def test_without_a_cut_nothing_is_asked() -> None:
    assert advised(shop()).what_if is None


@pytest.mark.parametrize("text", ["orders", "orders->", "->users", "orders>users"])
def test_what_is_no_cut_is_none(text: str) -> None:
    assert parse(text) is None


def test_blanks_around_the_arrow_don_t_matter() -> None:
    assert parse(" orders -> users") == ("orders", "users")


def test_a_cleanup_of_a_large_survey_is_short() -> None:
    assert 0 < len(advised(made(60, 2000)).order) < 40
