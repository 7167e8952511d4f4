"""What a survey found is judged, each thing by one rule, at the level that the project gives."""

from pathlib import Path

import pytest
from tests.unit.boundaries.made import coupling, survey_of

from banyan.boundaries import Rule
from banyan.boundaries.checking import judge, uses, violations
from banyan.boundaries.checking.baseline import baseline_of
from banyan.findings import FindingsError, Level
from banyan.modules import Checking, Module, Project
from banyan.modules.project import Strictness
from banyan.survey.facts import REQUEST_USER, Allowance, Coupling, Kind, Place


def project(*, levels: dict[str, Strictness] | None = None, **modules: Module) -> Project:
    given = {name: Module(name, (name,)) for name in ("orders", "payments", "users")}
    return Project("shop", modules=given | modules, check=Checking(levels=levels or {}))


def orders(**more: object) -> Module:
    return Module("orders", ("orders",), **more)  # type: ignore[arg-type]


IMPORT = coupling(
    Kind.IMPORT, source="orders.views", target="users.services.register", face="internal"
)
ACCESS = coupling(Kind.MODEL_ACCESS, 9, verb="read")


def rules(*couplings: Coupling, by: Project | None = None) -> list[str]:
    return sorted(one.rule for one in violations(survey_of(*couplings), by))


def test_two_accesses_of_one_function_are_one_violation_with_two_places() -> None:
    (one,) = violations(survey_of(ACCESS, coupling(Kind.MODEL_ACCESS, 12, verb="delete")))
    assert [spot.line for spot in one.spots] == [9, 12]
    assert one.message == "orders.views.checkout deletes and reads users.User of users"


def test_a_write_that_no_name_tells_says_by_which_delete_it_comes() -> None:
    gone = coupling(Kind.MODEL_ACCESS, 9, verb="delete", along="orders.Order")
    (one,) = violations(survey_of(gone))
    assert one.message == (
        "orders.views.checkout deletes users.User of users, by a delete of orders.Order"
    )
    (both,) = violations(survey_of(gone, ACCESS))
    assert both.message == "orders.views.checkout deletes and reads users.User of users"


def test_a_delete_that_takes_rows_of_third_modules_along_names_them() -> None:
    cascades = ("orders.Line", "payments.Card", "unknown.Thing", "users.Address")
    (one,) = violations(survey_of(coupling(Kind.MODEL_ACCESS, verb="delete", cascades=cascades)))
    assert one.message == (
        "orders.views.checkout deletes users.User of users, and with it rows of payments.Card"
    )


def test_who_is_undeclared_is_told_once_for_the_pair() -> None:
    declared = project(orders=orders(calls=("users",)))
    assert rules(IMPORT, by=project()) == [Rule.INTERNALS, Rule.USE]
    assert rules(IMPORT, by=declared) == [Rule.INTERNALS]
    assert rules(IMPORT) == [Rule.INTERNALS]


def test_what_a_callee_s_contract_passes_on_is_no_use_of_whose_it_is() -> None:
    def taken(via: str) -> Coupling:
        return coupling(
            Kind.IMPORT, to="payments", target="payments.contract.Card", via=via, face="public"
        )

    by = project(orders=orders(calls=("users",)))
    assert rules(taken("users.contract.Card"), by=by) == []
    assert rules(taken("users.contract.Card"), by=project()) == [Rule.USE]
    assert rules(taken("users.views.Card"), by=by) == [Rule.USE]
    assert rules(taken(""), by=by) == [Rule.USE]


def test_to_ask_who_sends_a_request_breaks_no_rule_and_closes_no_cycle() -> None:
    back = coupling(Kind.IMPORT, from_="users", to="orders", target="orders.api.x", face="public")
    asked = coupling(Kind.MODEL_ACCESS, verb="read", lookup=REQUEST_USER)
    assert rules(asked, back) == []
    assert rules(coupling(Kind.MODEL_ACCESS, verb="read"), back) == [
        Rule.ACCESS,
        Rule.CYCLE,
        Rule.CYCLE,
    ]


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_to_write_who_sends_a_request_is_an_access_to_another_module_s_rows(verb: str) -> None:
    asked = coupling(Kind.MODEL_ACCESS, verb=verb, lookup=REQUEST_USER)
    assert rules(asked) == [Rule.ACCESS]


def test_data_alone_is_no_use() -> None:
    assert rules(ACCESS, by=project()) == [Rule.ACCESS]


@pytest.mark.parametrize("place", [Place.TEST, Place.TYPING])
def test_tests_and_annotations_break_no_rule(place: Place) -> None:
    placed = [
        coupling(Kind.IMPORT, target="users.x.y", face="internal", place=place),
        coupling(Kind.MODEL_ACCESS, place=place),
    ]
    assert rules(*placed, by=project()) == []


def test_migrations_break_the_rules_of_migrations_and_of_sql_alone() -> None:
    placed = [
        coupling(kind, place=Place.MIGRATION)
        for kind in (Kind.MODEL_IMPORT, Kind.MODEL_ACCESS, Kind.RAW_SQL, Kind.SIGNAL)
    ]
    order = coupling(Kind.MIGRATION, source="orders.migrations.0001", target="users.0001")
    assert rules(*placed, order, by=project()) == [Rule.MIGRATION, Rule.RAW_SQL]


def test_a_link_to_another_page_breaks_no_rule() -> None:
    assert rules(coupling(Kind.URL_REVERSE, target="users:detail"), by=project()) == []


def test_a_public_name_is_offered_whatever_file_defines_it() -> None:
    users = Module("users", ("users",), public=("users.services",))
    passed_on = coupling(
        Kind.IMPORT, target="users.inner.x", via="users.services.x", face="internal"
    )
    by = project(orders=orders(calls=("users",)), users=users)
    assert rules(IMPORT, passed_on, by=by) == []
    other = coupling(Kind.IMPORT, target="users.services_old.x", face="internal")
    assert rules(other, by=by) == [Rule.INTERNALS]


def contract_import(target: str = "users.contract.Registered") -> Coupling:
    return coupling(Kind.IMPORT, source="orders.views", target=target, face="public")


BACK = coupling(
    Kind.TASK, from_="users", to="orders", file="users/tasks.py", target="orders.tasks.x"
)


def test_who_may_only_hear_may_import_the_contract_alone() -> None:
    by = project(orders=orders(listens=("users",)))
    assert rules(contract_import(), by=by) == []
    assert rules(contract_import("users.who"), by=by) == [Rule.USE]


def test_to_hear_makes_no_cycle_and_to_call_does() -> None:
    users = Module("users", ("users",), calls=("orders",))
    hearing = project(orders=orders(listens=("users",)), users=users)
    calling = project(orders=orders(calls=("users",)), users=users)
    assert rules(contract_import(), BACK, by=hearing) == []
    assert rules(contract_import(), BACK, by=calling) == [Rule.CYCLE, Rule.CYCLE]


def test_a_signal_that_is_heard_makes_no_cycle() -> None:
    assert rules(coupling(Kind.SIGNAL), BACK) == [Rule.SIGNAL]


def test_each_edge_inside_of_a_group_is_a_violation_and_none_that_leaves_it() -> None:
    def edge(from_: str, to: str) -> Coupling:
        return coupling(Kind.IMPORT, from_=from_, to=to, target=to, face="public", file=from_)

    found = violations(survey_of(edge("a", "b"), edge("b", "c"), edge("c", "a"), edge("c", "out")))
    assert {(one.consumer, one.owner) for one in found} == {("a", "b"), ("b", "c"), ("c", "a")}


def test_a_level_can_be_set_and_a_rule_be_left_out() -> None:
    survey = survey_of(IMPORT, ACCESS)
    judged = judge(survey, project(levels={"E105": "warning", "E101": "off"}))
    assert {one.id: one.level for one in judged.findings} == {
        "banyan.E102": Level.ERROR,
        "banyan.E105": Level.WARNING,
    }
    assert Rule.USE not in judged.counts
    assert judged.fails


def test_warnings_alone_do_not_fail() -> None:
    judged = judge(survey_of(coupling(Kind.TRANSACTION)), project(levels={"E108": "warning"}))
    assert [one.level for one in judged.findings] == [Level.WARNING]
    assert not judged.fails


def test_a_level_of_a_rule_that_is_not_there_is_refused() -> None:
    with pytest.raises(FindingsError, match="E199"):
        judge(survey_of(), project(levels={"E199": "off"}))


def test_debt_of_a_rule_that_is_off_is_neither_known_nor_fixed() -> None:
    known = baseline_of(violations(survey_of(ACCESS)))
    for couplings in ([ACCESS], []):
        judged = judge(survey_of(*couplings), project(levels={"E105": "off"}), known)
        assert not judged.findings
        assert not judged.known


def test_a_comment_on_a_rule_that_is_off_is_not_told_as_unmatched() -> None:
    comment = Allowance(file="orders/views.py", line=9, text="allow[E105] why")
    survey = survey_of(ACCESS, allowances=(comment,))
    assert not judge(survey, project(levels={"E105": "off"})).findings


def test_what_is_known_passes_and_what_is_fixed_fails() -> None:
    known = baseline_of(violations(survey_of(ACCESS)))
    assert not judge(survey_of(ACCESS), project(), known).fails
    judged = judge(survey_of(), project(), known)
    assert [one.id for one in judged.findings] == ["banyan.E122"]
    assert judged.fails


def test_what_was_known_and_is_allowed_now_is_no_debt_any_more() -> None:
    comment = Allowance(file="orders/views.py", line=9, text="allow[E105] why")
    known = baseline_of(violations(survey_of(ACCESS)))
    judged = judge(survey_of(ACCESS, allowances=(comment,)), project(), known)
    assert [one.id for one in judged.findings] == ["banyan.E122"]
    assert len(judged.allowed) == 1


def test_a_strict_module_has_no_known_debt_and_others_have() -> None:
    known = baseline_of(violations(survey_of(ACCESS)))
    strict = project(orders=orders(strict=True))
    assert [one.id for one in judge(survey_of(ACCESS), strict, known).findings] == ["banyan.E123"]
    others = project(users=Module("users", ("users",), strict=True))
    assert not judge(survey_of(ACCESS), others, known).findings


def test_a_finding_says_where_and_what_to_do() -> None:
    (finding,) = judge(survey_of(ACCESS, coupling(Kind.MODEL_ACCESS, 12, verb="read"))).findings
    assert finding.location is not None
    assert (finding.location.file, finding.location.line) == (Path("orders/views.py"), 9)
    assert finding.message.endswith("of users (1 more place)")
    assert finding.hint.startswith("Contract:")


def test_it_tells_which_modules_use_which() -> None:
    assert uses(survey_of(IMPORT, ACCESS, BACK)) == {"orders": ("users",), "users": ("orders",)}
