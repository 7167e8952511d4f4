"""Reads the statements of a source file to the names that it binds, without running it."""

import ast
from collections.abc import Callable, Mapping

from bench.survey_truth.expressions import MOST_DEPTH, MOST_TURNS, Expressions, bound
from bench.survey_truth.values import (
    Class,
    Either,
    Function,
    Named,
    Scope,
    Unread,
    Value,
    is_plain,
)

StarImport = Callable[[str], Mapping[str, Value]]


class _Returned(Exception):
    def __init__(self, value: Value) -> None:
        super().__init__()
        self.value = value


class Statements:
    """Reads one file's statements in their order."""

    def __init__(
        self, module: str, is_package: bool, settings: Mapping[str, Value], star: StarImport
    ) -> None:
        self._module = module
        self._package = module if is_package else module.rpartition(".")[0]
        self._star = star
        self._depth = 0
        self._expressions = Expressions(settings, self._follow)

    def read(self, body: list[ast.stmt], scope: Scope) -> None:
        """Bind in the scope what the statements bind."""
        for statement in body:
            self._statement(statement, scope)

    def _statement(self, node: ast.stmt, scope: Scope) -> None:  # noqa: PLR0912
        match node:
            case ast.Import():
                for alias in node.names:
                    path = alias.name if alias.asname else alias.name.partition(".")[0]
                    scope.names[alias.asname or path] = Named(path)
            case ast.ImportFrom():
                self._import_from(node, scope)
            case ast.Assign():
                value = self._expressions.read(node.value, scope)
                for target in node.targets:
                    self._assign(target, value, scope)
            case ast.AnnAssign() if node.value is not None:
                self._assign(node.target, self._expressions.read(node.value, scope), scope)
            case ast.AugAssign():
                self._augment(node, scope)
            case ast.Expr():
                self._expression(node.value, scope)
            case ast.If():
                self._if(node, scope)
            case ast.For():
                self._for(node, scope)
            case ast.While():
                self._give_up(node.body, scope, "a `while` isn't read")
            case ast.With():
                self.read(node.body, scope)
            case ast.Try() | ast.TryStar():
                self.read([*node.body, *node.orelse, *node.finalbody], scope)
            case ast.FunctionDef():
                scope.names[node.name] = Function(node, scope)
            case ast.AsyncFunctionDef():
                scope.names[node.name] = Unread("a coroutine isn't read", node.lineno)
            case ast.ClassDef():
                self._class(node, scope)
            case ast.Return():
                value = self._expressions.read(node.value, scope) if node.value else None
                raise _Returned(value)

    def _import_from(self, node: ast.ImportFrom, scope: Scope) -> None:
        origin = node.module or ""
        if node.level:
            parts = self._package.split(".")
            kept = parts[: len(parts) - node.level + 1]
            origin = ".".join([*kept, *([origin] if origin else [])])
        for alias in node.names:
            if alias.name == "*":
                scope.names |= self._star(origin)
            else:
                scope.names[alias.asname or alias.name] = Named(f"{origin}.{alias.name}")

    def _assign(self, target: ast.expr, value: Value, scope: Scope) -> None:
        if isinstance(target, ast.Attribute):
            owner = self._expressions.read(target.value, scope)
            if isinstance(owner, Class):
                owner.body.names[target.attr] = value
            return
        if isinstance(target, ast.Subscript):
            owner = self._expressions.read(target.value, scope)
            key = self._expressions.read(target.slice, scope)
            if isinstance(owner, dict) and isinstance(key, str | int):
                owner[key] = value
            return
        unread = Unread("what is unpacked here isn't read", target.lineno)
        names = bound(target, value)
        scope.names |= (
            names if names is not None else dict.fromkeys(_names_bound_by(target), unread)
        )

    def _augment(self, node: ast.AugAssign, scope: Scope) -> None:
        target = ast.parse(ast.unparse(node.target), mode="eval").body
        as_sum = ast.copy_location(ast.BinOp(target, node.op, node.value), node)
        value = self._expressions.read(ast.fix_missing_locations(as_sum), scope)
        current = self._expressions.read(target, scope)
        if isinstance(current, list) and isinstance(value, list):
            current[:] = value  # As `+=` does: others who hold the list see it, too.
            value = current
        self._assign(node.target, value, scope)

    def _expression(self, node: ast.expr, scope: Scope) -> None:
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr=method), args=[*args]):
                change = {"append": 1, "extend": 1, "insert": 2, "update": 1}.get(method)
                if change != len(args):
                    return
                held = self._expressions.read(owner, scope)
                values = [self._expressions.read(arg, scope) for arg in args]
                if isinstance(held, dict) and method == "update" and isinstance(values[0], dict):
                    held.update(values[0])
                elif isinstance(held, list) and method == "append":
                    held.append(values[0])
                elif isinstance(held, list) and method == "extend":
                    whole = isinstance(values[0], list | tuple)
                    held.extend(values[0] if whole else [values[0]])
                elif isinstance(held, list) and method == "insert" and is_plain(values[0]):
                    held.insert(values[0], values[1])
            case ast.NamedExpr():
                self._expressions.read(node, scope)

    def _if(self, node: ast.If, scope: Scope) -> None:
        test = self._expressions.read(node.test, scope)
        if is_plain(test):
            self.read(node.body if test else node.orelse, scope)
            return
        condition = ast.unparse(node.test)[:80]
        before = dict(scope.names)
        outcomes: list[dict[str, Value]] = []
        for branch in (node.body, node.orelse):
            # Lists are changed in place; each branch gets its own.
            own = {
                name: list(value) if isinstance(value, list) else value
                for name, value in before.items()
            }
            scope.names = own
            try:
                self.read(branch, scope)
            except _Returned:
                raise _Returned(
                    Unread(f"what is returned depends on `{condition}`", node.lineno)
                ) from None
            outcomes.append(scope.names)
        scope.names = before
        for name in outcomes[0].keys() | outcomes[1].keys():
            first, second = (one.get(name) for one in outcomes)
            if name in before and first == second == before[name]:
                continue
            if isinstance(first, Class | Function | Named) and second is None:
                before[name] = first
            elif first is None and isinstance(second, Class | Function | Named):
                before[name] = second
            else:
                before[name] = _merged(condition, first, second, node.lineno)

    def _for(self, node: ast.For, scope: Scope) -> None:
        source = self._expressions.read(node.iter, scope)
        if not isinstance(source, list | tuple | set | dict):
            self._give_up(node.body, scope, f"`for … in {ast.unparse(node.iter)[:60]}` isn't read")
            return
        for one in list(source)[:MOST_TURNS]:
            self._assign(node.target, one, scope)
            self.read(node.body, scope)

    def _give_up(self, body: list[ast.stmt], scope: Scope, reason: str) -> None:
        for statement in body:
            for node in ast.walk(statement):
                match node:
                    case ast.Name(id=name, ctx=ast.Store()):
                        scope.names[name] = Unread(reason, node.lineno)
                    case ast.Call(func=ast.Attribute(value=ast.Name(id=name))):
                        held = scope.names.get(name)
                        if isinstance(held, list):
                            held.append(Unread(reason, node.lineno))

    def _class(self, node: ast.ClassDef, scope: Scope) -> None:
        body = Scope({}, scope)
        bases = [self._expressions.read(base, scope) for base in node.bases]
        scope.names[node.name] = Class(node.name, bases, body, node.lineno, self._module)
        self.read(node.body, body)

    def _follow(self, function: Function, args: list[Value], keywords: dict[str, Value]) -> Value:
        node = function.node
        unread = Unread("a call isn't followed to what it returns", node.lineno)
        parameters = [*node.args.posonlyargs, *node.args.args]
        if self._depth >= MOST_DEPTH or node.args.vararg or len(args) > len(parameters):
            return unread
        own = Scope({}, function.scope)
        for parameter, default in zip(
            reversed(parameters), reversed(node.args.defaults), strict=False
        ):
            own.names[parameter.arg] = self._expressions.read(default, function.scope)
        for parameter, given in zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True):
            if given is not None:
                own.names[parameter.arg] = self._expressions.read(given, function.scope)
        own.names |= dict(zip((one.arg for one in parameters), args, strict=False)) | keywords
        self._depth += 1
        try:
            if isinstance(node, ast.Lambda):
                return self._expressions.read(node.body, own)
            self.read(node.body, own)
        except _Returned as returned:
            return returned.value
        finally:
            self._depth -= 1
        return None


def _names_bound_by(target: ast.expr) -> list[str]:
    return [node.id for node in ast.walk(target) if isinstance(node, ast.Name)]


def _merged(condition: str, first: Value, second: Value, line: int) -> Value:
    if isinstance(first, list) and isinstance(second, list):
        shared = 0
        while shared < min(len(first), len(second)) and first[shared] is second[shared]:
            shared += 1
        if shared == len(first) == len(second):
            return first
        return [*first[:shared], Either(condition, (first[shared:], second[shared:]), line)]
    return Either(condition, (first, second), line)
