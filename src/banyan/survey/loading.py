"""Classes that are asked for by name: ``get_model``, ``get_user_model``, ``import_string``…"""

import posixpath
import re
from collections.abc import Callable, Iterable
from typing import Final, Protocol

from banyan.survey.codebase import Codebase
from banyan.survey.meanings import (
    ClassRef,
    External,
    FunctionRef,
    Meaning,
    ModuleRef,
    PythonModule,
    Unknown,
    ValueRef,
)
from banyan.survey.names import Names
from banyan.survey.namespaces import straightened
from banyan.survey.scopes import Scope
from banyan.survey.syntax import Call, Display, Expression, Name, Return, Text
from banyan.survey.traversal import last_name
from banyan.survey.wording import Wording, is_known

_OWN_GETTER: Final = re.compile(r"get_\w*model(_class)?")
# What gives a model by ``app.Model``.
_BY_LABEL: Final = frozenset({"get_model", "require_model", "load_model"})


class LabelledFolder(Protocol):
    """What has to be known of a Django app."""

    @property
    def label(self) -> str:
        """Unique in a project, as ``orders``."""
        ...

    @property
    def path(self) -> str:
        """Its folder, relative to the root of what is surveyed."""
        ...


class ClassLoader:
    """Knows which class a call gives that names it by app label or dotted path.

    It understands Django's own ways, and functions of any project that are used in the same way,
    as django-oscar's ``get_class("partner.strategy", "Selector")``: an app's label, a module in
    that app, and the name of a class.

    Args:
        setting: the text that the project's settings give to a name; None where that is not known.
    """

    def __init__(
        self, apps: Iterable[LabelledFolder], setting: Callable[[str], str | None]
    ) -> None:
        self._folders: dict[str, list[str]] = {}
        for app in apps:
            self._folders.setdefault(app.label, []).append(app.path)
        self._setting = setting
        self._wordings: dict[Codebase, Wording] = {}

    def __call__(self, codebase: Codebase, module: PythonModule, call: Call) -> Meaning | None:
        """What the call gives; None where it is no such call."""
        name = last_name(call.function)
        match name, call.arguments:
            case "get_user_model", ():
                label = self._setting("AUTH_USER_MODEL")
                return self._model(codebase, module, label) if label else None
            case called, () if _OWN_GETTER.fullmatch(called):
                # As a project's own get_user_model(), for a model that may be replaced.
                function = codebase.resolve(module, call.function)
                if isinstance(function, FunctionRef):
                    return self.returned(codebase, function)
                return None
            case called, (Text(value=label),) if called in _BY_LABEL:
                return self._model(codebase, module, label)
            case (
                ("get_model" | "get_registered_model" | "load_model"),
                (
                    Text(value=app),
                    Text(value=model),
                    *_,
                ),
            ):
                return self._model(codebase, module, f"{app}.{model}")
            case called, (given, *_) if called in _BY_LABEL and not isinstance(given, Text):
                label = self.text(codebase, module, given)
                return self._model(codebase, module, label) if label and "." in label else None
            case "get_class", (Text(value=where), Text(value=wanted), *_):
                return self._class(codebase, module, where, wanted)
            case "get_classes", (Text() as where, Display(items=items), *_):
                each = tuple(
                    Call(call.line, Name(call.line, "get_class"), (where, item)) for item in items
                )
                return ValueRef(module, Display(call.line, "tuple", each), call.line)
            case "import_string" | "locate" | "load_class" | "get_class", (Text(value=dotted),):
                return self._dotted(codebase, module, dotted)
            case _:
                return None

    def model(self, codebase: Codebase, near: PythonModule, label: str) -> Meaning:
        """The class of the model ``app.Model``; External where no first-party app has it."""
        return self._model(codebase, near, label) or External(label)

    def text(self, codebase: Codebase, module: PythonModule, expression: Expression) -> str | None:
        """The text that an expression stands for, a setting's value included."""
        return self._text(codebase, Scope(module), expression)

    def _text(self, codebase: Codebase, scope: Scope, expression: Expression) -> str | None:
        match expression:
            case Text(value=value):
                return value
            case Call(function=function, arguments=(Text(value=app), Text(value=model), *_)) if (
                last_name(function) == "get_model_name"
            ):
                # The package swapper: the model that stands in for it is a setting's, if any.
                return f"{app}.{model}"
            case _:
                if codebase not in self._wordings:
                    names = Names(codebase)
                    self._wordings[codebase] = Wording(names, self._setting, lambda _: None)
                said = self._wordings[codebase].text(scope, expression)
                return said if is_known(said) else None

    def returned(self, codebase: Codebase, function: FunctionRef) -> Meaning | None:
        """The class that a function gives without being given anything."""
        codebase.look_into(function)
        inside = Scope(function.module, function.node, Scope(function.module))
        for statement in straightened(function.node.body):
            match statement:
                case Return(value=Call(function=called, arguments=(label, *_))) if (
                    last_name(called) in _BY_LABEL
                ):
                    text = self._text(codebase, inside, label)
                    found = self._model(codebase, function.module, text) if text else None
                case Return(value=value) if value is not None:
                    found = codebase.resolve(function.module, value)
                case _:
                    continue
            if isinstance(found, ClassRef):
                return found
        return None

    def _model(self, codebase: Codebase, near: PythonModule, label: str) -> Meaning | None:
        app, _, name = label.rpartition(".")
        for folder in self._near_first(app, near):
            models = codebase.beneath(folder, "models")
            found = codebase.lookup(models, name) if models else None
            if found is None and models:
                found = _by_lower_case(codebase, models, name)
            if isinstance(found := found and codebase.followed(found), ClassRef):
                return found
            # Models may be elsewhere in their app.
            for module in codebase.within(folder):
                bindings = codebase.bindings(module, name)
                found = codebase.meaning(module, bindings[-1]) if bindings else None
                if isinstance(found, ClassRef):
                    return found
        return Unknown(f"no model {label} was found") if app in self._folders else None

    def _class(
        self, codebase: Codebase, near: PythonModule, where: str, wanted: str
    ) -> Meaning | None:
        label, _, within = where.partition(".")
        for folder in self._near_first(label, near):
            module = codebase.beneath(folder, within) if within else codebase.at(folder)
            found = codebase.lookup(module, wanted) if module else None
            if found is not None:
                return found
        return None

    def _dotted(self, codebase: Codebase, near: PythonModule, dotted: str) -> Meaning | None:
        where, _, name = dotted.rpartition(".")
        module = codebase.find(where, near) if where else None
        if module is None:
            return External(dotted) if where else None
        return codebase.lookup(module, name) or ModuleRef(module)

    def _near_first(self, label: str, near: PythonModule) -> list[str]:
        """The folders of the apps of a label; first those that share most with a module's."""
        folders = self._folders.get(label, [])
        if len(folders) < 2:
            return folders
        return sorted(folders, key=lambda one: -len(posixpath.commonprefix([one, near.folder])))


def _by_lower_case(codebase: Codebase, models: PythonModule, name: str) -> Meaning | None:
    """Django compares the names of models in lower case."""
    for bound in codebase.namespace(models).bindings:
        if bound.lower() == name.lower():
            return codebase.lookup(models, bound)
    return None
