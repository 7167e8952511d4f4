"""What the graph of modules alone tells: cycles, reach, an order in which layers show."""

from collections.abc import Collection, Mapping
from typing import TypeAlias

Graph: TypeAlias = Mapping[str, Mapping[str, int]]
"""From a module to those that it holds on to, each with how many times. Each module is a key."""


def components(graph: Graph) -> list[tuple[str, ...]]:
    """The strongly connected components, those that are held on to first; each sorted.

    R. Tarjan, "Depth-first search and linear graph algorithms" (1972), without recursion.
    """
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[tuple[str, ...]] = []
    for start in sorted(graph):
        if start in index:
            continue
        index[start] = low[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        path = [(start, iter(sorted(graph[start])))]
        while path:
            node, others = path[-1]
            for other in others:
                if other not in index:
                    index[other] = low[other] = len(index)
                    stack.append(other)
                    on_stack.add(other)
                    path.append((other, iter(sorted(graph[other]))))
                    break
                if other in on_stack:
                    low[node] = min(low[node], index[other])
            else:
                path.pop()
                if path:
                    low[path[-1][0]] = min(low[path[-1][0]], low[node])
                if low[node] == index[node]:
                    members: list[str] = []
                    while not members or members[-1] != node:
                        members.append(stack.pop())
                    on_stack.difference_update(members)
                    found.append(tuple(sorted(members)))
    return found


def cycles(graph: Graph) -> list[tuple[str, ...]]:
    """The groups of modules in which each reaches each other, the largest first."""
    groups = [group for group in components(graph) if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))


def reach(graph: Graph) -> float:
    """To which share of the other modules a module holds on, directly or through others.

    The propagation cost of A. MacCormack, J. Rusnak and C. Baldwin, "Exploring the structure of
    complex software designs" (2006), but without what each module has of itself, so that modules
    that don't know each other give 0.
    """
    total = len(graph)
    if total < 2:
        return 0.0
    # Bit sets: a component reaches itself and what the components that it holds on to reach.
    bit = {name: 1 << number for number, name in enumerate(sorted(graph))}
    reached: dict[str, int] = {}
    pairs = 0
    for group in components(graph):
        union = sum(bit[name] for name in group)
        for name in group:
            for other in graph[name]:
                union |= reached.get(other, bit[other])
        for name in group:
            reached[name] = union
        pairs += len(group) * (union.bit_count() - 1)
    return pairs / (total * (total - 1))


def order(graph: Graph) -> tuple[str, ...]:
    """All modules, those that hold on to others before those that they hold on to.

    Within a cycle no order is right; there the one is taken that goes against the fewest
    couplings, as P. Eades, X. Lin and W. Smyth find it in "A fast and effective heuristic for
    the feedback arc set problem" (1993).
    """
    return tuple(name for group in reversed(components(graph)) for name in _untangle(graph, group))


def levels(graph: Graph, ordered: Collection[str]) -> dict[str, int]:
    """How high each module stands above the foundations, which are at 0.

    A coupling that goes against ``ordered`` counts for nothing.
    """
    place = {name: number for number, name in enumerate(ordered)}
    level: dict[str, int] = {}
    for name in reversed(list(ordered)):
        below = [level[other] for other in graph[name] if place[other] > place[name]]
        level[name] = max(below, default=-1) + 1
    return level


def _untangle(graph: Graph, group: Collection[str]) -> list[str]:
    left = set(group)
    out = {name: {to: n for to, n in graph[name].items() if to in left} for name in left}
    into: dict[str, dict[str, int]] = {name: {} for name in left}
    for name, others in out.items():
        for other, count in others.items():
            into[other][name] = count
    balance = {name: sum(out[name].values()) - sum(into[name].values()) for name in left}
    first: list[str] = []
    last: list[str] = []

    def take(name: str) -> None:
        left.discard(name)
        for other, count in into[name].items():
            out[other].pop(name, None)
            balance[other] -= count
        for other, count in out[name].items():
            into[other].pop(name, None)
            balance[other] += count

    while left:
        names = sorted(left)
        if sink := next((name for name in names if not out[name]), None):
            take(sink)
            last.append(sink)
        elif source := next((name for name in names if not into[name]), None):
            take(source)
            first.append(source)
        else:
            best = max(names, key=lambda name: balance[name])
            take(best)
            first.append(best)
    return first + last[::-1]
