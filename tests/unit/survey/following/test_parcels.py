"""What is packed comes back as this project's own, and makes nothing but values."""

import pickle

import pytest
from tests.unit.survey.following.small_shop import App, Territory
from tests.unit.survey.texts import codebase_of, directory_of, graph_of

from banyan.survey.following import Follower, Parcels
from banyan.survey.following.values import ClassValue, Object
from banyan.survey.loading import ClassLoader
from banyan.survey.meanings import ClassRef

TWICE = "class Order:\n    class Line:\n        pass\nclass Order:\n    class Line:\n        pass\n"


def follower(text: str) -> Follower:
    codebase = codebase_of({"orders/__init__.py": "", "orders/lines.py": text})
    loader = ClassLoader([App("orders")], lambda _: None)
    graph, _ = graph_of(codebase, loader, lambda _: "orders")
    return Follower(directory_of(codebase), graph, Territory(), "auth.User")


def line(one: Follower) -> ClassRef:
    codebase = one.world.codebase
    order = codebase.lookup(codebase.at("orders/lines.py"), "Order")
    assert isinstance(order, ClassRef)
    found = codebase.member(order, "Line")
    assert isinstance(found, ClassRef)
    return found


def test_a_class_comes_back_as_the_same_one_of_several_of_its_name() -> None:
    one = follower(TWICE)
    parcels = Parcels(one.world)
    value = (ClassValue(line(one)), Object(line(one)))
    assert parcels.unpacked(parcels.packed(value)) == value


def test_in_another_run_a_class_is_that_runs_own_wherever_it_stands() -> None:
    before, after = follower(TWICE), follower(f"import os\n\nclass New:\n    pass\n\n{TWICE}")
    data = Parcels(before.world).packed((ClassValue(line(before)),))
    assert Parcels(after.world).unpacked(data) == (ClassValue(line(after)),)


def test_what_is_declared_no_more_cannot_be_unpacked() -> None:
    before, after = follower(TWICE), follower("class Order:\n    pass\n")
    data = Parcels(before.world).packed((ClassValue(line(before)),))
    with pytest.raises(pickle.UnpicklingError):
        Parcels(after.world).unpacked(data)


def test_nothing_but_values_is_unpacked() -> None:
    parcels = Parcels(follower(TWICE).world)
    for wrong in (pytest.raises, print, Follower):
        with pytest.raises(pickle.UnpicklingError, match="is no value"):
            parcels.unpacked(pickle.dumps(wrong))
