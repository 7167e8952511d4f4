"""What is counted, and what is not; who is tied most; which line is worst."""

import pytest
from tests.surveys import made, module, shop, survey_of

from banyan.survey import figures as counting
from banyan.survey.facts import Coupling, Kind, Place, Survey
from banyan.survey.figures import Figures, Seen, figures, visibility


def tie(
    kind: Kind, from_: str = "orders", to: str = "users", line: int = 1, **more: object
) -> Coupling:
    return Coupling(
        kind=kind,
        from_=from_,
        to=to,
        file=f"{from_}/code.py",
        line=line,
        source=f"{from_}.code",
        target=f"{to}.User",
        **more,  # type: ignore[arg-type]
    )


def count(*couplings: Coupling) -> Figures:
    names = sorted({name for each in couplings for name in (each.from_, each.to) if name})
    return figures(survey_of([module(name) for name in names], list(couplings)))


def test_a_pair_is_told_in_one_phrase() -> None:
    found = count(
        *[tie(Kind.FOREIGN_KEY, line=n, on_delete="CASCADE" if n < 2 else "") for n in range(14)],
        *[tie(Kind.IMPORT, line=n) for n in range(2)],
        tie(Kind.MODEL_IMPORT),
        *[tie(Kind.ORM_LOOKUP, line=n) for n in range(6)],
    )
    assert found.pairs[0].phrase == (
        "orders and users: 3 imports, 14 foreign keys, 2 cascades, 6 joins; an import graph shows 3"
    )


def test_what_holds_back_counts_for_the_same_pair_and_who_holds_on_more_comes_first() -> None:
    found = count(
        tie(Kind.MODEL_ACCESS, "users", "orders"),
        tie(Kind.MODEL_ACCESS, "users", "orders", line=2),
        tie(Kind.MODEL_ACCESS, "orders", "users"),
    )
    (pair,) = found.pairs
    assert (pair.first, pair.second, len(pair.couplings)) == ("users", "orders", 3)


def test_data_ties_more_than_any_number_of_imports() -> None:
    found = count(
        *[tie(Kind.IMPORT, "a", "b", line=n) for n in range(20)],
        tie(Kind.FOREIGN_KEY, "a", "c"),
    )
    assert [(pair.first, pair.second) for pair in found.pairs] == [("a", "c"), ("a", "b")]


@pytest.mark.parametrize("place", [Place.TEST, Place.MIGRATION])
def test_tests_and_migrations_are_not_counted(place: Place) -> None:
    found = count(tie(Kind.MODEL_ACCESS, place=place), tie(Kind.MIGRATION))
    assert found.counted == ()
    assert found.pairs == ()
    assert found.worst is None
    assert found.tests + found.migrations == 2


def test_what_leaves_the_project_ties_no_modules() -> None:
    assert count(tie(Kind.HTTP_CALL, to="")).counted == ()


def test_an_experimental_kind_stays_out_of_all_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "EXPERIMENTAL", frozenset({Kind.TRANSACTION}))
    found = count(tie(Kind.TRANSACTION), tie(Kind.FOREIGN_KEY))
    assert found.by_kind == {Kind.FOREIGN_KEY: 1}
    assert found.data == 1


def test_an_import_shows_an_edge_in_both_directions_but_not_what_else_is_there() -> None:
    found = count(
        tie(Kind.MODEL_IMPORT, "users", "orders"),
        tie(Kind.FOREIGN_KEY),
        tie(Kind.FOREIGN_KEY, "shipping"),
    )
    assert (found.data, found.untold, found.unseen) == (2, 1, 1)


def test_an_import_in_a_test_shows_no_edge() -> None:
    seen = visibility([tie(Kind.IMPORT, place=Place.TEST), tie(Kind.FOREIGN_KEY)])
    assert seen["orders", "users"] is Seen.NOTHING


def cycles_of(*couplings: Coupling) -> tuple[tuple[str, ...], ...]:
    return count(*couplings).cycles


def test_calls_data_and_internals_make_a_cycle() -> None:
    there = tie(Kind.FOREIGN_KEY, "a", "b")
    for kind in (Kind.IMPORT, Kind.MODEL_ACCESS, Kind.TASK, Kind.RAW_SQL):
        assert cycles_of(there, tie(kind, "b", "a")) == (("a", "b"),)


def test_hearing_linking_typing_testing_and_migrating_make_none() -> None:
    there = tie(Kind.FOREIGN_KEY, "a", "b")
    for back in (
        tie(Kind.SIGNAL, "b", "a"),
        tie(Kind.URL_REVERSE, "b", "a"),
        tie(Kind.MODEL_IMPORT, "b", "a", place=Place.TYPING),
        tie(Kind.MODEL_IMPORT, "b", "a", place=Place.TEST),
        tie(Kind.MIGRATION, "b", "a"),
    ):
        assert cycles_of(there, back) == ()


def test_the_worst_line_is_the_hardest_to_undo_of_the_pair_that_is_tied_most() -> None:
    ties = [
        tie(Kind.ORM_LOOKUP, line=1),
        tie(Kind.FOREIGN_KEY, line=2),
        tie(Kind.FOREIGN_KEY, line=3, on_delete="CASCADE"),
        tie(Kind.TRANSACTION, line=4),
        tie(Kind.TRANSACTION, "orders", "catalogue", line=5),
    ]
    worst = [count(*ties[:most]).worst for most in (1, 2, 3, 4, 5)]
    assert [each.line for each in worst if each] == [1, 2, 3, 4, 4]


def test_a_module_that_only_a_coupling_names_is_counted_with() -> None:
    survey = Survey(project=shop().project, couplings=(tie(Kind.FOREIGN_KEY),))
    assert set(figures(survey).order) == {"orders", "users"}


def test_the_same_survey_gives_the_same_figures_whatever_the_order_of_its_parts() -> None:
    survey = made(30, 400)
    turned = Survey(
        project=survey.project,
        modules=survey.modules[::-1],
        couplings=survey.couplings,
        cycles=survey.cycles,
    )
    one, other = figures(survey), figures(turned)
    assert (one.order, one.levels, one.reach) == (other.order, other.levels, other.reach)
