"""What tree-sitter reads is what the interpreter itself reads."""

import sysconfig
import warnings
from pathlib import Path

import pytest
from tests.unit.survey.from_ast import comparable, converted

from banyan.survey.adapters.depth import deep
from banyan.survey.adapters.tree_sitter import read, read_imports
from banyan.survey.syntax import Import, Node

ROOT = Path(__file__).parents[3]
OWN = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "examples").rglob("*.py")])
LIBRARY = sorted(
    file
    for file in Path(sysconfig.get_paths()["stdlib"]).rglob("*.py")
    if "site-packages" not in file.parts
)
WITHOUT_TESTS = [f for f in LIBRARY if not {"test", "tests", "idle_test"} & set(f.parts)]


def difference(file: Path) -> str | None:
    """The first statement of a file that the two read otherwise; None is none."""
    data = file.read_bytes()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with deep():
                expected = converted(data.decode())
    except (SyntaxError, ValueError):
        return None
    source = read(data)
    if source.damages:
        return f"{file}: {source.damages[0]}"
    for ours, theirs in zip(source.body, expected, strict=False):
        if comparable(ours) != comparable(theirs):
            return f"{file}:\n{comparable(ours)}\n{comparable(theirs)}"
    return None if len(source.body) == len(expected) else f"{file}: another number of statements"


def imports_of(value: object) -> list[Import]:
    """The imports anywhere in a tree, in its order."""
    if isinstance(value, tuple):
        return [one for part in value for one in imports_of(part)]
    if isinstance(value, Import):
        return [value]
    if isinstance(value, Node):
        return [one for name in value.__struct_fields__ for one in imports_of(getattr(value, name))]
    return []


def test_our_own_files_are_read_as_the_interpreter_reads_them() -> None:
    found = [difference(file) for file in OWN]
    assert [one for one in found if one] == []


@pytest.mark.parametrize(
    "annotation",
    [
        "A[int] | B | C",
        "A[int] | B[int] | C[int] | D | E",
        "A[int] | B[int] | C",
        "A | B[int] | C | D",
        "A[int].B | C | D",
        "A[int] | (B | C) | D",
        "(A[int] | B) | C | D",
        "A[int] | B & C | D ^ E | F",
        "A[B[int] | C | D] | E | F",
        "Callable[[A[int] | B | C], D | E | F] | G | H",
        "A[int] | (  # so it is\n    B\n    | C) | None",
        "'A[int]' | B | C",
        "tuple[*A]",
        "A[*B, int] | C[*B]",
    ],
)
def test_an_annotation_is_read_as_the_interpreter_reads_it(annotation: str, tmp_path: Path) -> None:
    file = tmp_path / "annotated.py"
    text = (
        f"def f(a: {annotation}, b: {annotation} = 0) -> {annotation}:\n    c: {annotation} = 0\n"
    )
    file.write_text(text)
    assert difference(file) is None


def test_a_part_of_the_standard_library_is_read_as_the_interpreter_reads_it() -> None:
    found = [difference(file) for file in WITHOUT_TESTS[::25]]
    assert [one for one in found if one] == []


@pytest.mark.slow
def test_the_standard_library_is_read_as_the_interpreter_reads_it() -> None:
    found = [difference(file) for file in WITHOUT_TESTS]
    assert [one for one in found if one] == []


def test_reading_imports_alone_finds_those_that_whole_reading_finds() -> None:
    for file in [*OWN, *WITHOUT_TESTS[::10]]:
        data = file.read_bytes()
        assert list(read_imports(data).body) == imports_of(read(data).body), file
