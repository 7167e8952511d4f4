"""Permission names, packed small enough to travel in a cookie.

Django's own four permissions of a model become one entry, ``order:cv`` for change and view of
``order``; all four are ``order`` alone. Any other name travels as it is, after a ``=``.
"""

from collections.abc import Iterable, Mapping

_LETTERS = {"add": "a", "change": "c", "delete": "d", "view": "v"}
_ACTIONS = {letter: action for action, letter in _LETTERS.items()}


def pack(permissions: Iterable[str]) -> dict[str, list[str]]:
    """``{"orders": ["order:cv"]}`` for ``orders.change_order`` and ``orders.view_order``."""
    letters: dict[str, dict[str, set[str]]] = {}
    packed: dict[str, list[str]] = {}
    for permission in permissions:
        app, _, name = permission.partition(".")
        action, _, model = name.partition("_")
        if model and action in _LETTERS and ":" not in model and not model.startswith("="):
            letters.setdefault(app, {}).setdefault(model, set()).add(_LETTERS[action])
        else:
            packed.setdefault(app, []).append(f"={name}")
    for app, models in letters.items():
        packed.setdefault(app, []).extend(
            model if len(actions) == len(_LETTERS) else f"{model}:{''.join(sorted(actions))}"
            for model, actions in models.items()
        )
    return {app: sorted(entries) for app, entries in sorted(packed.items())}


def unpack(packed: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """The names again.

    Raises:
        ValueError: an entry names an action that there is not.
    """
    return frozenset(
        f"{app}.{name}"
        for app, entries in packed.items()
        for entry in entries
        for name in _names(entry)
    )


def _names(entry: str) -> list[str]:
    if entry.startswith("="):
        return [entry[1:]]
    model, colon, letters = entry.partition(":")
    try:
        return [f"{_ACTIONS[letter]}_{model}" for letter in (letters if colon else _ACTIONS)]
    except KeyError as error:
        raise ValueError("an unknown action") from error
