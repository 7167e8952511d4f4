"""The survey of each project of the truth set finds what its lines expect, and nothing else."""

from functools import cache
from pathlib import Path

import pytest
from tests.integration.survey.expectations import Case, extra, missed, read_case

from banyan.survey import survey
from banyan.survey.facts import Kind, Survey

PROJECTS = Path(__file__).parents[2] / "assets" / "projects" / "survey"
CASES = {folder.name: read_case(folder) for folder in sorted(PROJECTS.iterdir()) if folder.is_dir()}


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


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.modules])
def test_the_modules_are_the_apps_of_the_project(name: str) -> None:
    assert {module.name for module in surveyed(name).modules} == CASES[name].modules


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.unresolved])
def test_where_following_ended_is_told_with_its_reason(name: str) -> None:
    told = surveyed(name).unresolved
    silent = [
        f"not told {note}"
        for note in CASES[name].unresolved
        if not any(note.is_met_by(entry, entry.reason) for entry in told)
    ]
    assert not silent, "\n" + "\n".join(silent + [f"told {entry}" for entry in told])


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.problems])
def test_a_file_that_is_not_read_whole_is_one_problem(name: str) -> None:
    told = surveyed(name).problems
    wanted = CASES[name].problems
    silent = [
        f"not told {note}"
        for note in wanted
        if not any(note.is_met_by(entry, entry.message) for entry in told)
    ]
    assert not silent, "\n" + "\n".join(silent + [f"told {entry}" for entry in told])
    assert len({entry.file for entry in told}) == len(told) == len(wanted)
