"""Cycles, reach and layers, held against what is said of them and against brute force."""

from itertools import pairwise, permutations

from hypothesis import given
from hypothesis import strategies as st

from banyan.survey import graph

NAMES = "abcdefg"
GRAPHS = st.dictionaries(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)).filter(
        lambda ends: ends[0] != ends[1]
    ),
    st.integers(1, 5),
    max_size=16,
).map(
    lambda edges: {
        name: {to: count for (from_, to), count in edges.items() if from_ == name} for name in NAMES
    }
)


def reached_from(start: str, held: graph.Graph) -> set[str]:
    seen: set[str] = set()
    left = [start]
    while left:
        for other in held[left.pop()]:
            if other not in seen:
                seen.add(other)
                left.append(other)
    return seen


@given(GRAPHS)
def test_a_cycle_is_all_that_reach_each_other(held: graph.Graph) -> None:
    reach = {name: reached_from(name, held) for name in held}
    expected = {
        frozenset([name, *(other for other in reach[name] if name in reach[other])])
        for name in held
        if name in reach[name]
    }
    assert {frozenset(group) for group in graph.cycles(held)} == expected


@given(GRAPHS)
def test_reach_is_the_mean_share_of_the_others(held: graph.Graph) -> None:
    shares = [len(reached_from(name, held) - {name}) / (len(held) - 1) for name in held]
    assert abs(graph.reach(held) - sum(shares) / len(held)) < 1e-9


@given(GRAPHS)
def test_the_order_has_each_module_once_and_goes_against_nothing_outside_of_cycles(
    held: graph.Graph,
) -> None:
    order = graph.order(held)
    assert sorted(order) == sorted(held)
    together = {name: group for group in graph.components(held) for name in group}
    for name in held:
        for other in held[name]:
            if together[name] != together[other]:
                assert order.index(name) < order.index(other)


@given(GRAPHS)
def test_a_level_is_above_all_that_stand_later_and_are_held(held: graph.Graph) -> None:
    order = graph.order(held)
    levels = graph.levels(held, order)
    for name in held:
        for other in held[name]:
            if order.index(other) > order.index(name):
                assert levels[name] > levels[other]


def test_in_a_cycle_the_order_goes_against_the_lightest() -> None:
    held = {"a": {"b": 9}, "b": {"c": 9}, "c": {"a": 1}}

    def against(order: tuple[str, ...]) -> int:
        return sum(
            count
            for name in held
            for other, count in held[name].items()
            if order.index(other) < order.index(name)
        )

    assert against(graph.order(held)) == min(map(against, permutations(held))) == 1


def test_modules_that_know_nobody_reach_nobody() -> None:
    assert graph.reach({"a": {}, "b": {}}) == 0
    assert graph.reach({"a": {}}) == 0
    assert graph.reach({}) == 0


def test_a_long_chain_needs_no_deep_stack() -> None:
    names = [f"m{number}" for number in range(5_000)]
    held = {name: {other: 1} for name, other in pairwise(names)}
    held[names[-1]] = {names[0]: 1}
    assert len(graph.cycles(held)[0]) == 5_000
