"""The traps on the way: services that are too many, too small or too chatty, and the like."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from banyan.boundaries.advice import reasons
from banyan.boundaries.advice.facts import ModuleAdvice, Verdict, Warned
from banyan.boundaries.advice.history import History
from banyan.boundaries.advice.naming import event_named_after
from banyan.boundaries.advice.prices import per_function
from banyan.boundaries.advice.ties import ROWS, Ties, carries_data, is_write, place
from banyan.modules import Project
from banyan.survey.facts import Coupling, Kind, Survey
from banyan.survey.words import number, some

_MOST: Final = 3


def warnings(
    survey: Survey,
    ties: Ties,
    project: Project,
    advised: Sequence[ModuleAdvice],
    *,
    weights: Mapping[str, float],
    history: History | None,
) -> tuple[Warned, ...]:
    """All warnings: those on what is planned first, then those on what is there."""
    return (
        *_two_at_once(advised),
        *_too_many(project, weights),
        *_too_small(advised, ties, project, weights),
        *_distributed_monoliths(ties, project, history),
        *_chatty(ties, weights),
        *_unused_results(ties),
        *_shared_code(survey, ties),
    )


def _two_at_once(advised: Iterable[ModuleAdvice]) -> Iterator[Warned]:
    names = tuple(one.name for one in advised if one.verdict is not Verdict.STAY)
    if len(names) > 1:
        yield Warned(
            name="two at once",
            modules=names,
            text=f"There are reasons for {some(names, 4)}. Cut one to its end and run it for a "
            "while: two that are half cut cost twice, and what the first teaches changes the "
            "second.",
        )


def _too_many(project: Project, weights: Mapping[str, float]) -> Iterator[Warned]:
    people = project.advice.people
    if people is None:
        return
    least = weights["people_per_service"]
    for topology in project.topologies.values():
        count = sum(service.url is None for service in topology.services.values())
        if count > 1 and count * least > people:
            yield Warned(
                name="over-extraction",
                modules=tuple(sorted(m for s in topology.services.values() for m in s.modules)),
                text=f"The topology {topology.name} has {count} services for "
                f"{number(people, 'person', 'people')}: with fewer than {least:g} for each (weight "
                "people_per_service), nobody is left to answer for one while another is away.",
            )


def _too_small(
    advised: Iterable[ModuleAdvice], ties: Ties, project: Project, weights: Mapping[str, float]
) -> Iterator[Warned]:
    least = weights["small_module"]
    for one in advised:
        lines = ties.lines(one.name)
        if reasons.good(project, one.name) and 0 < lines < least:
            yield Warned(
                name="over-extraction",
                modules=(one.name,),
                text=f"{one.name} has {lines:,} lines: a service costs the same to deploy, watch "
                f"and repair whatever its size, and with fewer than {least:,.0f} (weight "
                "small_module) that is most of what it costs.",
            )


def _distributed_monoliths(
    ties: Ties, project: Project, history: History | None
) -> Iterator[Warned]:
    """Pairs that hold on to each other's rows both ways, those that are to be apart first."""
    between: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    for one in ties.couplings:
        if carries_data(one):
            between[min(one.from_, one.to), max(one.from_, one.to)].append(one)
    found: list[tuple[bool, int, str, str]] = []
    for (a, b), couplings in between.items():
        back = min(
            sum(one.from_ == a for one in couplings), sum(one.from_ == b for one in couplings)
        )
        tie = history.tie(a, b) if history else None
        together = tie is not None and tie.is_told and tie.degree >= 0.3
        if back >= 3 or (together and back):
            found.append((not _are_apart(a, b, project), -back, a, b))
    for _, _, a, b in sorted(found)[:_MOST]:
        forth = sum(one.from_ == a for one in between[a, b])
        tie = history.tie(a, b) if history else None
        moves = ""
        if tie is not None and tie.is_told:
            moves = f" {tie.together:,} commits changed both (degree {tie.degree:.2f})."
        yield Warned(
            name="distributed monolith",
            modules=(a, b),
            text=f"{a} and {b} hold on to each other's rows, {forth:,} and "
            f"{len(between[a, b]) - forth:,} times.{moves} Apart, they would still be changed and "
            "fail together: keep them in one service, or cut one direction first.",
        )


def _are_apart(a: str, b: str, project: Project) -> bool:
    wanted = reasons.good(project, a) or reasons.good(project, b)
    return bool(wanted) or any(
        topology.service_of(a) is not None
        and topology.service_of(b) is not None
        and topology.service_of(a) != topology.service_of(b)
        for topology in project.topologies.values()
    )


def _chatty(ties: Ties, weights: Mapping[str, float]) -> Iterator[Warned]:
    most = weights["chatty"]
    between: defaultdict[tuple[str, str], list[Coupling]] = defaultdict(list)
    for one in ties.couplings:
        between[one.from_, one.to].append(one)
    found = [
        (-count, consumer, owner, source)
        for (consumer, owner), couplings in between.items()
        for source, count in per_function(couplings).items()
        if count >= most
    ]
    for count, consumer, owner, source in sorted(found)[:_MOST]:
        yield Warned(
            name="chatty",
            modules=(consumer, owner),
            text=f"{source} asks {owner} for {-count} different things: apart, each is a call. "
            "Ask for all of it by one query of the contract, or keep a projection.",
        )


def _unused_results(ties: Ties) -> Iterator[Warned]:
    """Writes to another module after which nothing of it is read in the same function."""
    read: set[tuple[str, str]] = set()
    writes: defaultdict[tuple[str, str, str], list[Coupling]] = defaultdict(list)
    for one in ties.couplings:
        if is_write(one):
            writes[one.from_, one.to, one.source].append(one)
        elif one.kind in ROWS or one.kind in (Kind.ORM_LOOKUP, Kind.RAW_SQL):
            read.add((one.source, one.to))
    found = [key for key in sorted(writes) if (key[2], key[1]) not in read]
    found.sort(key=lambda key: (-len(writes[key]), key))
    for consumer, owner, source in found[:_MOST]:
        held = writes[consumer, owner, source]
        what = some(sorted({f"{one.verb}s {one.target}" for one in held}), 2)
        yield Warned(
            name="unused result",
            modules=(consumer, owner),
            text=f"{source} {what} ({place(held[0])}), and nothing else of {owner} is read there: "
            f"a command whose result nobody waits for. Let {consumer} publish an event, such as "
            f"{event_named_after(_last(source))}, and {owner} do its part on hearing it.",
        )


def _shared_code(survey: Survey, ties: Ties) -> Iterator[Warned]:
    found = [one for one in survey.shared if one.imports and len(one.used_by) > 1]
    found.sort(key=lambda one: (-len(one.used_by), one.name))
    for one in found[:_MOST]:
        what = "models" if one.imports_models else "code"
        yield Warned(
            name="shared code",
            modules=tuple(sorted({*one.imports, *one.used_by} & {*ties.names})),
            text=f"{one.name} is used by {number(len(one.used_by), 'module', 'modules')} "
            f"({some(one.used_by, 3)}) and imports {what} of {some(one.imports, 3)}: whoever uses "
            "it is tied to these. Move what knows them into the module that owns them.",
        )


def _last(source: str) -> str:
    """The name that says what a function does: of a command of Django's, that of its file."""
    parts = source.split(".")
    return parts[-3] if parts[-2:] == ["Command", "handle"] else parts[-1]
