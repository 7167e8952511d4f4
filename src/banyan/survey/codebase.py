"""The first-party modules of a tree, and what any name in them means."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final, TypeAlias

from banyan.survey.consulted import MISSING, NAME, WHOLE, Marks
from banyan.survey.facts import Place
from banyan.survey.lineages import linearized
from banyan.survey.meanings import (
    ClassRef,
    External,
    Meaning,
    ModuleRef,
    PythonModule,
    Unknown,
    ValueRef,
    is_none,
    item_of,
)
from banyan.survey.namespaces import Assigned, Binding, Namespace, listed, namespace
from banyan.survey.references import References
from banyan.survey.syntax import (
    Attribute,
    Await,
    Call,
    Class,
    Conditional,
    Constant,
    Display,
    Expression,
    Function,
    Import,
    Name,
    Operation,
    Source,
    Subscript,
)

_DEEPEST: Final = 30
_EMPTY: Final = Source(0, ())
_CIRCULAR: Final = Unknown("the name refers to itself")

# Knows what a call gives, as ``get_model("orders", "Order")``; None where it doesn't.
Loader: TypeAlias = Callable[["Codebase", PythonModule, Call], Meaning | None]


class Codebase(References):
    """Looks names up across files, as Python's import would, without running anything.

    Args:
        paths: of the Python files, relative, with forward slashes; with their place.
        source: what is in a file.
        roots: folders that are on Python's path, "" for the project's own; the deepest that a
            file is in gives it its name.
    """

    def __init__(
        self,
        paths: Mapping[str, Place | None],
        source: Callable[[str], Source],
        roots: Iterable[str] = ("",),
    ) -> None:
        super().__init__(paths, roots)
        self._source = source
        self._namespaces: dict[str, Namespace] = {}
        self._class_namespaces: dict[ClassRef, Namespace] = {}
        # With what was looked at for it.
        self._lookups: dict[tuple[str, str], tuple[Meaning | None, Marks]] = {}
        self._lineages: dict[ClassRef, tuple[tuple[Meaning, ...], Marks]] = {}
        self._busy: set[object] = set()
        # Those of them that were asked for meanwhile, by what is being looked up.
        self._met: set[object] = set()
        self.loaders: list[Loader] = []

    def source(self, module: PythonModule) -> Source:
        """What is in a module's file; nothing for a mere folder."""
        self.consulted.take(module.marks)
        self.consulted.look(WHOLE + module.path)
        return self._source(module.path) if module.path in self._paths else _EMPTY

    # --- Names

    def namespace(self, module: PythonModule) -> Namespace:
        """The names that a module binds at its top level."""
        self.consulted.look(WHOLE + module.path)
        return self._namespace(module)

    def bindings(self, module: PythonModule, name: str) -> Sequence[Binding]:
        """What binds a name at the top of a module, the last one last."""
        found = self._namespace(module).bindings.get(name)
        if found is None:
            self.consulted.look(MISSING + name)
            return ()
        self.consulted.look(f"{NAME}{module.path} {name}")
        return found

    def _namespace(self, module: PythonModule) -> Namespace:
        self.consulted.take(module.marks)
        found = self._namespaces.get(module.path)
        if found is None:
            body = self._source(module.path).body if module.path in self._paths else ()
            found = self._namespaces[module.path] = namespace(body)
        return found

    def lookup(self, module: PythonModule, name: str) -> Meaning | None:
        """What a name means at the end of a module; None where the module has no such name."""
        key = (module.path, name)
        consulted = self.consulted
        known = self._lookups.get(key)
        if known is not None:
            consulted.take(known[1])
            return known[0]
        if key in self._busy:
            self._met.add(key)
            consulted.take(module.marks)
            return _CIRCULAR
        outer = consulted.begin()
        with self._looking_up(key) as met:
            meaning = self._looked_up(module, name)
        marks = consulted.end(outer)
        if not met:
            self._lookups[key] = meaning, marks
        return meaning

    @contextmanager
    def _looking_up(self, key: object) -> Iterator[set[object]]:
        """While it is looked up, it is not asked for again.

        Gives what was met that is being looked up still: what was found then may be cut short.
        """
        around, self._met = self._met, set()
        met = self._met
        self._busy.add(key)
        try:
            yield met
        finally:
            self._busy.discard(key)
            met.discard(key)
            self._met = around | met

    def resolve(self, module: PythonModule, expression: Expression, depth: int = 0) -> Meaning:
        """What an expression at a module's top level means, assignments followed.

        The result is a ValueRef only where the value is no name: a literal, a call whose result
        nobody knows.
        """
        if depth > _DEEPEST:
            return _CIRCULAR
        match expression:
            case Name(id=name):
                meaning = self.lookup(module, name)
                if meaning is None:
                    return Unknown(f"{name} is not bound in {module.name}")
                return self.followed(meaning, depth + 1)
            case Attribute(value=value, name=name):
                of = self.resolve(module, value, depth + 1)
                found = self.attribute(of, name)
                return self.followed(found, depth + 1)
            case Call(function=function) as call:
                for loader in self.loaders:
                    loaded = loader(self, module, call)
                    if loaded is not None:
                        return self.followed(loaded, depth + 1)
                callee = self.resolve(module, function, depth + 1)
                if isinstance(callee, External) and callee.name.endswith("with_metaclass"):
                    return self._first(module, call.arguments[1:], depth)
                return ValueRef(module, expression, call.line)
            case Subscript(value=Display() as display, index=Constant(value=int(index))):
                if -len(display.items) <= index < len(display.items):
                    return self.resolve(module, display.items[index], depth + 1)
                return Unknown("the index is out of range")
            case Subscript(value=value, index=index):
                of = self.resolve(module, value, depth + 1)
                if isinstance(of, ClassRef | External):
                    # A generic class with its arguments.
                    return of
                item = item_of(of, index)
                return self.resolve(*item, depth + 1) if item else ValueRef(module, expression, 0)
            case Conditional(then=then, otherwise=otherwise):
                return self._first(module, (then, otherwise), depth)
            case Operation(operator="or", left=left, right=right):
                return self._first(module, (left, right), depth)
            case Await(value=value):
                return self.resolve(module, value, depth + 1)
            case _:
                return ValueRef(module, expression, getattr(expression, "line", 0))

    def followed(self, meaning: Meaning, depth: int = 0) -> Meaning:
        """A meaning with assignments followed to what was assigned."""
        if isinstance(meaning, ValueRef):
            if meaning.owner is not None:
                inner = self.in_class(meaning.owner, meaning.expression, depth)
                if inner is not None:
                    return inner
            found = self.resolve(meaning.module, meaning.expression, depth + 1)
            if isinstance(found, ValueRef) and found.expression is meaning.expression:
                return meaning
            return found
        return meaning

    def attribute(self, of: Meaning, name: str) -> Meaning:
        """What ``of.name`` means."""
        match of:
            case ModuleRef(module=module):
                found = self.lookup(module, name)
                return found if found is not None else Unknown(f"{module.name} has no {name}")
            case ClassRef():
                member = self.member(of, name)
                return member if member is not None else Unknown(f"{of.name} has no {name}")
            case External(name=dotted):
                return External(f"{dotted}.{name}")
            case Unknown():
                return of
            case _:
                return Unknown(f"nothing is known of .{name} here")

    def imported(self, module: PythonModule, node: Import) -> Meaning | None:
        """What an import binds; None where the first-party module has no such name."""
        if node.level:
            base = self.relative(module, node.level, node.module)
            dotted = f"{'.' * node.level}{node.module}"
            if base is None:
                return Unknown(f"there is no module {dotted} beside {module.name}")
        else:
            base, dotted = self.find(node.module, module), node.module
        if node.name is None:
            if node.alias:
                return ModuleRef(base) if base else External(dotted)
            top = dotted.partition(".")[0]
            whole = self.find(top, module)
            return ModuleRef(whole) if whole else External(top)
        if base is None:
            return External(f"{dotted}.{node.name}")
        if base.path == module.path:
            # A package that imports from itself: only its modules can be meant.
            within = self.child(base, node.name)
            return ModuleRef(within) if within else self.lookup(base, node.name)
        return self.lookup(base, node.name)

    def _looked_up(self, module: PythonModule, name: str) -> Meaning | None:
        unknown: Meaning | None = None
        for binding in reversed(self.bindings(module, name)):
            meaning = self.meaning(module, binding)
            if isinstance(meaning, Unknown):
                unknown = unknown or meaning
            elif meaning is not None and not is_none(meaning):
                return meaning
        for star in reversed(self._namespace(module).stars):
            meaning = self._starred(module, star, name)
            if meaning is not None and meaning is not _CIRCULAR:
                return meaning
        within = self.child(module, name)
        return ModuleRef(within) if within else unknown

    def _starred(self, module: PythonModule, star: Import, name: str) -> Meaning | None:
        base = (
            self.relative(module, star.level, star.module)
            if star.level
            else self.find(star.module, module)
        )
        if base is None or base.path == module.path:
            return None
        offered = listed(self.bindings(base, "__all__"))
        if name.startswith("_") if offered is None else name not in offered:
            return None
        return self.lookup(base, name)

    def meaning(
        self, module: PythonModule, binding: Binding, owner: ClassRef | None = None
    ) -> Meaning | None:
        """What a binding at the top of a module, or in a class's body, means."""
        match binding:
            case Import():
                return self.imported(module, binding)
            case Class():
                return self.class_ref(module, binding, owner)
            case Function():
                return self.function_ref(module, binding, owner)
            case Assigned(expression=expression, line=line):
                return ValueRef(module, expression, line, owner)

    # --- Classes

    def class_namespace(self, of: ClassRef) -> Namespace:
        """The names that a class's own body binds."""
        self.look_through(of)
        return self._class_namespace(of)

    def own(self, of: ClassRef, name: str) -> Binding | None:
        """What a class itself binds to a name; None where it does not."""
        found = self._class_namespace(of).last(name)
        if found is None:
            self.consulted.take(of.marks)
            self.consulted.look(f"{MISSING}.{name}")
        else:
            self.look_at(of, name)
        return found

    def _class_namespace(self, of: ClassRef) -> Namespace:
        found = self._class_namespaces.get(of)
        if found is None:
            found = self._class_namespaces[of] = namespace(of.node.body)
        return found

    def bases(self, of: ClassRef) -> tuple[Meaning, ...]:
        """What the bases of a class mean, in the order in which they are written."""
        self.consulted.take(of.marks)
        return tuple(self.resolve(of.module, base) for base in of.node.bases)

    def lineage(self, of: ClassRef) -> tuple[Meaning, ...]:
        """A class and all that it inherits from, the nearest first.

        In the order of Python's own (C3) where bases are consistent: a class comes after all that
        derive from it.
        """
        consulted = self.consulted
        known = self._lineages.get(of)
        if known is not None:
            consulted.take(known[1])
            return known[0]
        if of in self._busy:
            # A class that inherits from itself ends here.
            self._met.add(of)
            consulted.take(of.marks)
            return (of,)
        outer = consulted.begin()
        with self._looking_up(of) as met:
            found = (of, *self._inherited(of))
        marks = consulted.end(outer)
        if not met:
            self._lineages[of] = found, marks
        return found

    def _inherited(self, of: ClassRef) -> Iterator[Meaning]:
        bases = self.bases(of)
        lines: list[list[Meaning]] = [
            list(self.lineage(base)) if isinstance(base, ClassRef) else [base] for base in bases
        ]
        return linearized(lines, bases)

    def member(self, of: ClassRef, name: str) -> Meaning | None:
        """What a class's attribute means, inherited or its own; None where it has none."""
        for ancestor in self.lineage(of):
            if isinstance(ancestor, ClassRef):
                binding = self.own(ancestor, name)
                if binding is not None:
                    return self.meaning(ancestor.module, binding, ancestor)
        return None

    def inherits(self, of: ClassRef, package: str, *names: str) -> bool:
        """Whether a class derives from one of these names of an external package."""
        return any(
            isinstance(one, External) and one.is_from(package, *names) for one in self.lineage(of)
        )

    # --- Parts of values

    def in_class(self, owner: ClassRef, expression: Expression, depth: int = 0) -> Meaning | None:
        """What an expression in a class's body means by the names of that body.

        None where it has none of them, so that the module's names count.
        """
        first = expression
        while isinstance(first, Attribute):
            first = first.value
        if not isinstance(first, Name):
            return None
        binding = self.own(owner, first.id)
        if binding is None or (isinstance(binding, Assigned) and binding.expression is expression):
            return None
        meaning = self.meaning(owner.module, binding, owner)
        if meaning is None or depth > _DEEPEST:
            return None
        meaning = self.followed(meaning, depth + 1)
        return self._attributes(meaning, expression)

    def _attributes(self, of: Meaning, expression: Expression) -> Meaning:
        names: list[str] = []
        while isinstance(expression, Attribute):
            names.append(expression.name)
            expression = expression.value
        for name in reversed(names):
            of = self.followed(self.attribute(of, name))
        return of

    def _first(self, module: PythonModule, choices: Sequence[Expression], depth: int) -> Meaning:
        """The first of several that means something."""
        unknown: Meaning = Unknown("none of the alternatives is known")
        for choice in choices:
            found = self.resolve(module, choice, depth + 1)
            if not isinstance(found, Unknown) and not is_none(found):
                return found
        return unknown
