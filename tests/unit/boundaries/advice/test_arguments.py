"""What the history and the metrics speak for, and against."""

from tests.unit.boundaries.advice.small import between, on, project, tie

from banyan.boundaries.advice.advising import Sources, advise
from banyan.boundaries.advice.authorship import Authorship, OwnerBasis
from banyan.boundaries.advice.facts import Advice, Argument, Metric
from banyan.boundaries.advice.history import History, Tie
from banyan.boundaries.advice.metrics import Measured
from banyan.survey.facts import Kind

SURVEY = between(tie(Kind.FOREIGN_KEY, "orders", "users"), also=["stock"])


def wrote(module: str, *owners: str, basis: OwnerBasis = OwnerBasis.AUTHORSHIP) -> Authorship:
    return Authorship(
        module=module,
        changes=40,
        authors=len(owners),
        recent_authors=len(owners),
        top_share=0.8,
        owners=owners,
        basis=basis,
    )


def past(*authors: Authorship, chance: float = 0.0) -> History:
    together = Tie(
        first="orders",
        second="users",
        together=30,
        first_changes=40,
        second_changes=60,
        expected=10,
        chance=chance,
    )
    return History(ties=(together,), authorship={one.module: one for one in authors}, unseen=("x",))


def advised(history: History | None, metrics: Measured | None = None, **about: int) -> Advice:
    names = ("orders", "users", "stock")
    return advise(
        Sources(
            SURVEY, project(*names, people=about.get("people")), history=history, metrics=metrics
        )
    )


def named(advice: Advice, module: str, name: str) -> list[Argument]:
    found = next(one for one in advice.modules if one.name == module)
    return [one for one in found.arguments if one.name == name]


def test_what_changes_with_another_speaks_against_by_its_degree() -> None:
    (found,) = named(advised(past()), "orders", "change_coupling")
    assert found.text == ("of 40 commits that changed it, 30 changed users too (degree 0.60)")
    assert (found.weight, found.source) == (-3.6, "git")
    assert named(advised(past()), "stock", "change_coupling") == []


def test_what_may_be_chance_is_not_said() -> None:
    assert named(advised(past(chance=0.5)), "orders", "change_coupling") == []


def test_who_owns_a_module_and_no_other_speaks_for_it() -> None:
    history = past(wrote("orders", "Ann"), wrote("users", "Bob", "Eve"), wrote("stock", "Bob"))
    (own,) = named(advised(history), "orders", "authorship")
    assert own.weight == 2
    assert "own nothing else" in own.text
    assert named(advised(history), "users", "authorship") == []


def test_what_weighs_nothing_is_no_argument_and_what_is_shown_adds_up() -> None:
    light = {"relations_out": 0.04, "cycle": 0.25}
    survey = between(
        tie(Kind.FOREIGN_KEY, "orders", "users"), tie(Kind.MODEL_ACCESS, "users", "orders")
    )
    said = project("orders", "users", weights=light, reasons={"orders": {"scaling": "Fridays."}})
    found = on("orders", survey, said)
    assert [one.name for one in found.arguments] == ["scaling", "reads_in", "cycle"]
    assert [one.weight for one in found.arguments] == [10, -0.4, -0.2]
    assert found.score == 9.4


def test_a_reason_that_is_none_is_answered_though_it_weighs_nothing() -> None:
    found = on("orders", SURVEY, project("orders", reasons={"orders": {"fashion": "All do it."}}))
    assert [one.name for one in found.arguments if not one.weight] == ["fashion"]


def test_owners_are_said_by_what_names_them() -> None:
    named_so = wrote("orders", "@shop/orders", basis=OwnerBasis.CODEOWNERS)
    (found,) = named(advised(past(named_so)), "orders", "authorship")
    assert found.source == "CODEOWNERS"


def test_the_owners_of_all_that_is_tied_have_to_agree() -> None:
    history = past(wrote("orders", "Ann"), wrote("users", "Bob"), wrote("stock", "Eve"))
    found = next(one for one in advised(history).modules if one.name == "orders")
    assert found.price.owners == ("Ann", "Bob")


def test_few_authors_are_said_where_nobody_says_how_many_people_there_are() -> None:
    history = past(wrote("orders", "Ann"), wrote("users", "Ann"))
    said = "By git, 1 person wrote most of the commits to each module (Ann)"
    assert any(one.startswith(said) for one in advised(history).reasoning)
    assert not any(one.startswith("By git") for one in advised(history, people=30).reasoning)


def test_models_that_are_related_to_each_other_speak_for_a_module() -> None:
    scoh = Metric(name="scoh", value=0.5, source="W. Jin")
    found = advised(None, Measured(modules={"orders": (scoh,)}, project=(), unseen=("NED: none.",)))
    (argument,) = named(found, "orders", "cohesion")
    assert argument.weight == 1
    assert "NED: none." in found.unseen


def test_what_the_history_could_not_see_is_said() -> None:
    assert "x" in advised(past()).unseen
