"""Puts migrations into an order in which Django could apply them to an empty database."""

from collections.abc import Iterable, Mapping

from bench.survey_truth.migrations import Loss, Migration, Node


def in_order(
    migrations: Mapping[Node, Migration],
) -> tuple[list[Migration], list[Loss]]:
    """The migrations that an empty database gets, each after those it depends on."""
    everything = migrations
    migrations, stands_for, losses = _squashed(everything)
    firsts, lasts = _ends(migrations, stands_for)
    parents: dict[Node, set[Node]] = {node: set() for node in migrations}

    def meant(node: Node) -> Iterable[Node]:
        app, name = node
        if name == "__first__":
            return firsts.get(app, [])
        if name == "__latest__":
            return lasts.get(app, [])
        node = stands_for.get(node, node)
        return [node] if node in migrations else []

    apps = {app for app, _ in migrations}
    for node, migration in migrations.items():
        # A squash is bound by what bound its parts, as in Django's own graph.
        of_parts = [
            wanted
            for part, squash in stands_for.items()
            if squash == node and part in everything
            for wanted in everything[part].dependencies
        ]
        for wanted in [*migration.dependencies, *of_parts]:
            if wanted == (node[0], "__first__"):
                continue
            found = [one for one in meant(wanted) if one != node]
            parents[node].update(found)
            if not found and wanted[0] in apps and stands_for.get(wanted, wanted) != node:
                reason = f"it depends on {wanted[0]}.{wanted[1]}, which isn't there"
                losses.append(Loss(migration.file, 1, reason))
        for later in migration.run_before:
            for one in meant(later):
                parents[one].add(node)
    return _sorted(migrations, parents, losses), losses


def _squashed(
    migrations: Mapping[Node, Migration],
) -> tuple[dict[Node, Migration], dict[Node, Node], list[Loss]]:
    """Leave out what a squash replaces, also a squash itself; tell which stands for which."""

    def parts_of(node: Node, seen: frozenset[Node]) -> set[Node]:
        found = {one for one in migrations[node].replaces if one != node}
        for one in [one for one in found if one in migrations and one not in seen]:
            found |= parts_of(one, seen | {one})
        return found

    parts = {node: parts_of(node, frozenset({node})) for node in migrations}
    squashes = [node for node in migrations if parts[node]]
    kept = [
        node
        for node in squashes
        if not any(node in parts[one] or parts[node] < parts[one] for one in squashes)
    ]
    stands_for: dict[Node, Node] = {}
    losses: list[Loss] = []
    for node in kept:
        for part in sorted(parts[node] | {one for one in squashes if parts[one] < parts[node]}):
            if stands_for.setdefault(part, node) != node:
                reason = f"{'.'.join(stands_for[part])} also replaces {'.'.join(part)}"
                losses.append(Loss(migrations[node].file, 1, reason))
    left = {node: one for node, one in migrations.items() if node not in stands_for}
    return left, stands_for, losses


def _ends(
    migrations: Mapping[Node, Migration], stands_for: Mapping[Node, Node]
) -> tuple[dict[str, list[Node]], dict[str, list[Node]]]:
    firsts: dict[str, list[Node]] = {}
    followed: set[Node] = set()
    for node, migration in migrations.items():
        own = [
            stands_for.get(one, one)
            for one in migration.dependencies
            # An app's own first migration is no dependency: a swappable user model says that.
            if one[0] == node[0] and one[1] != "__first__" and stands_for.get(one, one) != node
        ]
        followed.update(own)
        if not own:
            firsts.setdefault(node[0], []).append(node)
    lasts: dict[str, list[Node]] = {}
    for node in migrations:
        if node not in followed:
            lasts.setdefault(node[0], []).append(node)
    return firsts, lasts


def _sorted(
    migrations: Mapping[Node, Migration], parents: dict[Node, set[Node]], losses: list[Loss]
) -> list[Migration]:
    children: dict[Node, list[Node]] = {node: [] for node in migrations}
    waiting_for = {node: len(found) for node, found in parents.items()}
    for node, found in parents.items():
        for parent in found:
            children[parent].append(node)
    ready = sorted((node for node, count in waiting_for.items() if not count), reverse=True)
    ordered: list[Migration] = []
    done: set[Node] = set()
    while len(ordered) < len(migrations):
        if not ready:
            left = min(node for node in migrations if node not in done)
            reason = "it depends on itself through other migrations"
            losses.append(Loss(migrations[left].file, 1, reason))
            ready = [left]
        node = ready.pop()
        if node in done:
            continue
        done.add(node)
        ordered.append(migrations[node])
        freed: list[Node] = []
        for child in children[node]:
            waiting_for[child] -= 1
            if not waiting_for[child]:
                freed.append(child)
        ready = sorted({*ready, *freed} - done, reverse=True)
    return ordered
