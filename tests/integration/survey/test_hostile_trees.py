"""A tree that is odd, huge or hostile costs a finding at most: the rest is found as ever."""

import os
import shutil
from pathlib import Path

import pytest

from banyan.survey import survey
from banyan.survey.facts import Coupling, Survey

FLAT = Path(__file__).parents[2] / "assets" / "projects" / "survey" / "layout_flat"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return shutil.copytree(FLAT, tmp_path / "flat")


def known(found: Survey) -> list[Coupling]:
    """What is always there, of the files that the project has without anything odd."""
    files = {path.relative_to(FLAT).as_posix() for path in FLAT.rglob("*.py")}
    return [coupling for coupling in found.couplings if coupling.file in files]


def test_the_project_has_couplings_to_lose() -> None:
    assert known(survey(FLAT))


def test_a_loop_of_symbolic_links_ends(project: Path) -> None:
    (project / "orders" / "again").symlink_to(project, target_is_directory=True)
    (project / "round").symlink_to("round")
    (project / "gone.py").symlink_to("nowhere.py")
    assert survey(project).couplings == survey(FLAT).couplings


def test_a_linked_file_is_read_once(project: Path) -> None:
    (project / "orders" / "linked").symlink_to(project / "users", target_is_directory=True)
    found = survey(project)
    assert [module.name for module in found.modules] == ["orders", "users"]
    assert known(found) == known(survey(FLAT))


def test_a_huge_generated_file_is_read_or_told(project: Path) -> None:
    rows = "".join(f'    "{n}": ("{"x" * 40}", [{n}, {n}]),\n' for n in range(60_000))
    (project / "orders" / "table.py").write_text(f"# generated\nTABLE = {{\n{rows}}}\n")
    assert known(survey(project)) == known(survey(FLAT))


@pytest.mark.parametrize(
    "text",
    [
        "x = " + "(" * 5_000 + "1" + ")" * 5_000,
        "x = " + "+".join(["1"] * 20_000),
        "x = a" + ".b()" * 5_000,
        "x = " + "not " * 5_000 + "1",
        "".join(f"{' ' * n}if 1:\n" for n in range(300)) + " " * 300 + "pass\n",
        "x = '" + "y" * 3_000_000 + "'",
        "f(**{" * 1_000,
    ],
    ids=["brackets", "sum", "chain", "nots", "ifs", "one line", "open"],
)
def test_code_that_is_nested_beyond_reason_ends(project: Path, text: str) -> None:
    (project / "orders" / "deep.py").write_text(text)
    assert known(survey(project)) == known(survey(FLAT))


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 4_096, bytes(range(256)) * 16, b"\xff\xfex\x00", b"# coding: no-such\nx = 1\n"],
    ids=["empty", "nulls", "bytes", "utf-16", "unknown cookie"],
)
def test_a_file_that_is_no_python_costs_no_more_than_a_finding(
    project: Path, content: bytes
) -> None:
    (project / "orders" / "odd.py").write_bytes(content)
    found = survey(project)
    assert known(found) == known(survey(FLAT))
    assert {problem.file for problem in found.problems} <= {"orders/odd.py"}


def test_what_is_named_as_a_file_and_is_none_is_passed(project: Path) -> None:
    (project / "orders" / "folder.py").mkdir()
    os.mkfifo(project / "orders" / "pipe.py")
    assert known(survey(project)) == known(survey(FLAT))


def test_nothing_of_the_project_runs_and_nothing_in_it_changes(project: Path) -> None:
    for module in project.rglob("*.py"):
        with module.open("a") as code:
            code.write("\n\nopen(__file__ + '.ran', 'w').close()\nraise SystemExit(3)\n")
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    assert survey(project).couplings == survey(FLAT).couplings
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before


def test_two_surveys_of_the_same_tree_are_equal(project: Path) -> None:
    assert survey(project).couplings == survey(project).couplings == survey(FLAT).couplings
