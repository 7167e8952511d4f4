"""The tangled shop's own tests, recorded, beside its source: what each of them tells."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.integration.recording.depot import ALL_TESTS, banyan, record

SHOP = Path(__file__).parents[3] / "examples" / "tangled_shop"

Told = set[tuple[str, str, str, str]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shop, with the evidence of its tests beside it."""
    folder = tmp_path_factory.mktemp("shop") / "shop"
    shutil.copytree(SHOP, folder, ignore=shutil.ignore_patterns("__pycache__"))
    record(folder, *ALL_TESTS)
    return folder


@pytest.fixture(scope="module")
def couplings(shop: Path) -> list[dict[str, Any]]:
    done = banyan("survey", "-f", "json", "--evidence", "../seen.json", folder=shop)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)["couplings"]


def told(couplings: list[dict[str, Any]], evidence: str) -> Told:
    """Kind, file, function and target."""
    return {
        (one["kind"], one["file"], one["source"].rpartition(".")[2], one["target"])
        for one in couplings
        if one.get("evidence", "read") == evidence
    }


def test_what_is_in_the_source_and_runs_is_both(couplings: list[dict[str, Any]]) -> None:
    assert told(couplings, "both") >= {
        ("raw_sql", "orders/reports.py", "best_customers", "users.User"),
        ("model_access", "orders/services.py", "check_out", "payments.Payment"),
        ("transaction", "orders/services.py", "check_out", "users.Address"),
        ("signal", "orders/signals.py", "mark_paid", "payments.Payment"),
        ("reverse_accessor", "users/models.py", "is_regular", "orders.Order"),
        ("orm_lookup", "users/models.py", "is_regular", "shipping.Shipment"),
        # A table of pairs.
        ("model_access", "storefront/views.py", "watch", "orders.Product_watchers"),
    }


def test_what_only_a_run_can_tell_is_seen(couplings: list[dict[str, Any]]) -> None:
    assert told(couplings, "seen") >= {
        # A receiver of another module writes orders while the refund's transaction is open.
        ("transaction", "payments/models.py", "refund", "orders.Order"),
        # What a template asks for is asked by the view that renders it.
        ("model_access", "storefront/views.py", "catalogue", "users.User"),
        # A manager of orders prefetches, for whoever it is.
        ("model_access", "storefront/views.py", "order", "payments.Refund"),
    }


def test_what_no_test_runs_is_read_alone(couplings: list[dict[str, Any]]) -> None:
    read = told(couplings, "read")
    assert ("reverse_accessor", "users/models.py", "in_use", "shipping.Shipment") in read
    assert ("http_call", "payments/gateway.py", "charge_card", "http://cardgate.internal:9402") in (
        read
    )
    # Nor can a run show an import, or that a column points at a row.
    assert {kind for kind, *_ in told(couplings, "both")} <= {
        "model_access", "reverse_accessor", "orm_lookup", "raw_sql", "transaction", "signal",
    }  # fmt: skip


def test_evidence_takes_nothing_from_what_is_read(
    shop: Path, couplings: list[dict[str, Any]]
) -> None:
    plain = json.loads(banyan("survey", "-f", "json", folder=shop).stdout)["couplings"]
    assert "evidence" not in {key for one in plain for key in one}
    kept = [one for one in couplings if one.get("evidence") != "seen"]
    assert [{k: v for k, v in one.items() if k != "evidence"} for one in kept] == plain


def test_the_same_run_gives_the_same_survey(shop: Path) -> None:
    twice = ["--evidence", "../seen.json", "--evidence", "../seen.json"]
    once = banyan("survey", "-f", "json", *twice[:2], folder=shop).stdout
    assert banyan("survey", "-f", "json", *twice, folder=shop).stdout == once
