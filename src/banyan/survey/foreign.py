"""What calls give of Python's own functions, and of libraries that settings use."""

import posixpath
from collections.abc import Mapping, Sequence
from typing import Final

from banyan.survey.constants import (
    Either,
    Scalar,
    Value,
    either,
    operated,
    path_joined,
    texts,
)
from banyan.survey.meanings import External, Unknown

# Libraries that read the environment; a call of them gives the default.
ENVIRONMENT: Final = (
    "environ",
    "environs",
    "envparse",
    "decouple",
    "prettyconf",
    "os.environ",
    "os.getenv",
    "django_environ",
    "starlette.config",
)


BUILTINS: Final = frozenset(
    [
        "bool",
        "dict",
        "filter",
        "float",
        "frozenset",
        "globals",
        "int",
        "len",
        "list",
        "locals",
        "map",
        "open",
        "range",
        "reversed",
        "set",
        "sorted",
        "str",
        "super",
        "tuple",
        "zip",
        "exec",
    ]
)
_SEQUENCES: Final = frozenset({"filter", "frozenset", "list", "reversed", "set", "sorted", "tuple"})
_PATHS: Final = frozenset(
    [
        "os.path.abspath",
        "os.path.realpath",
        "os.path.normpath",
        "os.path.expanduser",
        "os.fspath",
        "pathlib.Path",
        "pathlib.PurePath",
        "path.Path",
        "unipath.Path",
        "environ.Path",
    ]
)


def called(name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]) -> Value:
    if name in _PATHS or name == "os.path.join":
        ways = [part for part in arguments if not isinstance(part, Unknown)]
        parts = [next(texts(part), None) for part in ways]
        known = [part for part in parts if part is not None]
        if known and len(known) == len(arguments):
            return path_joined(known)
        return Unknown("a path of which a part is not known")
    if name == "os.path.dirname":
        found = next(texts(arguments[0]), None) if arguments else None
        return posixpath.dirname(found) if found is not None else Unknown("a path not known")
    if name.startswith("builtins."):
        return _builtin(name.removeprefix("builtins."), arguments, keywords)
    if name.startswith(ENVIRONMENT):
        return _from_environment(name, arguments, keywords)
    if name[-1:] != ")" and name.rpartition(".")[2][:1].isupper():
        # An object of a foreign class, as environ.Env().
        return External(f"{name}()")
    return Unknown(f"the result of {name}")


def _from_environment(
    name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]
) -> Value:
    last = name.rpartition(".")[2]
    if last in ("Env", "FileAwareEnv", "Path", "AutoConfig", "Config", "Csv"):
        return External(f"{name}()")
    which = next(texts(arguments[0]), "") if arguments else ""
    unknown = Unknown(f"the environment's {which}" if which else "the environment")
    default = _default(name, last, arguments, keywords)
    cast = keywords.get("cast")
    if isinstance(cast, External) and "Csv" in cast.name and isinstance(default, str):
        parts: list[Value] = [part.strip() for part in default.split(",") if part.strip()]
        return either((parts, unknown))
    return unknown if default is _NO_DEFAULT else either((default, unknown))


_NO_DEFAULT: Final = Unknown("no default")


def _default(
    name: str, last: str, arguments: Sequence[Value], keywords: Mapping[str, Value]
) -> Value:
    for key in ("default", "default_value"):
        if key in keywords:
            return keywords[key]
    is_positional = (
        len(arguments) > 2
        or last in ("get", "getenv", "setdefault")
        or name.startswith(("decouple.", "environ.", "environs.", "envparse."))
    )
    return arguments[-1] if len(arguments) > 1 and is_positional else _NO_DEFAULT


def _builtin(name: str, arguments: Sequence[Value], keywords: Mapping[str, Value]) -> Value:
    if name == "dict.fromkeys" and arguments:
        return arguments[0]
    if name == "dict":
        made: dict[Scalar, Value] = {}
        for argument in arguments:
            if isinstance(argument, dict):
                made.update(argument)
        made.update(keywords.items())
        return made
    if name in _SEQUENCES:
        given = arguments[-1] if arguments else []
        if isinstance(given, dict):
            return list(given)
        return list(given) if isinstance(given, list) else either([[], given])
    if name in ("str", "int", "float", "bool") and len(arguments) == 1:
        given = arguments[0]
        if isinstance(given, Either | Unknown) or (isinstance(given, str) and name == "str"):
            return given
        if isinstance(given, int | float) and name == "str":
            return str(given)
    return Unknown(f"the result of {name}()")


def changed(of: Value, name: str, arguments: Sequence[Value]) -> Value | None:
    """What a list or dictionary is after a method that changes it; None for other methods."""
    if isinstance(of, list):
        match name, arguments:
            case (("append" | "add"), [item]):
                return [*of, item]
            case "insert", [_, item]:
                at = arguments[0] if isinstance(arguments[0], int) else len(of)
                return [*of[:at], item, *of[at:]]
            case (("extend" | "update"), [items]):
                return operated("+", of, items)
            case (("remove" | "discard"), [item]):
                return operated("-", of, [item])
            case _:
                return None
    if isinstance(of, dict) and name == "update" and len(arguments) == 1:
        return operated("|", of, arguments[0]) if isinstance(arguments[0], dict) else of
    return None
