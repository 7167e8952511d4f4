"""The wheel, installed on its own: what a user gets who installs Banyan without any extra."""

import re
import shutil
import subprocess
import sys
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parents[3]
BIN = Path(sys.executable).parent

CONTRACT = """
from decimal import Decimal
from typing import Protocol
from banyan import Contract, DeclaredError, Event, Message, command, query

class OrderView(Message):
    id: int
    total: Decimal

class OutOfStock(DeclaredError):
    sku: str

class OrderPlaced(Event):
    order_id: int

class Orders(Contract, Protocol):
    @query
    def get(self, order_id: int) -> OrderView: ...

    @command(raises=[OutOfStock])
    def place(self, user_id: int) -> OrderView: ...
"""
HEAVY = ["django", "joserfc", "cryptography", "urllib3", "nats", "granian", "envoy"]


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={"PATH": "/usr/bin:/bin", "HOME": str(cwd), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


def needed_by(requirements: list[str]) -> set[str]:
    """The distributions that these requirements bring, by what is installed here; no extras."""
    names: set[str] = set()
    for requirement in map(Requirement, requirements):
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        name = distribution(requirement.name).name
        if name not in names:
            names |= {name, *needed_by(distribution(name).requires or [])}
    return names


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def user(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder outside of the repository, with an environment `venv` that has the wheel.

    What the wheel requires is copied from here, as pip would install it, but without a network.
    """
    folder = tmp_path_factory.mktemp("user")
    subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
    (packages,) = (folder / "venv" / "lib").glob("python3.*/site-packages")
    requires = distribution("django-banyan").requires or []
    for name in needed_by(requires):
        for file in distribution(name).files or []:
            if ".." not in file.parts:
                target = packages / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), target)
    pip = folder / "venv" / "bin" / "pip"
    done = run(pip, "install", "--quiet", "--no-index", wheel, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


def test_the_wheel_holds_the_package_and_its_types_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "banyan/py.typed" in names
    assert {name.split("/")[0] for name in names if ".dist-info/" not in name} == {"banyan"}
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in names)


def test_links_of_the_readme_lead_somewhere_from_an_index_too(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    text = archive.read(metadata).decode()
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert any("/docs/images/" in link for link in links)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


@pytest.mark.parametrize("command", ["banyan", "django-banyan"])
def test_both_commands_work_without_django(user: Path, command: str) -> None:
    program = user / "venv" / "bin" / command
    version = run(program, "--version", cwd=user)
    assert version.returncode == 0, version.stderr
    assert re.search(r"\d+\.\d+", version.stdout)
    text = run(program, "--help", cwd=user)
    assert text.returncode == 0, text.stderr
    assert "Usage" in text.stdout


def test_a_contract_needs_nothing_but_the_base(user: Path) -> None:
    (user / "contract.py").write_text(CONTRACT)
    show = f"import contract, sys; print([name for name in {HEAVY} if name in sys.modules])"
    done = run(user / "venv" / "bin" / "python", "-W", "error", "-c", show, cwd=user)
    assert done.stdout.strip() == "[]", done.stderr
    missing = run(user / "venv" / "bin" / "python", "-c", "import django", cwd=user)
    assert "ModuleNotFoundError" in missing.stderr


def test_a_foreign_project_is_surveyed_without_django(user: Path) -> None:
    shop = Path(shutil.copytree(ROOT / "examples" / "tangled_shop", user / "shop"))
    before = sorted(shop.rglob("*"))
    banyan = user / "venv" / "bin" / "banyan"
    summary = run(banyan, "survey", shop, cwd=user)
    assert summary.returncode == 0, summary.stderr
    assert "orders and users" in summary.stdout
    for report in ("survey.html", "survey.json", "survey.sarif", "survey.mmd"):
        done = run(banyan, "survey", shop, "-o", user / report, cwd=user)
        assert done.returncode == 0, done.stderr
        assert "orders" in (user / report).read_text()
    explained = run(banyan, "explain", "orders", "users", shop, cwd=user)
    assert "orders.Order.user" in explained.stdout, explained.stderr
    assert sorted(shop.rglob("*")) == before


def test_a_line_is_held_and_advice_given_without_django(user: Path) -> None:
    shop = Path(shutil.copytree(ROOT / "examples" / "tangled_shop", user / "held"))
    banyan = user / "venv" / "bin" / "banyan"
    assert run(banyan, "check", shop, cwd=user).returncode == 1
    begun = run(banyan, "init", shop, cwd=user)
    assert begun.returncode == 0, begun.stdout + begun.stderr
    held = run(banyan, "check", shop, cwd=user)
    assert held.returncode == 0, held.stdout + held.stderr
    (shop / "orders" / "late.py").write_text("from users.models import Address\n")
    assert "E102" in run(banyan, "check", shop, cwd=user).stdout
    advised = run(banyan, "advise", shop, cwd=user)
    assert "Stay a monolith" in advised.stdout, advised.stderr
    drawn = run(banyan, "document", shop, "-o", user / "pages", cwd=user)
    assert drawn.returncode == 0, drawn.stdout + drawn.stderr
    assert "orders" in (user / "pages" / "index.md").read_text()


@pytest.mark.parametrize(
    "checker",
    [["mypy", "--strict", "--python-executable"], ["pyright", "--pythonpath"]],
    ids=["mypy", "pyright"],
)
def test_the_types_of_the_installed_wheel_reach_the_users_checker(
    user: Path, checker: list[str]
) -> None:
    (user / "contract.py").write_text(CONTRACT)
    use = "from contract import Orders\nprint(Orders.client().get({}).total)\n"
    python = user / "venv" / "bin" / "python"
    for argument, is_right in [("7", True), ('"seven"', False)]:
        (user / "use.py").write_text(use.format(argument))
        command = [BIN / checker[0], *checker[1:], python, "use.py"]
        done = run(*command, cwd=user)
        assert (done.returncode == 0) == is_right, done.stdout + done.stderr
