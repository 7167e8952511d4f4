"""Imports from one module of another: of models, of its public face, of its internals.

What a module offers is what its app's own package has, and all in its ``contract``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    PythonModule,
    ValueRef,
)
from banyan.survey.modelgraph.classes import is_model
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.places import CONTRACT, PUBLIC
from banyan.survey.scopes import Local, Scope
from banyan.survey.syntax import Call, Import, Text
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name

_BY_NAME: Final = {
    "import_module": "importlib.import_module",
    "import_string": "django.utils.module_loading.import_string",
}


@dataclass(frozen=True, slots=True)
class Reach:
    """One imported name of the project, wherever it is from.

    Attributes:
        path: of the file that defines it.
        through: of the file that it is imported from, which may only pass it on.
        target: its full dotted name.
        via: the dotted name that is imported, where it is another.
        is_model: whether it is a model, or a module of models.
    """

    line: int
    scope: Scope
    path: str
    through: str
    target: str
    via: str
    is_model: bool
    is_module: bool
    place: Place | None


def reaches(names: Names, outline: Outline) -> Iterator[Reach | Unresolved]:
    """All that a file imports of the project, by statement or by name."""
    codebase = names.codebase
    for node, scope in outline.imports:
        where = place(outline.module, node)
        found = _imported(codebase, outline.module, node)
        if found is None:
            reason = _missing(codebase, outline.module, node)
            if reason and where is not Place.TEST:
                yield Unresolved(file=outline.module.path, line=node.line, reason=reason)
        else:
            base, meaning = found
            yield _reach(codebase, _Site(node.line, scope, where), base, meaning, node.name or "")
    for call, scope in outline.calls:
        if call.arguments and last_name(call.function) in _BY_NAME:
            yield from _by_name(names, call, scope)


def imports(
    territory: Territory, outline: Outline, reached: Iterable[Reach | Unresolved]
) -> Iterator[Coupling | Unresolved]:
    """The imports of a file that cross from its module to another.

    Args:
        reached: all that the file imports of the project.
    """
    here = territory.module_at(outline.module.path)
    if here is None:
        return
    for reach in reached:
        if isinstance(reach, Unresolved):
            yield reach
            continue
        path = reach.path
        there = territory.module_at(path)
        if there is None or there == here:
            # What another module passes on is taken from that one.
            path, there = reach.through, territory.module_at(reach.through)
        if there is None or there == here:
            continue
        is_model = is_a_model(territory, reach, path)
        in_models = is_model or is_of_models(territory, path)
        yield Coupling(
            kind=Kind.MODEL_IMPORT if is_model else Kind.IMPORT,
            from_=here,
            to=there,
            file=outline.module.path,
            line=reach.line,
            source=reach.scope.name,
            target=reach.target,
            face="models" if in_models else _face(territory, reach),
            via=reach.via,
            place=reach.place,
        )


def place(module: PythonModule, node: Import) -> Place | None:
    """In what sort of code an import stands."""
    if module.place is not None:
        return module.place
    if node.is_typing:
        return Place.TYPING
    return Place.FUNCTION if node.is_inner else None


def _imported(
    codebase: Codebase, module: PythonModule, node: Import
) -> tuple[PythonModule, Meaning | None] | None:
    """The module that is named, and what is taken from it; None for what is not the project's."""
    if node.level:
        base = codebase.relative(module, node.level, node.module)
    else:
        base = codebase.find(node.module, module)
    if base is None:
        return None
    if node.name is None or node.name == "*":
        return base, ModuleRef(base)
    return base, codebase.imported(module, node)


def _missing(codebase: Codebase, module: PythonModule, node: Import) -> str:
    """Why an import that looks like the project's own leads nowhere; "" for one that doesn't."""
    if node.level:
        return f"there is no module {'.' * node.level}{node.module} in the tree"
    package, _, last = node.module.rpartition(".")
    above = codebase.find(package, module) if package else None
    if above is not None and above.path in codebase.paths:
        return f"there is no module {last} in {package}"
    return ""


@dataclass(frozen=True, slots=True)
class _Site:
    line: int
    scope: Scope
    place: Place | None = None


def _reach(
    codebase: Codebase, site: _Site, base: PythonModule, meaning: Meaning | None, name: str = ""
) -> Reach:
    path, target, is_model_, is_module = base.path, base.name, False, False
    match codebase.followed(meaning) if isinstance(meaning, ValueRef) else meaning:
        case ModuleRef(module=module):
            path, target, is_module = module.path, module.name, True
        case ClassRef() as ref:
            path, target, is_model_ = ref.module.path, ref.name, is_model(codebase, ref)
        case FunctionRef() as ref:
            path, target = ref.module.path, ref.name
        case ValueRef(module=module):
            path, target = module.path, f"{module.name}.{name}"
        case _:
            target = f"{base.name}.{name}" if name else base.name
    entered = f"{base.name}.{name}" if name not in ("", "*") else base.name
    via = entered if entered != target else ""
    scope, place = site.scope, site.place
    return Reach(site.line, scope, path, base.path, target, via, is_model_, is_module, place)


def _by_name(names: Names, call: Call, scope: Scope) -> Iterator[Reach | Unresolved]:
    """What ``import_module`` and its like import, of which only the name is known."""
    codebase, module = names.codebase, scope.module
    callee = names.known(scope, call.function)
    if not (isinstance(callee, External) and callee.name in _BY_NAME.values()):
        return
    match names.known(scope, call.arguments[0]):
        case Local(expression=Text(value=dotted)):
            pass
        case _:
            reason = "the module that is imported by its name is not told here"
            yield Unresolved(file=module.path, line=call.line, reason=reason)
            return
    if dotted.startswith("."):
        level = len(dotted) - len(dotted.lstrip("."))
        whole = codebase.relative(module, level, dotted.lstrip("."))
    else:
        whole = codebase.find(dotted, module)
    if whole is not None:
        yield _reach(codebase, _Site(call.line, scope), whole, ModuleRef(whole))
        return
    holder, _, name = dotted.rpartition(".")
    base = codebase.find(holder, module) if holder else None
    if base is not None:
        yield _reach(codebase, _Site(call.line, scope), base, codebase.lookup(base, name), name)


def is_a_model(territory: Territory, reach: Reach, path: str) -> bool:
    """Whether what is imported from a file is a model, or a module of models."""
    return reach.is_model or (reach.is_module and is_of_models(territory, path))


def face(territory: Territory, reach: Reach) -> str:
    """Which face of its module an import reaches: models, the contract, the rest of it."""
    if is_a_model(territory, reach, reach.path) or is_of_models(territory, reach.path):
        return "models"
    return "contract" if is_of_contract(territory, reach.path) else _face(territory, reach)


def is_of_contract(territory: Territory, path: str) -> bool:
    """Whether a file is its app's ``contract.py``, or in its package of contracts."""
    return _first(_within(territory, path)) in CONTRACT


def is_of_models(territory: Territory, path: str) -> bool:
    """Whether a file is its app's ``models.py``, or in its package of models."""
    within = _within(territory, path)
    return within in ("models.py", "models") or within.startswith("models/")


def is_public(territory: Territory, path: str) -> bool:
    """Whether a file is its app's contract, or one that is there for others to import."""
    return _within(territory, path).partition("/")[0].removesuffix(".py") in PUBLIC


def _face(territory: Territory, reach: Reach) -> str:
    is_passed_on = territory.app_at(reach.path) is not territory.app_at(reach.through)
    entered = reach.path if reach.is_module or is_passed_on else reach.through
    within = _within(territory, entered)
    is_public = within in ("__init__.py", "") or _first(within) in PUBLIC
    return "public" if is_public else "internal"


def _first(within: str) -> str:
    return within.partition("/")[0].removesuffix(".py")


def _within(territory: Territory, path: str) -> str:
    app = territory.app_at(path)
    if app is None:
        return path
    return path.removeprefix(app.path).removeprefix("/") if app.path != path else ""
