"""What the comparison of a survey with the truth counts, lists and leaves out."""

import json

import pytest
from bench.survey_truth.applications import Application
from bench.survey_truth.comparing import ALL, SPELLED_OUT, Comparison, compare
from bench.survey_truth.declarations import Key
from bench.survey_truth.relations import Relation, Truth
from bench.survey_truth.surveying import NotSurveyed, read_document
from bench.survey_truth.unseen import RELATIONS, edges_of_the_survey, figures

APPS = {"orders": "orders", "users": "users", "extra": "tests/extra"}


def relation(
    field: str = "user",
    kind: str = "foreign_key",
    *,
    app: str = "orders",
    model: str = "Order",
    to: str = "users.User",
    on_delete: str | None = "CASCADE",
    null: bool | None = False,
    is_proxy: bool = False,
) -> Relation:
    """A relation from orders.Order to users.User, unless said otherwise."""
    target_app, target_model = to.split(".")
    return Relation(
        kind,
        app,
        model,
        field,
        target_app,
        target_model,
        "orders/migrations/0001_initial.py",
        7,
        on_delete,
        null,
        is_proxy=is_proxy,
    )


def compared(
    real: list[Relation],
    found: list[Relation],
    listed: tuple[str, ...] = ("orders", "users"),
    by_libraries: dict[Key, str] | None = None,
) -> Comparison:
    """The comparison of a project with these apps, which declares all itself but for these."""
    apps = tuple(Application(label, folder, ()) for label, folder in APPS.items())
    return compare(Truth(apps, tuple(real), (), 3, 3), found, listed, by_libraries or {})


def counts(comparison: Comparison, kind: str = ALL) -> tuple[int, int, int]:
    """The real, the found and those that are both."""
    score = comparison.scores[kind]
    return (score.real, score.found, score.both)


def test_a_relation_told_alike_by_both_sides_counts_for_both_whatever_the_case_of_models() -> None:
    comparison = compared([relation(model="order")], [relation()])

    assert counts(comparison) == counts(comparison, "foreign_key") == (1, 1, 1)
    assert comparison.differences == []
    assert comparison.scores[ALL].recall == comparison.scores[ALL].precision == 1.0


def test_what_one_side_alone_tells_is_counted_and_listed_with_both_sides() -> None:
    comparison = compared(
        [relation("user"), relation("payer")],
        [relation("user"), relation("payer", "one_to_one"), relation("guest")],
    )

    assert counts(comparison) == (2, 3, 1)
    assert [
        (one.what, one.truth and one.truth.field, one.survey and one.survey.kind)
        for one in comparison.differences
    ] == [
        ("missed", "payer", "one_to_one"),
        ("extra", None, "foreign_key"),
        ("extra", "payer", "one_to_one"),
    ]


def test_what_is_said_otherwise_of_the_same_relation_is_listed_and_still_found() -> None:
    comparison = compared(
        [relation(on_delete="PROTECT", null=True)], [relation(on_delete="CASCADE", null=False)]
    )

    assert counts(comparison) == (1, 1, 1)
    assert [one.note for one in comparison.differences] == [
        "on_delete is PROTECT, told as CASCADE; null is True, told as False"
    ]


def test_relations_inside_an_app_are_neither_real_nor_found() -> None:
    inside = relation("parent", to="orders.Order")

    assert counts(compared([inside], [inside])) == (0, 0, 0)


def test_an_app_that_the_survey_does_not_list_counts_as_missed_unless_it_is_for_tests() -> None:
    real = [relation(), relation("user", app="extra")]

    comparison = compared(real, [], listed=("users",))

    assert counts(comparison) == (1, 0, 0)
    assert [one.note for one in comparison.differences] == ["the survey lists no app orders"]
    assert comparison.left_out == ["tests/extra (app extra, for tests, not in the survey)"]


def test_an_app_without_migrations_is_left_out_by_name() -> None:
    comparison = compared([], [relation(app="unmigrated")])

    assert counts(comparison) == (0, 0, 0)
    assert comparison.left_out[-1] == "app unmigrated (has no migrations)"


def test_what_a_library_makes_counts_among_all_and_not_among_what_is_spelled_out() -> None:
    made = relation("history_user")
    comparison = compared(
        [made, relation("user")], [relation("user")], by_libraries={made.key: "a library's"}
    )

    assert counts(comparison) == (2, 1, 1)
    assert counts(comparison, SPELLED_OUT) == (1, 1, 1)
    assert [one.note for one in comparison.differences] == ["a library's"]


def test_a_proxy_counts_neither_when_told_nor_when_not() -> None:
    proxy = relation("", "model_inheritance", model="Buyer", is_proxy=True)

    assert counts(compared([proxy], [])) == (0, 0, 0)
    assert counts(compared([proxy], [proxy])) == (0, 0, 0)


def coupling(kind: str, start: str, end: str, **more: object) -> dict[str, object]:
    """A coupling as the survey writes it."""
    return {"kind": kind, "from": start, "to": end, "file": "a.py", "line": 1, **more}


def test_a_surveys_relations_are_read_from_its_json() -> None:
    document = {
        "schema": "banyan.survey/1",
        "modules": [{"name": "shop", "label": "orders"}],
        "couplings": [
            coupling(
                "foreign_key",
                "shop",
                "users",
                source="orders.Order.user",
                target="users.User",
                on_delete="CASCADE",
                null=True,
            ),
            coupling("model_inheritance", "shop", "users", source="orders.B", target="users.User"),
            coupling("import", "shop", "users", source="orders.views", target="users.models"),
        ],
    }

    surveyed = read_document(json.dumps(document).encode())

    assert [one.key for one in surveyed.relations()] == [
        ("foreign_key", "orders.order.user", "users.user"),
        ("model_inheritance", "orders.b", "users.user"),
    ]
    assert surveyed.relations()[0].null is True
    assert set(surveyed.modules) == {"orders"}


def test_text_that_is_no_survey_is_refused() -> None:
    with pytest.raises(NotSurveyed, match="wrote no JSON: it broke"):
        read_document(b"", "it broke")
    with pytest.raises(NotSurveyed, match="the schema is"):
        read_document(b'{"schema": "banyan.survey/9"}')


def test_couplings_are_counted_by_what_imports_show_of_their_two_modules() -> None:
    couplings = [
        coupling("foreign_key", "orders", "users"),
        coupling("foreign_key", "orders", "users"),
        coupling("one_to_one", "users", "orders"),
        coupling("many_to_many", "orders", "stock"),
        coupling("model_access", "orders", "stock"),
        coupling("import", "orders", "users"),
    ]

    found = figures(couplings, RELATIONS, edges_of_the_survey(couplings))

    assert (found.couplings, found.against, found.apart) == (4, 2, 1)
    assert (found.pairs, found.pairs_against, found.pairs_apart) == (3, 2, 1)
