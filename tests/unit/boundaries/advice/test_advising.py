"""The whole advice: the same for the same facts, in whatever order they come."""

import json as plain_json
import random
from pathlib import Path

import msgspec
import pytest
from tests.surveys import made, shop
from tests.unit.boundaries.advice.small import advised, between, project, tie

from banyan.boundaries.advice import facts
from banyan.boundaries.advice.adapters.networkx import communities
from banyan.boundaries.advice.facts import Advice
from banyan.boundaries.advice.reports import json, terminal
from banyan.modules.project import Reason
from banyan.survey.facts import Kind, Survey

PACKAGED = Path(facts.__file__).parent / "banyan.advice.schema.json"
REASONS: dict[str, dict[Reason, str]] = {
    "orders": {"scaling": "Fridays.", "fashion": "Others do it."},
    "account": {"technology": "It runs on the scanners."},
}


def shuffled(survey: Survey, seed: int) -> Survey:
    chance = random.Random(seed)
    couplings, modules = list(survey.couplings), list(survey.modules)
    chance.shuffle(couplings)
    chance.shuffle(modules)
    return msgspec.structs.replace(survey, couplings=tuple(couplings), modules=tuple(modules))


@pytest.mark.parametrize("survey", [shop(), made(24, 400)], ids=["by hand", "by rule"])
def test_the_order_of_the_facts_changes_nothing(survey: Survey) -> None:
    about = project("orders", "account", reasons=REASONS)
    advice = advised(survey, about)
    for seed in range(6):
        assert advised(shuffled(survey, seed), about) == advice


def test_communities_are_those_of_the_graph_and_not_of_the_order_of_its_edges() -> None:
    edges = {("a", "b"): 5, ("b", "c"): 5, ("a", "c"): 5, ("c", "d"): 1, ("d", "e"): 5}
    found = communities(["a", "b", "c", "d", "e"], edges)
    assert found == [("a", "b", "c"), ("d", "e")]
    assert communities(["e", "d", "c", "b", "a"], dict(reversed(edges.items()))) == found
    assert communities(["a"], {}) == []


def test_all_modules_are_advised_on_by_name() -> None:
    names = [one.name for one in advised(shop()).modules]
    assert names == ["catalogue", "orders", "payments", "shipping", "users"]


def test_what_can_t_be_seen_is_said() -> None:
    unseen = advised(shop()).unseen
    assert unseen[0].startswith("No history")
    assert unseen[1].startswith("No run")
    assert "3 places where following ended" in unseen[2]
    assert "1 file that could not be read whole." in unseen


def test_the_cleanup_names_what_pays_in_any_case() -> None:
    cleanup = "\n".join(advised(shop()).cleanup)
    for said in ("End the cycle", "public face", "written by its owner", "SQL texts", "timeout"):
        assert said in cleanup


def test_the_json_reads_back_as_the_advice() -> None:
    for survey in (shop(), made(24, 400)):
        advice = advised(survey, project("orders", reasons=REASONS), ("orders", "users"))
        assert msgspec.json.decode(json.render(advice), type=Advice, strict=True) == advice


def test_the_schema_describes_what_is_in_the_json() -> None:
    schema = json.json_schema()
    assert schema["title"] == "banyan.advice/1"
    said = plain_json.loads(json.render(advised(shop(), None, ("orders", "users"))))
    properties = schema["$defs"]["Advice"]["properties"]
    assert set(said) == set(properties)
    assert set(said["modules"][0]) == set(schema["$defs"]["ModuleAdvice"]["properties"])
    assert "description" in properties["headline"]


def test_the_packaged_schema_is_the_one_that_the_structures_give() -> None:
    assert plain_json.loads(PACKAGED.read_text()) == json.json_schema(), (
        "Refresh it from banyan.boundaries.advice.reports.json.json_schema()"
    )


def test_the_screen_has_the_verdict_first_and_the_next_step_last() -> None:
    rows = terminal.lines(advised(shop()))
    assert rows[1][1].startswith("Stay a monolith")
    assert rows[-1][0] == "Next"
    assert len(rows) < 50
    text = terminal.plain(rows)
    assert "orders" in text
    assert "\0" not in text


def test_a_large_project_still_fits_on_a_screen() -> None:
    rows = terminal.lines(advised(made(80, 4000)))
    assert len(rows) < 60
    assert any("more, tied more than these" in text for _, text in rows)


def test_what_to_look_at_next_is_what_the_order_begins_with() -> None:
    for about in (None, project("orders", reasons=REASONS)):
        advice = advised(made(24, 400) if about is None else shop(), about)
        step = advice.order[0]
        said = terminal.lines(advice)[-1][1]
        assert f"banyan explain {step.consumer} {step.owner} lists the places of step 1" in said
        assert f"--cut '{step.consumer}->{step.owner}'" in said
        assert f"--module {advice.first or step.consumer} shows" in said


def test_where_there_is_nothing_to_cut_the_first_that_is_listed_is_looked_at_next() -> None:
    survey = between(tie(Kind.URL_REVERSE, "stock", "orders"), also=["users"])
    rows = terminal.lines(advised(survey))
    (listed,) = [text for label, text in rows if label == "Modules"]
    assert rows[-1][1].startswith(f"banyan advise --module {listed.split()[0]} shows one in full")


def test_a_module_that_is_ready_has_no_order_of_another() -> None:
    circle = (tie(Kind.MODEL_ACCESS, *ends) for ends in (("orders", "users"), ("users", "orders")))
    survey = between(*circle, also=["stock"])
    advice = advised(survey, project("stock", reasons={"stock": {"scaling": "Fridays."}}))
    assert advice.first == "stock"
    assert advice.order == ()
    assert "banyan advise --module stock shows" in terminal.lines(advice)[-1][1]


def test_one_module_is_shown_in_full() -> None:
    advice = advised(shop(), project("orders", reasons=REASONS))
    text = terminal.plain(terminal.module_lines(advice, "orders"))
    for label in ("Why", "Held from", "For, against", "Price", "Assuming", "Steps"):
        assert f"\n{label} " in text
    assert "+10.0  Scaling: Fridays. [scaling; banyan.toml]" in text
    assert "\n             Fashion is no reason. That others do it says nothing" in text
    assert "0.0  " not in text.replace("+10.0  ", "")
