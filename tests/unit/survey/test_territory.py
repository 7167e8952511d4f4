"""Each file belongs to the module of the deepest app around it."""

import pytest

from banyan.findings import FindingsError
from banyan.modules import Module, Project
from banyan.survey.installed import App
from banyan.survey.territory import divide

ORDERS = App("orders", "shop.orders", "shop/orders")
LINES = App("lines", "shop.orders.lines", "shop/orders/lines")
USERS = App("users", "shop.users", "shop/users")


def test_a_file_is_of_the_app_with_the_deepest_folder() -> None:
    territory = divide([ORDERS, LINES, USERS])
    assert territory.module_at("shop/orders/views.py") == "orders"
    assert territory.module_at("shop/orders/lines/deep/views.py") == "lines"
    assert territory.module_at("shop/orders/lines") == "lines"
    assert territory.module_at("shop/orders_and_more/views.py") is None
    assert territory.module_at("manage.py") is None


def test_banyan_toml_groups_apps_and_leaves_the_others_alone() -> None:
    project = Project(
        "shop", modules={"trade": Module("trade", ("shop.orders", "shop.orders.lines"))}
    )
    territory = divide([ORDERS, LINES, USERS], project)
    assert territory.modules == ("trade", "users")
    assert territory.module("lines") == "trade"
    (trade, users) = territory.rows({"trade": ["Order"]}, {"shop/orders/views.py": 7})
    assert (trade.apps, trade.path, trade.lines) == (("orders", "lines"), "shop/orders", 7)
    assert trade.folders == ("shop/orders", "shop/orders/lines")
    assert (users.label, users.models) == ("users", ())


def test_an_app_that_is_not_there_is_a_finding() -> None:
    project = Project("shop", modules={"trade": Module("trade", ("shop.order",))})
    with pytest.raises(FindingsError, match=r"the app 'shop\.order'"):
        divide([ORDERS], project)


def test_apps_of_one_label_in_two_projects_are_told_apart() -> None:
    territory = divide(
        [App("core", "front.core", "front/core"), App("core", "back.core", "back/core")]
    )
    assert territory.modules == ("back.core", "front.core")
    assert territory.module_at("back/core/models.py") == "back.core"


def test_an_app_is_written_by_its_name_and_by_its_folder_where_several_have_it() -> None:
    old = App("orders", "orders", "old/orders")
    new = App("orders", "orders", "orders")
    found = {row.name: row.packages for row in divide([old, new, USERS]).rows({}, {})}
    assert sorted(found.values()) == [("./orders",), ("old/orders",), ("shop.users",)]

    modules = {"before": Module("before", ("old/orders/",)), "now": Module("now", ("./orders",))}
    territory = divide([old, new, USERS], Project("shop", modules=modules))
    assert territory.module_at("old/orders/models.py") == "before"
    assert territory.module_at("orders/models.py") == "now"


def test_what_is_set_aside_within_an_app_is_of_no_module() -> None:
    territory = divide([ORDERS], aside=["shop/orders/test/fakes"])
    assert territory.module_at("shop/orders/test/fakes/models.py") is None
    assert territory.module_at("shop/orders/test/models.py") == "orders"
