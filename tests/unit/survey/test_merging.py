"""What was seen and what was read become one survey, told apart, each thing once."""

from typing import Any

import pytest
from msgspec.structs import replace
from tests.surveys import module, survey_of

from banyan.survey.facts import Basis, Coupling, Kind, Place, Survey, order
from banyan.survey.merging import merge
from banyan.survey.recording import Evidence
from banyan.survey.recording.facts import evidence_of

VIEWS = "shop/orders/views.py"
APPS: list[tuple[Any, ...]] = [
    ("app", "orders", "shop.orders", "shop/orders"),
    ("app", "users", "shop.users", "shop/users"),
    ("app", "stock", "shop.orders.stock", "shop/orders/stock"),
    ("app", "auth", "django.contrib.auth", ""),
    ("table", "orders_order", "orders", "Order", True),
    ("table", "users_user", "users", "User", True),
    ("table", "users_user_friends", "users", "User_friends", True),
    ("table", "users_user_wishes", "users", "User_wishes", True),
    ("table", "stock_item", "stock", "Item", True),
    ("table", "auth_group", "auth", "Group", True),
]


def seen(*facts: tuple[Any, ...]) -> Evidence:
    return evidence_of([*APPS, *facts])


def access(verb: str, table: str, line: int, function: str = "place", file: str = VIEWS) -> Any:
    return ("access", file, line, function, verb, table)


def coupling(kind: Kind, line: int, target: str = "users.User", **more: Any) -> Coupling:
    more.setdefault("source", "shop.orders.views.place")
    more.setdefault("file", VIEWS)
    return Coupling(
        kind=kind, from_="orders", to=target.partition(".")[0], line=line, target=target, **more
    )


def read(line: int, target: str = "users.User", **more: Any) -> Coupling:
    return coupling(Kind.MODEL_ACCESS, line, target, **{"verb": "read"} | more)


def survey(*couplings: Coupling) -> Survey:
    stock = replace(module("stock", "Item"), path="shop/orders/stock")
    return survey_of([module("orders", "Order"), module("users", "User"), stock], [*couplings])


def told(survey: Survey) -> set[tuple[str, Kind, int, str, str]]:
    """How known, which kind, on which line, of what, doing what."""
    return {
        (one.evidence, one.kind, one.line, one.target, one.verb or one.table)
        for one in survey.couplings
    }


# --- The same thing, read and seen


@pytest.mark.parametrize(
    "kind", [Kind.MODEL_ACCESS, Kind.REVERSE_ACCESSOR, Kind.RAW_SQL, Kind.ORM_LOOKUP]
)
def test_what_is_seen_on_the_line_that_was_read_is_both(kind: Kind) -> None:
    merged = merge(survey(coupling(kind, 7)), seen(access("SELECT", "users_user", 7)))
    assert told(merged) == {("both", kind, 7, "users.User", "")}


def test_sql_that_runs_elsewhere_in_the_function_is_the_same_thing() -> None:
    merged = merge(survey(read(7)), seen(access("SELECT", "users_user", 9)))
    assert told(merged) == {("both", Kind.MODEL_ACCESS, 7, "users.User", "read")}


def test_of_two_in_a_function_the_one_on_the_line_is_the_one_that_was_seen() -> None:
    merged = merge(survey(read(7), read(9)), seen(access("SELECT", "users_user", 9)))
    assert told(merged) == {
        ("read", Kind.MODEL_ACCESS, 7, "users.User", "read"),
        ("both", Kind.MODEL_ACCESS, 9, "users.User", "read"),
    }


@pytest.mark.parametrize(
    "other",
    [
        access("SELECT", "users_user", 9, function="list_all"),
        access("SELECT", "stock_item", 9),
        access("DELETE", "users_user", 9),
        access("SELECT", "users_user", 9, file="shop/orders/rules.py"),
    ],
    ids=["function", "model", "verb", "file"],
)
def test_what_differs_in_more_than_the_line_is_another_thing(other: Any) -> None:
    merged = merge(survey(read(7)), seen(other))
    assert [one.evidence for one in merged.couplings if one.line == 7] == [Basis.READ]
    assert [one.evidence for one in merged.couplings if one.line == 9] == [Basis.SEEN]


@pytest.mark.parametrize(
    "between",
    [
        coupling(Kind.IMPORT, 20, "users.x", source="shop.orders.views.Other.place"),
        coupling(Kind.ORM_LOOKUP, 20, source="shop.orders.views.Second"),
    ],
)
def test_a_method_of_that_name_in_another_class_is_another_function(between: Coupling) -> None:
    first = read(7, source="shop.orders.views.First.place")
    merged = merge(survey(first, between), seen(access("SELECT", "users_user", 30)))
    assert {(one.evidence, one.line) for one in merged.couplings if one.kind is first.kind} == {
        ("read", 7),
        ("seen", 30),
    }


def test_a_function_that_ran_between_two_lines_tells_that_they_are_of_two() -> None:
    run = seen(
        access("SELECT", "orders_order", 20, function="between"),
        access("SELECT", "users_user", 30),
    )
    assert {one.evidence for one in merge(survey(read(7)), run).couplings} == {"read", "seen"}


def test_whether_a_save_inserts_or_updates_makes_no_difference() -> None:
    merged = merge(survey(read(7, verb="update")), seen(access("INSERT", "users_user", 7)))
    assert told(merged) == {("both", Kind.MODEL_ACCESS, 7, "users.User", "update")}


def test_what_is_written_is_not_seen_when_it_is_only_looked_for() -> None:
    merged = merge(survey(read(7, verb="create")), seen(access("SELECT", "users_user", 7)))
    assert told(merged) == {
        ("read", Kind.MODEL_ACCESS, 7, "users.User", "create"),
        ("seen", Kind.MODEL_ACCESS, 7, "users.User", "read"),
    }


def test_who_writes_a_row_reads_it_without_more_words() -> None:
    run = seen(access("SELECT", "users_user", 7), access("INSERT", "users_user", 7))
    merged = merge(survey(read(7, verb="create")), run)
    assert told(merged) == {("both", Kind.MODEL_ACCESS, 7, "users.User", "create")}


def test_what_a_deletion_takes_along_is_told_by_the_deletion() -> None:
    deletion = read(7, verb="delete", cascades=("stock.Item",))
    run = seen(access("DELETE", "users_user", 7), access("DELETE", "stock_item", 7))
    assert told(merge(survey(deletion), run)) == {
        ("both", Kind.MODEL_ACCESS, 7, "users.User", "delete")
    }
    # Of a deletion that did not run it is not.
    assert len(merge(survey(deletion), seen(access("DELETE", "stock_item", 7))).couplings) == 2


def test_a_join_confirms_the_lookup_at_either_of_its_ends() -> None:
    join = ("join", VIEWS, 7, "place", "stock_item", "users_user", "join")
    for target in ("users.User", "stock.Item"):
        lookup = coupling(Kind.ORM_LOOKUP, 7, target, lookup="user")
        assert [one.evidence for one in merge(survey(lookup), seen(join)).couplings] == ["both"]


def test_rows_that_are_read_are_no_sign_of_a_lookup_that_names_them_too() -> None:
    lookup = coupling(Kind.ORM_LOOKUP, 7, lookup="friends__name")
    run = [access("SELECT", "users_user", 7)]
    assert told(merge(survey(read(8), lookup), seen(*run))) == {
        ("read", Kind.ORM_LOOKUP, 7, "users.User", ""),
        ("both", Kind.MODEL_ACCESS, 8, "users.User", "read"),
    }
    # A join is, also one of the other module's own tables.
    run += [("join", VIEWS, 7, "place", "users_user", "users_user_friends", "join")]
    assert told(merge(survey(read(8), lookup), seen(*run))) == {
        ("both", Kind.ORM_LOOKUP, 7, "users.User", ""),
        ("both", Kind.MODEL_ACCESS, 8, "users.User", "read"),
    }


def test_the_far_end_of_pairs_may_be_any_model_of_the_same_module_on_the_very_line() -> None:
    users = replace(module("users", "User"), models=("Group", "User"))
    put = access("INSERT", "users_user_friends", 7)
    for line, expected in ((7, {"both"}), (8, {"read", "seen"})):
        before = survey_of([module("orders"), users], [read(line, "users.Group", verb="update")])
        assert {one.evidence for one in merge(before, seen(put)).couplings} == expected


def test_a_join_tells_that_the_rows_are_read() -> None:
    join = ("join", VIEWS, 7, "place", "orders_order", "users_user", "join")
    run = seen(join, access("SELECT", "users_user", 7), access("SELECT", "orders_order", 7))
    assert told(merge(survey(), run)) == {
        ("seen", Kind.ORM_LOOKUP, 7, "users.User", "orders_order")
    }


def test_a_join_leads_away_from_the_line_or_else_along_a_relation() -> None:
    def target(file: str, left: str, right: str, *relations: Coupling) -> str:
        join = ("join", file, 7, "place", left, right, "join")
        found = merge(survey(*relations), seen(join)).couplings
        return next(one.target for one in found if one.kind is Kind.ORM_LOOKUP)

    assert target("shop/users/views.py", "orders_order", "users_user") == "orders.Order"
    assert target(VIEWS, "orders_order", "users_user") == "users.User"
    key = Coupling(
        kind=Kind.FOREIGN_KEY, from_="users", to="stock", file="shop/users/models.py", line=4,
        source="users.User.favourite", target="stock.Item",
    )  # fmt: skip
    assert target(VIEWS, "stock_item", "users_user", key) == "stock.Item"
    assert target(VIEWS, "stock_item", "users_user") == "users.User"


def test_of_two_apps_with_one_label_the_one_that_ran_is_meant() -> None:
    modules = [
        replace(module(f"{name}.users", "User"), path=f"{name}/users", apps=("users",))
        for name in ("blog", "shop")
    ]
    before = survey_of([module("orders", "Order"), *modules], [])
    merged = merge(before, seen(access("SELECT", "users_user", 7)))
    assert [one.to for one in merged.couplings] == ["shop.users"]


def test_a_join_inside_of_the_other_module_is_no_coupling_of_its_own() -> None:
    run = seen(("join", VIEWS, 7, "place", "users_user", "users_user_friends", "join"))
    assert merge(survey(), run).couplings == ()


def test_a_transaction_is_the_same_when_it_writes_models_of_the_same_module() -> None:
    block = coupling(Kind.TRANSACTION, 5, "users.Address, users.User")
    run = seen(("transaction", VIEWS, 6, "place", ["orders_order", "users_user"]))
    merged = merge(survey(block), run)
    assert told(merged) == {("both", Kind.TRANSACTION, 5, "users.Address, users.User", "")}


def test_a_receiver_is_the_same_by_its_function_and_its_sender() -> None:
    heard = coupling(
        Kind.SIGNAL, 3, source="shop.orders.signals.mark", file="shop/orders/signals.py"
    )
    signal = ("signal", "shop/users/views.py", 8, "join", "django.db.models.signals.post_save")
    run = seen((*signal, "users.User", "shop/orders/signals.py", 4, "mark"))
    assert told(merge(survey(heard), run)) == {("both", Kind.SIGNAL, 3, "users.User", "")}


def test_a_receiver_is_the_same_by_the_one_call_that_connects_it() -> None:
    file = "shop/orders/signals.py"
    call = coupling(Kind.SIGNAL, 30, source="shop.orders.signals", file=file)
    signal = ("signal", "shop/users/views.py", 8, "join", "django.db.models.signals.post_save")
    run = seen((*signal, "users.User", file, 4, "mark"))
    assert [one.evidence for one in merge(survey(call), run).couplings] == ["both"]
    # Of two calls no one knows which it was.
    merged = merge(survey(call, replace(call, line=31)), run)
    assert {(one.line, one.evidence) for one in merged.couplings} == {
        (4, "seen"),
        (30, "read"),
        (31, "read"),
    }


def test_a_task_is_the_same_by_its_name_or_by_its_function() -> None:
    sent = coupling(Kind.TASK, 7, "shop.users.tasks.mail", source="shop.orders.views.place")
    sent = replace(sent, to="users")
    for name in ("shop.users.tasks.mail", "nice-names.mail"):
        run = seen(("task", VIEWS, 8, "place", name, "shop/users/tasks.py"))
        assert [one.evidence for one in merge(survey(sent), run).couplings] == ["both"]


@pytest.mark.parametrize(
    ("by", "target", "host", "expected"),
    [
        ("hard-coded", "https://pay.example:8443", "pay.example", {"both"}),
        ("hard-coded", "https://pay.example", "mail.example", {"read", "seen"}),
        ("settings", "settings.PAY_URL", "pay.example", {"both"}),
    ],
)
def test_a_request_goes_to_the_host_that_was_read(
    by: str, target: str, host: str, expected: set[str]
) -> None:
    call = replace(coupling(Kind.HTTP_CALL, 7, target, host=by, timeout=True), to="")
    merged = merge(survey(call), seen(("http", VIEWS, 9, "place", host, False)))
    assert {one.evidence for one in merged.couplings} == expected


# --- What was only seen


def test_what_was_only_seen_is_a_coupling_of_its_own() -> None:
    receiver = "shop/orders/stock/receivers.py", 9, "take"
    run = seen(
        access("INSERT", "users_user", 7),
        access("DELETE", "stock_item", 8),
        ("join", VIEWS, 9, "place", "orders_order", "users_user", "join"),
        ("transaction", VIEWS, 5, "place", ["orders_order", "stock_item", "users_user"]),
        ("signal", VIEWS, 10, "place", "shop.orders.signals.placed", "orders.Order", *receiver),
        ("task", VIEWS, 11, "place", "mail", "shop/users/tasks.py"),
        ("http", VIEWS, 12, "place", "example.com", False),
    )  # fmt: skip
    assert told(merge(survey(), run)) == {
        ("seen", Kind.MODEL_ACCESS, 7, "users.User", "create"),
        ("seen", Kind.MODEL_ACCESS, 8, "stock.Item", "delete"),
        ("seen", Kind.ORM_LOOKUP, 9, "users.User", "orders_order"),
        ("seen", Kind.TRANSACTION, 5, "users.User", ""),
        ("seen", Kind.TRANSACTION, 5, "stock.Item", ""),
        ("seen", Kind.SIGNAL, 9, "shop.orders.signals.placed", ""),
        ("seen", Kind.TASK, 11, "mail", ""),
        ("seen", Kind.HTTP_CALL, 12, "example.com", ""),
    }


def test_the_deepest_folder_says_whose_a_file_is() -> None:
    inside = access("SELECT", "orders_order", 3, "take", "shop/orders/stock/models.py")
    (one,) = merge(survey(), seen(inside)).couplings
    assert (one.from_, one.to) == ("stock", "orders")


def test_an_app_of_a_group_is_of_the_groups_module() -> None:
    group = replace(
        module("selling", "Order", "Item"), apps=("orders", "stock"), path="shop/orders"
    )
    away = [("app", "stock", "shop.stock", "shop/stock")]
    run = evidence_of(
        [fact for fact in APPS if fact[1] != "stock"]
        + away
        + [access("SELECT", "users_user", 3, "take", "shop/stock/models.py"),
           access("SELECT", "stock_item", 4)]
    )  # fmt: skip
    merged = merge(survey_of([group, module("users", "User")], []), run)
    assert {(one.from_, one.to, one.file) for one in merged.couplings} == {
        ("selling", "users", "shop/stock/models.py")
    }


@pytest.mark.parametrize(
    "nothing",
    [
        access("SELECT", "orders_order", 7),
        access("SELECT", "auth_group", 7),
        access("SELECT", "unknown", 7),
        access("SELECT", "users_user", 7, file="shop/money.py"),
        ("transaction", VIEWS, 5, "place", ["users_user", "auth_group"]),
    ],
    ids=["own", "library", "nobody's", "shared code", "one module"],
)
def test_what_ties_no_two_modules_is_no_coupling(nothing: Any) -> None:
    assert merge(survey(), seen(nothing)).couplings == ()


def test_what_a_single_call_writes_is_no_transaction_of_the_line() -> None:
    block = ("transaction", VIEWS, 7, "place", ["stock_item", "users_user"])
    run = seen(access("DELETE", "stock_item", 7), access("DELETE", "users_user", 7), block)
    assert {one.kind for one in merge(survey(), run).couplings} == {Kind.MODEL_ACCESS}


def test_rows_of_pairs_are_told_by_the_models_that_they_stand_between() -> None:
    wishes = Coupling(
        kind=Kind.MANY_TO_MANY, from_="users", to="stock", file="shop/users/models.py", line=4,
        source="users.User.wishes", target="stock.Item",
    )  # fmt: skip
    run = seen(access("INSERT", "users_user_wishes", 7), access("DELETE", "users_user_friends", 8))
    assert told(merge(survey(wishes), run)) >= {
        ("seen", Kind.MODEL_ACCESS, 7, "users.User", "create"),
        ("seen", Kind.MODEL_ACCESS, 8, "users.User", "delete"),
    }
    added = read(7, "stock.Item", verb="update")
    assert told(merge(survey(wishes, added), seen(access("INSERT", "users_user_wishes", 7)))) == {
        ("read", Kind.MANY_TO_MANY, 4, "stock.Item", ""),
        ("both", Kind.MODEL_ACCESS, 7, "stock.Item", "update"),
    }


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("shop/orders/tests/test_views.py", Place.TEST),
        ("shop/orders/migrations/0002_fill.py", Place.MIGRATION),
        (VIEWS, None),
    ],
)
def test_lines_of_tests_and_migrations_are_told_as_such(file: str, place: Place | None) -> None:
    (one,) = merge(survey(), seen(access("SELECT", "users_user", 7, file=file))).couplings
    assert one.place is place


def test_a_method_has_the_name_that_was_read() -> None:
    method = read(7, source="shop.orders.views.Checkout.place")
    merged = merge(
        survey(method),
        seen(access("SELECT", "stock_item", 9), access("DELETE", "users_user", 90, "<lambda>")),
    )
    assert {(one.line, one.source) for one in merged.couplings if one.evidence is Basis.SEEN} == {
        (9, "shop.orders.views.Checkout.place"),
        (90, "shop.orders.views.<lambda>"),
    }


# --- The whole


FACTS = [
    access("SELECT", "users_user", 9),
    access("INSERT", "users_user", 9),
    access("DELETE", "stock_item", 12, "drop"),
    ("join", VIEWS, 9, "place", "orders_order", "users_user", "join"),
    ("transaction", VIEWS, 5, "place", ["orders_order", "stock_item", "users_user"]),
    access("SELECT", "orders_order", 3, "take", "shop/users/models.py"),
]


def test_to_merge_twice_is_to_merge_once() -> None:
    before = survey(read(7), coupling(Kind.ORM_LOOKUP, 8, lookup="user"), read(10, verb="update"))
    once = merge(before, seen(*FACTS))
    assert once != before
    assert merge(once, seen(*FACTS)) == once


def test_what_was_seen_in_parts_is_seen_in_whole() -> None:
    before = survey(read(7), read(10, "stock.Item"))
    whole = merge(before, seen(*FACTS))
    assert merge(merge(before, seen(*FACTS[:2])), seen(*FACTS[2:])) == whole
    assert merge(before, seen(*reversed(FACTS))) == whole


def test_nothing_that_was_read_is_lost_and_all_is_sorted() -> None:
    before = survey(read(7), read(10, "stock.Item"), coupling(Kind.IMPORT, 1, "users.x"))
    merged = merge(before, seen(*FACTS))
    kept = {replace(one, evidence=Basis.READ) for one in merged.couplings}
    assert set(before.couplings) <= kept
    assert list(merged.couplings) == sorted(merged.couplings, key=order)


def test_what_was_only_seen_can_close_a_cycle() -> None:
    before = survey(read(7))
    assert before.cycles == ()
    assert merge(before, seen(*FACTS)).cycles == (("orders", "users"),)
