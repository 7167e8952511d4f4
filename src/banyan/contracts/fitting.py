"""Whether a service's method takes and gives what the contract's method says."""

import inspect
from collections.abc import Iterator
from typing import Any, Final, get_origin

from banyan.contracts.specs import MethodSpec

GATHERING: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def misfits(method: MethodSpec, service: type) -> Iterator[str]:
    """What is wrong with the method of this name, as the rest of a sentence about it.

    Types are compared only where both are plain classes: a type checker judges the others, and
    strict calls see what passes.
    """
    function = getattr(service, method.name)
    if function is getattr(method.contract, method.name):
        yield "is missing"
    elif inspect.iscoroutinefunction(function):
        yield "is async, which its contract is not"
    else:
        try:
            own = inspect.signature(function, eval_str=True)
        except (NameError, TypeError, ValueError) as error:
            yield f"has a signature that cannot be read: {error}"
        else:
            yield from _argument_misfits(method, list(own.parameters.values())[1:])
            declared = method.signature.return_annotation
            if _excludes(declared, own.return_annotation):
                yield f"returns {_shown(own.return_annotation)}, not {_shown(declared)}"


def _argument_misfits(method: MethodSpec, own: list[inspect.Parameter]) -> Iterator[str]:
    named = {parameter.name: parameter for parameter in own if parameter.kind not in GATHERING}
    if len(named) < len(own):
        return  # *args and **kwargs take what comes
    for name, declared in method.parameters.items():
        if name not in named:
            yield f"lacks the argument {name!r}"
        elif _excludes(named[name].annotation, declared.annotation):
            given = _shown(named[name].annotation)
            yield f"takes {name!r} as {given}, not {_shown(declared.annotation)}"
        elif declared.default is not declared.empty and named[name].default is declared.empty:
            yield f"demands the argument {name!r}, for which the contract has a default"
    for name, parameter in named.items():
        if name not in method.parameters and parameter.default is parameter.empty:
            yield f"demands the argument {name!r}, which no caller can give"
    common = [name for name in named if name in method.parameters]
    if common != list(method.parameters):
        yield f"takes its arguments in the order {', '.join(common)}"


def _excludes(wide: Any, narrow: Any) -> bool:
    """Whether no value of the second annotation is one of the first."""
    wide, narrow = (type(None) if one is None else one for one in (wide, narrow))
    if inspect.Parameter.empty in (wide, narrow) or Any in (wide, narrow):
        return False
    return _is_class(wide) and _is_class(narrow) and not issubclass(narrow, wide)


def _is_class(annotation: Any) -> bool:
    # ``list[int]`` is a class too, by isinstance; and an int may stand where a float is asked for.
    return (
        isinstance(annotation, type) and get_origin(annotation) is None and annotation is not float
    )


def _shown(annotation: Any) -> str:
    return annotation.__qualname__ if isinstance(annotation, type) else str(annotation)
