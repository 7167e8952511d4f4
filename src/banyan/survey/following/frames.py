"""One function, class body or module that is gone through: its names, and what happens in it."""

from collections.abc import Collection

from banyan.survey.following.flows import FlowKey
from banyan.survey.following.happenings import Access, Atomic, Ending, Hearing, Lookup, Write
from banyan.survey.following.paths import crossed, trimmed
from banyan.survey.following.queries import DELETE, PAIRED, READ, UPDATE
from banyan.survey.following.values import NOTHING, Atom, Rows, Value, Written, joined
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, PythonModule
from banyan.survey.modelgraph import Field, FieldKind, Model
from banyan.survey.syntax import Expression


class Frame:
    """What is known while a body of code is gone through.

    Attributes:
        source: the dotted name of what is gone through, as couplings tell it.
        owner: the class in whose body the function stands.
        me: what the first parameter of a method is.
        names: of local variables.
        accesses: by the expression that does it, so that a longer chain can take its place.
        asked: the attributes of ``self`` that were looked at.
        writes: of models, by this code and what it calls.
        given: the parameters of which it is known what the call that is gone through gives them.
        opened: the line on which a transaction was entered, for the rest of a ``with`` block.
        bounds: of type parameters, by their name.
        is_body: whether it is of a module or class, whose functions are gone through apart.
    """

    __slots__ = (
        "accesses",
        "accessors",
        "asked",
        "atomics",
        "attributes",
        "bounds",
        "endings",
        "flows",
        "given",
        "hearings",
        "inner",
        "is_body",
        "is_generator",
        "lookups",
        "me",
        "module",
        "names",
        "opened",
        "outer",
        "owner",
        "path",
        "qualname",
        "returns",
        "world",
        "writes",
        "yields",
    )

    def __init__(
        self,
        world: World,
        module: PythonModule,
        qualname: str,
        owner: ClassRef | None = None,
        me: Atom | None = None,
    ) -> None:
        self.world = world
        self.module = module
        self.path = module.path
        self.qualname = qualname
        self.owner = owner
        self.me = me
        self.names: dict[str, Value] = {}
        self.returns: Value = NOTHING
        self.yields: Value = NOTHING
        self.is_generator = False
        self.attributes: dict[str, Value] = {}
        self.accesses: dict[int, list[Access]] = {}
        self.accessors: dict[Field, tuple[object, int]] = {}
        self.lookups: list[Lookup] = []
        self.atomics: list[Atomic] = []
        self.endings: list[Ending] = []
        self.inner: list[Frame] = []
        self.asked: set[str] = set()
        self.writes: set[Write] = set()
        self.flows: dict[FlowKey, dict[str, Value]] = {}
        self.hearings: list[Hearing] = []
        self.is_body = False
        self.given: frozenset[str] = frozenset()
        self.opened = 0
        self.outer: list[Written] = []
        self.bounds: dict[str, Expression] = {}

    @property
    def source(self) -> str:
        """The dotted name of what is gone through."""
        return f"{self.module.name}.{self.qualname}" if self.qualname else self.module.name

    def within(self, qualname: str) -> "Frame":
        """A frame for code inside this one, which sees its names."""
        frame = Frame(self.world, self.module, qualname, self.owner, self.me)
        frame.names = dict(self.names)
        frame.bounds = self.bounds
        self.inner.append(frame)
        return frame

    # --- What happens

    def access(
        self,
        node: object,
        line: int,
        model: Model,
        verb: str,
        *,
        reverse: bool = False,
        by: str = "",
    ) -> None:
        """Rows of a model are read or written by an expression."""
        found = self.world.concrete(model)
        if found is None:
            return
        if verb != READ:
            self.writes.add(Write(found, self.path, line))
        self.accesses.setdefault(id(node), []).append(Access(line, found, verb, reverse, by))

    def paired(self, node: object, line: int, rows: Rows, name: str) -> None:
        """Rows are given to a relation or taken from it: of many to many only pairs are written."""
        via = rows.via
        if via is None or via.kind is not FieldKind.MANY_TO_MANY:
            self.query(node, line, rows, UPDATE)
            return
        pairs = self.world.graph.pairs(via)
        at, first = self.accessors.get(via, (node, line)) if rows.is_reverse else (node, line)
        # No row of the model itself is asked for.
        told = self.accesses.pop(id(at), [])
        self.accesses[id(at)] = [one for one in told if one.verb != READ]
        self.access(at, first, pairs, PAIRED.get(name, UPDATE), reverse=rows.is_reverse)

    def query(self, node: object, line: int, rows: Rows, verb: str) -> None:
        """A manager or query of a model is used."""
        via = rows.via
        if via is None or not rows.is_reverse:
            self.access(node, line, rows.model, verb)
            if via is not None and verb != READ and via.kind is FieldKind.MANY_TO_MANY:
                # Besides the rows themselves.
                pairs = self.world.graph.pairs(via)
                self.writes.add(Write(pairs, self.path, line, again=True))
            return
        # Told on the line of the accessor, whatever is asked of it after.
        at, first = self.accessors.setdefault(via, (node, line))
        if at is not node and verb == READ:
            return
        self.access(at, first, rows.model, verb, reverse=True)
        if verb != READ:
            # As of any chain, what is done in the end takes the place of the asking before it.
            told = self.accesses.get(id(at), [])
            read = Access(first, self.world.concrete(rows.model) or rows.model, READ, reverse=True)
            self.accesses[id(at)] = [one for one in told if one != read]

    def reached(self, node: object, line: int, rows: Rows) -> None:
        """A reverse accessor is named."""
        if rows.via is not None:
            self.accessors[rows.via] = (node, line)
        self.query(node, line, rows, READ)

    def continued(self, node: object) -> None:
        """A chain goes on after an expression: what the whole chain does is told instead."""
        self.accesses.pop(id(node), None)

    def repeated(self, line: int, outer: set[Write], *, of_all: bool = False) -> None:
        """What was written since then was written in a loop.

        What may be one model or another is each of them in turn, where the loop is over what is
        written out.
        """
        again = {
            Write(one.model, self.path, line, again=True, perhaps=one.perhaps and not of_all)
            for one in self.writes
        }
        self.writes |= outer | again

    def one_of(self, line: int, outcomes: Collection[set[Write]]) -> set[Write]:
        """What is written by one of several functions of which a call on this line means one.

        Only what all of them write is sure.
        """
        told = [writes for writes in outcomes if writes]
        if not told:
            return set()
        home = self.world.home
        every = set[Write]().union(*told)
        sure = {one.model for one in every}
        for writes in told:
            sure &= {one.model for one in writes}
        found = {one for one in every if one.model in sure}
        others = {one.model for one in every if one.model not in sure}
        found |= {Write(model, self.path, line, perhaps=True) for model in others}
        if len({home(one.model) for one in every}) > 1:
            return found
        return {Write(one.model, self.path, line, perhaps=one.perhaps) for one in found}

    def atomic(self, line: int, writes: Collection[Write]) -> None:
        """All this is one transaction: of a single statement it is none of several models."""
        written = [one for one in writes if not one.perhaps]
        known = {self.world.home(one.model) for one in written}
        choices: dict[tuple[str, int], list[Write]] = {}
        for one in writes:
            if one.perhaps:
                choices.setdefault((one.path, one.line), []).append(one)
        for choice in choices.values():
            homes = {self.world.home(one.model) for one in choice}
            # Whichever it is, the module is told; of several modules none is.
            if len(homes) == 1 and homes.isdisjoint(known):
                written += choice
        statements = {(one.path, one.line) for one in written}
        if len(statements) > 1 or any(one.again for one in written):
            models = tuple(dict.fromkeys(one.model for one in written))
            self.atomics.append(Atomic(line, models))

    def lookup(self, model: Model, path: Written, line: int, *, is_loading: bool = False) -> None:
        """A path is looked up on a model.

        Args:
            line: of what looks it up, told where the path itself is written in another file.
        """
        if not path.text or (not path.is_whole and "__" not in path.text):
            return
        text = path.text if path.is_whole else path.text + "?"
        home = self.world.home(model)
        for one in crossed(self.world.graph, model, text, is_loading):
            found = self.world.concrete(one)
            # Within the module of the model that is asked, the asking itself tells it.
            if found is not None and self.world.home(found) != home:
                shown = trimmed(path.text)
                at = path.line if path.line and path.path == self.path else line
                self.lookups.append(Lookup(at, found, shown))

    def end(self, line: int, reason: str) -> None:
        """Following ends here."""
        self.endings.append(Ending(line, reason))

    def flow(self, key: FlowKey, parameter: str, value: Value) -> None:
        """A value is given to a parameter of a function elsewhere."""
        given = self.flows.setdefault(key, {})
        given[parameter] = joined(given.get(parameter, NOTHING), value)


def cascades(world: World, model: Model, verb: str) -> tuple[str, ...]:
    """The models of which rows are deleted along."""
    if verb != DELETE:
        return ()
    return tuple(sorted({one.label for one in world.graph.cascades(model)}))
