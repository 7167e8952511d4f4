"""Reads an expression to the value it comes to; total: what it can't read is `Unread`."""

import ast
import operator
from collections.abc import Callable, Iterable, Iterator, Mapping

from bench.survey_truth.values import (
    Called,
    Class,
    Either,
    Function,
    Named,
    Scope,
    Unread,
    Value,
    is_plain,
)

MOST_TURNS = 2_000
MOST_DEPTH = 12
BUILTINS = {"list", "tuple", "set", "dict", "str", "getattr", "range", "sorted", "len", "zip"}
_COMPARISONS: dict[type[ast.cmpop], Callable[[Value, Value], Value]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda left, right: left in right,
    ast.NotIn: lambda left, right: left not in right,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
}
_PURE_METHODS: dict[type, set[str]] = {
    str: {"format", "lower", "upper", "title", "strip", "split", "join", "replace", "partition"},
    dict: {"items", "keys", "values", "get", "copy"},
    list: {"copy", "index", "count"},
}
FROM_ENVIRONMENT = {"os.environ.get", "os.getenv"}
SETTINGS = "django.conf.settings."

Follow = Callable[[Function, list[Value], dict[str, Value]], Value]


class Expressions:
    """Reads expressions; follows a function of the file by what it is handed for that."""

    def __init__(self, settings: Mapping[str, Value], follow: Follow) -> None:
        self._settings = settings
        self._follow = follow

    def read(self, node: ast.expr, scope: Scope) -> Value:  # noqa: PLR0911, PLR0912
        """The value of an expression in a scope."""
        match node:
            case ast.Constant():
                return node.value
            case ast.Name():
                return self._name(node, scope)
            case ast.Attribute():
                return self._attribute(node, scope)
            case ast.List():
                return list(self._elements(node.elts, scope))
            case ast.Tuple():
                return tuple(self._elements(node.elts, scope))
            case ast.Set():
                return self._as_set(self._elements(node.elts, scope), node)
            case ast.Dict():
                return self._dict(node, scope)
            case ast.Call():
                return self._call(node, scope)
            case ast.JoinedStr():
                return self._text(node, scope)
            case ast.Lambda():
                return Function(node, scope)
            case ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return self._comprehension(node, scope)
            case ast.IfExp():
                return self._choice(node, scope)
            case ast.BinOp() | ast.Compare() | ast.UnaryOp() | ast.BoolOp() | ast.Subscript():
                return self._operation(node, scope)
            case ast.NamedExpr() if isinstance(node.target, ast.Name):
                scope.names[node.target.id] = value = self.read(node.value, scope)
                return value
        return Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)

    def _name(self, node: ast.Name, scope: Scope) -> Value:
        try:
            return scope.find(node.id)
        except KeyError:
            if node.id in BUILTINS:
                return Named(f"builtins.{node.id}")
            return Unread(f"nothing says what {node.id} is", node.lineno)

    def _attribute(self, node: ast.Attribute, scope: Scope) -> Value:
        owner = self.read(node.value, scope)
        if isinstance(owner, Named):
            path = f"{owner.path}.{node.attr}"
            if path.startswith(SETTINGS):
                return self._settings.get(path.removeprefix(SETTINGS), Named(path))
            return Named(path)
        if isinstance(owner, Class) and node.attr in owner.body.names:
            return owner.body.names[node.attr]
        return Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)

    def _elements(self, nodes: list[ast.expr], scope: Scope) -> Iterator[Value]:
        for node in nodes:
            if not isinstance(node, ast.Starred):
                yield self.read(node, scope)
                continue
            value = self.read(node.value, scope)
            if isinstance(value, list | tuple):
                yield from value
            elif isinstance(value, Either):
                yield value
            else:
                yield Unread(f"`*{ast.unparse(node.value)[:80]}` isn't read", node.lineno)

    @staticmethod
    def _as_set(elements: Iterable[Value], node: ast.expr) -> Value:
        try:
            return set(elements)
        except TypeError:
            return Unread("a set of what isn't read", node.lineno)

    def _dict(self, node: ast.Dict, scope: Scope) -> Value:
        result: dict[Value, Value] = {}
        for key_node, value_node in zip(node.keys, node.values, strict=True):
            value = self.read(value_node, scope)
            if key_node is None:
                if not isinstance(value, dict):
                    return Unread(f"`**{ast.unparse(value_node)[:80]}` isn't read", node.lineno)
                result.update(value)
                continue
            key = self.read(key_node, scope)
            if not is_plain(key) or isinstance(key, list | dict | set):
                return Unread(f"the key `{ast.unparse(key_node)[:80]}` isn't read", node.lineno)
            result[key] = value
        return result

    def _text(self, node: ast.JoinedStr, scope: Scope) -> Value:
        parts: list[str] = []
        for part in node.values:
            is_simple = isinstance(part, ast.FormattedValue) and (
                part.conversion == -1 and part.format_spec is None
            )
            value = self.read(part.value, scope) if is_simple else self.read(part, scope)  # type: ignore[attr-defined]
            if not isinstance(value, str | int):
                return Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)
            parts.append(str(value))
        return "".join(parts)

    def _choice(self, node: ast.IfExp, scope: Scope) -> Value:
        test = self.read(node.test, scope)
        if is_plain(test):
            return self.read(node.body if test else node.orelse, scope)
        choices = (self.read(node.body, scope), self.read(node.orelse, scope))
        return Either(ast.unparse(node.test)[:80], choices, node.lineno)

    def _comprehension(
        self, node: ast.ListComp | ast.GeneratorExp | ast.SetComp, scope: Scope
    ) -> Value:
        found: list[Value] = []
        unread = Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)

        def turn(generators: list[ast.comprehension], inner: Scope) -> bool:
            if not generators:
                found.append(self.read(node.elt, inner))
                return len(found) < MOST_TURNS
            first, *rest = generators
            source = self.read(first.iter, inner)
            if not isinstance(source, list | tuple | set | dict):
                return False
            for one in source:
                names = bound(first.target, one)
                if names is None:
                    return False
                own = Scope(names, inner)
                tests = [self.read(test, own) for test in first.ifs]
                if not all(is_plain(test) for test in tests):
                    return False
                if all(tests) and not turn(rest, own):
                    return False
            return True

        if not turn(node.generators, scope):
            return unread
        return self._as_set(found, node) if isinstance(node, ast.SetComp) else found

    def _operation(self, node: ast.expr, scope: Scope) -> Value:  # noqa: PLR0911
        unread = Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)
        try:
            match node:
                case ast.BinOp(op=ast.Add()):
                    return self._sum(node, scope, unread)
                case ast.BinOp(op=ast.Mod()):
                    parts: list[Value] = [self.read(node.left, scope), self.read(node.right, scope)]
                    return parts[0] % parts[1] if is_plain(parts) else unread
                case ast.UnaryOp(op=ast.Not()):
                    value = self.read(node.operand, scope)
                    return not value if is_plain(value) else unread
                case ast.UnaryOp(op=ast.USub()):
                    value = self.read(node.operand, scope)
                    return -value if is_plain(value) else unread
                case ast.BoolOp():
                    return self._joined(node, scope, unread)
                case ast.Compare(ops=[comparison]) if type(comparison) in _COMPARISONS:
                    parts = [self.read(node.left, scope), self.read(node.comparators[0], scope)]
                    known = is_plain(parts)
                    return _COMPARISONS[type(comparison)](*parts) if known else unread
                case ast.Subscript():
                    owner, key = self.read(node.value, scope), self.read(node.slice, scope)
                    return owner[key] if isinstance(owner, list | tuple | dict | str) else unread
        except (TypeError, ValueError, KeyError, IndexError):
            return unread
        return unread

    def _sum(self, node: ast.BinOp, scope: Scope, unread: Unread) -> Value:
        left, right = self.read(node.left, scope), self.read(node.right, scope)
        if isinstance(left, str) and isinstance(right, str):
            return left + right
        # A part that isn't read must not hide the part that is.
        if isinstance(left, list | tuple) or isinstance(right, list | tuple):
            return [
                *(left if isinstance(left, list | tuple) else [left]),
                *(right if isinstance(right, list | tuple) else [right]),
            ]
        return left + right if is_plain([left, right]) else unread

    def _joined(self, node: ast.BoolOp, scope: Scope, unread: Unread) -> Value:
        value: Value = unread
        for one in node.values:
            value = self.read(one, scope)
            if not is_plain(value):
                return unread
            if bool(value) is isinstance(node.op, ast.Or):
                return value
        return value

    def _call(self, node: ast.Call, scope: Scope) -> Value:
        args = list(self._elements(node.args, scope))
        keywords: dict[str, Value] = {}
        for keyword in node.keywords:
            value = self.read(keyword.value, scope)
            if keyword.arg is not None:
                keywords[keyword.arg] = value
            elif isinstance(value, dict):
                keywords.update({str(key): one for key, one in value.items()})
            else:
                keywords["**"] = value
        if isinstance(node.func, ast.Attribute):
            method = self._method(node.func, args, keywords, scope)
            if method is not None:
                return method
        function = self.read(node.func, scope)
        if isinstance(function, Function):
            return self._follow(function, args, keywords)
        if isinstance(function, Named) and function.path.startswith("builtins."):
            return self._builtin(function.last, args, node)
        if isinstance(function, Named):
            if function.path in FROM_ENVIRONMENT and is_plain(args):
                # The project is read as with an empty environment.
                return args[1] if len(args) > 1 else None
            known = self._known(function.path, args)
            if known is not None:
                return known
        return Called(function, args, keywords, node.lineno)

    def _known(self, path: str, args: list[Value]) -> Value:
        """What a library's function that migrations ask for a name comes to."""
        match path, args:
            case "django.utils.module_loading.import_string", [str() as dotted]:
                return Named(dotted)
            case "swapper.get_model_name", [str() as app, str() as model]:
                default = f"{app}.{model}"
                swapped = self._settings.get(f"{app}_{model}_MODEL".upper(), default)
                return swapped if isinstance(swapped, str) else default
            case "swapper.split", [str() as model] if model.count(".") == 1:
                return tuple(model.split("."))
            case _:
                return None

    def _method(
        self, node: ast.Attribute, args: list[Value], keywords: dict[str, Value], scope: Scope
    ) -> Value:
        owner = self.read(node.value, scope)
        if node.attr not in _PURE_METHODS.get(type(owner), set()):
            return None
        if not is_plain(args) or not is_plain(keywords) or isinstance(owner, Named):
            return None
        try:
            value = getattr(owner, node.attr)(*args, **keywords)
        except (TypeError, ValueError, KeyError, IndexError):
            return Unread(f"`{ast.unparse(node)[:80]}` fails", node.lineno)
        return value if isinstance(value, str | int | tuple) else list(value)

    def _builtin(self, name: str, args: list[Value], node: ast.Call) -> Value:  # noqa: PLR0911
        match name, args:
            case "getattr", [Named("django.conf.settings"), str() as setting, *default]:
                unset = default[0] if default else Unread(f"{setting} isn't set", node.lineno)
                return self._settings.get(setting, unset)
            case "list" | "tuple" | "sorted" | "set", [list() | tuple() | set() | dict()]:
                return list(args[0])
            case "str", [str() | int()]:
                return str(args[0])
            case "len", [list() | tuple() | str() | dict()]:
                return len(args[0])
            case "range", [*numbers] if all(type(one) is int for one in numbers) and numbers:
                return list(range(*numbers))[:MOST_TURNS]
            case "zip", [*lists] if all(isinstance(one, list | tuple) for one in lists):
                return list(zip(*lists, strict=False))
            case _:
                return Unread(f"`{ast.unparse(node)[:80]}` isn't read", node.lineno)


def bound(target: ast.expr, value: Value) -> dict[str, Value] | None:
    """The names that an assignment to a target binds; None when that isn't read."""
    if isinstance(target, ast.Name):
        return {target.id: value}
    if isinstance(target, ast.Tuple | ast.List) and isinstance(value, list | tuple):
        if len(target.elts) != len(value):
            return None
        names: dict[str, Value] = {}
        for one, part in zip(target.elts, value, strict=True):
            inner = bound(one, part)
            if inner is None:
                return None
            names |= inner
        return names
    return None
