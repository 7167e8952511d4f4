"""The verdicts: derived from rung and reasons, and to stay unless something speaks against it."""

import pytest
from tests.surveys import shop
from tests.unit.boundaries.advice.small import advised, between, on, project, tie

from banyan.boundaries.advice.facts import Rung, Verdict
from banyan.boundaries.advice.reasons import BAD, GOOD
from banyan.modules.project import Project, Reason
from banyan.survey.facts import Kind

CLEAN = between(also=["orders", "users"])
SCALES: dict[str, dict[Reason, str]] = {"orders": {"scaling": "Fridays have forty times the load."}}


def test_without_a_reason_even_a_module_that_nothing_ties_stays() -> None:
    advice = advised(CLEAN, project("orders", "users"))
    assert {one.verdict for one in advice.modules} == {Verdict.STAY}
    assert advice.headline.startswith("Stay a monolith: nothing says why")
    assert advice.first == ""


def test_without_a_banyan_toml_it_stays_too_and_asks() -> None:
    advice = advised(shop(), Project("shop"))
    assert advice.headline.startswith("Stay a monolith")
    people, reasons = advice.questions
    assert people.lines[:3] == ("[advice]", "people = 12", "teams = 2")
    assert reasons.lines[0] == "[modules.shipping.reasons]"


@pytest.mark.parametrize("reason", GOOD)
def test_a_good_reason_makes_what_nothing_ties_ready(reason: Reason) -> None:
    about = project("orders", "users", reasons={"orders": {reason: "It was measured."}})
    advice = advised(CLEAN, about)
    assert advice.first == "orders"
    assert advice.headline.startswith("Begin with one module, orders: ready to separate.")
    assert on("users", CLEAN, about).verdict is Verdict.STAY


@pytest.mark.parametrize("reason", BAD)
def test_a_bad_reason_is_none_and_is_answered_in_words(reason: Reason) -> None:
    about = project("orders", "users", reasons={"orders": {reason: "We want it."}})
    found = on("orders", CLEAN, about)
    assert found.verdict is Verdict.STAY
    (argument,) = found.arguments
    assert (argument.name, argument.weight) == (reason, 0)
    assert "is no reason. " in argument.text
    assert any(reason.replace("_", " ") in one for one in advised(CLEAN, about).reasoning)


def test_a_reason_that_nothing_shows_counts_for_nothing() -> None:
    about = project("orders", "users", reasons={"orders": {"scaling": "  "}})
    found = on("orders", CLEAN, about)
    assert (found.verdict, found.score) == (Verdict.STAY, 0)


@pytest.mark.parametrize(("people", "teams"), [(1, None), (9, 3), (40, 1)])
def test_one_team_stays_even_with_a_reason(people: int, teams: int | None) -> None:
    about = project("orders", "users", reasons=SCALES, people=people, teams=teams)
    advice = advised(CLEAN, about)
    assert advice.headline.startswith("Stay a monolith: ")
    assert "one team" in advice.headline
    assert on("orders", CLEAN, about).verdict is Verdict.STAY


def test_how_small_a_team_is_can_be_set() -> None:
    about = project("orders", "users", reasons=SCALES, people=9, weights={"small_team": 5})
    assert on("orders", CLEAN, about).verdict is Verdict.READY


def test_where_nobody_says_how_many_people_there_are_the_verdict_says_that_it_rests_on_it() -> None:
    about = project("orders", "users", reasons=SCALES, people=None)
    advice = advised(CLEAN, about)
    assert any("isn't said how many people" in one for one in advice.reasoning)
    assert advice.questions[0].lines == (
        "[advice]",
        "people = 12",
        "# in a banyan.toml, which `banyan init` writes",
    )


@pytest.mark.parametrize(
    ("kind", "rung", "verdict"),
    [
        (Kind.MODEL_IMPORT, Rung.TANGLED, Verdict.BOUND_FIRST),
        (Kind.MODEL_ACCESS, Rung.BOUNDED, Verdict.CUT_DATA_NEXT),
        (Kind.FOREIGN_KEY, Rung.CONTRACTED, Verdict.CUT_DATA_NEXT),
        (Kind.URL_REVERSE, Rung.DATA_OWNED, Verdict.READY),
    ],
)
def test_with_a_reason_the_rung_says_what_comes_next(
    kind: Kind, rung: Rung, verdict: Verdict
) -> None:
    survey = between(tie(kind, "users", "orders"))
    found = on("orders", survey, project("orders", "users", reasons=SCALES))
    assert (found.rung, found.verdict) == (rung, verdict)


def test_a_reason_that_weighs_less_than_its_cost_is_said_to() -> None:
    survey = between(*(tie(Kind.TRANSACTION, "orders", "users", n) for n in range(1, 200)))
    advice = advised(survey, project("orders", "users", reasons=SCALES))
    assert advice.headline.startswith("Stay a monolith: there are reasons for orders")
    assert advice.first == ""


def test_one_module_is_named_the_furthest_on_its_way_and_two_are_advised_against() -> None:
    survey = between(tie(Kind.FOREIGN_KEY, "orders", "users"), also=["stock"])
    reasons: dict[str, dict[Reason, str]] = {
        "orders": {"scaling": "Fridays.", "organisation": "The orders team."},
        "stock": {"technology": "It runs on the scanners."},
    }
    advice = advised(survey, project("orders", "users", "stock", reasons=reasons))
    assert advice.first == "stock"
    assert [one.modules for one in advice.warnings if one.name == "two at once"] == [
        ("orders", "stock")
    ]


def test_each_argument_shows_its_weight_and_the_score_is_their_sum() -> None:
    advice = advised(shop(), project("orders", reasons=SCALES))
    for module in advice.modules:
        assert module.score == round(sum(one.weight for one in module.arguments), 1)
        assert all(one.name in advice.weights and one.source for one in module.arguments)


def test_a_weight_that_is_set_is_the_one_that_counts() -> None:
    survey = between(*(tie(Kind.FOREIGN_KEY, "orders", "users", n) for n in (1, 2, 3)))
    heavy = on("orders", survey, project("orders", weights={"relations_out": 5}))
    assert [(one.name, one.weight) for one in heavy.arguments] == [("relations_out", -10)]
    assert on("orders", survey, project("orders", weights={"relations_out": 0})).score == 0


def test_a_second_module_with_a_reason_is_told_why_it_has_to_wait_or_stay() -> None:
    heavy = [tie(Kind.TRANSACTION, "orders", "users", n) for n in range(1, 200)]
    survey = between(*heavy, also=["stock"])
    reasons: dict[str, dict[Reason, str]] = {
        "orders": {"scaling": "Fridays."},
        "stock": {"technology": "It runs on the scanners."},
    }
    first, second, *_ = advised(survey, project("orders", "stock", reasons=reasons)).reasoning
    assert first.startswith("stock: There is a reason")
    assert second.startswith("orders: There is a reason")
    assert "what it would cost weighs more" in second
