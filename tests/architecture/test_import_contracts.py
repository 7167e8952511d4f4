"""The contracts on imports hold, and each of them finds a planted violation."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CONTRACTS = [
    contract["name"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
]

# For each contract: files to add to the tree (what is there already is added to).
VIOLATIONS: dict[str, list[dict[str, str]]] = {
    "Layers": [
        {"errors.py": "import banyan.findings\n"},
        {"gateway/routes.py": "import banyan.cli.commands\n", "cli/commands.py": ""},
        {"calls/planted.py": "import banyan.events.planted\n", "events/planted.py": ""},
        {"placeless/planted.py": ""},
    ],
    "Design time": [
        {"calls/planted.py": "import banyan.survey.planted\n", "survey/planted.py": ""},
    ],
    "Adapters": [
        {"http/planted.py": "import banyan.http.adapters.urllib3\n"},
        {"calls/planted.py": "from banyan.http.adapters import urllib3\n"},
    ],
    "Models": [
        {"events/planted.py": "import banyan.events.models\n", "events/models.py": ""},
    ],
    "Base": [
        {"findings.py": "import django\n"},
        {
            "contracts/planted.py": "import banyan.observability.planted\n",
            "observability/planted.py": "def late():\n    import joserfc\n",
        },
    ],
    "Cycles": [
        {
            "resilience/ours.py": "import banyan.resilience.theirs\n",
            "resilience/theirs.py": "import banyan.resilience.ours\n",
        },
    ],
    "Door": [
        {"resilience/planted.py": "from banyan import __doc__\n"},
    ],
}


def lint(tree: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache", "--no-logo"],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree / "src"), "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )


def plant(tree: Path, files: dict[str, str]) -> None:
    for name in ["src", "tools"]:
        shutil.copytree(
            ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
        )
    shutil.copy(ROOT / "pyproject.toml", tree)
    for name, text in files.items():
        file = tree / "src" / "banyan" / name
        file.parent.mkdir(exist_ok=True)
        (file.parent / "__init__.py").touch()
        with file.open("a") as end:
            end.write(f"\n{text}")


def test_the_tree_keeps_every_contract() -> None:
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_contract_has_a_planted_violation() -> None:
    assert [name.split(":")[0] for name in CONTRACTS] == list(VIOLATIONS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("contract", "files"),
    [(contract, files) for contract, cases in VIOLATIONS.items() for files in cases],
)
def test_a_planted_violation_breaks_its_contract(
    contract: str, files: dict[str, str], tmp_path: Path
) -> None:
    plant(tmp_path, files)
    done = lint(tmp_path)
    broken = re.findall(r"^(\w[\w ]*):.* BROKEN\b", done.stdout, re.MULTILINE)
    assert contract in broken, done.stdout + done.stderr
