"""The standard library's own tree, converted to ours: what a reader is held against."""

import ast
import re
import sys
from collections.abc import Iterable

from msgspec.structs import replace

from banyan.survey import syntax as s

OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.MatMult: "@",
    ast.Div: "/",
    ast.Mod: "%",
    ast.FloorDiv: "//",
    ast.Pow: "**",
    ast.BitOr: "|",
    ast.BitAnd: "&",
    ast.BitXor: "^",
    ast.LShift: "<<",
    ast.RShift: ">>",
    ast.And: "and",
    ast.Or: "or",
}
# Half of a pair, which is no character.
HALF = re.compile("[\ud800-\udfff]")


class Converter:
    """Converts one file; what `ast` has no line for has the line 0 on both sides."""

    def __init__(self, source: str) -> None:
        self.lines = source.encode().replace(b"\r\n", b"\n").split(b"\n")
        self.is_inner = False
        self.is_typing = False

    def statements(self, nodes: Iterable[ast.stmt]) -> tuple[s.Statement, ...]:
        return tuple(one for node in nodes for one in self.statement(node))

    def statement(self, node: ast.stmt) -> list[s.Statement]:  # noqa: PLR0911, PLR0912, PLR0915
        ex, sts = self.expression, self.statements
        match node:
            case ast.Import():
                return [
                    s.Import(a.lineno, a.name, None, a.asname, 0, self.is_typing, self.is_inner)
                    for a in node.names
                ]
            case ast.ImportFrom():
                return [
                    s.Import(
                        a.lineno,
                        node.module or "",
                        a.name,
                        a.asname,
                        node.level,
                        self.is_typing,
                        self.is_inner,
                    )
                    for a in node.names
                ]
            case ast.Assign():
                targets = tuple(ex(t) for t in node.targets)
                is_one = len(targets) == 1 and isinstance(targets[0], s.Name | s.Attribute)
                said = self.commented(node.type_comment) if is_one else None
                return [s.Assign(node.lineno, targets, ex(node.value), said)]
            case ast.AnnAssign():
                value = self.maybe(node.value)
                return [s.Assign(node.lineno, (ex(node.target),), value, ex(node.annotation))]
            case ast.AugAssign():
                operator = OPERATORS[type(node.op)]
                return [s.Assign(node.lineno, (ex(node.target),), ex(node.value), None, operator)]
            case ast.Expr(
                value=ast.Call(
                    func=ast.Name(id="setattr"),
                    args=[of, ast.Constant(value=str(name)) as text, given],
                    keywords=[],
                )
            ) if name.isidentifier() and not any(isinstance(a, ast.Starred) for a in (of, given)):
                target = s.Attribute(text.lineno, ex(of), name)
                return [s.Assign(node.lineno, (target,), ex(given))]
            case ast.Expr():
                return [s.Evaluate(ex(node.value))]
            case ast.Assert():
                more = [s.Evaluate(ex(node.msg))] if node.msg else []
                return [s.Evaluate(ex(node.test)), *more]
            case ast.Return():
                return [s.Return(self.maybe(node.value))]
            case ast.Raise():
                cause = [s.Evaluate(ex(node.cause))] if node.cause else []
                return [*cause, s.Raise(self.maybe(node.exc))]
            case ast.Delete():
                return [s.Delete(tuple(ex(t) for t in node.targets))]
            case ast.If():
                test = ex(node.test)
                is_typing = ast.unparse(node.test).endswith("TYPE_CHECKING")
                is_not = is_typing and ast.unparse(node.test).startswith("not ")
                before = self.is_typing
                self.is_typing = before or (is_typing and not is_not)
                body = sts(node.body)
                self.is_typing = before or is_not
                otherwise = sts(node.orelse)
                self.is_typing = before
                return [s.If(test, body, otherwise)]
            case ast.While():
                return [s.While(ex(node.test), sts(node.body), sts(node.orelse))]
            case ast.For() | ast.AsyncFor():
                target, iterable = ex(node.target), ex(node.iter)
                return [s.For(target, iterable, sts(node.body), sts(node.orelse))]
            case ast.With() | ast.AsyncWith():
                items = tuple(
                    s.WithItem(ex(i.context_expr), self.maybe(i.optional_vars)) for i in node.items
                )
                return [s.With(node.lineno, items, sts(node.body))]
            case ast.Try() | ast.TryStar():
                handlers = tuple(
                    s.Handler(self.maybe(h.type), h.name, sts(h.body)) for h in node.handlers
                )
                body, otherwise = sts(node.body), sts(node.orelse)
                return [s.Try(body, handlers, otherwise, sts(node.finalbody))]
            case ast.Match():
                subject = ex(node.subject)
                if not isinstance(subject, s.Name):
                    subject = s.Walrus(self.held(node), subject)
                of = subject if isinstance(subject, s.Name) else subject.target
                cases = []
                for one in node.cases:
                    guard = (s.Evaluate(ex(one.guard)),) if one.guard else ()
                    cases.append((*self.bound(one.pattern, of), *guard, *sts(one.body)))
                return [s.Match(subject, tuple(cases))]
            case ast.ClassDef():
                bases = tuple(ex(b) for b in node.bases)
                keywords = tuple(s.Keyword(k.arg, ex(k.value), k.lineno) for k in node.keywords)
                decorators = tuple(ex(d) for d in node.decorator_list)
                return [
                    s.Class(
                        node.lineno,
                        node.end_lineno or 0,
                        node.name,
                        bases,
                        keywords,
                        decorators,
                        sts(node.body),
                        self.bounds(node),
                    )
                ]
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                decorators = tuple(ex(d) for d in node.decorator_list)
                parameters = self.parameters(node.args)
                returns = self.maybe(node.returns)
                if node.type_comment:
                    parameters, returns = self.signed(node.type_comment, parameters)
                was, self.is_inner = self.is_inner, True
                body = sts(node.body)
                self.is_inner = was
                return [
                    s.Function(
                        node.lineno,
                        node.end_lineno or 0,
                        node.name,
                        parameters,
                        returns,
                        decorators,
                        body,
                        isinstance(node, ast.AsyncFunctionDef),
                        self.bounds(node),
                    )
                ]
            case ast.Pass() | ast.Break() | ast.Continue() | ast.Global() | ast.Nonlocal():
                return []
            case _:
                # ``type X = …``, which this interpreter's `ast` may not know by name.
                assert type(node).__name__ == "TypeAlias", node
                name, value = ex(node.name), ex(node.value)  # type: ignore[attr-defined]
                return [s.Assign(node.lineno, (name,), value)]

    def bounds(
        self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    ) -> tuple[s.Parameter, ...]:
        # Python 3.12 has them.
        return tuple(
            s.Parameter(one.name, self.expression(one.bound))
            for one in getattr(node, "type_params", ())
            if getattr(one, "bound", None) is not None
        )

    def parameters(self, args: ast.arguments) -> tuple[s.Parameter, ...]:
        found = []
        ordered = [*args.posonlyargs, *args.args]
        defaults = [None] * (len(ordered) - len(args.defaults)) + list(args.defaults)
        for number, (arg, default) in enumerate(zip(ordered, defaults, strict=True)):
            form = "/" if number < len(args.posonlyargs) else ""
            found.append(self.parameter(arg, default, form))
        if args.vararg:
            found.append(self.parameter(args.vararg, None, "*"))
        for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
            found.append(self.parameter(arg, default, "kw"))
        if args.kwarg:
            found.append(self.parameter(args.kwarg, None, "**"))
        return tuple(found)

    def parameter(self, arg: ast.arg, default: ast.expr | None, form: str) -> s.Parameter:
        said = self.maybe(arg.annotation) or self.commented(arg.type_comment)
        return s.Parameter(arg.arg, said, self.maybe(default), form)

    def signed(
        self, comment: str, parameters: tuple[s.Parameter, ...]
    ) -> tuple[tuple[s.Parameter, ...], s.Expression | None]:
        said = ast.parse(comment, mode="func_type")
        texts = [ast.get_source_segment(comment, one) for one in said.argtypes]
        before = len(parameters) - len(texts)
        if before in (0, 1) and texts != ["..."]:
            parameters = (
                *parameters[:before],
                *(
                    replace(one, annotation=self.commented(text))
                    for one, text in zip(parameters[before:], texts, strict=True)
                ),
            )
        return parameters, self.commented(ast.get_source_segment(comment, said.returns))

    def commented(self, text: str | None) -> s.Expression | None:
        return None if text is None else s.Text(0, text.split("#")[0].strip())

    def maybe(self, node: ast.expr | None) -> s.Expression | None:
        return None if node is None else self.expression(node)

    def several(self, nodes: Iterable[ast.expr]) -> tuple[s.Expression, ...]:
        return tuple(self.expression(node) for node in nodes)

    def expression(self, node: ast.expr) -> s.Expression:  # noqa: PLR0911, PLR0912
        ex, several = self.expression, self.several
        match node:
            case ast.Name():
                return s.Name(node.lineno, node.id)
            case ast.Attribute():
                return s.Attribute(node.end_lineno or 0, ex(node.value), node.attr)
            case ast.Call(
                func=ast.Name(id="getattr"),
                args=[of, ast.Constant(value=str(name)) as text],
                keywords=[],
            ) if name.isidentifier() and not isinstance(of, ast.Starred):
                return s.Attribute(text.lineno, ex(of), name)
            case ast.Call():
                function = ex(node.func)
                keywords = tuple(s.Keyword(k.arg, ex(k.value), k.lineno) for k in node.keywords)
                line = getattr(function, "line", 0) or node.lineno
                return s.Call(line, function, several(node.args), keywords)
            case ast.Constant():
                return self.constant(node)
            case ast.JoinedStr():
                return self.joined(node)
            case ast.List():
                return s.Display(node.lineno, "list", several(node.elts))
            case ast.Tuple():
                return s.Display(node.lineno, "tuple", several(node.elts))
            case ast.Set():
                return s.Display(node.lineno, "set", several(node.elts))
            case ast.Dict():
                pairs = zip(node.keys, node.values, strict=True)
                return s.Mapping(node.lineno, tuple((self.maybe(k), ex(v)) for k, v in pairs))
            case ast.Subscript():
                value = ex(node.value)
                line = getattr(value, "line", 0) or node.lineno
                return s.Subscript(line, value, ex(node.slice))
            case ast.Slice():
                parts = (node.lower, node.upper, node.step)
                return s.Slice(several(part for part in parts if part is not None))
            case ast.BinOp():
                operator = OPERATORS[type(node.op)]
                return s.Operation(0, operator, ex(node.left), ex(node.right))
            case ast.BoolOp():
                left, *rest = several(node.values)
                for right in rest:
                    left = s.Operation(0, OPERATORS[type(node.op)], left, right)
                return left
            case ast.UnaryOp():
                value = ex(node.operand)
                is_number = isinstance(value, s.Constant) and isinstance(value.value, int | float)
                if isinstance(node.op, ast.USub) and is_number:
                    return s.Constant(-value.value)
                return s.Parts((value,))
            case ast.Compare():
                return s.Parts(several([node.left, *node.comparators]))
            case ast.IfExp():
                test, then, otherwise = several([node.test, node.body, node.orelse])
                return s.Conditional(test, then, otherwise)
            case ast.Starred():
                return s.Starred(ex(node.value))
            case ast.Lambda():
                return s.Lambda(self.parameters(node.args), ex(node.body))
            case ast.ListComp():
                return self.comprehension(node, "list", ex(node.elt))
            case ast.SetComp():
                return self.comprehension(node, "set", ex(node.elt))
            case ast.GeneratorExp():
                return self.comprehension(node, "generator", ex(node.elt))
            case ast.DictComp():
                key, value = ex(node.key), ex(node.value)
                return self.comprehension(
                    node, "dict", s.Display(node.key.lineno, "tuple", (key, value))
                )
            case ast.Await():
                return s.Await(ex(node.value))
            case ast.Yield():
                return s.Yield(self.maybe(node.value))
            case ast.YieldFrom():
                return s.Yield(ex(node.value), True)
            case ast.NamedExpr():
                return s.Walrus(s.Name(node.lineno, node.target.id), ex(node.value))
        raise AssertionError(ast.dump(node))

    def comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
        form: str,
        element: s.Expression,
    ) -> s.Comprehension:
        clauses = tuple(
            s.Clause(self.expression(one.target), self.expression(one.iter), self.several(one.ifs))
            for one in node.generators
        )
        return s.Comprehension(node.lineno, form, element, clauses)

    def constant(self, node: ast.Constant) -> s.Expression:
        value = node.value
        if isinstance(value, str):
            return s.Text(node.lineno, HALF.sub("\ufffd", value))
        if isinstance(value, bytes | complex) or value is ...:
            return s.Constant(None)
        if isinstance(value, int) and value >= 2**63:
            return s.Constant(None)
        return s.Constant(value)

    def joined(self, node: ast.JoinedStr) -> s.Expression:
        pieces: list[s.Expression] = []
        self._pieces(node, pieces)
        pieces = merged(pieces)
        if all(isinstance(piece, s.Text) for piece in pieces):
            return s.Text(node.lineno, "".join(piece.value for piece in pieces))
        return s.Format(node.lineno, tuple(pieces))

    def _pieces(self, node: ast.JoinedStr, pieces: list[s.Expression]) -> None:
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                pieces.append(self.expression(value.value))
                if isinstance(value.format_spec, ast.JoinedStr):
                    inside: list[s.Expression] = []
                    self._pieces(value.format_spec, inside)
                    pieces += [one for one in inside if not isinstance(one, s.Text)]
            elif isinstance(value, ast.Constant):
                pieces.append(s.Text(0, value.value))

    # --- Patterns

    @staticmethod
    def held(node: ast.Match | ast.pattern) -> s.Name:
        return s.Name(node.lineno, f"match {node.lineno}:{node.col_offset}")

    def bound(  # noqa: PLR0911
        self, node: ast.pattern, of: s.Expression
    ) -> list[s.Statement]:
        line = node.lineno
        match node:
            case ast.MatchAs(pattern=inner, name=name):
                found = self.bound(inner, of) if inner else []
                if name is None:
                    return found
                value = self.narrowed(inner, of) if inner else of
                return [*found, s.Assign(line, (s.Name(line, name),), value)]
            case ast.MatchOr(patterns=patterns):
                return [each for one in patterns for each in self.bound(one, of)]
            case ast.MatchClass():
                return self.of_class(node, of)
            case ast.MatchSequence(patterns=patterns):
                return self.of_sequence(patterns, of)
            case ast.MatchMapping(keys=keys, patterns=patterns, rest=rest):
                found = []
                for key, one in zip(keys, patterns, strict=True):
                    index = self.expression(key)
                    found += self.bound(one, s.Subscript(key.lineno, of, index))
                if rest:
                    found.append(s.Assign(line, (s.Name(line, rest),), of))
                return found
            case _:
                return []

    def narrowed(self, node: ast.pattern, of: s.Expression) -> s.Expression:
        if not isinstance(node, ast.MatchClass) or not isinstance(of, s.Name):
            return of
        line = node.cls.lineno
        test = s.Call(line, s.Name(line, "isinstance"), (of, self.expression(node.cls)))
        return s.Conditional(test, of, s.Constant(None))

    def of_class(self, node: ast.MatchClass, of: s.Expression) -> list[s.Statement]:
        found: list[s.Statement] = []
        if not isinstance(of, s.Name):
            found.append(s.Assign(node.lineno, (self.held(node),), of))
            of = self.held(node)
        found.append(s.Assign(node.lineno, (of,), self.narrowed(node, of)))
        for one in node.patterns:
            found += self.bound(one, s.Constant(None))
        for name, one in zip(node.kwd_attrs, node.kwd_patterns, strict=True):
            value = s.Attribute(one.lineno, of, name)
            found += self.bound(one, value) or [s.Evaluate(value)]
        return found

    def of_sequence(self, patterns: list[ast.pattern], of: s.Expression) -> list[s.Statement]:
        found: list[s.Statement] = []
        after = False
        for place, one in enumerate(patterns):
            line = one.lineno
            if isinstance(one, ast.MatchStar):
                after = True
                if one.name:
                    value = s.Subscript(line, of, s.Slice())
                    found.append(s.Assign(line, (s.Name(line, one.name),), value))
            else:
                index = place - len(patterns) if after else place
                found += self.bound(one, s.Subscript(line, of, s.Constant(index)))
        return found


def merged(pieces: Iterable[s.Expression]) -> list[s.Expression]:
    """Texts that stand side by side are one."""
    found: list[s.Expression] = []
    for piece in pieces:
        if isinstance(piece, s.Text) and found and isinstance(found[-1], s.Text):
            found[-1] = s.Text(0, found[-1].value + piece.value)
        elif not isinstance(piece, s.Text) or piece.value:
            found.append(piece)
    return found


def comparable(value: object, *, is_in_format: bool = False) -> object:
    """A tree as lists, without the lines that the two sides have no common notion of.

    Before Python 3.12, `ast` counts lines in f-strings from elsewhere.
    """
    if isinstance(value, tuple):
        return [comparable(one, is_in_format=is_in_format) for one in value]
    if not isinstance(value, s.Node):
        return value
    is_format = isinstance(value, s.Format)
    is_in_format = is_in_format or (is_format and sys.version_info < (3, 12))
    fields: list[object] = [type(value).__name__]
    for name in value.__struct_fields__:
        one = getattr(value, name)
        if name == "line" and (is_in_format or isinstance(value, s.Operation)):
            one = 0
        elif is_format and name == "parts":
            one = merged(one)
            one = tuple(s.Text(0, p.value) if isinstance(p, s.Text) else p for p in one)
        elif name in ("annotation", "returns") and isinstance(one, s.Text):
            one = s.Text(0, one.value)
        fields.append(comparable(one, is_in_format=is_in_format))
    return fields


def converted(source: str) -> tuple[s.Statement, ...]:
    """What `ast` reads in a file, as our tree.

    Raises:
        SyntaxError: this interpreter does not read it.
    """
    return Converter(source).statements(ast.parse(source, type_comments=True).body)
