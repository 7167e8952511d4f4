"""Follows a project's data through one file after the other, and tells where it leaves its app."""

from collections.abc import Iterable, Iterator, Mapping

from banyan.survey.codebase import Codebase
from banyan.survey.facts import Coupling, Kind, Unresolved
from banyan.survey.following.attributes import decorated
from banyan.survey.following.declarations import declared
from banyan.survey.following.frames import Frame, cascades
from banyan.survey.following.happenings import Access, Atomic, Hearing, Lookup
from banyan.survey.following.queries import DELETE
from banyan.survey.following.statements import Walker, instance
from banyan.survey.following.values import Atom, ClassValue, Rows, Value, joined
from banyan.survey.following.world import FlowKey, Territory, World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.modelgraph import Model, ModelGraph
from banyan.survey.syntax import Class, For, Function, If, Statement, Try, With

# For how many heirs of a class its methods are gone through again.
_MOST_HEIRS = 12


class Follower:
    """Follows values through a project.

    Args:
        user: the project's model of users.
    """

    def __init__(
        self, codebase: Codebase, graph: ModelGraph, territory: Territory, user: Model | None
    ) -> None:
        self.world = World(codebase, graph, territory, user)
        self.walker = Walker(self.world)
        self.world.interpreter = self.walker

    def follow(self, path: str) -> Iterator[Coupling | Unresolved]:
        """What a file does with the rows of other modules, each coupling once."""
        module = self.world.codebase.at(path)
        here = self.world.territory.module_at(path)
        if here is None or module.place is not None:
            return
        told: dict[Coupling | Unresolved, None] = {}
        for frame in self.frames(module):
            for each in _couplings(self.world, here, frame):
                told.setdefault(each)
        yield from told

    def gather(self, path: str) -> Mapping[FlowKey, Mapping[str, Value]]:
        """What the functions that a file calls are given by it."""
        module = self.world.codebase.at(path)
        found: dict[FlowKey, dict[str, Value]] = {}
        if module.place is None:
            for frame in self.frames(module):
                _add_flows(found, frame)
        return found

    def take(self, flows: Iterable[Mapping[FlowKey, Mapping[str, Value]]]) -> None:
        """Follow from now on with what functions are given, gathered from all files."""
        merged: dict[FlowKey, dict[str, Value]] = {}
        for one in flows:
            for key, given in one.items():
                into = merged.setdefault(key, {})
                for name, value in given.items():
                    into[name] = joined(into.get(name, ()), value)
        self.world.flows = merged
        self.walker = Walker(self.world)
        self.world.interpreter = self.walker

    def frames(self, module: PythonModule) -> Iterator[Frame]:
        """All that a module does: when it is imported, and in each of its functions."""
        self.walker.restart()
        yield from _all(self.walker.body(module))
        declaring = Frame(self.world, module, "")
        declared(declaring)
        yield from _all(declaring)
        source = self.world.codebase.source(module)
        for ref in self._functions(module, source.body, None):
            for owner in self._owners(ref):
                frame = self.walker.summary(ref, owner).frame
                if isinstance(frame, Frame):
                    yield from _all(frame)

    def _functions(
        self, module: PythonModule, body: Iterable[Statement], owner: ClassRef | None
    ) -> Iterator[FunctionRef]:
        for node in body:
            match node:
                case Function():
                    yield self.world.codebase.function_ref(module, node, owner)
                case Class():
                    ref = self.world.codebase.class_ref(module, node, owner)
                    yield from self._functions(module, node.body, ref)
                case If() | For():
                    yield from self._functions(module, node.body, owner)
                    yield from self._functions(module, node.otherwise, owner)
                case With():
                    yield from self._functions(module, node.body, owner)
                case Try():
                    yield from self._functions(module, node.body, owner)
                    for handler in node.handlers:
                        yield from self._functions(module, handler.body, owner)
                    yield from self._functions(module, node.otherwise, owner)
                case _:
                    pass

    def _owners(self, ref: FunctionRef) -> Iterator[Atom | None]:
        """What ``self`` can be in a method, the class's heirs included where it matters."""
        if ref.owner is None or decorated(ref, "staticmethod"):
            yield None
            return
        is_of_class = decorated(ref, "classmethod")
        first: Frame | None = None
        for owner in self._instances(ref.owner):
            me: Atom = ClassValue(_class(owner, ref.owner)) if is_of_class else owner
            if first is not None and not self._differs(first, ref.owner, owner):
                continue
            yield me
            if first is None:
                frame = self.walker.summary(ref, me).frame
                first = frame if isinstance(frame, Frame) else None

    def _differs(self, first: Frame, ref: ClassRef, owner: Atom) -> bool:
        """Whether an heir gives another meaning to anything that a method asks of ``self``."""
        if isinstance(owner, Rows):
            return True
        heir = _class(owner, ref)
        world = self.world
        asked = {name for frame in _all(first) for name in frame.asked}
        if world.graph.model_of(heir) is not None and asked:
            return True
        return any(
            world.binding(heir, name) != world.binding(ref, name)
            or [m for _, m in world.assigning(heir, name)]
            != [m for _, m in world.assigning(ref, name)]
            or (world.binding(ref, name) is None and world.is_foreign(heir))
            for name in asked
        )

    def _instances(self, ref: ClassRef) -> Iterator[Atom]:
        world = self.world
        if world.is_query_class(ref) or world.is_manager_class(ref):
            is_manager = world.is_manager_class(ref)
            models = world.queried(ref)
            for model in models[:_MOST_HEIRS]:
                yield Rows(model, world.method_classes(ref), is_manager=is_manager)
            if models:
                return
        model = world.graph.model_of(ref)
        if model is not None and not model.is_abstract:
            yield instance(world, ref)
            return
        seen: list[Atom] = []
        for one in (ref, *world.heirs(ref)[:_MOST_HEIRS]):
            owner = instance(world, one)
            if owner not in seen:
                seen.append(owner)
                yield owner


def _class(owner: Atom, default: ClassRef) -> ClassRef:
    model = getattr(owner, "model", None)
    found = model.ref if model is not None else getattr(owner, "ref", default)
    return found if isinstance(found, ClassRef) else default


def _all(frame: Frame) -> Iterator[Frame]:
    yield frame
    for inner in frame.inner:
        yield from _all(inner)


def _add_flows(found: dict[FlowKey, dict[str, Value]], frame: Frame) -> None:
    for key, given in frame.flows.items():
        into = found.setdefault(key, {})
        for name, value in given.items():
            into[name] = joined(into.get(name, ()), value)


# --- From what happens to couplings


def _couplings(world: World, here: str, frame: Frame) -> Iterator[Coupling | Unresolved]:
    for accesses in frame.accesses.values():
        for access in accesses:
            there = world.home(access.model)
            if there is not None and there != here:
                yield _access(world, here, there, frame, access)
    for lookup in frame.lookups:
        there = world.home(lookup.model)
        if there is not None and there != here:
            yield _lookup(here, there, frame, lookup)
    for atomic in frame.atomics:
        yield from _transaction(world, here, frame, atomic)
    for hearing in frame.hearings:
        yield from _signal(world, here, frame, hearing)
    for ending in frame.endings:
        yield Unresolved(file=frame.path, line=ending.line, reason=ending.reason)


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
        cascades=cascades(world, access.model, access.verb) if access.verb == DELETE else (),
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
