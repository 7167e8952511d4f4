"""A survey by several processes says what one by a single process says."""

import sys
from pathlib import Path

import pytest

from banyan.survey import surveying
from banyan.survey.ports import Lost
from banyan.survey.recalling import survey
from banyan.survey.shares import Together

PROJECTS = Path(__file__).parents[2] / "assets" / "projects" / "survey"

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="there is no safe fork"),
    # Threads that other tests have left idle in this process do no harm to these.
    pytest.mark.filterwarnings("ignore:.*multi-threaded.*fork:DeprecationWarning"),
]


@pytest.fixture(autouse=True)
def small_projects_are_worth_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surveying, "_MANY_LINES", 0)
    monkeypatch.setattr(surveying, "can_fork", lambda: True)


@pytest.mark.parametrize(
    "project", sorted(one for one in PROJECTS.iterdir() if one.is_dir()), ids=lambda one: one.name
)
def test_several_processes_find_what_one_finds(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def alone(*_: object) -> object:
        pytest.fail("the processes were given up")

    one = survey(project, cache=tmp_path / "one", jobs=1)
    monkeypatch.setattr(surveying, "Alone", alone)
    assert survey(project, cache=tmp_path / "several", jobs=3) == one


def test_what_a_lost_crew_was_at_is_done_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(*_: object) -> object:
        raise Lost("a process was killed")

    project = PROJECTS / "hints"
    expected = survey(project, cache=tmp_path / "one", jobs=1)
    monkeypatch.setattr(Together, "inspect", lost)
    assert survey(project, cache=tmp_path / "two", jobs=2) == expected


def test_all_stages_are_told_to_their_end(tmp_path: Path) -> None:
    told: dict[str, tuple[int, int]] = {}

    def tell(stage: str, done: int, of: int) -> None:
        told[stage] = done, of

    survey(PROJECTS / "hints", tell, cache=tmp_path, jobs=2)
    assert {"understanding", "gathering", "following"} <= set(told)
    assert all(done == of for done, of in told.values())
