"""The door of the library: what it offers, and what importing it does not bring in."""

import json
import subprocess
import sys
from typing import Any

import pytest

import banyan

HEAVY = {"django", "asgiref", "joserfc", "cryptography", "urllib3", "nats", "tree_sitter", "rich"}

CONTRACT = """
from typing import Protocol
from banyan import Contract, DeclaredError, Event, Message, command, query

class Line(Message):
    sku: str

class Gone(DeclaredError):
    sku: str

class Placed(Event):
    order_id: int

class Orders(Contract, Protocol):
    @command(raises=[Gone])
    def place(self, lines: list[Line]) -> int: ...

orders = Orders.client()
"""


def modules_after(code: str) -> set[str]:
    """The modules that an interpreter has after running this code."""
    script = f"{code}\nimport json, sys\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, check=True, text=True
    )
    names: list[str] = json.loads(done.stdout)
    return set(names)


def test_every_name_of_the_door_can_be_had_and_is_listed() -> None:
    for name in banyan.__all__:
        assert getattr(banyan, name) is not None
        assert name in dir(banyan)


def test_a_name_that_the_door_has_not_is_an_ordinary_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'banyan' has no attribute 'plant'"):
        _: Any = banyan.plant  # type: ignore[attr-defined]


def test_importing_banyan_brings_in_next_to_nothing() -> None:
    added = modules_after("import banyan") - modules_after("")

    assert added & (HEAVY | {"msgspec", "inspect", "re"}) == set()
    assert {name for name in added if name.startswith("banyan")} == {"banyan"}


def test_a_contract_brings_in_neither_django_nor_a_client_nor_cryptography() -> None:
    added = modules_after(CONTRACT)

    assert added & HEAVY == set()
    assert {name.split(".")[1] for name in added if name.startswith("banyan.")} == {
        "contracts",
        "errors",
        "findings",
    }
