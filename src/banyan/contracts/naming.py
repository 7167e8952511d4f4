"""How Python's names read on the wire, and the names of packages there."""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from banyan.modules import Residency

_WORD_EDGE = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def json_name(name: str) -> str:
    """``user_id`` → ``userId``, by the rule of protobuf's ``json_name``."""
    head, *rest = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in rest)


def pascal_case(name: str) -> str:
    """``for_user`` → ``ForUser``, as protobuf names its methods."""
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))


def snake_case(name: str) -> str:
    """``OrderPlaced`` → ``order_placed``; ``SMSSent`` → ``sms_sent``."""
    return _WORD_EDGE.sub("_", name).lower()


def module_of(owner: type) -> str:
    """The module that declares a class: ``orders``.

    A class outside of every module, as in a shared library, belongs to its top-level package.
    """
    return _residency().module_of(owner) or owner.__module__.partition(".")[0]


def package_of(owner: type) -> str:
    """The package of a class on the wire, but for the version: ``shop.orders``.

    Without a ``banyan.toml`` there is no project to begin with: ``orders``.
    """
    project = _residency().project
    module = module_of(owner)
    return f"{project.name}.{module}" if project.modules else module


def _residency() -> "Residency":
    # Imported at the first name that is asked for: reading a contract's file needs no TOML.
    from banyan.modules import current

    return current()
