"""What is advised for the two example shops: one that is apart already, and one that is tangled."""

from pathlib import Path

import pytest

from banyan.boundaries.advice.advising import Sources, advise
from banyan.boundaries.advice.facts import Advice, Rung, Verdict
from banyan.modules import Project, load
from banyan.survey import survey

EXAMPLES = Path(__file__).parents[3] / "examples"


def advised(name: str, cache: Path) -> Advice:
    folder = EXAMPLES / name
    file = folder / "banyan.toml"
    project = load(file) if file.is_file() else Project(name)
    return advise(Sources(survey(folder, cache=cache, jobs=1), project))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_shop_is_configured_to_run_apart_and_should_still_stay_without_a_reason(
    cache: Path,
) -> None:
    advice = advised("shop", cache)
    assert {one.name: one.rung for one in advice.modules} == {
        "common": Rung.DATA_OWNED,
        "orders": Rung.SEPARABLE,
        "payments": Rung.SEPARABLE,
        "shipping": Rung.SEPARABLE,
        "storefront": Rung.SEPARABLE,
        "users": Rung.SEPARABLE,
    }
    assert {one.verdict for one in advice.modules} == {Verdict.STAY}
    assert [one.name for one in advice.modules if one.is_library] == ["common"]
    assert any("one process with all of them costs less" in one for one in advice.reasoning)
    assert advice.cycles == ()
    assert not any(one.holds for one in advice.modules)


def test_the_tangled_shop_stays_and_is_told_where_to_begin(cache: Path) -> None:
    advice = advised("tangled_shop", cache)
    assert {one.name: one.rung for one in advice.modules} == {
        "common": Rung.TANGLED,
        "orders": Rung.TANGLED,
        "payments": Rung.TANGLED,
        "shipping": Rung.TANGLED,
        "storefront": Rung.BOUNDED,
        "users": Rung.TANGLED,
    }
    assert advice.headline.startswith("Stay a monolith")
    assert advice.cycles == (("common", "orders", "payments", "shipping", "users"),)
    assert "takes " in advice.order[0].gain
    assert {one.name for one in advice.warnings} >= {"distributed monolith", "unused result"}
