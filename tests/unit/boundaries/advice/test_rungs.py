"""The rung of a module, and what keeps it from the next ones."""

import msgspec
import pytest
from tests.surveys import module, survey_of
from tests.unit.boundaries.advice.small import between, on, project, tie

from banyan.boundaries.advice.facts import Rung
from banyan.survey.facts import REQUEST_USER, Coupling, Kind, Mapped, Place, SharedTable


def contract(from_: str, to: str) -> Coupling:
    return tie(Kind.IMPORT, from_, to, face="public", target=f"{to}.contract.Things")


def test_a_module_that_nothing_ties_owns_its_data() -> None:
    assert on("orders", between(also=["orders", "users"])).rung is Rung.DATA_OWNED


def test_one_that_others_reach_into_is_tangled() -> None:
    survey = between(tie(Kind.IMPORT, "orders", "users", face="internal", target="users.rules.x"))
    assert on("users", survey).rung is Rung.TANGLED
    held = on("users", survey).holds
    assert [(one.rung, one.what, one.other) for one in held] == [
        (Rung.BOUNDED, "1 import by orders", "orders")
    ]


def test_one_that_reaches_into_others_is_bounded_itself() -> None:
    survey = between(tie(Kind.IMPORT, "orders", "users", face="internal", target="users.rules.x"))
    assert on("orders", survey).rung is Rung.BOUNDED


def test_a_name_that_is_made_public_does_not_keep_a_module_from_being_bounded() -> None:
    survey = between(tie(Kind.IMPORT, "orders", "users", face="public", target="users.register"))
    assert on("users", survey).rung is Rung.BOUNDED


@pytest.mark.parametrize(
    ("kind", "rung"),
    [
        (Kind.MODEL_ACCESS, Rung.BOUNDED),
        (Kind.REVERSE_ACCESSOR, Rung.BOUNDED),
        (Kind.GET_MODEL, Rung.BOUNDED),
        (Kind.SIGNAL, Rung.BOUNDED),
        (Kind.TASK, Rung.BOUNDED),
        (Kind.FOREIGN_KEY, Rung.CONTRACTED),
        (Kind.MANY_TO_MANY, Rung.CONTRACTED),
        (Kind.GENERIC_RELATION, Rung.CONTRACTED),
        (Kind.MODEL_INHERITANCE, Rung.CONTRACTED),
        (Kind.ORM_LOOKUP, Rung.CONTRACTED),
        (Kind.RAW_SQL, Rung.CONTRACTED),
        (Kind.TRANSACTION, Rung.CONTRACTED),
        (Kind.URL_REVERSE, Rung.DATA_OWNED),
    ],
)
def test_what_ties_two_modules_holds_both_below_the_rung_that_it_breaks(
    kind: Kind, rung: Rung
) -> None:
    survey = between(tie(kind, "orders", "users"))
    assert on("orders", survey).rung is rung
    assert on("users", survey).rung is rung


def test_calls_through_contracts_hold_nobody() -> None:
    survey = between(contract("orders", "users"))
    assert on("orders", survey).rung is Rung.DATA_OWNED
    assert on("users", survey).rung is Rung.DATA_OWNED


def test_calls_through_contracts_in_a_circle_are_a_cycle() -> None:
    survey = between(contract("orders", "payments"), contract("payments", "orders"))
    (held,) = on("orders", survey).holds
    assert (held.rung, held.what) == (Rung.BOUNDED, "a cycle with payments")


def test_hearing_the_events_of_a_module_that_one_is_called_by_is_no_cycle() -> None:
    survey = between(contract("orders", "payments"), contract("payments", "orders"))
    about = project(
        "orders",
        "payments",
        calls={"orders": ("payments",)},
        listens={"payments": ("orders",)},
    )
    assert on("orders", survey, about).rung is Rung.DATA_OWNED


def test_a_listener_that_reaches_for_more_than_the_contract_is_in_the_cycle() -> None:
    survey = between(
        contract("orders", "payments"), tie(Kind.MODEL_IMPORT, "payments", "orders", face="models")
    )
    about = project("orders", "payments", listens={"payments": ("orders",)})
    assert on("payments", survey, about).holds[0].what == "a cycle with orders"


def test_who_sends_a_request_is_no_access_to_users() -> None:
    asks = tie(Kind.MODEL_ACCESS, "orders", "users", verb="read", lookup=REQUEST_USER)
    assert on("orders", between(asks)).rung is Rung.DATA_OWNED
    writes = tie(Kind.MODEL_ACCESS, "orders", "users", verb="update", lookup=REQUEST_USER)
    assert on("orders", between(writes)).rung is Rung.BOUNDED


def test_a_library_holds_nobody_and_goes_along() -> None:
    uses = tie(Kind.IMPORT, "orders", "common", face="internal", target="common.money.rounded")
    survey = survey_of([module("orders", "Order"), module("common")], [uses])
    assert on("orders", survey).rung is Rung.DATA_OWNED
    assert on("common", survey).is_library
    assert "library" in on("common", survey).why


def test_what_has_no_tables_but_holds_on_to_others_is_no_library() -> None:
    survey = survey_of(
        [module("orders", "Order"), module("common")],
        [
            tie(Kind.IMPORT, "orders", "common", face="internal", target="common.mail.send"),
            tie(Kind.MODEL_ACCESS, "common", "orders", verb="read"),
        ],
    )
    assert not on("common", survey).is_library
    assert on("orders", survey).rung is Rung.TANGLED


def test_tests_and_data_migrations_hold_nobody() -> None:
    survey = between(
        tie(Kind.FOREIGN_KEY, "orders", "users", place=Place.TEST),
        tie(Kind.RAW_SQL, "orders", "users", place=Place.MIGRATION),
    )
    assert on("orders", survey).rung is Rung.DATA_OWNED


def test_an_order_of_migrations_holds_only_while_a_relation_is_left() -> None:
    migration = tie(Kind.MIGRATION, "orders", "users", place=Place.MIGRATION)
    assert on("orders", between(migration)).rung is Rung.DATA_OWNED
    held = on("orders", between(migration, tie(Kind.FOREIGN_KEY, "orders", "users"))).holds
    assert [one.what for one in held] == ["1 foreign key to users", "1 migration to users"]


def test_what_is_alone_in_a_service_is_said_to_be_configured_and_not_to_run() -> None:
    about = project("orders", "users", services={"one": ("orders",), "other": ("users",)})
    found = on("orders", between(also=["orders", "users"]), about)
    assert found.rung is Rung.SEPARABLE
    assert "configured to run apart, not seen running" in found.why


@pytest.mark.parametrize(
    "services",
    [{"web": ("orders", "users")}, {"one": ("orders", "users"), "other": ("payments",)}],
)
def test_what_shares_its_service_is_not(services: dict[str, tuple[str, ...]]) -> None:
    about = project("orders", "users", "payments", services=services)
    assert on("orders", between(also=["orders", "users"]), about).rung is Rung.DATA_OWNED


def test_data_that_is_tied_holds_a_module_whatever_its_topology_says() -> None:
    about = project("orders", "users", services={"one": ("orders",), "other": ("users",)})
    survey = between(tie(Kind.FOREIGN_KEY, "orders", "users"))
    assert on("orders", survey, about).rung is Rung.CONTRACTED


def test_what_holds_stands_by_rung_and_then_by_weight() -> None:
    survey = between(
        tie(Kind.FOREIGN_KEY, "orders", "users"),
        tie(Kind.MODEL_ACCESS, "orders", "users", 3, verb="read"),
        tie(Kind.MODEL_ACCESS, "orders", "stock", 4, verb="read"),
        tie(Kind.MODEL_ACCESS, "orders", "stock", 5, verb="read"),
    )
    held = on("orders", survey).holds
    assert [(int(one.rung), one.what, one.place, one.cut) for one in held] == [
        (2, "2 accesses to stock", "shop/orders/views.py:4", "a query of the other's contract"),
        (2, "1 access to users", "shop/orders/views.py:3", "a query of the other's contract"),
        (3, "1 foreign key to users", "shop/orders/views.py:1", "a reference"),
    ]


def test_writes_are_told_apart_from_reads() -> None:
    survey = between(
        tie(Kind.MODEL_ACCESS, "orders", "users", 1, verb="read"),
        tie(Kind.MODEL_ACCESS, "orders", "users", 2, verb="update"),
    )
    assert [one.what for one in on("orders", survey).holds] == [
        "1 access to users",
        "1 write to users",
    ]


def test_a_table_of_several_modules_is_owned_by_none_of_them() -> None:
    def mapped(module: str, line: int) -> Mapped:
        return Mapped(
            module=module, model=f"{module}.Row", file=f"shop/{module}/models.py", line=line
        )

    survey = msgspec.structs.replace(
        between(also=["orders", "stock", "users"]),
        tables=(SharedTable(name="rows", models=(mapped("orders", 3), mapped("stock", 9))),),
    )
    (held,) = on("stock", survey).holds
    assert (held.rung, held.what, held.other) == (
        Rung.DATA_OWNED,
        "the table rows, which is of orders too",
        "orders",
    )
    assert held.place == "shop/stock/models.py:9"
    assert [one.name for one in on("orders", survey).arguments] == ["shared_tables"]
    assert on("users", survey).rung is Rung.DATA_OWNED
