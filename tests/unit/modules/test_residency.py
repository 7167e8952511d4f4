"""A process knows which modules live in it."""

from pathlib import Path

import pytest

from banyan import modules
from banyan.findings import FindingsError
from banyan.modules import Module, Project, Residency, Service, Topology
from banyan.modules.residency import resolve

SERVICES = Topology(
    "services",
    {"users": Service("users", ("users",)), "orders": Service("orders", ("orders",))},
)
PROJECT = Project(
    "shop",
    modules={
        "users": Module("users", ("users",)),
        "orders": Module("orders", ("orders", "orders.extras")),
    },
    topologies={"services": SERVICES},
)


def test_a_monolith_holds_every_module() -> None:
    assert Residency(PROJECT).resident == {"users", "orders"}


def test_a_service_holds_its_own_modules_alone() -> None:
    residency = Residency(PROJECT, SERVICES, "orders")

    assert residency.is_resident("orders")
    assert not residency.is_resident("users")
    home = residency.service_of("users")
    assert home is not None
    assert home.name == "users"


@pytest.mark.parametrize(
    ("dotted", "module"),
    [
        ("orders.contract", "orders"),
        ("orders.extras.models", "orders"),
        ("ordersish.models", None),
        ("users", "users"),
    ],
)
def test_a_name_belongs_to_the_module_whose_app_holds_it(dotted: str, module: str | None) -> None:
    assert Residency(PROJECT).module_of(dotted) == module


def test_without_a_file_the_top_package_counts_as_the_module() -> None:
    assert Residency(Project("project")).module_of("billing.contract") == "billing"


def test_an_override_ends_with_its_block() -> None:
    inside = Residency(PROJECT)
    with modules.override(inside):
        assert modules.current() is inside
    assert modules.current() is not inside


def test_an_unknown_service_is_a_finding_with_the_nearest_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "__init__.py").touch()
    file = tmp_path / "banyan.toml"
    file.write_text(
        '[project]\nname = "shop"\n[modules.orders]\n'
        '[topology.services.orders]\nmodules = ["orders"]\n'
    )
    monkeypatch.setenv("BANYAN_FILE", str(file))

    with pytest.raises(FindingsError, match=r"(?s)no service of 'services'.*'orders'"):
        resolve({"BANYAN_SERVICE": "order"})
    assert resolve({"BANYAN_SERVICE": "orders"}).resident == {"orders"}
