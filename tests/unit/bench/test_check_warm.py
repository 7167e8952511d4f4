"""The edits after which a check is timed are what they say, and always Python."""

import ast
from random import Random

import pytest
from bench.check_warm.edits import EDITS, edits

TEXT = """\
from django.db import models


class Order(models.Model):
    total = models.IntegerField()

    def paid(self):
        return self.total > 0
"""
ADDED = {
    "a statement in a function": "        banyan_edit = 1",
    "a parameter": "    def paid(self, banyan_edit=None):",
    "an attribute of a class": "    banyan_edit = 1",
    "a field of a model": "    banyan_edit = models.TextField(default='')",
}


@pytest.mark.parametrize("kind", EDITS)
def test_an_edit_adds_what_it_is_called_after(kind: str) -> None:
    ((number, after),) = edits(EDITS[kind], [TEXT], 1, Random(2))
    (added,) = set(after.split("\n")) - set(TEXT.split("\n"))
    assert number == 0
    if kind == "an import":
        assert added.startswith("import ")
        assert added.endswith(" as banyan_edit")
    else:
        assert added == ADDED[kind]
    ast.parse(after)


@pytest.mark.parametrize("kind", ["a statement in a function", "an attribute of a class"])
def test_what_an_edit_breaks_is_not_drawn(kind: str) -> None:
    one_line = "def paid(order): return order\n\nclass Order: total = 1\n"
    assert list(edits(EDITS[kind], [one_line], 1, Random(1))) == []


def test_a_field_is_added_to_models_alone() -> None:
    assert (
        list(edits(EDITS["a field of a model"], ["class Order:\n    total = 1\n"], 1, Random(1)))
        == []
    )
