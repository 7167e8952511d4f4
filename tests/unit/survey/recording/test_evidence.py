"""Evidence is the same in whatever order it comes together, and in as many parts."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banyan.survey.recording import (
    app_pairs,
    decode,
    encode,
    evidence,
    json_schema,
    merge,
    observe,
    recording_of,
)
from banyan.survey.recording.facts import evidence_of

PACKAGED = Path(evidence.__file__).parent / "evidence.schema.json"

FACTS: list[tuple[Any, ...]] = [
    ("app", "orders", "shop.orders", "shop/orders"),
    ("app", "stock", "shop.orders.stock", "shop/orders/stock"),
    ("app", "auth", "django.contrib.auth", ""),
    ("table", "orders_order", "orders", "Order", True),
    ("table", "orders_order", "legacy", "OldOrder", False),
    ("table", "stock_item", "stock", "Item", True),
    ("access", "shop/orders/views.py", 7, "place", "INSERT", "orders_order"),
    ("access", "shop/orders/views.py", 7, "place", "SELECT", "stock_item"),
    ("access", "shop/orders/views.py", 12, "place", "SELECT", "unknown"),
    ("access", "shop/orders/stock/models.py", 3, "take", "SELECT", "orders_order"),
    ("access", "shop/orders/tests/test_place.py", 3, "test", "SELECT", "stock_item"),
    ("access", "shop/orders/migrations/0002_x.py", 3, "forward", "UPDATE", "stock_item"),
    ("access", "conftest.py", 3, "order", "SELECT", "stock_item"),
    ("join", "shop/orders/views.py", 7, "place", "orders_order", "stock_item", "join"),
    ("transaction", "shop/orders/views.py", 5, "place", ["orders_order", "stock_item"]),
    ("signal", "shop/orders/views.py", 8, "place", "shop.placed", "orders.Order",
     "shop/orders/stock/receivers.py", 9, "take"),
    ("task", "shop/orders/views.py", 9, "place", "mail", "shop/orders/tasks.py"),
    ("http", "shop/orders/views.py", 10, "place", "example.com", False),
]  # fmt: skip
WRITTEN = [json.dumps(fact).encode() for fact in FACTS]


@given(st.permutations(FACTS), st.lists(st.integers(0, len(FACTS) - 1), max_size=9))
def test_the_order_and_the_number_of_equal_facts_make_no_difference(
    facts: list[tuple[Any, ...]], again: list[int]
) -> None:
    assert encode(evidence_of([*facts, *(FACTS[one] for one in again)])) == encode(
        evidence_of(FACTS)
    )


@given(st.lists(st.sets(st.integers(0, len(FACTS) - 1)), min_size=2, max_size=4))
def test_parts_merge_to_the_whole_in_any_order(parts: list[set[int]]) -> None:
    evidences = [evidence_of(FACTS[one] for one in sorted(part)) for part in parts]
    whole = evidence_of(FACTS[one] for one in set().union(*parts))
    assert merge(evidences) == merge(reversed(evidences)) == whole
    assert merge([merge(evidences[:1]), merge(evidences[1:])]) == whole


def test_a_file_that_is_written_reads_back() -> None:
    whole = evidence_of(FACTS)
    assert decode(encode(whole)) == whole


@pytest.mark.parametrize(
    "text", [b"", b"{}", b'{"format": "banyan.evidence/2", "apps": [], "tables": [], "lines": []}']
)
def test_what_is_no_evidence_is_refused(text: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode(text)


def test_the_packaged_schema_is_the_one_that_the_structures_give() -> None:
    assert json.loads(PACKAGED.read_text()) == json.loads(json.dumps(json_schema())), (
        "Refresh it: banyan record schema > src/banyan/survey/recording/evidence.schema.json"
    )


def test_a_recording_counts_and_tells_what_went_wrong() -> None:
    recording = recording_of(
        [
            *WRITTEN,
            b'["count",1024,3]\n',
            b'["count",6,0]\n',
            b'["django","4.2"]\n',
            b'["problem","TypeError",12]\n',
            b'["access","cut o',
        ]
    )
    assert recording.evidence == evidence_of(FACTS)
    assert (recording.statements, recording.unattributed) == (1030, 3)
    assert recording.djangos == ("4.2",)
    assert recording.failures == (
        "TypeError in line 12",
        "a fact was cut off while it was written",
    )


def test_a_file_is_of_the_app_of_the_nearest_folder_and_a_table_of_the_model_that_makes_it() -> (
    None
):
    told = observe(evidence_of(FACTS))
    assert {
        (one.place.file.rpartition("/")[2], one.place.app, one.of.app, one.of.model)
        for one in told.accesses
        if one.place.kind == "code"
    } == {
        ("views.py", "orders", "orders", "Order"),
        ("views.py", "orders", "stock", "Item"),
        ("views.py", "orders", "", ""),
        ("models.py", "stock", "orders", "Order"),
    }


def test_everything_of_a_line_is_told_with_its_apps() -> None:
    told = observe(evidence_of(FACTS))
    (join,), (transaction,) = told.joins, told.transactions
    (signal,), (task,), (request,) = told.signals, told.tasks, told.requests
    assert (join.left.app, join.right.app, join.how) == ("orders", "stock", "join")
    assert [one.app for one in transaction.wrote] == ["orders", "stock"]
    assert (signal.place.app, signal.signal, signal.to.app) == ("orders", "shop.placed", "stock")
    assert (task.task.name, task.app) == ("mail", "orders")
    assert (request.request.host, request.request.timeout) == ("example.com", False)


def test_pairs_of_apps_leave_out_tests_and_migrations_unless_asked() -> None:
    told = observe(evidence_of(FACTS))
    assert app_pairs(told) == {("orders", "stock"), ("stock", "orders")}
    assert app_pairs(told, ("tests",)) == {("orders", "stock")}
    assert app_pairs(told, ("migrations",)) == {("orders", "stock")}


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("shop/models.py", "code"),
        ("shop/tests/models.py", "tests"),
        ("shop/tests.py", "tests"),
        ("shop/test_models.py", "tests"),
        ("shop/models_test.py", "tests"),
        ("conftest.py", "tests"),
        ("shop/latest.py", "code"),
        ("shop/contest.py", "code"),
        ("shop/migrations/0001_initial.py", "migrations"),
        ("shop/tests/migrations/0001_initial.py", "tests"),
    ],
)
def test_a_file_is_code_or_tests_or_migrations_by_its_path(file: str, kind: str) -> None:
    assert evidence.kind_of(file) == kind
