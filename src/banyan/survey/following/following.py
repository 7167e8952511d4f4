"""Follows a project's data through one file after the other, and tells where it leaves its app."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from banyan.survey.consulted import Fact
from banyan.survey.facts import Coupling, Place, Unresolved
from banyan.survey.following.attributes import class_of, decorated
from banyan.survey.following.declarations import declare
from banyan.survey.following.directory import Directory
from banyan.survey.following.flows import FlowKey, Flows, Given
from banyan.survey.following.frames import Frame
from banyan.survey.following.parcels import Parcels
from banyan.survey.following.rounds import Gathered
from banyan.survey.following.statements import instance
from banyan.survey.following.telling import Body, told
from banyan.survey.following.values import Atom, ClassValue, Row, Rows, Value, joined
from banyan.survey.following.walking import Walker
from banyan.survey.following.world import Territory, World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.modelgraph import ModelGraph
from banyan.survey.syntax import Class, For, Function, If, Statement, Try, With

# For how many heirs of a class its methods are gone through again.
_MOST_HEIRS = 12


class Follower:
    """Follows values through a project.

    Args:
        user: the label of the model of users, as settings give it.
        setting: the text that the project's settings give to a name; None where it isn't known.
    """

    def __init__(
        self,
        directory: Directory,
        graph: ModelGraph,
        territory: Territory,
        user: str = "auth.User",
        setting: Callable[[str], str | None] = lambda _: None,
    ) -> None:
        self.world = World(directory, graph, territory, user, setting)
        self._start()

    def _start(self) -> None:
        self.walker = Walker(self.world)
        self.world.interpreter = self.walker

    def follow(self, path: str) -> Iterator[Coupling | Unresolved]:
        """What a file does with the rows of other modules, each coupling once."""
        module = self.world.codebase.at(path)
        here = self.world.territory.module_at(path)
        if here is not None:
            bodies = chain(self.bodies(module), self._declared(module))
            yield from told(self.world, here, module.place, bodies)

    def gather(self, path: str, *, declared: bool = True) -> Given:
        """What the functions that a file calls are given by it.

        Args:
            declared: whether what its classes declare is looked at too.
        """
        module = self.world.codebase.at(path)
        found: dict[FlowKey, dict[str, Value]] = {}
        if module.place is None:
            declarations = self._declared(module) if declared else ()
            for body in chain(self.bodies(module), declarations):
                for frame in body.frames:
                    _add_flows(found, frame)
        return found

    def know(self) -> None:
        """Find out, if it is not known yet, what all files need to be told of the project."""
        if self.world.know_managers():
            self._start()

    def facts(self) -> Iterator[Fact]:
        """What is known of the project before any file is gone through."""
        self.know()
        yield from self.world.facts()

    def gathered(self, parcels: Parcels, number: int, path: str) -> Gathered:
        """What a file gives in a round; what its classes declare stays as it was in the first."""
        consulted = self.world.codebase.consulted
        outer = consulted.begin()
        given = self.gather(path, declared=not number)
        marks = consulted.end(outer)
        data = parcels.packed(given) if given else b""
        return Gathered(tuple(given), data, marks.packed())

    def begin(self) -> None:
        """Forget what functions are given, and all that was found out by it."""
        self.know()
        self.world.flows = Flows(self.world.codebase.consulted)
        self._start()

    def bodies(self, module: PythonModule) -> Iterator[Body]:
        """All that a module does: when it is imported, and in each of its functions."""
        self.know()
        self.walker.restart()
        if module.place is not Place.MIGRATION:
            # What a migration's body says is history; its functions read and write rows.
            yield Body(_all(self.walker.body(module)))
        source = self.world.codebase.source(module)
        for ref in self._functions(module, source.body, None):
            is_first = True
            for owner in self._owners(ref):
                frame = self.walker.summary(ref, owner, from_all=True).frame
                if isinstance(frame, Frame):
                    heir = "" if is_first or owner is None else _home(owner)
                    yield Body(_all(frame), is_of_heir=not is_first, heir=heir)
                is_first = False

    def _declared(self, module: PythonModule) -> Iterator[Body]:
        """What the classes of a module declare for libraries."""
        if module.place is not Place.MIGRATION:
            frame = Frame(self.world, module, "")
            declare(frame)
            yield Body(_all(frame))

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
                frame = self.walker.summary(ref, me, from_all=True).frame
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
        own = world.graph.model_of(ref)
        if own is not None and not own.is_abstract:
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


def _home(owner: Atom) -> str:
    """The file of the class of what ``self`` is; "" for models, whose rows it goes through."""
    ref = None if isinstance(owner, Row | Rows) else class_of(owner)
    return ref.module.path if ref is not None else ""


def _all(frame: Frame) -> list[Frame]:
    """A frame and those within."""
    found = [frame]
    for inner in frame.inner:
        found.extend(_all(inner))
    return found


def _add_flows(found: dict[FlowKey, dict[str, Value]], frame: Frame) -> None:
    for key, given in frame.flows.items():
        into = found.setdefault(key, {})
        for name, value in given.items():
            into[name] = joined(into.get(name, ()), value)
