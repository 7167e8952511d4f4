"""The measuring of benches."""

from collections.abc import Iterator
from pathlib import Path

from bench.measuring import (
    Goal,
    Sides,
    adds_at_most,
    bench,
    measure,
    printed_by,
    ratio_at_least,
    ratio_at_most,
    time_per_call,
)


def measured(goal: Goal, ours: list[float], peer: list[float]) -> tuple[list[str], float, bool]:
    """The turns taken, the ratio and whether the goal is met, for sides that give these figures."""
    turns: list[str] = []

    def side(name: str, figures: list[float]) -> float:
        turns.append(name)
        return figures[turns.count(name) - 1]

    @bench("planted", unit="s", peer_name="them", goal=goal)
    def planted() -> Iterator[Sides]:
        yield Sides(ours=lambda: side("ours", ours), peer=lambda: side("peer", peer))

    result = measure(planted, rounds=len(ours) - 1)
    return turns, result.ratio, result.met


def test_the_sides_take_turns_and_the_first_one_changes() -> None:
    turns, _, _ = measured(ratio_at_most(1), ours=[1, 1, 1, 1], peer=[1, 1, 1, 1])
    assert turns == ["ours", "peer", "ours", "peer", "peer", "ours", "ours", "peer"]


def test_the_ratio_is_the_median_of_the_rounds_and_the_warming_round_does_not_count() -> None:
    _, ratio, _ = measured(ratio_at_most(1), ours=[900, 1, 6, 3], peer=[1, 1, 2, 4])
    assert ratio == 1


def test_goals_are_met_up_to_their_limit_and_missed_past_it() -> None:
    for goal, good, bad in [
        (ratio_at_most(2), 4.0, 4.1),
        (ratio_at_least(2), 4.0, 3.9),
        (adds_at_most(1, "s"), 3.0, 3.1),
    ]:
        assert measured(goal, [good] * 6, [2.0] * 6)[2], goal.text
        assert not measured(goal, [bad] * 6, [2.0] * 6)[2], goal.text


def test_a_call_is_repeated_until_it_is_worth_timing() -> None:
    calls = 0

    def call() -> None:
        nonlocal calls
        calls += 1

    assert 0 < time_per_call(call, "s")() < 0.001
    assert calls > 1000


def test_a_script_prints_its_figure_last(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("import sys\nprint('warming up')\nprint(sys.argv[1])\n")
    assert printed_by(script, "4.5")() == 4.5
