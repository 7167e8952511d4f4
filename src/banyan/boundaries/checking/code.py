"""What breaks the rules that look at files and tables, and not at couplings of two modules."""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from banyan.boundaries.checking import wording
from banyan.boundaries.rules import Rule
from banyan.boundaries.violations import Spot, Violation
from banyan.survey.facts import Imported, Mapped, Place, SharedTable, Survey

# What a contract may stand on: it brings neither Django nor a client, nor code of a module.
_PURE: Final = sys.stdlib_module_names | {
    "annotated_types",
    "banyan",
    "msgspec",
    "typing_extensions",
}


def shared_tables(survey: Survey) -> Iterator[Violation]:
    """Each model that has a table which is another module's already."""
    for table in survey.tables:
        first, *others = table.models
        for one in others:
            if one.module != first.module:
                yield _shared(table, first, one)


def _shared(table: SharedTable, first: Mapped, one: Mapped) -> Violation:
    return Violation(
        owner=first.module,
        consumer=one.module,
        rule=Rule.SHARED_TABLE,
        source=one.model,
        target=first.model,
        spots=(Spot(one.file, one.line),),
        message=wording.shared_table(one.model, first.model, table.name),
    )


def contracts(survey: Survey) -> Iterator[Violation]:
    """What contracts import besides messages and other contracts."""
    for file in survey.contracts:
        # A contract is one thing, in whichever of its functions it imports something.
        leaning = [
            msgspec.structs.replace(one, source=file.name)
            for one in file.imports
            if _is_judged(one) and not _is_pure(one)
        ]
        for (owner, source, target), lines in _by_name(leaning).items():
            yield Violation(
                owner=owner,
                consumer=file.module,
                rule=Rule.CONTRACT,
                source=source,
                target=target,
                spots=tuple(Spot(file.path, line) for line in sorted(lines)),
                message=wording.contract(source, target),
            )


def _is_pure(one: Imported) -> bool:
    if one.face == "external":
        return one.target.partition(".")[0] in _PURE
    return one.face in ("contract", "shared")


def libraries(survey: Survey) -> Iterator[Violation]:
    """What shared code imports of modules, where modules import that code in turn."""
    for shared in survey.shared:
        # What no module imports is no library: the URLs of the project, its settings, scripts.
        if not shared.used_by:
            continue
        judged = [one for one in shared.reaches if _is_judged(one)]
        for rule, reached in (
            (Rule.LIBRARY_MODELS, [one for one in judged if one.face == "models"]),
            (Rule.LIBRARY_MODULE, [one for one in judged if one.face != "models"]),
        ):
            for (owner, source, target), lines in _by_name(reached).items():
                yield Violation(
                    owner=owner,
                    consumer=shared.name,
                    rule=rule,
                    source=source,
                    target=target,
                    spots=tuple(Spot(shared.path, line) for line in sorted(lines)),
                    message=wording.library(source, target, owner, shared.used_by),
                )


def _is_judged(one: Imported) -> bool:
    return one.place not in (Place.TEST, Place.TYPING, Place.MIGRATION)


def _by_name(imports: Iterable[Imported]) -> dict[tuple[str, str, str], set[int]]:
    found: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
    for one in imports:
        found[one.to, one.source, one.target].add(one.line)
    return dict(found)
