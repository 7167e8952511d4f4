"""Models of other modules that are asked for by name: ``apps.get_model`` and its like."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.facts import Coupling, Kind, Place, Unresolved
from banyan.survey.meanings import ClassRef, FunctionRef
from banyan.survey.modelgraph import ModelGraph
from banyan.survey.names import Names
from banyan.survey.outline import Outline
from banyan.survey.scopes import Scope
from banyan.survey.syntax import Attribute, Call, Expression, Starred, Text
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name
from banyan.survey.wording import Wording, is_known

_BY_LABEL: Final = frozenset({"get_model", "get_registered_model", "require_model"})
# Functions of projects that load classes by name; of interest where the class is a model.
_BY_PATH: Final = frozenset({"get_class", "load_class", "import_string", "get_model_class"})


def get_model(
    names: Names, wording: Wording, territory: Territory, graph: ModelGraph, outline: Outline
) -> Iterator[Coupling | Unresolved]:
    """The models of other modules that a file asks for by their names."""
    module = outline.module
    here = territory.module_at(module.path)
    if here is None or module.place is Place.TEST:
        return
    for call, scope in outline.calls:
        called = last_name(call.function)
        if called in _BY_LABEL and not _is_own_method(names, scope, call):
            label = _label(wording, scope, call)
        elif called in _BY_PATH:
            label = _of_class(names, graph, scope, call)
        else:
            continue
        if label is None:
            continue
        app = label.partition(".")[0]
        if not is_known(label):
            if is_known(app) and territory.module(app) in (None, here):
                # Whichever it is, it is no other module's.
                continue
            reason = "the model that is asked for by name is not told here"
            yield Unresolved(file=module.path, line=call.line, reason=reason)
            continue
        model = graph.labelled(label)
        there = territory.module(model.app if model else app)
        if there is not None and there != here:
            yield Coupling(
                kind=Kind.GET_MODEL,
                from_=here,
                to=there,
                file=module.path,
                line=call.line,
                source=scope.name,
                target=model.label if model else label,
                place=module.place if module.place is Place.MIGRATION else None,
            )


def _is_own_method(names: Names, scope: Scope, call: Call) -> bool:
    """Whether it calls a method of one of the project's classes, whatever that is for."""
    known = names.known(scope, call.function)
    return isinstance(known, FunctionRef) and known.owner is not None


def _label(wording: Wording, scope: Scope, call: Call) -> str | None:
    """As ``orders.Order``, with a gap for what is not known; None for calls of something else."""
    match call.function:
        case Attribute(value=Call(function=called, arguments=[app, *_])) if (
            last_name(called) == "get_app_config"
        ):
            within = _texts(wording, scope, (app, *call.arguments))
            return ".".join(within) if len(within) == 2 else None
        case _:
            pass
    named = {one.name: one.value for one in call.keywords}
    given = [*call.arguments]
    given += [named[key] for key in ("app_label", "model_name") if key in named]
    parts = _texts(wording, scope, given)
    match parts:
        case [only]:
            # Something else of the same name takes no label.
            return only if "." in only or not is_known(only) else None
        case [first, second, *_]:
            return f"{first}.{second}"
        case _:
            return None


def _texts(
    wording: Wording, scope: Scope, given: list[Expression] | tuple[Expression, ...]
) -> list[str]:
    found: list[str] = []
    for each in given:
        match each:
            case Starred(value=Call(function=Attribute(value=of, name="split"))):
                found += wording.text(scope, of).split(".")
            case Call(function=named, arguments=[Text(value=app), Text(value=model)]) if (
                last_name(named) == "get_model_name"
            ):
                # The swapper package: the model's own name, unless settings have another.
                found.append(f"{app}.{model}")
            case Starred(value=of):
                found += wording.texts(scope, of)
            case _:
                found.append(wording.text(scope, each))
    return found


def _of_class(names: Names, graph: ModelGraph, scope: Scope, call: Call) -> str | None:
    match call.arguments:
        case [Text(), *_]:
            known = names.known(scope, call)
            model = graph.model_of(known) if isinstance(known, ClassRef) else None
            return model.label if model is not None and not model.is_abstract else None
        case _:
            return None
