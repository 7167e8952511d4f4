"""What a text says that is put together from constants, settings and parts that nobody knows."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from banyan.survey.meanings import ClassRef, External, FunctionRef
from banyan.survey.names import Names
from banyan.survey.namespaces import straightened
from banyan.survey.scopes import Instance, Known, Local, Scope
from banyan.survey.syntax import (
    Assign,
    Attribute,
    Call,
    Conditional,
    Constant,
    Display,
    Expression,
    Format,
    Lambda,
    Name,
    Operation,
    Return,
    Statement,
    Subscript,
    Text,
    With,
)
from banyan.survey.syntax import Mapping as MappingNode
from banyan.survey.traversal import within

# Stands for a part of a text that is not known.
GAP: Final = "\0"
_DEEPEST: Final = 12
_MOST_STEPS: Final = 2_000
_PLACE: Final = re.compile(r"\{(\w*)[^{}]*\}")
_PERCENT: Final = re.compile(r"%(?:\((\w+)\))?[-#0 +]*[\d.*]*[diouxXeEfFgGcrsa]")


class Wording:
    """Puts texts together.

    Args:
        setting: the text that the project's settings give to a name, or to a key of a dictionary
            as ``NAME.key``; None where that is not known.
        table: the table of a class that is a model; None of other classes.
    """

    def __init__(
        self,
        names: Names,
        setting: Callable[[str], str | None],
        table: Callable[[ClassRef], str | None],
    ) -> None:
        self._names = names
        self._setting = setting
        self._table = table
        self._growing: set[tuple[int, str]] = set()
        self._steps = 0

    def text(self, scope: Scope, expression: Expression, depth: int = 0) -> str:
        """The text that an expression gives, with a gap for each part that is not known."""
        self._steps = self._steps + 1 if depth or self._growing else 0
        if depth > _DEEPEST or self._steps > _MOST_STEPS:
            return GAP
        match expression:
            case Text(value=value):
                return value
            case Constant(value=value) if value is not None:
                return str(value)
            case Format(parts=parts):
                return "".join(self.text(scope, part, depth + 1) for part in parts)
            case Operation(operator="+", left=left, right=right):
                return self.text(scope, left, depth + 1) + self.text(scope, right, depth + 1)
            case Operation(operator="%", left=left, right=right):
                return self._percent(self.text(scope, left, depth + 1), scope, right, depth)
            case Operation(operator="or", left=left, right=right):
                first = self.text(scope, left, depth + 1)
                return first if first != GAP else self.text(scope, right, depth + 1)
            case Conditional(then=left, otherwise=right):
                first = self.text(scope, left, depth + 1)
                return first if first != GAP else self.text(scope, right, depth + 1)
            case Call(function=Attribute(value=of, name=name)) if name in _METHODS:
                return self._method(scope, expression, self.text(scope, of, depth + 1), name, depth)
            case Call(function=Name(id=name) | Attribute(name=name), arguments=[of, *_]) if (
                name in _GIVING_BACK
            ):
                return self.text(scope, of, depth + 1)
            case Call(function=Name(id="getattr"), arguments=[of, Text(value=name), *default]):
                found = self._named(scope, Attribute(expression.line, of, name), depth)
                if found == GAP and default:
                    return self.text(scope, default[0], depth + 1)
                return found
            case Name(id=name):
                grown = self._grown(scope, name, expression.line, depth)
                return grown if grown is not None else self._named(scope, expression, depth)
            case _:
                return self._named(scope, expression, depth)

    def texts(self, scope: Scope, expression: Expression) -> Iterator[str]:
        """The texts of a list or dictionary, or the one text that it is."""
        match self._names.known(scope, expression):
            case Local(expression=Display(items=items), scope=there):
                for item in items:
                    yield from self.texts(there, item)
            case Local(expression=MappingNode(items=pairs), scope=there):
                for _, item in pairs:
                    yield self.text(there, item)
            case _:
                yield self.text(scope, expression)

    def _named(self, scope: Scope, expression: Expression, depth: int) -> str:
        known = self._names.known(scope, expression)
        table = self._table_of(scope, expression)
        if table is not None:
            return table
        match known:
            case Local(expression=found, scope=there) if found is not expression:
                return self.text(there, found, depth + 1)
            case External(name=name) if name.startswith("django.conf.settings."):
                return self._setting(name.removeprefix("django.conf.settings.")) or GAP
            case Local():
                return self._part(known, depth)
            case _:
                made = self._names.made(scope, expression)
                if made is not None and made[0] is not expression:
                    return self.text(made[1], made[0], depth + 1)
                if isinstance(expression, Call) and not expression.arguments:
                    return self._returned(scope, expression, depth)
                return GAP

    def _returned(self, scope: Scope, call: Call, depth: int) -> str:
        """The text that a function without arguments gives."""
        function = self._names.known(scope, call.function)
        if isinstance(function, FunctionRef):
            self._names.codebase.look_into(function)
            inside = Scope(function.module, function.node, Scope(function.module), "")
            for statement in straightened(function.node.body):
                if isinstance(statement, Return) and statement.value is not None:
                    said = self.text(inside, statement.value, depth + 1)
                    if is_known(said):
                        return said
        return GAP

    def _part(self, known: Known, depth: int) -> str:
        match known:
            case Local(expression=Subscript(value=of, index=Name(id="…")), scope=scope):
                # One after the other, in a loop.
                return "\n;\n".join(self.texts(scope, of))
            case Local(expression=Subscript(value=of, index=index), scope=scope):
                whole = self._names.known(scope, of)
                key = self.text(scope, index, depth + 1)
                match whole:
                    case Local(expression=MappingNode(items=pairs), scope=there):
                        for name, item in pairs:
                            if isinstance(name, Text) and name.value == key:
                                return self.text(there, item, depth + 1)
                    case _:
                        pass
                return GAP
            case _:
                return GAP

    def _table_of(self, scope: Scope, expression: Expression) -> str | None:
        """The table in ``Order._meta.db_table``."""
        match expression:
            case Attribute(value=Attribute(value=of, name="_meta"), name="db_table"):
                known = self._names.known(scope, of)
                if isinstance(known, Instance):
                    known = known.of
                return self._table(known) if isinstance(known, ClassRef) else None
            case _:
                return None

    def _grown(self, scope: Scope, name: str, line: int, depth: int) -> str | None:
        """A text that a function puts together in several statements; None for other names.

        Args:
            line: of the use; what is bound anew before it, or only after it, is not meant.
        """
        at: Scope | None = scope
        while at is not None and at.node is not None:
            if not isinstance(at.node, Lambda) and name in self._names.bound(at):
                parts: list[Expression] = []
                least = 2
                own = at.node.body if at is scope else ()
                straight = {id(one) for one in _in_a_row(own)}
                for statement in straightened(at.node.body):
                    if isinstance(statement, Assign) and _names(statement, name):
                        if statement.operator not in ("", "+"):
                            return None
                        if id(statement) in straight and _is_anew(statement, name):
                            if statement.line > line:
                                least = 1
                                break
                            if parts and statement.line < line:
                                parts, least = [], 1
                        parts += [statement.value] if statement.value is not None else []
                return self._together(at, name, parts, depth, least)
            at = at.parent
        return None

    def _together(
        self, scope: Scope, name: str, parts: list[Expression], depth: int, least: int
    ) -> str | None:
        key = (id(scope.node), name)
        if key in self._growing:
            # The text so far, which is told by the other parts.
            return ""
        if not parts or len(parts) < least:
            return None
        self._growing.add(key)
        try:
            return "\n".join(self.text(scope, part, depth + 1) for part in parts)
        finally:
            self._growing.discard(key)

    def _method(self, scope: Scope, call: Call, said: str, name: str, depth: int) -> str:
        match name, call.arguments:
            case "format", arguments:
                named = {one.name: one.value for one in call.keywords if one.name}
                return self._format(said, scope, arguments, named, depth)
            case "join", [Display(items=items)]:
                return said.join(self.text(scope, item, depth + 1) for item in items)
            case "join", [many]:
                return said.join(self.texts(scope, many))
            case "replace", [Text(value=old), new]:
                return said.replace(old, self.text(scope, new, depth + 1))
            case _:
                return said

    def _format(
        self,
        said: str,
        scope: Scope,
        arguments: tuple[Expression, ...],
        named: dict[str, Expression],
        depth: int,
    ) -> str:
        count = iter(range(len(arguments)))

        def filled(match: re.Match[str]) -> str:
            key = match[1]
            number = int(key) if key.isdigit() else next(count, -1) if not key else -1
            if 0 <= number < len(arguments):
                return self.text(scope, arguments[number], depth + 1)
            return self.text(scope, named[key], depth + 1) if key in named else GAP

        return _PLACE.sub(filled, said)

    def _percent(self, said: str, scope: Scope, right: Expression, depth: int) -> str:
        known = self._names.known(scope, right)
        there, found = (
            (known.scope, known.expression) if isinstance(known, Local) else (scope, right)
        )
        values: list[Expression] = [found]
        named: dict[str, Expression] = {}
        match found:
            case Display(items=items):
                values = list(items)
            case MappingNode(items=pairs):
                named = {key.value: item for key, item in pairs if isinstance(key, Text)}
            case _:
                there, values = scope, [right]
        ahead = iter(values)

        def filled(match: re.Match[str]) -> str:
            value = named.get(match[1]) if match[1] else next(ahead, None)
            return self.text(there, value, depth + 1) if value is not None else GAP

        return _PERCENT.sub(filled, said)


# Functions that give the text they are given, or nearly.
_GIVING_BACK: Final = frozenset({"str", "dedent", "cleandoc", "SQL", "mark_safe", "_", "gettext"})
_METHODS: Final = frozenset({"format", "join", "replace", "strip", "lstrip", "rstrip"})


def _in_a_row(body: Iterable[Statement]) -> Iterator[Statement]:
    """The statements that are always reached, one after the other."""
    for statement in body:
        yield statement
        if isinstance(statement, With):
            yield from _in_a_row(statement.body)


def _is_anew(statement: Assign, name: str) -> bool:
    """Whether nothing is left of what the name was before."""
    if statement.operator or statement.value is None:
        return False
    return not any(isinstance(one, Name) and one.id == name for one in within(statement.value))


def _names(statement: Assign, name: str) -> bool:
    return any(isinstance(one, Name) and one.id == name for one in statement.targets)


def is_known(text: str) -> bool:
    """Whether no part of a text is missing."""
    return GAP not in text
