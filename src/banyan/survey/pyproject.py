"""What a ``pyproject.toml`` has in its tables, whatever people have written into it."""

import tomllib
from collections.abc import Mapping
from typing import Any, cast


def parsed(text: str) -> object:
    """The content of a file of TOML.

    Raises:
        ValueError: it is none; the message says why.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"it is no TOML: {error}") from error
    except RecursionError as error:
        raise ValueError("it nests too deep") from error


def table(of: object, *path: str) -> Mapping[str, Any]:
    """The table at the end of a path of keys; an empty one where there is something else."""
    for name in path:
        of = cast("Mapping[str, Any]", of).get(name) if isinstance(of, dict) else None
    return cast("Mapping[str, Any]", of) if isinstance(of, dict) else {}
