"""The survey of each project of the truth set finds what its lines expect, and nothing else."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from tests.integration.survey.expectations import Case, Note, extra, mended, missed, read_case, said

from banyan.survey import survey
from banyan.survey.facts import Kind, Problem, Survey, Unresolved

PROJECTS = Path(__file__).parents[2] / "assets" / "projects" / "survey"
CASES = {folder.name: read_case(folder) for folder in sorted(PROJECTS.iterdir()) if folder.is_dir()}
# Of some 950 expectations. They are told in docs/survey.md; the number may only shrink.
MOST_GAPS = 2


@cache
def surveyed(name: str) -> Survey:
    return survey(PROJECTS / name)


@pytest.mark.parametrize(
    ("case", "kind"),
    [
        pytest.param(case, kind, id=f"{case.name}-{kind}")
        for case in CASES.values()
        for kind in case.kinds
    ],
)
def test_what_is_expected_of_a_kind_is_found_and_no_more(case: Case, kind: Kind) -> None:
    couplings = surveyed(case.name).couplings
    differences = missed(case, kind, couplings) + extra(case, [kind], couplings)
    assert not differences, "\n" + "\n".join(differences)


@pytest.mark.parametrize("name", CASES)
def test_of_a_kind_that_is_not_expected_nothing_is_found(name: str) -> None:
    case = CASES[name]
    differences = extra(case, set(Kind) - set(case.kinds), surveyed(name).couplings)
    assert not differences, "\n" + "\n".join(differences)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.gaps])
def test_what_is_known_to_be_missed_is_still_missed(name: str) -> None:
    assert not (found := mended(CASES[name], surveyed(name).couplings)), "\n" + "\n".join(found)


def test_few_gaps_are_known() -> None:
    assert sum(len(case.gaps) for case in CASES.values()) <= MOST_GAPS


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.modules])
def test_the_modules_are_the_apps_of_the_project(name: str) -> None:
    assert {module.name for module in surveyed(name).modules} == CASES[name].modules


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.unresolved])
def test_where_following_ended_is_told_with_its_reason(name: str) -> None:
    assert_told(CASES[name].unresolved, surveyed(name).unresolved)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.problems])
def test_a_file_that_is_not_read_whole_is_one_problem(name: str) -> None:
    told = surveyed(name).problems
    assert_told(CASES[name].problems, told)
    assert len({problem.file for problem in told}) == len(told) == len(CASES[name].problems)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.shared])
def test_shared_code_is_told_apart_by_facts(name: str) -> None:
    wanted = CASES[name].shared
    told = {code.path: code for code in surveyed(name).shared}
    assert {
        path: {fact: said(told[path], fact) for fact in facts} if path in told else None
        for path, facts in wanted.items()
    } == wanted


def assert_told(wanted: list[Note], told: Sequence[Unresolved | Problem]) -> None:
    silent = [f"not told {note}" for note in wanted if not any(map(note.is_met_by, told))]
    assert not silent, "\n" + "\n".join(silent + [f"told {entry}" for entry in told])
