"""Carries what functions are given from one process to another that knows the same project.

Classes, functions, models and fields are told apart by identity: what goes over is where they
are declared, and the other side takes its own.
"""

import io
import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeAlias

from banyan.survey.following.flows import FlowKey, Given
from banyan.survey.following.values import Written
from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.modelgraph import Field, Model
from banyan.survey.namespaces import straightened
from banyan.survey.syntax import Class, Function, Statement

_MODULES: Final = frozenset({"banyan.survey.following.values", "banyan.survey.syntax"})


class Parcels:
    """Packs and unpacks values by what one project's code and models are."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._consulted = world.codebase.consulted
        self._nodes: dict[str, dict[_Place, Class | Function]] = {}
        self._places: dict[str, dict[int, _Place]] = {}

    def packed(self, content: object) -> bytes:
        """A content as bytes.

        Raises:
            pickle.PicklingError: something in it is declared nowhere.
        """
        stream = io.BytesIO()
        # Where things are declared is looked up, and tells nobody anything.
        outer = self._consulted.begin()
        try:
            _Packer(stream, self).dump(content)
        finally:
            self._consulted.leave(outer)
        return stream.getvalue()

    def unpacked(self, data: bytes) -> Any:
        """What another process has packed.

        Raises:
            pickle.UnpicklingError: something in it is declared no more.
        """
        outer = self._consulted.begin()
        try:
            return _Unpacker(io.BytesIO(data), self).load()
        except (LookupError, ValueError, AttributeError, TypeError, EOFError) as error:
            raise pickle.UnpicklingError(f"{type(error).__name__}: {error}") from error
        finally:
            self._consulted.leave(outer)

    # --- Where things are declared

    def name(self, item: object) -> tuple[object, ...] | None:
        """What tells the other side which of its own is meant; None for mere values."""
        match item:
            case PythonModule():
                return "module", item.path
            case ClassRef():
                model = self._world.graph.model_of(item)
                if model is not None and self._is_outside(model):
                    return "outside class", model.label
                place = self._place(item.module, item.node)
                return "class", item.module.path, place, item.qualname
            case FunctionRef():
                place = self._place(item.module, item.node)
                return "function", item.module.path, place, item.qualname, item.owner
            case Model():
                if self._is_outside(item):
                    return "outside", item.label
                return "model", item.ref
            case Field():
                if item.owner.fields.get(item.name) is not item:
                    raise pickle.PicklingError(f"{item} is no field of its owner")
                return "field", item.owner, item.name
            case _:
                return None

    def named(self, name: tuple[Any, ...]) -> object:
        """What is meant by a name."""
        world = self._world
        match name:
            case ("module", path):
                return world.codebase.at(path)
            case ("class", path, place, qualname):
                module = world.codebase.at(path)
                node: Class | Function = self._declared(path)[place]
                if not isinstance(node, Class):
                    raise pickle.UnpicklingError(f"{qualname} is no class")
                within = qualname.rpartition(".")[0]
                return world.codebase.class_ref(module, node, None, within)
            case ("function", path, place, qualname, owner):
                module = world.codebase.at(path)
                node = self._declared(path)[place]
                if not isinstance(node, Function):
                    raise pickle.UnpicklingError(f"{qualname} is no function")
                within = qualname.rpartition(".")[0]
                return world.codebase.function_ref(module, node, owner, within)
            case ("model", ref):
                return _known(world.graph.model_of(ref), "the model")
            case ("outside", label):
                return _known(world.graph.labelled(label), label)
            case ("outside class", label):
                return _known(world.graph.labelled(label), label).ref
            case ("field", owner, field):
                return owner.fields[field]
            case _:
                raise pickle.UnpicklingError(f"{name[0]} is nothing that is declared")

    def _is_outside(self, model: Model) -> bool:
        """Whether a library declares it, so that no file of the project does."""
        if model.ref.module.path in self._world.codebase.paths:
            return False
        if self._world.graph.labelled(model.label) is not model:
            raise pickle.PicklingError(f"{model} cannot be told from another one")
        return True

    def _place(self, module: PythonModule, node: Class | Function) -> "_Place":
        places = self._places.get(module.path)
        if places is None:
            declared = self._declared(module.path).items()
            places = self._places[module.path] = {id(each): place for place, each in declared}
        try:
            return places[id(node)]
        except KeyError:
            raise pickle.PicklingError(f"{node.name} is not declared in {module.path}") from None

    def _declared(self, path: str) -> "dict[_Place, Class | Function]":
        nodes = self._nodes.get(path)
        if nodes is None:
            codebase = self._world.codebase
            nodes = self._nodes[path] = {}
            counts: dict[str, int] = {}
            for name, node in _declarations(codebase.source(codebase.at(path)).body, ""):
                number = counts[name] = counts.get(name, 0) + 1
                nodes[name, number] = node
        return nodes


_Place: TypeAlias = tuple[str, int]
"""The name of a declaration with those around it, and the how manieth of that name it is."""


def _declarations(body: Iterable[Statement], around: str) -> Iterator[tuple[str, Class | Function]]:
    """The classes and functions in a body, at any depth, in the order of the text."""
    for statement in straightened(body):
        if isinstance(statement, Class | Function):
            name = f"{around}.{statement.name}"
            yield name, statement
            yield from _declarations(statement.body, name)


def _known(model: Model | None, label: str) -> Model:
    if model is None:
        raise pickle.UnpicklingError(f"{label} is not known")
    return model


class Parcel:
    """What one file gives to functions, packed until it is asked for."""

    __slots__ = ("_given", "_parcels", "data", "keys")

    def __init__(self, parcels: Parcels, keys: Sequence[FlowKey], data: bytes) -> None:
        self.keys = keys
        self.data = data
        self._parcels = parcels
        self._given: Given | None = None

    def given(self) -> Given:
        """What it gives them.

        Raises:
            pickle.UnpicklingError: something in it is declared no more.
        """
        known = self._given
        if known is None:
            given: Given = self._parcels.unpacked(self.data)
            known = self._given = given
        return known


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, parcels: Parcels) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._parcels = parcels

    def persistent_id(self, obj: Any) -> Any:
        return self._parcels.name(obj)

    def reducer_override(self, obj: Any) -> Any:
        if isinstance(obj, Written):
            # The line would no longer be true when something is written above it.
            return Written, (obj.text, obj.path, 0, obj.is_whole)
        return NotImplemented


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, parcels: Parcels) -> None:
        super().__init__(stream)
        self._parcels = parcels

    def persistent_load(self, pid: Any) -> Any:
        return self._parcels.named(pid)

    def find_class(self, module_name: str, global_name: str) -> Any:
        # What comes from a file that anyone may have written must make nothing but values.
        if module_name not in _MODULES:
            raise pickle.UnpicklingError(f"{module_name}.{global_name} is no value")
        return super().find_class(module_name, global_name)
