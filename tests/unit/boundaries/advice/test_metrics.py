"""Published metrics, against examples computed by hand."""

import re

import msgspec
import pytest
from tests.surveys import module, survey_of

from banyan.boundaries.advice import metrics
from banyan.boundaries.advice.metrics import measured
from banyan.survey.facts import Coupling, Inside, Kind, Module, Place


def tie(
    kind: Kind, from_: str, to: str, source: str, target: str, *, place: Place | None = None
) -> Coupling:
    return Coupling(
        kind=kind,
        from_=from_,
        to=to,
        file=f"shop/{from_}/views.py",
        line=1,
        source=source,
        target=target,
        place=place,
    )


def filled(name: str, *models: str, **inside: int) -> Module:
    return msgspec.structs.replace(module(name, *models), inside=Inside(**inside))


# Orders has two models, tied to each other; users has one, and five more of them that nothing ties;
# mail has no model. An order has a user by two keys, and its line has one.
SHOP = survey_of(
    [
        filled("orders", "Order", "Line", classes=10, abstract=1, imports=5, relations=1),
        filled("users", *"ABCDEF", classes=8, abstract=4, imports=2, relations=3),
        filled("mail", classes=0, abstract=0, imports=0, relations=0),
    ],
    [
        tie(Kind.FOREIGN_KEY, "orders", "users", "orders.Order.user", "users.A"),
        tie(Kind.FOREIGN_KEY, "orders", "users", "orders.Order.editor", "users.A"),
        tie(Kind.MODEL_INHERITANCE, "orders", "users", "orders.Line", "users.B"),
        tie(Kind.MODEL_IMPORT, "orders", "users", "orders.views", "users.models.A"),
        tie(Kind.IMPORT, "orders", "mail", "orders.views", "mail.send"),
        tie(Kind.IMPORT, "orders", "mail", "orders.views", "mail.send"),
        tie(Kind.IMPORT, "users", "mail", "users.views", "mail.send"),
        tie(Kind.IMPORT, "mail", "orders", "mail.tests", "orders.views", place=Place.TEST),
    ],
)


def of_module(name: str) -> dict[str, float]:
    return {one.name: one.value for one in measured(SHOP).modules[name]}


def test_instability_abstractness_and_distance_are_martin_s() -> None:
    # Users: only orders holds on to it, and it holds on to mail: I = 1 / 2; A = 4 / 8; D = 0.
    users = of_module("users")
    assert (users["afferent coupling"], users["efferent coupling"]) == (1, 1)
    assert (users["instability"], users["abstractness"], users["distance"]) == (0.5, 0.5, 0)
    # Orders: nobody, but in tests, holds on to it: I = 1, A = 0.1, D = 0.1.
    orders = of_module("orders")
    assert (orders["instability"], orders["abstractness"]) == (1, 0.1)
    assert orders["distance"] == pytest.approx(0.1)


def test_what_has_no_class_has_no_abstractness() -> None:
    mail = of_module("mail")
    assert mail["instability"] == 0
    assert not {"abstractness", "distance", "scoh"} & set(mail)


def test_what_stands_alone_has_no_instability() -> None:
    alone = survey_of([filled("alone", classes=2)], [])
    assert "instability" not in {one.name for one in measured(alone).modules["alone"]}


def test_the_metrics_of_the_whole() -> None:
    found = {one.name: one.value for one in measured(SHOP).project}
    # Names imported between modules: A, send and send again from elsewhere; within: 5 + 2.
    assert found["ICP"] == pytest.approx(3 / 10)
    # Users has A, B and the import of A; mail has send; orders nothing.
    assert found["IFN"] == pytest.approx((3 + 1 + 0) / 3)
    # scoh: 1 / 2² and 3 / 6²; scop: two pairs of models, Order-A and Line-B: 2 / (2 * 2 * 6).
    assert found["SM"] == pytest.approx((1 / 4 + 3 / 36) / 2 - (2 / 24) / 1)
    # Of eight models six are in a module of five to twenty.
    assert found["NED"] == pytest.approx(1 - 6 / 8)
    # Orders reaches users and mail, users mail: three of six.
    assert found["propagation cost"] == pytest.approx(3 / 6)


def test_each_names_its_source() -> None:
    found = measured(SHOP)
    every = [*found.project, *(one for row in found.modules.values() for one in row)]
    assert all(re.search(r"\b(19|20)\d\d$", one.source) for one in every)
    assert {one.source for one in every if one.name == "instability"} == {metrics.MARTIN}


@pytest.mark.parametrize(
    ("sizes", "value"), [([4, 21], 1), ([5, 20], 0), ([5, 4, 1], 0.5), ([], None), ([0], None)]
)
def test_five_to_twenty_are_not_extreme(sizes: list[int], value: float | None) -> None:
    assert metrics.non_extreme_distribution(sizes) == value


def test_three_services_have_three_pairs() -> None:
    # scoh 1/4, 0, 2/9; scop of a and b: 1 / (2*2*1), of b and c: 3 / (2*1*3), of a and c: 0.
    found = metrics.structural_modularity(
        {"a": 2, "b": 1, "c": 3}, {"a": 1, "c": 2}, {("a", "b"): 1, ("b", "c"): 3}
    )
    assert found == pytest.approx((1 / 4 + 2 / 9) / 3 - (1 / 4 + 1 / 2) / 3)


def test_what_an_old_survey_does_not_know_is_said_and_not_faked() -> None:
    old = survey_of([module("orders", "Order"), module("users", "User")], [])
    found = measured(old)
    assert {"ICP", "SM"}.isdisjoint(one.name for one in found.project)
    assert "abstractness" not in {one.name for one in found.modules["orders"]}
    assert any("Abstractness, distance, SM and ICP" in one for one in found.unseen)


def test_without_modules_nothing_is_made_up() -> None:
    found = measured(survey_of([], []))
    assert [one.name for one in found.project] == ["propagation cost"]
    assert len(found.unseen) == 3
