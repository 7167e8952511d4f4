"""Each rule is broken where the project says it is, and nowhere else."""

import re
from pathlib import Path

import pytest

from banyan.boundaries import LAWS
from banyan.boundaries.checking import Judgement, check
from banyan.survey import survey

PROJECT = Path(__file__).parents[2] / "assets/projects/boundaries"
_EXPECTED = re.compile(r"# EXPECT: (.+)$")


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Judgement:
    return check(PROJECT, survey(PROJECT, cache=tmp_path_factory.mktemp("cache")))


def expected() -> set[str]:
    found: set[str] = set()
    for file in PROJECT.rglob("*.py"):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            if match := _EXPECTED.search(line):
                place = f"{file.relative_to(PROJECT)}:{number}"
                found |= {f"{place} {id.strip()}" for id in match[1].split(",")}
    return found


def test_what_is_planted_is_found_and_nothing_else(judged: Judgement) -> None:
    found = {
        f"{spot.file}:{spot.line} {one.law.id.removeprefix('banyan.')}"
        for one in judged.new
        for spot in one.spots
    }
    assert sorted(found) == sorted(expected())


def test_each_rule_is_planted() -> None:
    planted = {line.rpartition(" ")[2] for line in expected()}
    assert planted == {law.id.removeprefix("banyan.") for law in LAWS.values()}


def test_each_violation_is_one(judged: Judgement) -> None:
    identities = [one.identity for one in judged.new]
    assert len(set(identities)) == len(identities)


def test_what_comments_allow_is_told_with_its_reason(judged: Judgement) -> None:
    reasons = {one.violation.rule: one.reasons for one in judged.allowed}
    assert reasons == {
        "access": ("counted for the front page until it has a projection", "the same"),
        "lookup": ("the same",),
    }
    assert {one.id for one in judged.findings} <= {law.id for law in LAWS.values()}


def test_hearing_what_one_calls_makes_no_cycle(judged: Judgement) -> None:
    cycles = {(one.consumer, one.owner) for one in judged.new if one.rule == "cycle"}
    assert cycles == {("orders", "shipping"), ("shipping", "orders")}
