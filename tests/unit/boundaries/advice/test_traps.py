"""The warnings: each is given where its trap is, and nowhere else."""

from tests.surveys import module, survey_of
from tests.unit.boundaries.advice.small import advised, between, project, tie

from banyan.boundaries.advice.facts import Advice
from banyan.boundaries.advice.groupings import groupings
from banyan.boundaries.advice.ties import Ties
from banyan.modules.project import Project
from banyan.survey.facts import Coupling, Kind, SharedCode


def named(advice: Advice, name: str) -> list[tuple[str, ...]]:
    return [one.modules for one in advice.warnings if one.name == name]


def accesses(from_: str, to: str, count: int, verb: str = "read") -> list[Coupling]:
    return [
        tie(Kind.MODEL_ACCESS, from_, to, n, verb=verb, source=f"{from_}.views.f{n}")
        for n in range(1, count + 1)
    ]


def test_more_services_than_people_can_answer_for_are_over_extraction() -> None:
    services = {name: (name,) for name in ("a", "b", "c", "d")}
    survey = between(also=services)
    few = advised(survey, project(*services, services=services, people=11))
    assert named(few, "over-extraction") == [("a", "b", "c", "d")]
    enough = advised(survey, project(*services, services=services, people=12))
    assert named(enough, "over-extraction") == []


def test_a_module_that_is_to_be_a_service_and_is_small_is_over_extraction() -> None:
    about = project("orders", "users", reasons={"orders": {"scaling": "Fridays."}})
    small = advised(between(also=["orders", "users"], lines=999), about)
    assert named(small, "over-extraction") == [("orders",)]
    assert named(advised(between(also=["orders"], lines=1000), about), "over-extraction") == []


def test_two_that_hold_on_to_each_others_rows_would_be_a_distributed_monolith() -> None:
    both = [*accesses("orders", "users", 3), *accesses("users", "orders", 3)]
    assert named(advised(between(*both)), "distributed monolith") == [("orders", "users")]
    one_way = [*accesses("orders", "users", 30), *accesses("users", "orders", 2)]
    assert named(advised(between(*one_way)), "distributed monolith") == []


def test_a_function_that_asks_for_many_things_of_one_module_is_chatty() -> None:
    asks = [
        tie(Kind.ORM_LOOKUP, "orders", "users", n, lookup=f"user__field{n}") for n in range(1, 9)
    ]
    assert named(advised(between(*asks)), "chatty") == [("orders", "users")]
    assert named(advised(between(*asks[:-1])), "chatty") == []


def test_a_write_after_which_nothing_is_read_is_a_command_without_a_use_of_its_result() -> None:
    survey = between(tie(Kind.MODEL_ACCESS, "orders", "stock", 5, verb="update"))
    (found,) = [one for one in advised(survey).warnings if one.name == "unused result"]
    assert found.modules == ("orders", "stock")
    assert "orders.views.page updates stock.Thing (shop/orders/views.py:5)" in found.text
    assert "Let orders publish an event, such as PageDone" in found.text


def test_a_write_with_a_read_beside_it_is_none() -> None:
    survey = between(
        tie(Kind.MODEL_ACCESS, "orders", "stock", 5, verb="update"),
        tie(Kind.MODEL_ACCESS, "orders", "stock", 4, verb="read"),
    )
    assert named(advised(survey), "unused result") == []


def test_shared_code_that_knows_modules_couples_its_users() -> None:
    survey = survey_of([module("orders", "O"), module("users", "U"), module("shipping", "S")], [])
    (found,) = [one for one in advised(survey).warnings if one.name == "shared code"]
    assert found.modules == ("orders", "shipping", "users")
    assert "shop.mail is used by 2 modules" in found.text
    assert any(isinstance(one, SharedCode) and one.name == "shop.money" for one in survey.shared)


def test_groups_that_hold_together_are_suggested_and_are_the_same_each_time() -> None:
    names = [f"{side}{n}" for side in "ab" for n in range(4)]
    tied = [
        each
        for side in "ab"
        for one in range(4)
        for other in range(4)
        if one != other
        for each in accesses(f"{side}{one}", f"{side}{other}", 3)
    ]
    bridge = [*accesses("a0", "b0", 1), *accesses("b0", "a0", 1)]
    advice = advised(between(*tied, *bridge))
    assert [one.modules for one in advice.groupings] == [tuple(names[:4]), tuple(names[4:])]
    assert [(one.within, one.outward) for one in advice.groupings] == [(36, 2), (36, 2)]


def test_what_is_no_cycle_is_not_grouped() -> None:
    def never(*_: object) -> list[tuple[str, ...]]:
        return [("a", "b")]

    survey = between(*accesses("a", "b", 5), *accesses("b", "c", 5), *accesses("c", "d", 5))
    assert groupings(Ties(survey, Project("shop")), never) == ()
