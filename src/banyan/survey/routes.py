"""The named URLs of a project: which module answers under which name."""

import posixpath
from collections.abc import Iterable, Iterator
from typing import Final

from banyan.survey.consulted import Consulted, Fact
from banyan.survey.meanings import ClassRef, External, FunctionRef, ModuleRef, PythonModule
from banyan.survey.names import Names
from banyan.survey.namespaces import straightened
from banyan.survey.scopes import Instance, Known, Local, Scope
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Class,
    Display,
    Evaluate,
    Expression,
    Function,
    Name,
    Operation,
    Starred,
    Text,
)
from banyan.survey.territory import Territory
from banyan.survey.traversal import last_name, within

_PATHS: Final = frozenset({"path", "re_path", "url"})
_DEEPEST: Final = 14
# Files whose classes may have URLs of their own.
_WITH_CLASSES: Final = frozenset({"admin.py", "app.py", "apps.py", "config.py", "sites.py"})
# The routes of a Django REST framework's router, by the method of the view that they need.
_ROUTER_SUFFIXES: Final = ("list", "detail")


# What the name begins with by which it is marked that a URL's name was asked for.
_ROUTE: Final = "route "


class Routes:
    """Names of URLs, with their namespaces, and the modules that answer.

    Args:
        consulted: is told which names were asked for, whether or not there are any such.
    """

    def __init__(self, consulted: Consulted) -> None:
        self._consulted = consulted
        self._modules: dict[str, set[str | None]] = {}

    def add(self, name: str, module: str | None) -> None:
        """A name that leads to a view of a module; None for shared code."""
        self._modules.setdefault(name, set()).add(module)

    def modules(self, name: str) -> frozenset[str | None]:
        """The modules that may answer under a name; none for one that nobody knows."""
        self._consulted.look(_ROUTE + name)
        return frozenset(self._modules.get(name, ()))

    def facts(self) -> Iterator[Fact]:
        """All names, with the modules that answer; "" for shared code."""
        for name, modules in self._modules.items():
            yield _ROUTE + name, sorted(one or "" for one in modules)


def find_routes(names: Names, territory: Territory, roots: Iterable[str]) -> Routes:
    """Walk through the URLconfs of a project.

    Args:
        roots: the dotted names of those that the settings name; what these don't lead to is
            walked through for itself, since plug-ins and classes may include it.
    """
    walker = _Walker(names, territory)
    for root in roots:
        module = names.codebase.find(root)
        if module is not None:
            walker.begin(module)
    for module in names.codebase.modules():
        if module.place is None and module.path not in walker.visited and _is_urlconf(module.path):
            walker.urlconf(module, ())
    for module in names.codebase.modules():
        if module.place is None and posixpath.basename(module.path) in _WITH_CLASSES:
            walker.classes(module)
    return walker.routes


def _is_urlconf(path: str) -> bool:
    stem = posixpath.basename(path).removesuffix(".py")
    return stem == "urls" or stem.endswith(("_urls", "urls_")) or "/urls/" in path


class _Walker:
    def __init__(self, names: Names, territory: Territory) -> None:
        self._names = names
        self._territory = territory
        self.routes = Routes(names.codebase.consulted)
        self.visited: set[str] = set()
        self._first: set[str] = set()
        self._active: list[str] = []

    def begin(self, module: PythonModule) -> None:
        """Walk through a URLconf that the settings name, which routes to all apps."""
        self._first.add(module.path)
        self.urlconf(module, ())

    def urlconf(self, module: PythonModule, namespaces: tuple[str, ...]) -> None:
        """Walk through the ``urlpatterns`` of a module."""
        if module.path in self._active or len(self._active) > _DEEPEST:
            return
        self.visited.add(module.path)
        self._active.append(module.path)
        self._named(Scope(module), "urlpatterns", namespaces)
        self._active.pop()

    def classes(self, module: PythonModule) -> None:
        """Walk through ``get_urls`` of a module's classes: of its app, or of its admin."""
        codebase = self._names.codebase
        for bindings in codebase.namespace(module).bindings.values():
            for binding in bindings:
                if isinstance(binding, Class):
                    ref = codebase.class_ref(module, binding)
                    function = codebase.own(ref, "get_urls")
                    if isinstance(function, Function):
                        self._of_class(ref, codebase.function_ref(module, function, ref))

    def _of_class(self, ref: ClassRef, function: FunctionRef) -> None:
        codebase = self._names.codebase
        given = _text(getattr(codebase.member(ref, "namespace"), "expression", None))
        is_admin = any(
            isinstance(one, External) and one.name.endswith("Admin")
            for one in codebase.lineage(ref)
        )
        namespace = "admin" if is_admin else given
        scope = Scope(ref.module, function.node, Scope(ref.module, ref.node, Scope(ref.module)))
        for node in within(*function.node.body):
            if isinstance(node, Call) and last_name(node.function) in _PATHS:
                self._route(scope, node, (namespace,) if namespace else (), _DEEPEST)

    def _named(self, scope: Scope, name: str, namespaces: tuple[str, ...]) -> None:
        """All that a module assigns or adds to a name."""
        is_bound = False
        for statement in straightened(self._names.codebase.source(scope.module).body):
            match statement:
                case Assign(targets=[Name(id=target)], value=value) if (
                    target == name and value is not None
                ):
                    is_bound = True
                    self._patterns(scope, value, namespaces)
                case Evaluate(
                    value=Call(
                        function=Attribute(
                            value=Name(id=target), name="append" | "extend" | "insert"
                        ),
                        arguments=[*_, value],
                    )
                ) if target == name:
                    self._patterns(scope, value, namespaces)
                case _:
                    pass
        if not is_bound:
            self._patterns(scope, Name(0, name), namespaces, depth=_DEEPEST - 1)

    def _patterns(
        self, scope: Scope, expression: Expression, namespaces: tuple[str, ...], depth: int = 0
    ) -> None:
        if depth > _DEEPEST:
            return
        match expression:
            case Display(items=items):
                for item in items:
                    inner = item.value if isinstance(item, Starred) else item
                    self._patterns(scope, inner, namespaces, depth + 1)
            case Operation(left=left, right=right):
                self._patterns(scope, left, namespaces, depth + 1)
                self._patterns(scope, right, namespaces, depth + 1)
            case Call(function=function) if last_name(function) in _PATHS:
                self._route(scope, expression, namespaces, depth)
            case Call(arguments=arguments):
                # i18n_patterns, format_suffix_patterns, decorators of whole lists.
                for argument in arguments:
                    if not isinstance(argument, Text):
                        self._patterns(scope, argument, namespaces, depth + 1)
            case Attribute(value=router, name="urls"):
                self._router(scope, router, namespaces)
            case Name(id=name) if scope.parent is None and name != "urlpatterns":
                if self._names.codebase.namespace(scope.module).last(name):
                    self._named_once(scope, name, namespaces, depth)
            case Name() | Attribute():
                known = self._names.known(scope, expression)
                if isinstance(known, Local) and known.expression is not expression:
                    self._patterns(known.scope, known.expression, namespaces, depth + 1)
            case _:
                pass

    def _named_once(self, scope: Scope, name: str, namespaces: tuple[str, ...], depth: int) -> None:
        key = f"{scope.module.path}:{name}"
        if key not in self._active and depth < _DEEPEST:
            self._active.append(key)
            known = self._names.known(scope, Name(0, name))
            if isinstance(known, Local) and known.scope.module is not scope.module:
                self._patterns(known.scope, known.expression, namespaces, depth + 1)
            else:
                self._named(scope, name, namespaces)
            self._active.pop()

    def _route(self, scope: Scope, call: Call, namespaces: tuple[str, ...], depth: int) -> None:
        named = {one.name: one.value for one in call.keywords}
        view = call.arguments[1] if len(call.arguments) > 1 else named.get("view")
        if view is None:
            return
        match view:
            case Call(function=function) if last_name(function) == "include":
                self._include(scope, view, namespaces, depth)
                return
            case Display(items=[patterns, app, *_], form="tuple"):
                inner = _text(app)
                self._patterns(scope, patterns, (*namespaces, inner) if inner else namespaces)
                return
            case _:
                pass
        name = named.get("name") or (call.arguments[3] if len(call.arguments) > 3 else None)
        given = _text(name)
        if given:
            module = self._answering(scope, view)
            self.routes.add(":".join((*namespaces, given)), module)

    def _answering(self, scope: Scope, view: Expression) -> str | None:
        """The module of the URLconf; that of the view where the project's first one names it."""
        own = self._territory.module_at(scope.module.path)
        if own is not None and scope.module.path not in self._first:
            return own
        ref = _view(self._names, scope, view)
        return self._territory.module_at(ref.module.path) if ref is not None else own

    def _include(self, scope: Scope, call: Call, namespaces: tuple[str, ...], depth: int) -> None:
        named = {one.name: one.value for one in call.keywords}
        what = call.arguments[0] if call.arguments else named.get("arg")
        given = call.arguments[1] if len(call.arguments) > 1 else named.get("namespace")
        instance = _text(given)
        app = ""
        match what:
            case Display(items=[inner, name, *_], form="tuple"):
                what, app = inner, _text(name)
            case _:
                pass
        if what is None:
            return
        module = self._module(scope, what)
        if module is not None:
            app = app or self._app_name(module)
            for spaces in _spaces(namespaces, app, instance):
                self.urlconf(module, spaces)
            return
        for spaces in _spaces(namespaces, app, instance):
            self._patterns(scope, what, spaces, depth + 1)

    def _module(self, scope: Scope, what: Expression) -> PythonModule | None:
        if isinstance(what, Text):
            return self._names.codebase.find(what.value, scope.module)
        known = self._names.known(scope, what)
        return known.module if isinstance(known, ModuleRef) else None

    def _app_name(self, module: PythonModule) -> str:
        found = self._names.codebase.lookup(module, "app_name")
        return _text(getattr(found, "expression", None))

    # --- Routers of the Django REST framework

    def _router(self, scope: Scope, router: Expression, namespaces: tuple[str, ...]) -> None:
        there, name = self._where(scope, router)
        if not name:
            return
        for statement in straightened(self._names.codebase.source(there.module).body):
            match statement:
                case Evaluate(
                    value=Call(function=Attribute(value=Name(id=of), name="register")) as call
                ) if of == name:
                    self._registered(there, call, namespaces)
                case _:
                    pass

    def _where(self, scope: Scope, router: Expression) -> tuple[Scope, str]:
        """The module that fills a router, and the router's name there."""
        match router:
            case Name(id=name):
                if self._names.codebase.namespace(scope.module).last(name) is None:
                    return scope, ""
                made = self._names.made(scope, router)
                return (made[1] if made and made[1].parent is None else scope), name
            case Attribute(value=of, name=name):
                known = self._names.known(scope, of)
                return (Scope(known.module), name) if isinstance(known, ModuleRef) else (scope, "")
            case _:
                return scope, ""

    def _registered(self, scope: Scope, call: Call, namespaces: tuple[str, ...]) -> None:
        named = {one.name: one.value for one in call.keywords}
        viewset = call.arguments[1] if len(call.arguments) > 1 else named.get("viewset")
        given = named.get("basename") or named.get("base_name")
        if given is None and len(call.arguments) > 2:
            given = call.arguments[2]
        ref = _view(self._names, scope, viewset) if viewset is not None else None
        basename = _text(given) or (self._basename(ref) if isinstance(ref, ClassRef) else "")
        if not basename or viewset is None:
            return
        module = self._answering(scope, viewset)
        for suffix in (*_ROUTER_SUFFIXES, *self._actions(ref)):
            self.routes.add(":".join((*namespaces, f"{basename}-{suffix}")), module)

    def _basename(self, viewset: ClassRef) -> str:
        """The name of the model of a view's queryset, in lower case."""
        member = self._names.codebase.member(viewset, "queryset")
        expression = getattr(member, "expression", None)
        while isinstance(expression, Call | Attribute):
            expression = expression.function if isinstance(expression, Call) else expression.value
        return expression.id.lower() if isinstance(expression, Name) else ""

    def _actions(self, viewset: ClassRef | FunctionRef | None) -> Iterator[str]:
        if not isinstance(viewset, ClassRef):
            return
        for ancestor in self._names.codebase.lineage(viewset):
            for statement in ancestor.node.body if isinstance(ancestor, ClassRef) else ():
                if isinstance(statement, Function):
                    for decorator in statement.decorators:
                        called = decorator.function if isinstance(decorator, Call) else decorator
                        if last_name(called) in ("action", "detail_route", "list_route"):
                            given = {
                                one.name: _text(one.value)
                                for one in (
                                    decorator.keywords if isinstance(decorator, Call) else ()
                                )
                            }
                            yield given.get("url_name") or statement.name.replace("_", "-")


def _spaces(namespaces: tuple[str, ...], app: str, instance: str) -> Iterator[tuple[str, ...]]:
    """The namespaces that lead there: of the instance, and of the app, which Django tries too."""
    found = [one for one in dict.fromkeys((instance, app)) if one]
    if not found:
        yield namespaces
    for one in found:
        yield (*namespaces, one)


def _view(names: Names, scope: Scope, view: Expression) -> ClassRef | FunctionRef | None:
    """The function or class that a route leads to, decorators around it taken away."""
    for _ in range(_DEEPEST):
        match view:
            case Call(function=Attribute(value=of, name="as_view")):
                view = of
            case Call(arguments=[*_, inner]) if not isinstance(inner, Text):
                known = names.known(scope, view)
                if isinstance(known, Instance):
                    return known.of
                view = inner
            case _:
                break
    return _ref(names.known(scope, view))


def _ref(known: Known) -> ClassRef | FunctionRef | None:
    if isinstance(known, Instance):
        return known.of
    return known if isinstance(known, ClassRef | FunctionRef) else None


def _text(expression: object) -> str:
    return expression.value if isinstance(expression, Text) else ""
