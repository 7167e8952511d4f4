"""The rule that makes the modules separable: of another, only its contract."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from banyan import modules

PROJECT = Path(__file__).parent.parent
MODULES = modules.load(PROJECT / "banyan.toml").modules


def imports_of(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_the_contracts_of_others(module):
    allowed = MODULES[module]
    for file in (PROJECT / module).rglob("*.py"):
        for name in imports_of(file):
            owner, _, rest = name.partition(".")
            if owner in MODULES and owner != module:
                assert rest.startswith("contract"), f"{file}: {name}"
                # A contract may speak of what another one takes, without calling it.
                if file.name != "contract.py":
                    assert owner in {*allowed.calls, *allowed.listens}, f"{file}: {name}"


def test_contracts_need_no_django_and_shared_code_no_module():
    for file in PROJECT.glob("*/contract.py"):
        assert not [name for name in imports_of(file) if name.startswith("django")], file
    for file in (PROJECT / "common").rglob("*.py"):
        assert not [name for name in imports_of(file) if name.partition(".")[0] in MODULES], file
