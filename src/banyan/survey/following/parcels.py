"""Carries what functions are given from one process to another that knows the same project.

Classes, functions, models and fields are told apart by identity: what goes over is where they
are declared, and the other side takes its own.
"""

import io
import pickle
from collections.abc import Iterable, Iterator
from typing import Any

from banyan.survey.following.world import World
from banyan.survey.meanings import ClassRef, FunctionRef, PythonModule
from banyan.survey.modelgraph import Field, Model
from banyan.survey.namespaces import straightened
from banyan.survey.syntax import Class, Function, Statement


class Parcels:
    """Packs and unpacks values by what one project's code and models are."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._nodes: dict[str, list[Class | Function]] = {}
        self._places: dict[str, dict[int, int]] = {}

    def packed(self, content: object) -> bytes:
        """A content as bytes.

        Raises:
            pickle.PicklingError: something in it is declared nowhere.
        """
        stream = io.BytesIO()
        _Packer(stream, self).dump(content)
        return stream.getvalue()

    def unpacked(self, data: bytes) -> Any:
        """What another process has packed."""
        return _Unpacker(io.BytesIO(data), self).load()

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
                node: Class | Function = self._declared(path)[int(place)]
                assert isinstance(node, Class)  # noqa: S101
                within = qualname.rpartition(".")[0]
                return world.codebase.class_ref(module, node, None, within)
            case ("function", path, place, qualname, owner):
                module = world.codebase.at(path)
                node = self._declared(path)[int(place)]
                assert isinstance(node, Function)  # noqa: S101
                within = qualname.rpartition(".")[0]
                return world.codebase.function_ref(module, node, owner, within)
            case ("model", ref):
                return world.graph.model_of(ref)
            case ("outside", label):
                return world.graph.labelled(label)
            case ("outside class", label):
                model = world.graph.labelled(label)
                return model.ref if model is not None else None
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

    def _place(self, module: PythonModule, node: Class | Function) -> int:
        places = self._places.get(module.path)
        if places is None:
            declared = enumerate(self._declared(module.path))
            places = self._places[module.path] = {id(each): place for place, each in declared}
        try:
            return places[id(node)]
        except KeyError:
            raise pickle.PicklingError(f"{node.name} is not declared in {module.path}") from None

    def _declared(self, path: str) -> list[Class | Function]:
        nodes = self._nodes.get(path)
        if nodes is None:
            codebase = self._world.codebase
            nodes = list(_declarations(codebase.source(codebase.at(path)).body))
            self._nodes[path] = nodes
        return nodes


def _declarations(body: Iterable[Statement]) -> Iterator[Class | Function]:
    """The classes and functions in a body, at any depth, in the order of the text."""
    for statement in straightened(body):
        if isinstance(statement, Class | Function):
            yield statement
            yield from _declarations(statement.body)


class _Packer(pickle.Pickler):
    def __init__(self, stream: io.BytesIO, parcels: Parcels) -> None:
        super().__init__(stream, protocol=pickle.HIGHEST_PROTOCOL)
        self._parcels = parcels

    def persistent_id(self, obj: Any) -> Any:
        return self._parcels.name(obj)


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream: io.BytesIO, parcels: Parcels) -> None:
        super().__init__(stream)
        self._parcels = parcels

    def persistent_load(self, pid: Any) -> Any:
        return self._parcels.named(pid)
