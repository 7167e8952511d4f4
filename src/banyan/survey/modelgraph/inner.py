"""Models that are made while a function runs: how many and which, no source says."""

from collections.abc import Iterable, Iterator
from typing import Final

from banyan.survey.codebase import Codebase
from banyan.survey.facts import Unresolved
from banyan.survey.meanings import ClassRef, External, PythonModule
from banyan.survey.modelgraph.classes import is_djangos_model, is_model
from banyan.survey.namespaces import straightened
from banyan.survey.syntax import (
    Assign,
    Call,
    Class,
    Display,
    Expression,
    Function,
    Name,
    Return,
    Statement,
)

# One of these stands where a model's base is imported or named.
WORDS: Final = frozenset({"models", "Model"})


def made_inside(codebase: Codebase, module: PythonModule) -> Iterator[Unresolved]:
    """The places in a module where a function makes a model, whose relations are not read."""
    for within, statement in _in_functions(codebase.source(module).body, ""):
        made = _made(codebase, module, within, statement)
        if made is not None:
            name, line = made
            reason = f"{name} is made inside a function: its relations are not read"
            yield Unresolved(file=module.path, line=line, reason=reason)


def _in_functions(
    body: Iterable[Statement], within: str, *, is_inner: bool = False
) -> Iterator[tuple[str, Statement]]:
    """The statements in functions, each with the qualified name of the function."""
    for statement in straightened(body):
        if is_inner:
            yield within, statement
        if isinstance(statement, Function | Class):
            name = f"{within}.{statement.name}" if within else statement.name
            if isinstance(statement, Function):
                yield from _in_functions(statement.body, name, is_inner=True)
            else:
                parts = (one for one in statement.body if isinstance(one, Function | Class))
                yield from _in_functions(parts, name)


def _made(
    codebase: Codebase, module: PythonModule, within: str, statement: Statement
) -> tuple[str, int] | None:
    """What a statement calls the model that it makes, and its line; None where it makes none."""
    match statement:
        case Class(name=name, line=line, bases=[_, *_]):
            ref = codebase.class_ref(module, statement, None, within)
            return (f"the model {name}", line) if is_model(codebase, ref) else None
        case Assign(value=Call() as call) | Return(value=Call() as call):
            return ("a model", call.line) if _makes_model(codebase, module, call) else None
        case _:
            return None


def _makes_model(codebase: Codebase, module: PythonModule, call: Call) -> bool:
    match call:
        case Call(function=Name(id="type"), arguments=(_, Display(items=bases), _)):
            return any(_is_base(codebase, module, one) for one in bases)
        case _:
            return False


def _is_base(codebase: Codebase, module: PythonModule, base: Expression) -> bool:
    meaning = codebase.resolve(module, base)
    if isinstance(meaning, ClassRef):
        return is_model(codebase, meaning)
    return isinstance(meaning, External) and is_djangos_model(meaning)
