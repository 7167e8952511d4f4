"""The lock files hold all that pyproject.toml asks for, by hash, and name no server."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+)(?: ; (?P<marker>.+?))? \\$")


def pinned(lock: Path) -> dict[str, str]:
    """The versions of a lock file by package."""
    lines = lock.read_text().splitlines()
    found = [PINNED.match(line) for line in lines if not line.startswith("    --hash=")]
    assert all(found), f"{lock.name} holds a line that is no pinned package"
    return {canonicalize_name(match["name"]): match["version"] for match in found if match}


def asked_for(groups: set[str]) -> list[Requirement]:
    """The requirements of the base, the extra `up` and these dependency groups."""
    document = tomllib.loads((ROOT / "pyproject.toml").read_text())
    project = document["project"]
    texts = [*project["dependencies"]]
    for extra in ["runtime", "nats", "up"]:
        texts += project["optional-dependencies"][extra]
    for group in groups:
        texts += [one for one in document["dependency-groups"][group] if isinstance(one, str)]
    requirements = [Requirement(text) for text in texts]
    return [one for one in requirements if one.name != project["name"]]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_is_pinned_by_hash_and_no_server_is_named(lock: Path) -> None:
    assert pinned(lock)
    text = lock.read_text()
    assert "://" not in text
    assert text.count("--hash=sha256:") >= len(pinned(lock))
    for entry in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("name", ["django-5.2", "django-6.1", "bench"])
def test_what_pyproject_asks_for_is_locked_in_a_version_that_suits(name: str) -> None:
    versions = pinned(ROOT / "locks" / f"{name}.txt")
    groups = {"test", "lint", "docs", "shop", "build"} | ({"bench"} if name == "bench" else set())
    for requirement in asked_for(groups):
        locked = versions.get(canonicalize_name(requirement.name))
        assert locked, f"{requirement} is not in locks/{name}.txt: run ./dev lock"
        assert requirement.specifier.contains(locked, prereleases=True), (
            f"locks/{name}.txt has {requirement.name} {locked}: run ./dev lock"
        )


def test_each_pair_has_its_own_django() -> None:
    for version in ["5.2", "6.1"]:
        assert pinned(ROOT / "locks" / f"django-{version}.txt")["django"].startswith(version)
