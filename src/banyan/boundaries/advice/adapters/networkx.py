"""Communities in a graph, by networkx: V. Blondel and others, "Fast unfolding of communities in
large networks" (2008).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, cast

_SEEDS: Final = range(8)


def communities(
    nodes: Sequence[str], edges: Mapping[tuple[str, str], int]
) -> list[tuple[str, ...]]:
    """The division of the highest modularity out of a few that begin in different orders.

    Louvain may put modules together that nothing ties; such a group is taken apart.
    """
    # Late: it takes longer to load than to run, and most of the commands don't need it.
    import networkx as nx  # type: ignore[import-untyped]

    if not edges:
        return []
    library: Any = nx
    names = sorted(nodes)
    number = {name: index for index, name in enumerate(names)}
    graph: Any = library.Graph()
    # Numbers, and in order: sets of names would be gone through by hashes that differ each run.
    graph.add_nodes_from(range(len(names)))
    graph.add_weighted_edges_from(
        sorted((number[one], number[other], weight) for (one, other), weight in edges.items())
    )
    best: list[set[int]] = []
    highest = float("-inf")
    for seed in _SEEDS:
        division = cast("list[set[int]]", library.community.louvain_communities(graph, seed=seed))
        modularity = cast("float", library.community.modularity(graph, division))
        if modularity > highest + 1e-9:
            best, highest = division, modularity
    parts = [
        part
        for group in best
        for part in cast(
            "Iterable[set[int]]", library.connected_components(graph.subgraph(sorted(group)))
        )
    ]
    return sorted(tuple(sorted(names[index] for index in part)) for part in parts)
