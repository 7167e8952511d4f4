"""A drafted banyan.toml says what is there today, in names that it may have."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec
from tests.surveys import module, shop, survey_of

from banyan.boundaries.checking.additions import Gone, addition
from banyan.boundaries.checking.drafting import draft, name_of
from banyan.boundaries.checking.judging import hears, uses
from banyan.boundaries.rules import LAWS
from banyan.conf.document import parse_document
from banyan.modules.reading import understand
from banyan.survey.facts import Coupling, Kind, Module, Offer, ProjectFacts, Survey


def app(name: str, package: str = "", path: str = "") -> Module:
    package = package or name
    return Module(
        name=name,
        label=name,
        path=path or package.replace(".", "/"),
        apps=(name,),
        packages=(package,),
        lines=100,
    )


def using(of: str, to: str, line: int = 1) -> Coupling:
    return Coupling(
        kind=Kind.IMPORT,
        from_=of,
        to=to,
        file=f"{of}/views.py",
        line=line,
        source=f"{of}.views",
        target=f"{to}.services",
    )


def surveyed(*modules: Module, couplings: tuple[Coupling, ...] = (), name: str = "shop") -> Survey:
    return Survey(project=ProjectFacts(name=name), modules=modules, couplings=couplings)


def read(text: str) -> dict[str, Any]:
    return tomllib.loads(text)


def test_each_app_is_a_module_with_whom_it_uses() -> None:
    found = surveyed(
        app("orders", "shop.orders"), app("users"), couplings=(using("orders", "users"),)
    )
    modules = read(draft(found, {"orders": ["users"]}))["modules"]
    assert modules == {
        "orders": {"apps": ["shop.orders"], "calls": ["users"]},
        "users": {"apps": ["users"], "calls": []},
    }


def test_calls_close_no_circle_and_the_lesser_way_is_left_out() -> None:
    couplings = (using("orders", "users", 1), using("orders", "users", 2), using("users", "orders"))
    found = surveyed(app("orders"), app("users"), couplings=couplings)
    text = draft(found, {"orders": ["users"], "users": ["orders"]})
    assert read(text)["modules"]["orders"]["calls"] == ["users"]
    assert read(text)["modules"]["users"]["calls"] == []
    assert "would close a circle: orders." in text


def hearing(of: str, to: str, event: str) -> Coupling:
    return msgspec.structs.replace(using(of, to), target=f"{to}.contract.{event}", face="public")


def test_whose_events_are_imported_is_listened_to_and_closes_no_circle() -> None:
    offers = (Offer(kind="event", name="OrderPlaced"), Offer(kind="query", name="Orders.find"))
    found = surveyed(
        msgspec.structs.replace(app("orders"), offers=offers),
        app("payments"),
        app("users"),
        couplings=(
            using("orders", "payments"),
            hearing("payments", "orders", "OrderPlaced"),
            hearing("users", "orders", "Orders"),
        ),
    )
    assert hears(found) == {"payments": ("orders",)}
    assert uses(found) == {"orders": ("payments",), "users": ("orders",)}
    modules = read(text := draft(found, uses(found)))["modules"]
    assert modules["payments"] == {"apps": ["payments"], "calls": [], "listens": ["orders"]}
    assert modules["users"] == {"apps": ["users"], "calls": ["orders"]}
    assert "would close a circle" not in text


def test_a_receiver_of_django_s_signals_is_not_drafted_as_one_who_listens() -> None:
    heard = msgspec.structs.replace(using("stock", "orders"), kind=Kind.SIGNAL)
    text = draft(surveyed(app("orders"), app("stock"), couplings=(heard,)), {})
    assert "listens" not in read(text)["modules"]["stock"]
    assert "A receiver of Django's signals hears" in text


def test_what_is_drafted_can_be_read_where_its_apps_are(tmp_path: Path) -> None:
    for folder in ("orders", "old/orders", "Main-App"):
        (tmp_path / folder).mkdir(parents=True)
    apps = (
        app("orders", "./orders", "orders"),
        app("old.orders", "old/orders"),
        app("Main-App", "./Main-App", "Main-App"),
    )
    file = tmp_path / "banyan.toml"
    text = draft(surveyed(*apps, name="9 Läden & more"), {})
    project = understand(parse_document(text.encode(), file))
    assert project.name == "project_9_laden_more"
    assert {name: one.apps for name, one in project.modules.items()} == {
        "orders": ("./orders",),
        "old_orders": ("old/orders",),
        "main_app": ("./Main-App",),
    }


def test_names_that_become_the_same_are_told_apart() -> None:
    found = surveyed(app("Orders", "a.b"), app("orders", "c.d"), app("ORDERS", "e.f"))
    assert set(read(draft(found, {}))["modules"]) == {"orders", "orders_2", "orders_3"}


def test_a_name_is_as_near_as_can_be() -> None:
    assert name_of("a__b") == "a__b"
    assert name_of("OrderLines") == "order_lines"
    assert name_of("Größe Über-Café") == "grosse_uber_cafe"
    assert name_of("2fa") == "module_2fa"
    assert name_of("Ω") == "module"
    assert len(name_of("x" * 100)) == 63


def test_a_name_of_others_breaks_out_of_no_comment() -> None:
    found = survey_of([module("orders", "Order\n[modules.evil]\x1b")], [])
    text = draft(found, {})
    assert set(read(text)["modules"]) == {"orders"}
    assert "\x1b" not in text


def test_it_explains_every_rule_and_asks_what_advice_needs() -> None:
    text = draft(shop(), {})
    for law in LAWS.values():
        assert f"{law.id.removeprefix('banyan.')}  {law.level}" in text
    for asked in ("# people", "# teams", "scaling", "curriculum_vitae"):
        assert asked in text


def test_what_is_commented_out_is_right_once_it_is_not(tmp_path: Path) -> None:
    (tmp_path / "orders").mkdir()
    (tmp_path / "orders" / "__init__.py").touch()
    text = draft(surveyed(app("orders")), {})
    examples = ("levels = {", "[advice]", "people = ", "teams = ", "[modules.orders.reasons]")
    for example in (*examples, "scaling = "):
        assert f"\n# {example}" in text
        text = text.replace(f"\n# {example}", f"\n{example}")
    project = understand(parse_document(text.encode(), tmp_path / "banyan.toml"))
    assert project.check.levels == {"E108": "warning", "E111": "off"}
    assert (project.advice.people, project.advice.teams) == (6, 1)
    assert project.modules["orders"].reasons == {"scaling": "what was measured, and when"}


def test_settings_of_a_template_and_for_classes_are_not_named() -> None:
    settings = ("a.project_template.settings", "shop.settings.base.Production", "shop.settings.dev")
    facts = ProjectFacts(name="shop", settings=settings)
    text = draft(Survey(project=facts, modules=(app("orders"),)), {})
    assert read(text)["project"]["settings"] == "shop.settings.base"
    assert "Found as well: shop.settings.dev." in text


# --- What is added later


def test_only_apps_in_no_module_are_added() -> None:
    apps = (app("orders", "shop.orders"), app("users", "shop.users"), app("stock", "shop.stock"))
    found = surveyed(*apps, couplings=(using("stock", "users"), using("users", "stock")))
    listed = {"trade": ["shop.orders", "shop.users.apps.UsersConfig"]}
    added = addition(found, {"stock": ["users"], "users": ["stock"]}, listed)
    assert added.gone == ()
    assert added.new == {"stock": ("shop.stock",)}
    # What is there may not call what is new, so that this closes no circle.
    assert read(added.text) == {"modules": {"stock": {"apps": ["shop.stock"], "calls": ["trade"]}}}


def test_an_app_that_has_gone_is_told_and_its_name_is_not_taken_again() -> None:
    found = surveyed(app("orders", "new.orders"))
    added = addition(found, {}, {"orders": ["old.orders"]})
    assert added.gone == (Gone(module="orders", app="old.orders", number=0),)
    assert added.new == {"orders_2": ("new.orders",)}


def test_where_all_is_there_nothing_is_added() -> None:
    found = surveyed(app("orders", "./orders", "orders"), app("old", "old/orders", "old/orders"))
    listed = {"orders": ["./orders"], "before": ["old/orders/"]}
    added = addition(found, {}, listed)
    assert (added.new, added.gone, added.text) == ({}, (), "")
