"""Makes couplings of what happens in code: those that leave the module, and are known to."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.following.flows import MOST_MODELS
from banyan.survey.following.frames import Frame, cascades
from banyan.survey.following.happenings import Access, Atomic, Hearing, Lookup
from banyan.survey.following.queries import DELETE, UPDATE
from banyan.survey.following.values import Row, Rows
from banyan.survey.following.world import World


class Body(NamedTuple):
    """What was gone through of a function, or of a module.

    Attributes:
        is_of_heir: whether it was a method for an heir of the class in which it stands.
        heir: the file of that heir, "" for the class itself.
    """

    frames: list[Frame]
    is_of_heir: bool = False
    heir: str = ""


class Along(NamedTuple):
    """The place of what a deletion does to other rows: that of the deletion."""

    deletion: object


def told(
    world: World, here: str, place: Place | None, bodies: Iterable[Body]
) -> Iterator[Coupling | Unresolved]:
    """The couplings of a file, each once.

    One expression that reaches the rows of more than a few modules serves whatever model it is
    given: that is told as a place where following ended, not as a coupling to each of them.
    """
    found: dict[Coupling | Unresolved, tuple[Kind, object] | None] = {}
    reached: dict[tuple[Kind, object] | None, set[str]] = {}
    for body in bodies:
        if body.heir and world.territory.module_at(body.heir) != here:
            # What an heir elsewhere fills in is known there alone.
            continue
        for frame in body.frames:
            for at, each in _couplings(world, here, frame):
                key = None
                if isinstance(at, Along):
                    key = (Kind.MODEL_ACCESS, at.deletion)
                elif isinstance(each, Coupling):
                    key = (each.kind, at)
                    if each.kind is not Kind.TRANSACTION or body.is_of_heir:
                        reached.setdefault(key, set()).add(each.to)
                found.setdefault(each, key)
    general: dict[Unresolved, None] = {}
    for each, key in found.items():
        modules = reached.get(key, set())
        if len(modules) > MOST_MODELS and isinstance(each, Coupling):
            reason = f"this serves the models of {len(modules)} modules, whichever it is given"
            general.setdefault(Unresolved(file=each.file, line=each.line, reason=reason))
        elif place is not None and isinstance(each, Coupling):
            yield msgspec.structs.replace(each, place=place)
        else:
            yield each
    yield from general


def _couplings(
    world: World, here: str, frame: Frame
) -> Iterator[tuple[object, Coupling | Unresolved]]:
    """The couplings of one frame, each with what tells its place in the code."""
    for at, accesses in frame.accesses.items():
        for access in accesses:
            there = world.home(access.model)
            # What a manager asks of the model that it is made for elsewhere is that one's affair.
            is_own = isinstance(frame.me, Rows) and access.model is frame.me.model
            if isinstance(frame.me, Row) and access.model is not frame.me.model:
                # Nor are the pairs that a row has of its own.
                is_own = access.model.ref is frame.me.model.ref
            if there is not None and there != here and not is_own:
                yield at, _access(world, here, there, frame, access)
        deleted = {access.model for access in accesses if access.verb == DELETE}
        # What deletes rows of any model does nothing of its own to others.
        for access in accesses if len(deleted) == 1 else ():
            for each in _consequences(world, here, frame, access):
                yield Along(at), each
    for lookup in frame.lookups:
        there = world.home(lookup.model)
        if there is not None and there != here:
            yield (lookup.line, lookup.lookup), _lookup(here, there, frame, lookup)
    for atomic in frame.atomics:
        for each in _transaction(world, here, frame, atomic):
            yield atomic.line, each
    for hearing in frame.hearings:
        for each in _signal(world, here, frame, hearing):
            yield (hearing.line, each.to), each
    if frame.module.place is not None:
        return
    for ending in frame.endings:
        yield None, Unresolved(file=frame.path, line=ending.line, reason=ending.reason)


def _access(world: World, here: str, there: str, frame: Frame, access: Access) -> Coupling:
    return Coupling(
        kind=Kind.REVERSE_ACCESSOR if access.reverse else Kind.MODEL_ACCESS,
        from_=here,
        to=there,
        file=frame.path,
        line=access.line,
        source=frame.source,
        target=access.model.label,
        verb=access.verb,
        lookup=access.by,
        cascades=cascades(world, access.model, access.verb) if access.verb == DELETE else (),
    )


def _consequences(world: World, here: str, frame: Frame, access: Access) -> Iterator[Coupling]:
    """What a deletion does to rows of other modules: to those of which no coupling tells yet."""
    if access.verb != DELETE:
        return
    owner = world.home(access.model)
    known = {owner, here}
    gone = world.graph.cascades(access.model)
    if owner is not None and owner != here:
        known |= {world.home(model) for model in gone}
        gone = []
    for verb, models in ((DELETE, gone), (UPDATE, world.graph.emptied(access.model))):
        for model in models:
            there = world.home(model)
            if there is not None and there not in known:
                yield Coupling(
                    kind=Kind.MODEL_ACCESS,
                    from_=here,
                    to=there,
                    file=frame.path,
                    line=access.line,
                    source=frame.source,
                    target=model.label,
                    verb=verb,
                    along=access.model.label,
                )


def _lookup(here: str, there: str, frame: Frame, lookup: Lookup) -> Coupling:
    return Coupling(
        kind=Kind.ORM_LOOKUP,
        from_=here,
        to=there,
        file=frame.path,
        line=lookup.line,
        source=frame.source,
        target=lookup.model.label,
        lookup=lookup.lookup,
    )


def _transaction(world: World, here: str, frame: Frame, atomic: Atomic) -> Iterator[Coupling]:
    written: dict[str, list[str]] = {}
    for model in atomic.models:
        owner = world.graph.model_of(model.ref)
        if owner is not model and owner in atomic.models:
            continue  # pairs, written besides
        home = world.home(model)
        if home is not None:
            written.setdefault(home, []).append(model.label)
    if len(written) < 2:
        return
    for there in sorted(written):
        if there != here:
            yield Coupling(
                kind=Kind.TRANSACTION,
                from_=here,
                to=there,
                file=frame.path,
                line=atomic.line,
                source=frame.source,
                target=", ".join(sorted(written[there])),
            )


def _signal(world: World, here: str, frame: Frame, hearing: Hearing) -> Iterator[Coupling]:
    there = (
        world.territory.module(hearing.app)
        if hearing.app
        else world.territory.module_at(hearing.path)
    )
    if there is not None and there != here:
        yield Coupling(
            kind=Kind.SIGNAL,
            from_=here,
            to=there,
            file=frame.path,
            line=hearing.line,
            source=frame.source,
            target=hearing.target,
        )
