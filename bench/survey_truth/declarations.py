"""Which of the real relations the project's own lines declare, and which a library's do."""

import re
from collections.abc import Mapping
from pathlib import Path

from bench.survey_truth.relations import Relation, Truth
from bench.survey_truth.sources import Sources
from bench.survey_truth.values import Class, Named

Key = tuple[str, str, str]


def made_by_libraries(sources: Sources, truth: Truth) -> dict[Key, str]:
    """The relations that no line of the project declares, each with what is made elsewhere.

    A model without a class statement is made while the project runs, such as a history table. A
    field that neither the model's class nor any class above it in the project assigns comes from
    the class of a library above them, if there is one; if there is none, it counts as declared.
    """
    homes = {one.label: sources.root / one.folder.rpartition("/")[0] for one in truth.applications}
    declared = _classes(sources)
    found: dict[Key, str] = {}
    for relation in truth.relations:
        home = homes[relation.app]
        classes = [
            (file, one)
            for file, one in declared.get(relation.model.lower(), [])
            if file.is_relative_to(home)
        ]
        if relation.model.lower() not in declared:
            found[relation.key] = f"no line of the project makes the model {relation.model}"
        elif relation.field and classes:
            from_above = [_from_above(sources, file, one, relation) for file, one in classes]
            if all(from_above):
                found[relation.key] = f"{relation.field} comes from {from_above[0]}"
    return found


def _classes(sources: Sources) -> Mapping[str, list[tuple[Path, str]]]:
    """Where the project's files have class statements, by the class's name in lower case."""
    statement = re.compile(r"^[ \t]*class[ \t]+(\w+)", re.MULTILINE)
    found: dict[str, list[tuple[Path, str]]] = {}
    for file in sources.files:
        for name in statement.findall(file.read_text(encoding="utf-8", errors="replace")):
            found.setdefault(name.lower(), []).append((file, name))
    return found


def _from_above(sources: Sources, file: Path, name: str, relation: Relation) -> str:
    """The library's class that the field must come from; empty when it need not."""
    value = sources.names(file).get(name)
    if not isinstance(value, Class):
        return ""
    outside = ""
    for one in sources.ancestry(value, file):
        if isinstance(one, Class) and relation.field in one.body.names:
            return ""
        if isinstance(one, Named) and not one.path.startswith(("django.db.", "builtins.")):
            outside = outside or one.path
    return outside
