"""Finds what breaks the rules in what a survey found.

Each thing breaks one rule: that rows are read is an access, whatever imports their model; that two
modules are undeclared, or in a cycle, is said of the pair and not of each line.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

import msgspec

from banyan.boundaries.checking import code, wording
from banyan.boundaries.checking.permits import Permits, permits
from banyan.boundaries.rules import Rule
from banyan.boundaries.violations import Spot, Violation
from banyan.modules import Project
from banyan.survey import graph
from banyan.survey.facts import RELATIONS, Coupling, Form, Kind, Place, Survey
from banyan.survey.figures import (
    is_between_modules,
    is_of_request,
    makes_cycle,
    module_graph,
    module_names,
)
from banyan.survey.words import IMPORTS

_NOT_JUDGED: Final = frozenset({Place.TEST, Place.TYPING})
# What knows the other's code by name.
_USES: Final = IMPORTS | {Kind.GET_MODEL, Kind.TASK}
_RULES: Final = {
    **dict.fromkeys((*RELATIONS, Kind.GENERIC_RELATION), Rule.RELATION),
    Kind.MODEL_ACCESS: Rule.ACCESS,
    Kind.REVERSE_ACCESSOR: Rule.ACCESS,
    Kind.ORM_LOOKUP: Rule.LOOKUP,
    Kind.RAW_SQL: Rule.RAW_SQL,
    Kind.TRANSACTION: Rule.TRANSACTION,
    Kind.SIGNAL: Rule.SIGNAL,
    Kind.MIGRATION: Rule.MIGRATION,
}


def violations(survey: Survey, project: Project | None = None) -> list[Violation]:
    """All that breaks a rule, sorted; whether it is known or allowed is not asked here.

    What stands in tests or is for type checkers alone breaks none, nor does to ask who sends a
    request, which travels with it; of what stands in migrations, only raw SQL and the order of
    migrations do.

    Args:
        project: what ``banyan.toml`` says; without it every public name may be used.
    """
    allowed = permits(project)
    libraries = _libraries(survey, allowed)
    judged = [one for one in survey.couplings if _is_judged(one)]
    found = [
        *_of_pairs(survey, judged, allowed, libraries),
        *_of_symbols(survey, judged, allowed, libraries),
        *_of_calls(judged),
        *code.shared_tables(survey),
        *code.contracts(survey),
        *code.libraries(survey),
    ]
    return sorted(found)


def uses(survey: Survey) -> dict[str, tuple[str, ...]]:
    """Which modules each module uses by name: what its ``calls`` in ``banyan.toml`` would list."""
    heard = frozenset(hearings(survey))
    return _named(
        one for one in survey.couplings if _is_judged(one) and _is_use(one) and one not in heard
    )


def hears(survey: Survey) -> dict[str, tuple[str, ...]]:
    """Whose events each module hears: what its ``listens`` in ``banyan.toml`` would list."""
    return _named(hearings(survey))


def hearings(survey: Survey) -> Iterator[Coupling]:
    """The imports of events that others' contracts declare: nobody but who hears one needs it.

    A receiver of Django's signals is none: it runs in the middle of the sender's transaction.
    """
    events = {
        module.name: {offer.name for offer in module.offers if offer.kind == "event"}
        for module in survey.modules
    }
    # Most projects have none, and many couplings.
    if not any(events.values()):
        return
    known = Permits(packages={module.name: module.packages for module in survey.modules})
    for one in survey.couplings:
        is_event = one.target.rpartition(".")[2] in events.get(one.to, ())
        is_use = one.kind is Kind.IMPORT and _is_judged(one) and _is_use(one)
        if is_event and is_use and known.is_of_contract(one, one.to):
            yield one


def _named(couplings: Iterable[Coupling]) -> dict[str, tuple[str, ...]]:
    """Whom each module holds on to, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one in couplings:
        found[one.from_].add(one.to)
    return {name: tuple(sorted(others)) for name, others in sorted(found.items())}


def _is_judged(one: Coupling) -> bool:
    if is_of_request(one):
        return False
    if one.place is Place.MIGRATION:
        return one.kind in (Kind.RAW_SQL, Kind.MIGRATION)
    return one.place not in _NOT_JUDGED


def _libraries(survey: Survey, allowed: Permits) -> frozenset[str]:
    """Apps without tables that ``banyan.toml`` gives to no module: they are shared code."""
    if not allowed.is_described:
        return frozenset()
    return frozenset(
        one.name for one in survey.modules if one.name not in allowed.calls and not one.models
    )


def _is_use(one: Coupling) -> bool:
    return one.kind in _USES and is_between_modules(one)


def _of_pairs(
    survey: Survey, judged: Iterable[Coupling], allowed: Permits, libraries: frozenset[str]
) -> Iterator[Violation]:
    """What is said of two modules as wholes."""
    used: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    edges: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    for one in judged:
        if allowed.only_hears(one) or not libraries.isdisjoint((one.from_, one.to)):
            continue
        pair = (one.from_, one.to)
        is_use = allowed.is_described and _is_use(one)
        if is_use and not (allowed.may_call(*pair) or allowed.is_passed_on(one)):
            used[pair].append(one)
        if makes_cycle(one):
            edges[pair].append(one)
    for (consumer, owner), ties in used.items():
        yield _whole(Rule.USE, consumer, owner, ties, wording.use(consumer, owner))
    held = module_graph(module_names(survey), (one for ties in edges.values() for one in ties))
    for group in graph.cycles(held):
        for consumer in group:
            for owner in group:
                if (consumer, owner) in edges:
                    message = wording.cycle(consumer, owner, group)
                    yield _whole(Rule.CYCLE, consumer, owner, edges[consumer, owner], message)


def _whole(
    rule: Rule, consumer: str, owner: str, ties: Iterable[Coupling], message: str
) -> Violation:
    return Violation(
        owner=owner,
        consumer=consumer,
        rule=rule,
        source="",
        target="",
        spots=tuple(sorted({Spot(one.file, one.line) for one in ties})),
        message=message,
    )


def _of_symbols(
    survey: Survey, judged: Iterable[Coupling], allowed: Permits, libraries: frozenset[str]
) -> Iterator[Violation]:
    """What one name of a module does to one name of another."""
    # What a contract leans on is judged as such; what shares a table, by the table.
    contracts = {one.path for one in survey.contracts}
    proxies = {
        one.model for table in survey.tables for one in table.models if one.form is Form.PROXY
    }

    def of_use(one: Coupling) -> Rule | None:
        if one.from_ in libraries:
            is_of_models = one.face == "models" or one.kind is Kind.GET_MODEL
            return Rule.LIBRARY_MODELS if is_of_models else Rule.LIBRARY_MODULE
        is_free = one.to in libraries or one.kind is Kind.TASK or one.file in contracts
        return None if is_free or allowed.is_public(one) else Rule.INTERNALS

    def rule_of(one: Coupling) -> Rule | None:
        if not is_between_modules(one):
            return None
        if one.kind in _USES:
            return of_use(one)
        is_proxy = one.kind is Kind.MODEL_INHERITANCE and one.source in proxies
        return None if is_proxy else _RULES.get(one.kind)

    homes = {label: one.name for one in survey.modules for label in one.apps}
    yield from _grouped(judged, rule_of, homes)


def _of_calls(judged: Iterable[Coupling]) -> Iterator[Violation]:
    """HTTP calls, to whoever it is."""
    calls = [one for one in judged if one.kind is Kind.HTTP_CALL]
    yield from _grouped(
        calls, lambda one: Rule.HARD_CODED_HOST if one.host == "hard-coded" else None
    )
    yield from _grouped(calls, lambda one: Rule.NO_TIMEOUT if one.timeout is False else None)


def _grouped(
    couplings: Iterable[Coupling],
    rule_of: Callable[[Coupling], Rule | None],
    homes: Mapping[str, str] | None = None,
) -> Iterator[Violation]:
    """A violation for each rule that one name breaks with another.

    Args:
        homes: the module of each app, by the app's label.
    """
    ties: defaultdict[tuple[str, str, Rule, str, str], list[Coupling]] = defaultdict(list)
    for one in couplings:
        rule = rule_of(one)
        if rule is not None:
            ties[one.to, one.from_, rule, one.source, one.target].append(one)
    for (owner, consumer, rule, source, target), same in ties.items():
        blank = Violation(
            owner=owner,
            consumer=consumer,
            rule=rule,
            source=source,
            target=target,
            spots=tuple(sorted({Spot(one.file, one.line) for one in same})),
            message="",
        )
        taken = _taken(blank, same, homes or {})
        yield msgspec.structs.replace(blank, message=wording.tie(blank, same, taken))


def _taken(one: Violation, ties: Iterable[Coupling], homes: Mapping[str, str]) -> list[str]:
    """The models of third modules of which rows are deleted along."""
    models = sorted({model for each in ties for model in each.cascades})
    homed = [(model, homes.get(model.partition(".")[0])) for model in models]
    return [model for model, home in homed if home not in (None, one.owner, one.consumer)]
