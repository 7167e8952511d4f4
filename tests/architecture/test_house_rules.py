"""The rules of the house that import-linter cannot express."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "banyan"
FILES = sorted(file for file in SOURCE.rglob("*.py"))
NAMES_OF_NOTHING = {
    "base",
    "common",
    "core",
    "helpers",
    "manager",
    "misc",
    "types",
    "utils",
}
MOST_NAMES = 15
MOST_LINES = 400
# Django loads these files of a database backend by name.
NAMED_BY_DJANGO = re.compile(r"data/engines/\w+/base\.py")
DJANGOS_FILES = {
    "admin",
    "apps",
    "checks",
    "engines",
    "fields",
    "management",
    "middleware",
    "migrations",
    "models",
    "routers",
    "tasks",
    "templatetags",
    "urls",
    "views",
}
# Its subject is Django's tables themselves: engines, schema, router. It reads no rows.
ABOUT_DJANGOS_TABLES = {"data"}
# In a module of models, and none: the visitor whom nobody knows.
NO_MODELS = {"AnonymousUser"}


def place(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text())


def problems_of_a_door(door: ast.Module) -> Iterator[str]:
    """What is wrong with an `__init__.py`: too many names, or more than names."""
    for node in door.body:
        match node:
            case ast.Assign(targets=[ast.Name("__all__")], value=ast.List(elts=names)):
                if len(names) > MOST_NAMES:
                    yield f"offers {len(names)} names"
            case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
                pass
            case _:
                yield f"does something in line {node.lineno}"


def models_imported_by(tree: ast.Module) -> Iterator[str]:
    """The modules with Django models that a file imports, Django's own or another's."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), names=names) if {
                alias.name for alias in names
            } - NO_MODELS:
                imported = [module, *(f"{module}.{alias.name}" for alias in names)]
            case ast.Import(names=names):
                imported = [alias.name for alias in names]
            case _:
                continue
        for name in imported:
            if name.startswith("django.") and "models" in name.split("."):
                yield name


DOORS = [file for file in FILES if file.name == "__init__.py" and file.parent != SOURCE]


@pytest.mark.parametrize("door", DOORS, ids=place)
def test_a_door_offers_a_few_names_and_does_nothing(door: Path) -> None:
    assert list(problems_of_a_door(tree_of(door))) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"__all__ = {[f'name{n}' for n in range(MOST_NAMES + 1)]}", "offers 16 names"),
        ("import os\n\n\nif os.name:\n    pass", "does something in line 4"),
        ("def public() -> None: ...", "does something in line 1"),
    ],
)
def test_a_planted_problem_of_a_door_is_found(text: str, problem: str) -> None:
    assert list(problems_of_a_door(ast.parse(text))) == [problem]


def test_the_top_door_offers_a_few_names() -> None:
    door = tree_of(SOURCE / "__init__.py")
    offered = [
        len(node.value.elts)
        for node in door.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.List | ast.Tuple)
    ]
    assert max(offered, default=0) <= MOST_NAMES


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    nameless = [
        place(file)
        for file in FILES
        if {file.stem, *file.relative_to(SOURCE).parts} & NAMES_OF_NOTHING
        and not NAMED_BY_DJANGO.fullmatch(place(file))
    ]
    assert nameless == []


def test_no_file_is_longer_than_a_reader_can_hold() -> None:
    lengths = {place(file): len(file.read_text().splitlines()) for file in FILES}
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_every_file_says_in_one_sentence_what_it_is_for() -> None:
    silent = [
        place(file)
        for file in FILES
        if file.read_text().strip()
        and not ast.get_docstring(tree_of(file))
        and "migrations" not in file.parts
    ]
    assert silent == []


def test_only_adapters_and_djangos_own_files_touch_djangos_models() -> None:
    allowed = DJANGOS_FILES | {"adapters"} | ABOUT_DJANGOS_TABLES
    touching = {
        place(file): names
        for file in FILES
        if not {file.stem, *file.relative_to(SOURCE).parts} & allowed
        and (names := sorted(models_imported_by(tree_of(file))))
    }
    assert touching == {}


@pytest.mark.parametrize(
    "text",
    [
        "from django.db import models",
        "from django.db.models import F",
        "def late():\n    import django.contrib.auth.models",
    ],
)
def test_a_planted_touch_of_djangos_models_is_found(text: str) -> None:
    assert list(models_imported_by(ast.parse(text)))
