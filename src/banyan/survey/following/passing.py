"""What is passed to functions by their calls, so that they can be followed with it."""

from collections.abc import Iterator
from typing import Final

from banyan.survey.following.arguments import Arguments
from banyan.survey.following.frames import Frame
from banyan.survey.following.values import (
    NOTHING,
    Atom,
    ClassValue,
    Entries,
    FunctionValue,
    Inner,
    Many,
    Object,
    Row,
    Rows,
    Several,
    Truth,
    Value,
    all_joined,
    fresh,
    kept,
)
from banyan.survey.meanings import FunctionRef
from banyan.survey.namespaces import straightened
from banyan.survey.syntax import (
    Attribute,
    Call,
    Constant,
    Expression,
    Function,
    If,
    Name,
    Operation,
    Parameter,
    Subscript,
)

_DECIDING: Final[dict[int, tuple[Function, frozenset[str]]]] = {}


def keep(frame: Frame, ref: FunctionRef, given: dict[str, Value]) -> None:
    """Let what a function is given be known when it is followed itself."""
    for name, value in given.items():
        frame.flow((ref.module.path, ref.qualname), name, value)


def passed_by_name(frame: Frame, name: str, arguments: Arguments, node: Call) -> None:
    """A method is called on something unknown: methods of that name may be meant.

    They are where they call what they are given by the same names.
    """
    if not any(arguments.everything):
        return
    names = [_name_of(argument) for argument in node.arguments]
    for ref in frame.world.methods(name):
        parameters = ref.node.parameters[1:]
        named = [parameter.name for parameter in parameters]
        for index, value in enumerate(arguments.positional[: len(named)]):
            telling = _telling(value) if names[index] == named[index] else NOTHING
            if telling and parameters[index].annotation is None:
                frame.flow((ref.module.path, ref.qualname), named[index], telling)
        for key, value in arguments.named.items():
            telling = _telling(value) if key in named else NOTHING
            if telling and _is_unsaid(parameters[named.index(key)]):
                frame.flow((ref.module.path, ref.qualname), key, telling)


def _name_of(node: Expression) -> str:
    match node:
        case Name(id=name) | Attribute(name=name):
            return name
        case _:
            return ""


def passed(ref: FunctionRef, owner: Atom | None, arguments: Arguments) -> dict[str, Value]:
    """The values that a function's parameters get, where its annotations say nothing."""
    parameters = ref.node.parameters
    if ref.owner is not None and owner is not None and parameters:
        parameters = parameters[1:]
    given: dict[str, Value] = {}
    position = 0
    for parameter in parameters:
        form = parameter.form
        if form == "*":
            value = (
                (Many(all_joined(arguments.positional[position:])),)
                if any(arguments.positional[position:])
                else NOTHING
            )
            position = len(arguments.positional)
        elif form == "**":
            known = {each.name for each in parameters}
            rest = tuple(
                (key, value) for key, value in arguments.keywords if key.text not in known and value
            )
            value = (Entries(rest),) if rest else NOTHING
        elif form == "kw" or position >= len(arguments.positional):
            value = arguments.named.get(parameter.name, NOTHING)
        else:
            value = arguments.positional[position]
            position += 1
        if value and _is_unsaid(parameter) and (telling := _telling(value)):
            given[parameter.name] = telling
    return given


def decided(ref: FunctionRef, owner: Atom | None, arguments: Arguments) -> dict[str, Value]:
    """What a call says, by True or False, to parameters that the function does something if."""
    wanted = _deciding(ref)
    if not wanted or arguments.rest or arguments.open_at:
        return {}
    parameters = ref.node.parameters
    if ref.owner is not None and owner is not None and parameters:
        parameters = parameters[1:]
    found: dict[str, Value] = {}
    for position, parameter in enumerate(parameters):
        if parameter.name not in wanted:
            continue
        truth = arguments.truths.get(parameter.name)
        is_given = parameter.name in arguments.named
        if not is_given and parameter.form in ("", "/") and position < len(arguments.positional):
            is_given = True
            truth = arguments.truths.get(position)
        if not is_given and isinstance(parameter.default, Constant):
            default = parameter.default.value
            truth = default if isinstance(default, bool) else None
        if truth is not None:
            found[parameter.name] = (Truth(truth),)
    return found


def _deciding(ref: FunctionRef) -> frozenset[str]:
    """The parameters that are True or False and by which a function decides what to do."""
    key = id(ref.node)
    known = _DECIDING.get(key)
    if known is None or known[0] is not ref.node:
        names = {one.name for one in ref.node.parameters}
        tested = {
            test.id
            for node in straightened(ref.node.body)
            if isinstance(node, If)
            for test in _tests(node.test)
        }
        known = _DECIDING[key] = ref.node, frozenset(names & tested)
    return known[1]


def _tests(test: Expression) -> Iterator[Name]:
    match test:
        case Name():
            yield test
        case Operation(operator="and", left=left, right=right):
            yield from _tests(left)
            yield from _tests(right)
        case _:
            pass


def _is_unsaid(parameter: Parameter) -> bool:
    """Whether an annotation leaves open what a parameter is: by saying nothing, or several."""
    match parameter.annotation:
        case None:
            return parameter.name != "request"
        case Operation() | Subscript(value=Name(id="Union") | Attribute(name="Union")):
            return True
        case _:
            return False


def _telling(value: Value) -> Value:
    """The part of a value that is worth following into a function."""
    return tuple(
        fresh(kept((item,)))[0]
        for item in value
        if isinstance(
            item,
            Row | Rows | ClassValue | Object | Many | Several | FunctionValue | Entries | Inner,
        )
    )
